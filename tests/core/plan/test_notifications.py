"""`[notifications]`: what it says, and what is told where it is wrong."""

from decimal import Decimal

import pytest

from core.plan.model import NotificationsSpec
from core.plan.reading import check
from tests.core.plan.plans import SMALL


def test_a_plan_without_the_section_speaks_as_we_propose() -> None:
    plan, _ = check(SMALL)
    assert plan is not None and plan.notifications == NotificationsSpec()


def test_the_company_says_how_often_when_and_to_whom() -> None:
    plan, problems = check(
        SMALL
        + """
[notifications]
per_day = 1
per_week = 3
holdout = "10 %"
reach = "25 %"
quiet = "22:30-07:15"
month_end = [5, 2]
month_end_at = "16:30"
at = "10:00"
"""
    )
    assert plan is not None and problems == []
    assert plan.notifications == NotificationsSpec(
        1, 3, Decimal(10), Decimal(25), (22 * 60 + 30, 7 * 60 + 15), (5, 2), 16 * 60 + 30, 600
    )


def test_a_company_may_do_without_a_night_and_without_nudges() -> None:
    plan, _ = check(SMALL + '\n[notifications]\nquiet = "off"\nmonth_end = []\n')
    assert plan is not None
    assert (plan.notifications.quiet, plan.notifications.month_end) == (None, ())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('quiet = "21-8"', "plan_value_wrong"),
        ('quiet = "08:00-08:00"', "plan_value_wrong"),
        ("quiet = 8", "plan_value_wrong"),
        ('at = "24:00"', "plan_value_wrong"),
        ('at = "9:00"', "plan_value_wrong"),
        ("month_end = [1, 3]", "plan_value_wrong"),
        ("month_end = [3, 3]", "plan_value_wrong"),
        ("month_end = [0]", "plan_value_wrong"),
        ("month_end = [true]", "plan_value_wrong"),
        ("month_end = 7", "plan_value_wrong"),
        ('holdout = "101 %"', "plan_value_wrong"),
        ("per_day = -1", "plan_value_wrong"),
        ("per_day = 7", "plan_word_useless"),
        ("per_dya = 1", "plan_word_unknown_near"),
    ],
)
def test_what_is_wrong_is_told_once_at_its_place(line: str, code: str) -> None:
    plan, problems = check(f"{SMALL}\n[notifications]\n{line}\n")
    assert plan is None
    assert [(one.code, one.line) for one in problems] == [(code, len(SMALL.splitlines()) + 3)]
