"""A plan made ready to calculate: its program for the forest, and where each KPI and condition stands in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from core.forest import program as p
from core.forest.assembly import Assembly, Rung
from core.forest.program import Program
from core.kpis.model import GRACE, JUDGED, OwnFigure
from core.kpis.rules import Columns, activity_figure, own_figures
from core.plan.model import AllOf, AnyOf, Condition, Plan
from core.ranks.rules import conditions, steps


@dataclass(frozen=True)
class Calculation:
    """What `compiled` makes of a plan; the same for every cycle."""

    plan: Plan
    program: Program
    own: tuple[OwnFigure, ...]
    """The own rows of the figures, in order."""
    values: dict[str, int]
    """The value's number by KPI code."""
    counted: dict[Condition, int]
    """The value's number by condition of a rank; differs from the KPI's where the condition caps legs."""

    @cached_property
    def rows(self) -> int:
        """Rows of figures, 8 bytes a person each."""
        return int(self.program.rows.shape[0])

    @cached_property
    def titled(self) -> bool:
        """Whether any KPI looks at career ranks."""
        return bool(self.program.rows[:, p.TITLED].any() or self.program.terms[:, p.TERM_TITLED].any())

    @cached_property
    def judged(self) -> bool:
        """Whether cycles are looked at one by one to tell who is active."""
        return any(figure.kpi == JUDGED for figure in self.own)

    @cached_property
    def shares(self) -> bool:
        """Whether customers' orders count otherwise than those of others."""
        return any(figure.customer_share is not None for figure in self.own)

    @cached_property
    def by_joining(self) -> bool:
        """Whether it matters when people joined, in KPIs along places too."""
        rule = self.plan.activity
        chosen = (rule.orders, *(kpi.orders for kpi in self.plan.kpis if kpi.on))
        return rule.newcomer_days > 0 or any(orders.within_days is not None for orders in chosen)

    @cached_property
    def by_day(self) -> bool:
        """Whether figures change as days pass, without any order."""
        return (
            self.by_joining
            or bool(self.plan.activity.days)
            or any(kpi.days or kpi.since for kpi in self.plan.kpis if kpi.on)
        )

    @cached_property
    def graced(self) -> bool:
        """Whether ranks can be kept by grace."""
        return GRACE in self.own

    @cached_property
    def remembers(self) -> bool:
        """Whether what earlier cycles found counts: grace, or KPIs that look back."""
        return self.graced or any(kpi.on and kpi.looks_back for kpi in self.plan.kpis)


def compiled(plan: Plan, also: Iterable[Condition] = ()) -> Calculation:
    """Make a checked plan ready; a plan with an unknown KPI or rank must not come this far.

    Args:
        also: conditions besides those of ranks that will be asked for.
    """
    own = own_figures(plan)
    assembly = Assembly(len(own))
    columns = Columns(plan, assembly)
    values = {kpi.code: columns.value(kpi) for kpi in plan.kpis if kpi.on}
    asked = (condition for rank in plan.ranks for condition in conditions(rank.needs))
    counted = {condition: columns.counted(condition) for condition in (*asked, *also)}
    asked_of, places = _needs(plan, graced=GRACE in own), dict(counted)
    if GRACE in own:
        places |= dict.fromkeys((_kept(place) for place in range(1, len(plan.ranks) + 1)), columns.grace())
    program = assembly.program(
        [_rung(plan, assembly, places, needs) for needs in asked_of],
        climbed=plan.must_climb,
        wake_row=own.index(activity_figure(plan)),
        wake_minimum=plan.activity.minimum,
    )
    return Calculation(plan, program, own, values, counted)


def _kept(place: int) -> Condition:
    """That she keeps at least this rank by grace."""
    return Condition(kpi=str(GRACE.kpi), minimum=place)


def _needs(plan: Plan, *, graced: bool) -> list[AllOf]:
    """What ranks ask for; with grace each says in full what it asks for, so that nobody climbs on what she only keeps.

    | climbed, with grace | asks for                            |
    | ------------------- | ----------------------------------- |
    | the lowest, a       | a, or grace of the lowest           |
    | the next, b         | a and b, or grace of the next       |
    """
    needs = [rank.needs for rank in plan.ranks]
    if not graced:
        return needs
    if plan.must_climb:
        needs = [AllOf(tuple(needs[: place + 1])) for place in range(len(needs))]
    return [AllOf((AnyOf((each, _kept(place))),)) for place, each in enumerate(needs, start=1)]


def _rung(plan: Plan, assembly: Assembly, counted: Mapping[Condition, int], needs: AllOf) -> Rung:
    """A rank's conditions, those first that are one row to read; without climbing they stay with the others."""
    direct = [
        part
        for part in needs.parts
        if plan.must_climb and isinstance(part, Condition) and assembly.direct(counted[part]) >= 0
    ]
    required = tuple((counted[part], part.minimum) for part in direct)
    rest = AllOf(tuple(part for part in needs.parts if part not in direct))
    return Rung(required, steps(rest, counted.__getitem__))
