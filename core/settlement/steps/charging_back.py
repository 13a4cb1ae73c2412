"""Charging back what returned sales were paid for: this cycle's lines and earlier ones against the returns so far."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from core.bonuses.arrays import Settled
from core.bonuses.rules.caps import unpaid
from core.bonuses.rules.instalments import left_over
from core.calendar.model import Cycle
from core.calendar.rules import cycle_named
from core.kernel.errors import Problem
from core.plan.model import Plan, ReturnsSpec
from core.settlement.cycle.counting import RECOMPUTE
from core.settlement.cycle.figures import Standings, microseconds
from core.settlement.lines.numbers import decimal_text, exact_text, rate_text
from core.settlement.model import POSTED, Company, framed
from core.settlement.rules.charging import Charge, Charged, charged
from core.settlement.rules.corrections import digits_of, rows
from core.settlement.rules.returning import names_orders, notice
from core.settlement.rules.waiting_parts import counts, less, put_off, without_lost

AVERAGE = "average_percent"
FIGURES = {"cv": "cv", "qv": "qv", "points": "points", "margin": "margin_minor", "pieces": "pieces"}


@dataclass(frozen=True, slots=True)
class Back:
    """What a cycle's returns come to."""

    corrections: pl.DataFrame
    """As `CORRECTIONS` says."""
    posted: pl.DataFrame
    """The lines that the next cycle's returns can charge back, as `POSTED` says."""
    due: pl.DataFrame
    """What waits for later cycles, less what returns took of it, as `DUE` says."""
    notices: tuple[Problem, ...] = ()


def charge_back(
    company: Company,
    standings: Standings,
    settled: Sequence[Settled],
    charging: pl.DataFrame,
    before: pl.DataFrame,
    *,
    due: pl.DataFrame,
    lost: pl.DataFrame,
) -> Back:
    """Charge this cycle's lines and earlier ones back; without `[returns]`, nothing.

    Args:
        charging: returns that charge: order_id, sale, returned_at.
        before: what the run before left, as `POSTED` says.
        due: what waits for later cycles, as `DUE` says.
        lost: parts that nobody gets any more, as `core.settlement.past.lost` says.
    """
    plan, spec = standings.plan, standings.plan.returns
    if spec is None or spec.amount == RECOMPUTE:
        return Back(rows(()), framed(POSTED, {}), due)
    posted = pl.concat([without_lost(before, lost), posted_lines(company, standings, settled)])
    charging_back = _Charging(plan, company, standings, charging)
    corrections, found = charging_back.corrections(spec, posted, due)
    left = still_open(found.posted, plan, spec, standings.cycle)
    return Back(corrections, left, less(due, found.parts), charging_back.unknown(posted))


class _Charging:
    """What the returns of one cycle charge back."""

    def __init__(self, plan: Plan, company: Company, standings: Standings, charging: pl.DataFrame) -> None:
        end = microseconds(standings.cycle.period.end)
        self.plan, self.company, self.standings = plan, company, standings
        self.charging = charging.filter(pl.col("returned_at") < end)
        self._bases: dict[str, Mapping[str, int]] = {}

    def corrections(self, spec: ReturnsSpec, posted: pl.DataFrame, due: pl.DataFrame) -> tuple[pl.DataFrame, Charged]:
        """Rows of corrections, and the lines and parts with what has been taken.

        Args:
            posted: earlier cycles' lines and this one's, as `POSTED` says.
            due: what waits for later cycles, as `DUE` says.
        """
        by_average = spec.amount == AVERAGE
        rounding = self.plan.rounding
        waiting = {} if self.charging.is_empty() else counts(due)
        found = charged(posted, self.charging, self.bases, waiting, by_average=by_average, rounding=rounding)
        return rows(self._row(one) for one in found.charges), found

    def unknown(self, posted: pl.DataFrame) -> tuple[Problem, ...]:
        """A notice of this cycle's returns of sales from cycles whose lines were not carried over."""
        start = microseconds(self.standings.cycle.period.start)
        sold = self.company.orders.select(pl.col("order_id").alias("sale"), "ordered_at")
        asked = self.charging.filter(pl.col("returned_at") >= start).join(sold, on="sale")
        cycles = [cycle_named(self.plan.calendar, code) for code in posted["cycle"].unique().sort()]
        first = min((microseconds(one.period.start) for one in cycles), default=start)
        return notice("settle_return_lines_unknown", asked.filter(pl.col("ordered_at") < min(first, start))["order_id"])

    def bases(self, code: str) -> Mapping[str, int]:
        """What each sale that is returned, and each return, comes to for a bonus; money in its own currency."""
        if code not in self._bases:
            self._bases[code] = self._worked_out(code)
        return self._bases[code]

    def _worked_out(self, code: str) -> Mapping[str, int]:
        asked = pl.concat([self.charging["order_id"], self.charging["sale"]]).unique().to_frame("order_id")
        bonus = next((one for one in self.plan.bonuses if one.code == code), None)
        figure = "amount_minor" if bonus is None else FIGURES.get(bonus.base, "amount_minor")
        if bonus is None or not (figure == "pieces" or bonus.orders.products or bonus.orders.without_products):
            found = self.company.orders.join(asked, on="order_id", how="semi").select("order_id", figure)
        else:
            lines = self.company.lines.join(asked, on="order_id", how="semi")
            wanted, unwanted = list(bonus.orders.products), list(bonus.orders.without_products)
            lines = lines.filter(pl.col("sku").is_in(wanted) if wanted else pl.lit(value=True))
            lines = lines.filter(~pl.col("sku").is_in(unwanted))
            found = lines.group_by("order_id").agg(pl.col(figure).sum())
        return dict(found.iter_rows())

    def _row(self, one: Charge) -> Mapping[str, Any]:
        line, average = one.line, one.average
        base, decimals, digits = line["base"], line["decimals"], digits_of(line["unit"])
        rate = line["rate"]
        if average is not None:
            rate = rate_text(average * 10**decimals * 100 / 10**digits)
        exact = exact_text(one.exact / 10**digits)
        told = {
            "plan": f"{self.plan.code} {self.plan.version}",
            "kind": "return",
            "order": one.order,
            "corrects": {
                "cycle": line["cycle"],
                "order": line["order_id"],
                "level": line["level"] or None,
                "amount": decimal_text(line["amount"], digits),
            },
            "returned": exact_text(one.share),
            "rate": rate if average is not None else None,
            "waits_less": exact_text(one.waits / 10**digits) if one.waits else None,
            "waits_no_more": True if one.waits and one.waits_no_more else None,
            "exact": exact,
            "rounding": replace(self.plan.rounding, by="line").told(line["unit"]),
        }
        told = {word: value for word, value in told.items() if value is not None}
        return {
            "person_id": line["person_id"],
            "bonus": line["bonus"],
            "unit": line["unit"],
            "amount_minor": one.amount,
            "source_person_id": line["source_person_id"],
            "source_order_id": one.order,
            "level": str(line["level"]) if line["level"] else None,
            "base": None if base is None else exact_text(-base * one.share / 10**decimals),
            "rate": rate,
            "because": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
            "returned": True,
        }


def posted_lines(company: Company, standings: Standings, settled: Sequence[Settled]) -> pl.DataFrame:
    """This cycle's lines that name an order, by bonus, as returns will look for them."""
    codes, ids = company.people["code"].gather(standings.place), company.orders["order_id"]
    parts, nothing = [framed(POSTED, {})], unpaid(settled)
    for one in settled:
        lines = one.lines
        later = bool(one.bonus.rest_in_cycles)
        paid = ~np.isin(lines.payee, nothing.get((one.bonus.code, one.unit.code), ()))
        which = np.flatnonzero((lines.order >= 0) & (paid | later) & names_orders(one.bonus))
        rated = lines.rate[which] >= 0
        rates = pl.Series([*(rate_text(rate) for rate in lines.rates), None], dtype=pl.String)
        columns = {
            "cycle": pl.repeat(standings.cycle.code, len(which), eager=True),
            "person_id": codes.gather(lines.payee[which]),
            "bonus": pl.repeat(one.bonus.code, len(which), eager=True),
            "unit": pl.repeat(one.unit.code, len(which), eager=True),
            "amount": np.where(paid, one.amount, 0)[which],
            "source_person_id": codes.gather(lines.source[which]),
            "order_id": ids.gather(lines.order[which]),
            "level": lines.level[which],
            "base": pl.Series(lines.base[which]).zip_with(pl.Series(rated), pl.Series([None], dtype=pl.Int64)),
            "decimals": np.full(len(which), lines.decimals, np.int32),
            "rate": rates.gather(np.where(rated, lines.rate[which], len(lines.rates))),
            "taken": np.zeros(len(which), np.int64),
        }
        if later:
            columns |= put_off(left_over(one, which.astype(np.int32)), len(one.bonus.rest_in_cycles))
        parts.append(framed(POSTED, columns))
    return pl.concat(parts)


def still_open(posted: pl.DataFrame, plan: Plan, spec: ReturnsSpec, cycle: Cycle) -> pl.DataFrame:
    """The lines whose sales can still be returned after the cycle."""
    if spec.within_days is None:
        return posted
    window, zone = timedelta(days=spec.within_days), ZoneInfo(plan.calendar.time_zone)

    def end(code: str) -> date:
        return cycle_named(plan.calendar, code).period.end.astimezone(zone).date()

    now = cycle.period.end.astimezone(zone).date()
    kept = [one for one in posted["cycle"].unique().sort() if end(one) + window > now]
    return posted.filter(pl.col("cycle").is_in(kept))
