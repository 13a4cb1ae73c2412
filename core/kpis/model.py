"""Words of the KPI room."""

from dataclasses import dataclass

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


GRACE = OwnFigure(Measure.ORDERS, kpi="rank kept by grace")
"""The place of the rank by which somebody is paid at least, whatever her figures."""
