"""Moves, subjects and history: tables without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from core.plan.model import Phase, StateSpec, TicketsSpec
from core.tickets.model import Change, What
from core.tickets.rules.history import replayed
from core.tickets.rules.machine import Machine, after_answer, after_her_word, after_taking, may_reopen
from core.tickets.rules.wording import subject_of, units

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DEPOT = StateSpec("depot", {"en": "At the depot"}, Phase.WAITING_US)
SHIPPED = StateSpec("shipped", {"en": "Shipped"}, Phase.WAITING_PERSON)
OURS = Machine.of(TicketsSpec())
THEIRS = Machine.of(TicketsSpec(states=(DEPOT, SHIPPED), moves={"open": ("depot",), "depot": ("shipped", "new")}))


def test_without_words_of_the_company_phases_are_the_states() -> None:
    assert OURS.choices("new", Phase.NEW) == ("open", "waiting_person", "waiting_us", "solved", "closed")
    assert OURS.choices("solved", Phase.SOLVED) == ("closed", "reopened")
    assert OURS.choices("closed", Phase.CLOSED) == ("reopened",)
    assert OURS.phase("depot") is None


def test_the_company_narrows_what_staff_choose_and_never_widens_it() -> None:
    assert THEIRS.choices("open", Phase.OPEN) == ("depot",)
    assert THEIRS.choices("depot", Phase.WAITING_US) == ("shipped",), "nothing goes back to new"
    assert "depot" in THEIRS.choices("waiting_us", Phase.WAITING_US), "another state of the same phase"
    assert THEIRS.choices("gone from the plan", Phase.SOLVED) == ("solved", "closed", "reopened")


def test_words_lead_to_the_companys_own_state_where_it_may_be_chosen() -> None:
    assert THEIRS.towards("depot", Phase.WAITING_PERSON) == "shipped"
    assert THEIRS.towards("open", Phase.WAITING_PERSON) == "waiting_person", "an answer goes out whatever the moves are"
    assert OURS.towards("open", Phase.SOLVED) == "solved"


@pytest.mark.parametrize(
    ("phase", "her_word", "answer", "solving", "taking"),
    [
        ("new", "new", "waiting_person", "solved", "open"),
        ("open", "open", "waiting_person", "solved", "open"),
        ("waiting_person", "waiting_us", "waiting_person", "solved", "waiting_person"),
        ("waiting_us", "waiting_us", "waiting_person", "solved", "waiting_us"),
        ("reopened", "reopened", "waiting_person", "solved", "reopened"),
        ("solved", "reopened", "solved", "solved", "solved"),
    ],
)
def test_words_and_deeds_move_a_ticket(phase: str, her_word: str, answer: str, solving: str, taking: str) -> None:
    now = Phase(phase)
    moved = (after_her_word(now), after_answer(now, solves=False), after_answer(now, solves=True), after_taking(now))
    assert moved == (her_word, answer, solving, taking)


def test_what_was_closed_reopens_for_a_while() -> None:
    month = timedelta(days=30)
    assert may_reopen(Phase.SOLVED, None, NOW, month)
    assert may_reopen(Phase.CLOSED, NOW - month, NOW, month)
    assert not may_reopen(Phase.CLOSED, NOW - month - timedelta(seconds=1), NOW, month)
    assert not may_reopen(Phase.OPEN, None, NOW, month), "it is open"


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        (["\n  \n Hello \nworld"], "Hello"),
        (["", "second"], "second"),
        (["x" * 300], "x" * 200),
        (["😡"], "😡"),
        ([" \t"], ""),
    ],
)
def test_the_subject_is_the_first_line_that_says_anything(words: list[str], subject: str) -> None:
    assert subject_of(words) == subject


def test_length_is_what_messengers_count() -> None:
    assert [units(text) for text in ("", "añ", "😀", "👨\u200d👩")] == [0, 2, 2, 5]


def test_history_that_does_not_hang_together_is_a_fault() -> None:
    opened = Change(at=NOW, by="person", what=What.OPENED, after="new")
    taken = Change(at=NOW, by="sam", what=What.STATE, before="new", after="open")
    assert replayed([opened, taken]) == {"state": "open"}
    with pytest.raises(AssertionError, match="state was not open"):
        replayed([opened, taken.model_copy(update={"before": "open"})])
