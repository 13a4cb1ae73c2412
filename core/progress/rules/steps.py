"""What a supposed order is for, in the words of the chat."""

from core.kpis.model import OwnFigure
from core.plan.model import CapBase, Condition, Measure, Over, Plan, Unit
from core.progress.model import StepKind
from core.progress.rules.asked import Asked


def is_additive(plan: Plan, part: Asked) -> bool:
    """Whether the condition must hold in any case, and orders of several people do at most the sum of each alone.

    A leg count is not additive (it can take two people's orders to lift one leg), nor is a KPI that stops at a rank.
    """
    kpi, cap = plan.kpi(part.condition.kpi), part.condition.leg_cap
    counted_by_person = kpi.over in {Over.OWN, Over.LEVELS} and kpi.measure is not Measure.LEGS and not kpi.knows_rank
    return part.group is None and counted_by_person and (cap is None or cap.base is CapBase.REQUIREMENT)


def moves_by_volume(plan: Plan, part: Asked) -> bool:
    """Whether the condition is additive and no unit of volume moves it by more than one."""
    kpi = plan.kpi(part.condition.kpi)
    steady = kpi.unit is Unit.VOLUME and not kpi.floor and not kpi.active_only
    return steady and is_additive(plan, part)


def depends_on_legs(plan: Plan, condition: Condition) -> bool:
    """Whether it matters in which leg an order is placed."""
    kpi = plan.kpi(condition.kpi)
    by_leg = kpi.measure is Measure.LEGS or kpi.over in {Over.LARGEST_LEG, Over.LESSER_LEGS}
    return by_leg or kpi.along_places or condition.leg_cap is not None or kpi.cap_per_leg is not None or kpi.knows_rank


def asks_for_ranks(plan: Plan, condition: Condition) -> bool:
    """Whether it counts people of a rank, or legs that hold one."""
    kpi = plan.kpi(condition.kpi)
    return kpi.with_rank is not None or kpi.leg_with_rank is not None


def activation(figure: OwnFigure, minimum: int, own: int, usual: int) -> int:
    """What an order must bring so that she is active; 0 when she is, or her usual order is not enough.

    Args:
        figure: what the plan's activity rule counts.
        own: her figure now, over the rule's cycles.

    | rule    | own | usual | activation |
    | ------- | --- | ----- | ---------- |
    | 50 QV   | 20  | 80    | 30         |
    | 50 QV   | 20  | 25    | 0          |
    | 1 order | 0   | 80    | 1          |
    | 2 orders| 0   | 80    | 0          |
    """
    lack = minimum - own
    if figure.measure is Measure.ORDERS:
        return 1 if lack == 1 else 0
    wakes = figure.measure in {Measure.CV, Measure.QV}
    return lack if wakes and 0 < lack <= usual else 0


def kind_of_step(*, herself: bool, customer: bool, woken: bool, lifts_a_leg: bool) -> StepKind:
    """The reason to tell; to become active is the plainest one.

    Args:
        woken: the order asked for makes her active, and she was not.
        lifts_a_leg: without it somebody would miss a rank that the target asks for.
    """
    if herself:
        return StepKind.OWN_ORDER
    if woken:
        return StepKind.ACTIVATE_CUSTOMER if customer else StepKind.ACTIVATE_DISTRIBUTOR
    return StepKind.LEG if lifts_a_leg else StepKind.MORE_VOLUME
