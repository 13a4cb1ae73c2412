"""Which rule fires when, and that it fires once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.plan.model import EscalationSpec, Phase, Priority, Target, TicketsSpec
from core.tickets.rules import escalation, targets
from core.tickets.rules.targets import Clock, Subject

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
USUAL = Subject("other", Priority.NORMAL, "general")
SPEC = TicketsSpec()
HOUR = timedelta(hours=1)


def fired(clock: Clock, now: datetime, spec: TicketsSpec = SPEC, subject: Subject = USUAL) -> list[tuple[str, bool]]:
    return [(one.target.value, one.missed) for one in escalation.firing(clock, spec, subject, now)]


def test_staff_are_warned_and_told_of_the_miss() -> None:
    clock = targets.opened(MORNING)  # eight hours to answer
    assert escalation.next_at(clock, SPEC, USUAL) == MORNING + 6.4 * HOUR
    assert fired(clock, MORNING + 6 * HOUR) == []
    assert fired(clock, MORNING + 7 * HOUR) == [("first_answer", False)]
    assert fired(clock, MORNING + 8 * HOUR) == [("first_answer", False), ("first_answer", True)]


def test_a_rule_fires_once_and_the_next_one_is_looked_for() -> None:
    clock = targets.opened(MORNING)
    done = escalation.done(clock, escalation.firing(clock, SPEC, USUAL, MORNING + 7 * HOUR))
    assert fired(done, MORNING + 7 * HOUR) == []
    assert escalation.next_at(done, SPEC, USUAL) == MORNING + 8 * HOUR


def test_each_next_answer_has_its_own_warning() -> None:
    clock = targets.heard(targets.answered(targets.opened(MORNING)), MORNING, SPEC.hours)
    late = MORNING + 8 * HOUR
    done = escalation.done(clock, escalation.firing(clock, SPEC, USUAL, late))
    again = targets.heard(targets.answered(done), late, SPEC.hours)
    assert fired(done, late) == []
    assert fired(again, late + 24 * HOUR) == [("next_answer", False), ("next_answer", True)]


def test_nothing_fires_while_the_stopwatch_stands() -> None:
    clock = targets.moved(targets.opened(MORNING), Phase.OPEN, Phase.WAITING_PERSON, MORNING + HOUR, SPEC.hours)
    assert escalation.next_at(clock, SPEC, USUAL) is None


def test_a_company_rule_fires_where_it_fits() -> None:
    rule = EscalationSpec(Decimal(50), Target.FIRST_ANSWER, ("general",), ("other",), (Priority.NORMAL,))
    spec, clock = TicketsSpec(escalations=(rule,)), targets.opened(MORNING)
    assert fired(clock, MORNING + 4 * HOUR, spec) == [("first_answer", False)]
    others = (replace(USUAL, queue="x"), replace(USUAL, type="x"), replace(USUAL, priority=Priority.LOW))
    assert [fired(clock, MORNING + 4 * HOUR, spec, one) for one in others] == [[], [], []]


def test_a_rule_may_come_after_the_miss() -> None:
    spec = TicketsSpec(escalations=(EscalationSpec(Decimal(150), Target.FIRST_ANSWER),), warn_at=Decimal(100))
    clock = targets.opened(MORNING)
    assert fired(clock, MORNING + 24 * HOUR, spec) == [("first_answer", True)]
    assert fired(clock, MORNING + 27 * HOUR, spec) == [("first_answer", True), ("first_answer", True)]


def test_a_rule_lowers_no_priority() -> None:
    high = EscalationSpec(Decimal(50), set_priority=Priority.HIGH)
    raised = [escalation.raised(priority, high) for priority in Priority]
    assert raised == [Priority.HIGH, Priority.HIGH, Priority.HIGH, Priority.URGENT]
    assert escalation.raised(Priority.LOW, EscalationSpec(Decimal(50))) is Priority.LOW


def test_a_raised_priority_keeps_the_times_that_were_promised() -> None:
    high, clock = replace(USUAL, priority=Priority.HIGH), targets.opened(MORNING)
    kept = escalation.promising(escalation.promising(clock, Priority.NORMAL), Priority.HIGH)
    assert targets.dues(kept, SPEC, high) == targets.dues(clock, SPEC, USUAL)
    assert targets.dues(targets.chosen(kept), SPEC, high) == targets.dues(clock, SPEC, high)
    assert Clock.of(kept.row()) == kept
