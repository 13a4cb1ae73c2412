"""What bonuses ask of a cycle: the orders that each looks at, in what they are counted, where an expression holds."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np

from core.bonuses.arrays import Basis, Orders, Unit
from core.catalog.rules import RateTable
from core.forest.above import Marks
from core.forest.kernel import Ints
from core.kernel.money import minor_digits
from core.plan.expressions.evaluation import truths
from core.plan.model import Bonus, Condition
from core.plan.model import Unit as KpiUnit
from core.plan.model.terms import Conditional
from core.settlement.choosing import DAY, Choosing
from core.settlement.figures import Standings
from core.settlement.model import Company
from core.settlement.words import column


@dataclass(slots=True)
class CycleSource:
    """The `core.bonuses.registry.Source` of a cycle."""

    company: Company
    standings: Standings
    rates: RateTable
    bonuses: tuple[Bonus, ...]
    _counted: dict[Condition, Ints] = field(default_factory=dict)
    _choosing: list[Choosing] = field(default_factory=list)

    def counted(self, condition: Condition) -> Ints:
        """What everybody has towards a condition."""
        if condition not in self._counted:
            self._counted[condition] = self.standings.counted(condition)
        return self._counted[condition]

    def kpi(self, code: str) -> Ints:
        """A KPI of everybody."""
        return self.standings.kpi(code)

    def orders(self, bonus: Bonus) -> Orders:
        """The cycle's orders that the bonus looks at, less those that another bonus keeps for itself."""
        if not self._choosing:
            self._choosing.append(Choosing(self.company, self.standings, self.rates, self.bonuses))
        found = self._choosing[0].of(bonus)
        return Orders(
            buyer=self.standings.node[found["person"].to_numpy()].astype(np.int32),
            number=found["number"].to_numpy().astype(np.int32),
            base=found["base"].to_numpy(),
            first=found["first"].to_numpy(),
        )

    def basis(self, bonus: Bonus) -> Basis:
        """CV, QV and KPIs at the plan's scale; money in minor units; points, orders and people by ones."""
        plan, base = self.standings.plan, bonus.base
        paid = self.unit(bonus)
        volume = base in ("cv", "qv") or any(kpi.code == base and kpi.unit is KpiUnit.VOLUME for kpi in plan.kpis)
        if volume:
            return Basis(plan.volume.scale, self.worth_of(plan.volume.currency, paid.code))
        if base == "price":
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
        columns = {name: column(name, self.company, self.standings, self.last_day) for name in bonus.terms.when.names}
        return truths(bonus.terms.when, columns, self.standings.network.size)

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
