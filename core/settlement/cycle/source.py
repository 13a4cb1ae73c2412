"""What bonuses ask of a cycle: the orders that each looks at, in what they are counted, where an expression holds."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from core.bonuses.arrays import Basis, Before, Network, Orders, Told, Unit
from core.bonuses.rules.amounts import product
from core.bonuses.source import NEVER
from core.bonuses.tree import Tree
from core.catalog.rules import RateTable
from core.forest.above import Marks, nearest_above
from core.forest.kernel import Indices, Ints
from core.kernel.money import minor_digits
from core.orders.model import OrderKind
from core.plan.expressions.evaluation import truths, values
from core.plan.expressions.model import Expression
from core.plan.expressions.vocabulary import BASE_DECIMALS, amount_words
from core.plan.model import Bonus, Condition
from core.plan.model import Unit as KpiUnit
from core.plan.model.terms import Conditional, Rest
from core.settlement.cycle.choosing import DAY, MONEY, Choosing
from core.settlement.cycle.figures import Standings, in_cycle
from core.settlement.cycle.placement import tree_of
from core.settlement.cycle.waiting import lots_before
from core.settlement.cycle.words import column, taken_of
from core.settlement.model import Carried, Company
from core.settlement.past.recalling import Recalled

SIGNS = {OrderKind.SALE.value: 1, OrderKind.RETURN.value: -1}


@dataclass(slots=True)
class CycleSource:
    """The `core.bonuses.registry.Source` of a cycle."""

    company: Company
    standings: Standings
    rates: RateTable
    bonuses: tuple[Bonus, ...]
    carried: Carried = field(default_factory=Carried)
    late: frozenset[str] = frozenset()
    """Orders of earlier cycles whose volume binary bonuses take in this one."""
    _counted: dict[Condition, Ints] = field(default_factory=dict)
    _choosing: list[Choosing] = field(default_factory=list)
    _trees: dict[str, Tree] = field(default_factory=dict)
    _memory: list[Recalled] = field(default_factory=list)

    def counted(self, condition: Condition) -> Ints:
        """What everybody has towards a condition."""
        if condition not in self._counted:
            self._counted[condition] = self.standings.counted(condition)
        return self._counted[condition]

    @property
    def cycle(self) -> str:
        """The cycle's code."""
        return self.standings.cycle.code

    def before(self, bonus: Bonus) -> Before:
        """What the cycles before left to it."""
        before = self._recalled.before(bonus, self.unit(bonus).code)
        if bonus.kind != "binary":
            return before
        decimals, people = self.basis(bonus).decimals, self.company.people
        return replace(before, lots=lots_before(self.carried.volumes, bonus, decimals, people, self.standings))

    def rests(self) -> list[Bonus]:
        """Bonuses that the plan has no more, or that paid in something else, of which parts wait."""
        units = [self.unit(one).code for one in self.bonuses]
        pairs = self._recalled.of_another_plan(list(self.bonuses), units)
        return [Bonus(code, "rest", {"en": code}, Rest(), currency=unit) for code, unit in pairs]

    @property
    def _recalled(self) -> Recalled:
        if not self._memory:
            self._memory.append(Recalled(self.company, self.standings, self.carried))
        return self._memory[0]

    def joined(self) -> Marks:
        """Who joined in the cycle, by node."""
        period = self.standings.cycle.period
        days = self.company.people["joined_on"]
        here = [day for day in days.unique().to_list() if period.start <= self._midnight(day) < period.end]
        return days.is_in(here).gather(self.standings.place).to_numpy()

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)

    def last_sales(self) -> Ints:
        """When everybody's last paid sale of the cycle was, by node."""
        period = self.standings.cycle.period
        sales = in_cycle(self.company.orders, period.start, period.end)
        sales = sales.filter(pl.col("kind") == OrderKind.SALE.value)
        last = sales.group_by("person").agg(pl.col("ordered_at").max())
        found = np.full(self.company.people.height, NEVER, np.int64)
        found[last["person"].to_numpy()] = last["ordered_at"].to_numpy()
        return found[self.standings.place]

    def kpi(self, code: str) -> Ints:
        """A KPI of everybody."""
        return self.standings.kpi(code)

    def orders(self, bonus: Bonus) -> Orders:
        """The cycle's orders that the bonus looks at, less those that another bonus keeps for itself."""
        found = self._chosen.of(bonus)
        buyer = self.standings.node[found["person"].to_numpy()].astype(np.int32)
        return Orders(
            buyer=sponsored(self.standings.network, buyer) if bonus.orders.customers_as == "sponsor" else buyer,
            number=found["number"].to_numpy().astype(np.int32),
            base=found["base"].to_numpy(),
            first=found["first"].to_numpy(),
            sign=found["kind"].replace_strict(SIGNS, default=0, return_dtype=pl.Int64).to_numpy(),
        )

    def bought(self, figure: str) -> Orders:
        """All of the cycle's orders in their turn, with their `cv`, `qv` or `points` as the base."""
        found = self._chosen.all_of_cycle()
        return Orders(
            buyer=self.standings.node[found["person"].to_numpy()].astype(np.int32),
            number=found["number"].to_numpy().astype(np.int32),
            base=found[figure].to_numpy(),
            first=found["first"].to_numpy(),
            sign=np.zeros(found.height, np.int64),
        )

    @property
    def _chosen(self) -> Choosing:
        if not self._choosing:
            self._choosing.append(Choosing(self.company, self.standings, self.rates, self.bonuses, self.late))
        return self._choosing[0]

    def tree(self, bonus: Bonus) -> Tree | None:
        """The placement tree that the bonus goes along; None is the sponsor tree."""
        if bonus.tree == "sponsor":
            return None
        if bonus.tree not in self._trees:
            self._trees[bonus.tree] = tree_of(self.company, self.standings, bonus.tree)
        return self._trees[bonus.tree]

    def basis(self, bonus: Bonus) -> Basis:
        """CV, QV and KPIs at the plan's scale; money in minor units; points, orders and people by ones."""
        plan, base = self.standings.plan, bonus.base
        paid = self.unit(bonus)
        volume = base in ("cv", "qv") or any(kpi.code == base and kpi.unit is KpiUnit.VOLUME for kpi in plan.kpis)
        if volume:
            return Basis(plan.volume.scale, self.worth_of(plan.volume.currency, paid.code))
        if base in MONEY:
            return Basis(minor_digits(plan.currency), self.worth_of(plan.currency, paid.code))
        return Basis(0)

    def unit(self, bonus: Bonus) -> Unit:
        """The bonus's currency, or what else it pays."""
        if bonus.pays != "money":
            return Unit(bonus.pays)
        plan = self.standings.plan
        code = bonus.currency or plan.currency
        return Unit(code, minor_digits(code), Fraction(1))

    def holds(self, bonus: Bonus) -> Marks | None:
        """Where the expression of a rule holds, by node."""
        if not isinstance(bonus.terms, Conditional):
            return None
        return truths(bonus.terms.when, self._columns(bonus.terms.when), self.standings.network.size)

    def comes_to(self, bonus: Bonus) -> Told | None:
        """What the expression of its amount comes to; None where it has none."""
        amount = getattr(bonus.terms, "amount", None)
        if not isinstance(amount, Expression):
            return None
        finer = np.array([10 ** (BASE_DECIMALS - self.basis(bonus).decimals)], object)
        everybody = self._columns(amount)

        def told(payee: Indices, base: Ints) -> list[Any]:
            columns = {word: taken_of(column, payee) for word, column in everybody.items()}
            return list(values(amount, {**columns, "base": product(base, finer)}, len(payee)).tolist())

        return told

    def _columns(self, expression: Expression) -> dict[str, Any]:
        told = expression.names - amount_words().keys()
        return {name: column(name, self.company, self.standings, self.last_day) for name in told}

    def worth(self, unit: Unit, paid: Unit) -> Fraction:
        """What one of a currency is worth in another on the cycle's last day."""
        return self.worth_of(unit.code, paid.code)

    def worth_of(self, source: str, target: str) -> Fraction:
        """Points and prizes have no currency: a unit of what they are a share of is one of them.

        Raises:
            RateMissing: nothing is known of the two currencies on the last day of the cycle or before.
        """
        if len(target) != 3 or len(source) != 3:
            return Fraction(1)
        return Fraction(self.rates.on(self.last_day, source, target))

    @property
    def last_day(self) -> date:
        """The cycle's last day in company time."""
        return (self.standings.cycle.period.end.astimezone(self.zone) - DAY / 2).date()

    @property
    def zone(self) -> ZoneInfo:
        """Company time."""
        return ZoneInfo(self.standings.plan.calendar.time_zone)


def sponsored(network: Network, buyer: Indices) -> Indices:
    """Each buyer, or in place of a customer the nearest distributor above her; her own where there is none.

    | sponsors                         | buyer | counts as bought by |
    | -------------------------------- | ----- | ------------------- |
    | distributor a > customer b       | b     | a                   |
    | distributor a > customer b > c   | c     | a                   |
    | customer b > customer c          | c     | c                   |
    """
    above = nearest_above(network.parent, ~network.customer)[buyer]
    return np.where(network.customer[buyer] & (above >= 0), above, buyer).astype(np.int32)
