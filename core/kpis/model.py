"""Words of the KPI room."""

from dataclasses import dataclass
from decimal import Decimal

from core.plan.model import EVERY_ORDER, DaysOfYear, Measure, OrderChoice


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """What must be known of each person before KPIs can be: a measure, added up over a window.

    `cycles` counts the open cycle too; None is everything since the beginning. With `days` it is the last so many days,
    with `since` everything from the last of these days of a year on.
    """

    measure: Measure
    cycles: int | None = 1
    kpi: str | None = None
    """Set where it is no sum of orders but is given before all others: a KPI along places, or of earlier cycles."""

    customer_share: Decimal | None = None
    """So many percent of each order of a customer count; None is all."""
    days: int = 0
    """0 is by cycles."""
    since: DaysOfYear = ()
    """None is by cycles or days."""
    orders: OrderChoice = EVERY_ORDER
    newcomer_days: int = 0
    """Whoever joined so many days ago at most has far more than anybody's orders come to; 0 is nobody."""

    @property
    def grows(self) -> bool:
        """Whether an order of the open cycle adds to it."""
        return self.kpi in (None, JUDGED)

    @property
    def looked_up(self) -> bool:
        """Whether what an order adds to it depends on her other orders, on their lines or on the day she joined."""
        return self.grows and (self.orders != EVERY_ORDER or self.newcomer_days > 0)


JUDGED = "cycles judged one by one"
"""The activity figure where cycles are not added up, as `core.kpis.rules.judged` makes it."""
GRACE = OwnFigure(Measure.ORDERS, kpi="rank kept by grace")
"""The place of the rank by which somebody is paid at least, whatever her figures."""
EVER_SOLD = OwnFigure(Measure.ORDERS, None)
"""How many sales somebody ever had: who had none has her first still before her."""
