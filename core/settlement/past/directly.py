"""Late orders by themselves: the lines that they alone lead to, with figures that they do not change."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl

from core.bonuses.arrays import Before, Orders, Settled
from core.bonuses.registry import settle
from core.bonuses.rules.instalments import put_off
from core.catalog.rules import RateTable
from core.plan.model import Bonus
from core.plan.model.terms import Conditional
from core.settlement.cycle.figures import Standings
from core.settlement.cycle.source import CycleSource
from core.settlement.lines.numbers import decimal_text, exact_text, rate_text
from core.settlement.model import Carried, Company
from core.settlement.past.late_rows import LATE
from core.settlement.past.remembering import left_for_later
from core.settlement.rules.corrections import digits_of, rows
from core.settlement.rules.returning import OF_ORDERS
from core.settlement.steps.calculating import WHAT
from core.settlement.steps.charging_back import posted_lines

BY_LEG = ("differential", "breakaway")
LINE_BY_ORDER = ("unilevel", "fast_start", "first_order", "generation", "infinity", "matrix")


@dataclass(frozen=True, slots=True)
class Direct:
    """What late orders lead to by themselves."""

    corrections: pl.DataFrame
    """As `CORRECTIONS` says."""
    posted: pl.DataFrame
    """As `POSTED` says."""
    sums: pl.DataFrame
    """As `SUMS` says."""
    parts: pl.DataFrame
    """What they leave for later cycles, as `DUE` says."""


@dataclass(slots=True)
class LateOrders(CycleSource):
    """A cycle in which bonuses see some orders only."""

    only: frozenset[int] = field(default_factory=frozenset)
    """Their numbers."""

    def orders(self, bonus: Bonus) -> Orders:
        """Those of the orders that the bonus looks at."""
        found = CycleSource.orders(self, bonus)
        return found.where(np.isin(found.number, list(self.only)))

    def before(self, bonus: Bonus) -> Before:
        """What the cycles before left to it; parts that were due are paid already."""
        return replace(CycleSource.before(self, bonus), due=None)

    def rests(self) -> list[Bonus]:
        """None, for the same reason."""
        return []


def direct_lines(
    company: Company,
    figures: Standings,
    bonuses: Sequence[Bonus],
    rates: RateTable,
    carried: Carried,
    orders: Sequence[str],
) -> Direct:
    """The lines of these orders by the bonuses that look at orders; pools, awards, matching and caps do not change."""
    chosen = tuple(bonus for bonus in bonuses if _looks_at_orders(bonus))
    numbers = company.orders.with_row_index("number").filter(pl.col("order_id").is_in(list(orders)))["number"]
    source = LateOrders(company, figures, rates, tuple(bonuses), carried, only=frozenset(numbers.to_list()))
    settled = [_of_orders(one, source.cycle) for one in settle(figures.plan, chosen, figures.network, source)]
    told = [row for one in settled for row in _rows(company, figures, one)]
    corrections = rows(told)
    sums = corrections.group_by(WHAT).agg(pl.col("amount_minor").sum()).select(*WHAT, "amount_minor")
    return Direct(corrections, posted_lines(company, figures, settled), sums, left_for_later(company, figures, settled))


def _looks_at_orders(bonus: Bonus) -> bool:
    """Whether an order by itself leads to lines of it: not where it is a share of a KPI or of heads."""
    if bonus.base not in OF_ORDERS:
        return False
    if isinstance(bonus.terms, Conditional):
        return not bonus.terms.amount or bonus.terms.per == "order"
    return bonus.kind in (*BY_LEG, *LINE_BY_ORDER)


def _of_orders(settled: Settled, cycle: str) -> Settled:
    """Without lines that are due whatever was ordered."""
    if settled.bonus.kind not in LINE_BY_ORDER:
        return settled
    which = settled.lines.order >= 0
    found = Settled(
        settled.bonus,
        settled.unit,
        settled.lines.where(which),
        settled.amount[which],
        settled.basis_unit,
        settled.fixed[which],
        way=settled.way,
    )
    return put_off(found, None, cycle)


def _rows(company: Company, figures: Standings, settled: Settled) -> list[Mapping[str, Any]]:
    lines, unit = settled.lines, settled.unit
    codes, ids = company.people["code"].gather(figures.place), company.orders["order_id"]
    return [_row(figures, settled, at, codes, ids, digits_of(unit.code)) for at in range(lines.size)]


def _row(
    figures: Standings, settled: Settled, at: int, codes: pl.Series, ids: pl.Series, digits: int
) -> Mapping[str, Any]:
    lines, plan = settled.lines, figures.plan
    order, level, rate = int(lines.order[at]), int(lines.level[at]), int(lines.rate[at])
    exact = exact_text(Fraction(int(lines.units[at]), int(lines.denominator) * 10**digits))
    row: dict[str, Any] = {
        "person_id": codes[int(lines.payee[at])],
        "bonus": settled.bonus.code,
        "unit": settled.unit.code,
        "amount_minor": int(settled.amount[at]),
        "source_person_id": codes[int(lines.source[at])] if lines.source[at] >= 0 else None,
        "source_order_id": ids[order] if order >= 0 else None,
        "level": str(level) if level > 0 else None,
        "base": decimal_text(int(lines.base[at]), lines.decimals, trimmed=True) if rate >= 0 else None,
        "rate": rate_text(lines.rates[rate]) if rate >= 0 else None,
        "returned": False,
    }
    told = {
        "plan": f"{plan.code} {plan.version}",
        "kind": LATE,
        "cycle": figures.cycle.code,
        "order": row["source_order_id"],
        "level": level or None,
        "base": row["base"],
        "rate": row["rate"],
        "exact": exact,
        "rounding": plan.rounding.told(settled.unit.code),
    }
    told = {word: value for word, value in told.items() if value is not None}
    return row | {"because": json.dumps(told, ensure_ascii=False, separators=(",", ":"))}
