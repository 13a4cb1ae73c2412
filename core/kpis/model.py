"""Words of the KPI room."""

from dataclasses import dataclass
from decimal import Decimal

from core.plan.model import Measure


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """What must be known of each person before KPIs can be: a measure, added up over a window.

    `cycles` counts the open cycle too; None is everything since the beginning.
    """

    measure: Measure
    cycles: int | None = 1
    kpi: str | None = None
    """Set where it is no sum of orders but is given: a KPI along a placement tree, worked out before all others."""

    customer_share: Decimal | None = None
    """So many percent of each order of a customer count; None is all."""

    @property
    def grows(self) -> bool:
        """Whether an order of the open cycle adds to it."""
        return self.kpi in (None, JUDGED)


JUDGED = "cycles judged one by one"
"""The activity figure where cycles are not added up, as `core.kpis.rules.judged` makes it."""
GRACE = OwnFigure(Measure.ORDERS, kpi="rank kept by grace")
"""The place of the rank by which somebody is paid at least, whatever her figures."""
