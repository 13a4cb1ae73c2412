"""One stopwatch of working time: what is due when, and when it stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.plan.model import Phase, Priority, Target, TicketsSpec, TypeSpec
from core.tickets.rules import targets
from core.tickets.rules.targets import Clock, Subject

HOUR = timedelta(hours=1)
SPEC = TicketsSpec()  # mon-fri 09:00-18:00 UTC; 8 h, 8 h and 27 h
USUAL = Subject("other", Priority.NORMAL, "general")
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def at(day: int, hour: int) -> datetime:
    """An hour of a day of that week; 0 is Monday."""
    return MONDAY + timedelta(days=day, hours=hour)


def moved(clock: Clock, before: Phase, after: Phase, now: datetime) -> Clock:
    return targets.moved(clock, before, after, now, SPEC.hours)


def waiting(clock: Clock, now: datetime) -> Clock:
    """After an answer that waits for her."""
    return moved(targets.answered(clock), Phase.OPEN, Phase.WAITING_PERSON, now)


def back(clock: Clock, now: datetime) -> Clock:
    """After a word of hers to a ticket that waited for it."""
    return moved(targets.heard(clock, now, SPEC.hours), Phase.WAITING_PERSON, Phase.WAITING_US, now)


def test_a_new_ticket_is_due_to_be_answered_and_solved() -> None:
    dues = targets.dues(targets.opened(at(0, 16)), SPEC, USUAL)
    assert (dues.first_answer, dues.next_answer, dues.solution) == (at(1, 15), None, at(3, 16))
    assert dues.nearest == at(1, 15)


def test_one_that_staff_opened_waits_for_her() -> None:
    clock = targets.opened(at(0, 16), by_us=True)
    assert targets.dues(clock, SPEC, USUAL).nearest is None
    assert targets.dues(back(clock, at(1, 10)), SPEC, USUAL).next_answer == at(1, 18)


def test_while_it_waits_for_her_time_stands_and_runs_on_from_there() -> None:
    asked = waiting(targets.opened(at(0, 10)), at(0, 12))  # two hours are gone
    assert targets.dues(asked, SPEC, USUAL) == targets.Dues()
    dues = targets.dues(back(asked, at(4, 9)), SPEC, USUAL)
    assert (dues.next_answer, dues.solution) == (at(4, 17), at(8, 16))  # 25 hours of nine a day, from Friday on


def test_a_next_answer_is_due_from_the_first_word_that_waits_for_it() -> None:
    clock = back(waiting(targets.opened(at(0, 9)), at(0, 10)), at(1, 9))
    again = targets.heard(clock, at(1, 15), SPEC.hours)
    assert targets.dues(again, SPEC, USUAL).next_answer == at(1, 17)
    answered = targets.answered(again)
    assert targets.dues(answered, SPEC, USUAL).next_answer is None


def test_before_the_first_answer_further_words_change_nothing() -> None:
    clock = targets.opened(at(0, 9))
    assert targets.heard(clock, at(0, 12), SPEC.hours) == clock


def test_what_is_done_is_not_due_and_reopened_has_its_whole_time_again() -> None:
    solved = moved(targets.answered(targets.opened(at(0, 9))), Phase.OPEN, Phase.SOLVED, at(1, 9))
    assert targets.dues(solved, SPEC, USUAL).nearest is None
    assert targets.reading(solved, at(4, 9), SPEC.hours) == 9 * HOUR
    dues = targets.dues(moved(solved, Phase.SOLVED, Phase.REOPENED, at(2, 9)), SPEC, USUAL)
    assert (dues.first_answer, dues.next_answer, dues.solution) == (None, at(2, 17), at(4, 18))


def test_moving_among_phases_in_which_the_company_works_changes_nothing() -> None:
    clock = targets.opened(at(0, 9))
    assert moved(clock, Phase.NEW, Phase.OPEN, at(0, 12)) == clock


def test_more_pressing_is_due_earlier_and_what_is_used_up_at_once() -> None:
    clock = targets.opened(at(0, 9))
    urgent = replace(USUAL, priority=Priority.URGENT)
    assert targets.dues(clock, SPEC, urgent).first_answer == at(0, 11)
    late = back(waiting(clock, at(2, 9)), at(2, 12))  # 18 hours are gone, an urgent solution has less than seven
    assert targets.dues(late, SPEC, urgent).solution == at(2, 12)


@pytest.mark.parametrize(
    ("of_type", "priority", "own", "hours"),
    [
        ("", Priority.NORMAL, "", 8),
        ("", Priority.LOW, "", 16),
        ("", Priority.URGENT, "", 2),
        (4, Priority.URGENT, "", 1),
        ("", Priority.URGENT, 0.5, 0.5),
        (4, Priority.HIGH, 6, 4),
        ("none", Priority.HIGH, 6, 6),
        ("none", Priority.HIGH, "", None),
        (4, Priority.HIGH, "none", None),
    ],
)
def test_type_and_priority_say_the_time(
    of_type: float | str, priority: Priority, own: float | str, hours: float | None
) -> None:
    kind = TypeSpec("other", {}, times=_times(of_type))
    spec = TicketsSpec(types=(kind,), priorities={priority: _times(own)})
    found = targets.allowed(spec, Target.FIRST_ANSWER, "other", priority)
    assert found == (None if hours is None else hours * HOUR)


def _times(said: float | str) -> dict[Target, timedelta | None]:
    if said == "":
        return {}
    return {Target.FIRST_ANSWER: None if isinstance(said, str) else said * HOUR}


def test_a_missed_target_is_told_by_the_moment_that_passed_first() -> None:
    clock = targets.opened(at(0, 9))
    assert targets.missed_at(clock, SPEC, USUAL, at(0, 17)) is None
    assert targets.missed_at(clock, SPEC, USUAL, at(4, 9)) == at(0, 17)


def test_the_stopwatch_is_read_as_it_was_stored() -> None:
    clock = Clock(90 * timedelta(minutes=1), at(0, 9), HOUR, True, frozenset({"80:solution"}))
    assert [Clock.of(one.row()) for one in (clock, Clock())] == [clock, Clock()]
