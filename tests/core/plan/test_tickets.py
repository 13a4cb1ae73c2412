"""`[tickets]`: what it says, and what is told where it is wrong."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.plan.language.working_time import as_minutes
from core.plan.model import (
    EscalationSpec,
    Phase,
    Priority,
    QueueSpec,
    Shift,
    StateSpec,
    Target,
    TicketsSpec,
    TypeSpec,
    WorkingHours,
)
from core.plan.reading import check
from core.plan.showing_tickets import tickets_lines
from i18n.translator import translator
from tests.core.plan.plans import SMALL

WHOLE = """
[tickets]
hours = ["mon-tue 09:00-17:30", "sun 22:00-06:00"]
time_zone = "Europe/Berlin"
holidays = [2026-12-24, "01-01"]
first_answer = "30m"
solution = "1d 1h"
warn_at = "50 %"
close_after = "2d"
reopen_within = "0m"
file_megabytes = 5
files = 3
open_per_person = 7

[tickets.priorities.urgent]
first_answer = "10 min"
solution = "none"

[[tickets.types]]
code = "money"
name = "Money"
queue = "bank"
priority = "high"
next_answer = "2h"

[[tickets.states]]
code = "transfer"
name = "On its way"
like = "waiting_us"

[[tickets.states]]
code = "new"
name = "Fresh"

[tickets.moves]
transfer = ["solved"]

[[tickets.queues]]
code = "bank"
name = "Bank"
types = ["money"]

[[tickets.queues]]
code = "rest"
name = "Rest"

[[tickets.escalations]]
at = "120 %"
target = "first_answer"
queues = ["bank"]
types = ["money"]
priorities = ["high", "urgent"]
set_priority = "urgent"
set_queue = "rest"
assign = "Marta"
alert = false
"""
A_DAY = (2 * 510 + 480) // 3


def test_a_plan_without_the_section_has_what_we_propose_on_its_own_clock() -> None:
    plan, _ = check(SMALL)
    assert plan is not None and plan.tickets == TicketsSpec(hours=WorkingHours(time_zone="Europe/Madrid"))


def test_the_company_says_everything() -> None:
    plan, problems = check(SMALL + WHOLE)
    assert plan is not None and problems == []
    other = TicketsSpec().type("other")
    assert plan.tickets == TicketsSpec(
        hours=WorkingHours(
            (Shift(0, 540, 1050), Shift(1, 540, 1050), Shift(6, 1320, 1800)),
            "Europe/Berlin",
            frozenset({date(2026, 12, 24)}),
            frozenset({(1, 1)}),
        ),
        times={
            Target.FIRST_ANSWER: timedelta(minutes=30),
            Target.NEXT_ANSWER: timedelta(hours=8),
            Target.SOLUTION: timedelta(minutes=A_DAY + 60),
        },
        priorities={Priority.URGENT: {Target.FIRST_ANSWER: timedelta(minutes=10), Target.SOLUTION: None}},
        types=(
            TypeSpec("money", {"en": "Money"}, "bank", Priority.HIGH, {Target.NEXT_ANSWER: timedelta(hours=2)}),
            other,
        ),
        states=(
            StateSpec("transfer", {"en": "On its way"}, Phase.WAITING_US),
            StateSpec("new", {"en": "Fresh"}, Phase.NEW),
        ),
        moves={"transfer": ("solved",)},
        queues=(QueueSpec("bank", {"en": "Bank"}, ("money",)), QueueSpec("rest", {"en": "Rest"})),
        escalations=(
            EscalationSpec(
                Decimal(120),
                Target.FIRST_ANSWER,
                ("bank",),
                ("money",),
                (Priority.HIGH, Priority.URGENT),
                Priority.URGENT,
                "rest",
                "Marta",
                alert=False,
            ),
        ),
        warn_at=Decimal(50),
        close_after=timedelta(days=2),
        reopen_within=timedelta(),
        file_megabytes=5,
        files=3,
        open_per_person=7,
    )


def test_what_was_understood_is_told_word_by_word() -> None:
    plan, _ = check(SMALL + WHOLE)
    assert plan is not None
    assert "\n".join(tickets_lines(plan.tickets, translator("en"))) == TOLD


TOLD = """\
Tickets
  hours: Mon-Tue 09:00-17:30, Sun 22:00-06:00, in Europe/Berlin
  holidays: 2026-12-24, every year 01-01
  in working time: first answer 30 min, next answer 8 h, solution 9 h 20 min; told at 50 %
  priority urgent: first answer 10 min, solution no target
  closed 2 d after it is solved, reopened never
  at most 3 files of 5 MB at once, 7 open tickets a person
  type money “Money”: high, queue bank, next answer 2 h
  type other “Something else”: normal
  state transfer “On its way”: like waiting_us; goes to solved
  state new “Fresh”: like new
  queue bank “Bank”: money; every language
  queue rest “Rest”: every type; every language
  at 120 % of first answer (bank, money, high, urgent): priority urgent, queue rest, assigned to Marta"""


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("30m", 30), ("30 min", 30), ("4h", 240), ("2d 4h", 1320), ("1d4h5m", 785), ("4", None), ("", None), (4, None)],
)
def test_a_length_of_time_is_told_in_days_hours_and_minutes(text: object, minutes: int | None) -> None:
    assert as_minutes(text, 540) == minutes


TYPE = '[[tickets.types]]\ncode = "a"\nname = "A"\n'
STATE = '[[tickets.states]]\ncode = "s"\nname = "S"\n'
QUEUE = '[[tickets.queues]]\ncode = "q"\nname = "Q"\n'


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('[tickets]\nhours = ["mond 09:00-10:00"]', "plan_choice_unknown_near", (2, 10)),
        ('[tickets]\nhours = ["mon 9-10"]', "plan_value_wrong", (2, 10)),
        ('[tickets]\nhours = ["mon 09:00-09:00"]', "plan_value_wrong", (2, 10)),
        ('[tickets]\nhours = ["mon 24:00-25:00"]', "plan_value_wrong", (2, 10)),
        ('[tickets]\nhours = ["mon 09:00-12:00", "mon 11:00-13:00"]', "plan_value_wrong", (2, 29)),
        ('[tickets]\nhours = ["mon 05:00-12:00", "sun 22:00-06:00"]', "plan_value_wrong", (2, 29)),
        ("[tickets]\nhours = []", "plan_value_wrong", (2, 9)),
        ("[tickets]\nhours = 9", "plan_value_wrong", (2, 9)),
        ('[tickets]\nholidays = ["02-30"]', "plan_value_wrong", (2, 13)),
        ("[tickets]\nholidays = [2026-12-24T10:00:00]", "plan_value_wrong", (2, 13)),
        ('[tickets]\ntime_zone = "Madrid"', "plan_value_wrong", (2, 13)),
        ('[tickets]\nfirst_answer = "0m"', "plan_value_wrong", (2, 16)),
        ('[tickets]\nhours = ["mon 09:00-10:00"]\nsolution = "53h"', "plan_value_wrong", (3, 12)),
        ("[tickets]\nsolution = 8", "plan_value_wrong", (2, 12)),
        ('[tickets]\nwarn_at = "0 %"', "plan_value_wrong", (2, 11)),
        ('[tickets]\nclose_after = "none"', "plan_value_wrong", (2, 15)),
        ("[tickets]\nfile_megabytes = 21", "plan_value_wrong", (2, 18)),
        ('[tickets]\nfrist_answer = "1h"', "plan_word_unknown_near", (2, 1)),
        ('[tickets.priorities.urgnt]\nsolution = "1h"', "plan_word_unknown_near", (1, 21)),
        (TYPE + 'queue = "genral"', "plan_name_unknown_near", (4, 9)),
        (TYPE + 'priority = "top"', "plan_choice_unknown", (4, 12)),
        (TYPE + TYPE, "plan_name_twice", (5, 8)),
        (STATE, "plan_word_beside", (1, 1)),
        (STATE + 'like = "reopened"', "plan_choice_unknown", (4, 8)),
        (STATE.replace('"s"', '"open"') + 'like = "open"', "plan_word_useless", (4, 1)),
        (STATE + 'like = "open"\n[tickets.moves]\ns = ["new"]', "plan_ticket_move", (6, 6)),
        (STATE + 'like = "open"\n[tickets.moves]\ns = ["s"]', "plan_ticket_move", (6, 6)),
        (STATE + 'like = "open"\n[tickets.moves]\ns = []', "plan_ticket_stuck", (6, 1)),
        (STATE + 'like = "open"\n[tickets.moves]\ns = ["solvd"]', "plan_name_unknown_near", (6, 6)),
        (STATE + 'like = "open"\n[tickets.moves]\ns = "solved"', "plan_value_wrong", (6, 5)),
        ('[tickets.moves]\nt = ["solved"]', "plan_name_unknown", (2, 1)),
        (QUEUE + 'languages = ["es"]\n[[tickets.types]]\ncode = "other"\nname = "O"', "plan_ticket_unrouted", (1, 11)),
        (QUEUE + 'types = ["othr"]', "plan_name_unknown_near", (4, 10)),
        (QUEUE + 'types = ["other", "other"]', "plan_name_twice", (4, 19)),
        (QUEUE + 'languages = ["xx"]\n' + QUEUE.replace('"q"', '"r"'), "plan_language_unknown_near", (4, 14)),
        ("[[tickets.escalations]]\n", "plan_word_missing", (1, 1)),
        ('[[tickets.escalations]]\nat = "0 %"', "plan_value_wrong", (2, 6)),
        ('[[tickets.escalations]]\nat = "50 %"\nalert = false', "plan_word_useless", (3, 1)),
        ('[[tickets.escalations]]\nat = "50 %"\nset_queue = "x"', "plan_name_unknown", (3, 13)),
        ('[[tickets.escalations]]\nat = "50 %"\npriorities = ["hgh"]', "plan_name_unknown_near", (3, 15)),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, code: str, place: tuple[int, int]) -> None:
    plan, problems = check(f"{SMALL}\n{text}\n")
    before = len(SMALL.splitlines()) + 1
    assert plan is None
    assert (code, place) in [(one.code, ((one.line or 0) - before, one.column)) for one in problems]
