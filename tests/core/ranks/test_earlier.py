"""What earlier cycles found, as KPIs of this one count it: rules as tables, and the documented months."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from core.plan.model import InARow, Plan
from core.plan.reading import check
from core.plan.showing import Showing
from core.ranks.rules import earlier
from core.settlement.rules.lack import Lack, Missing
from core.settlement.telling.lacks import lack_sentence
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline

GV = '\n[kpis.gv]\nlabel = "Group volume"\nmeasure = "qv"\nover = "line"\ninclude_self = true\n'


def reached(code: str, words: str = "") -> str:
    return (
        f'\n[kpis.{code}]\nlabel = "{code}"\nmeasure = "reached"\nof_kpi = "gv"\nof_minimum = 2500\n'
        f"past_cycles = 4\n{words}\n"
    )


ROWS = reached("every") + reached("latest", 'in_a_row = "latest"') + reached("longest", 'in_a_row = "longest"')


def read(words: str) -> Plan:
    plan, problems = check(HEAD + GV + words + PERSONAL + ONE_RANK)
    assert plan is not None, problems
    return plan


@pytest.mark.parametrize(
    ("found", "every", "latest", "longest"),
    [("yyny", 3, 2, 2), ("nyyy", 3, 0, 3), ("yy", 2, 2, 2), ("", 0, 0, 0), ("ynyyn", 3, 1, 2)],
)
def test_which_of_the_earlier_cycles_count(found: str, every: int, latest: int, longest: int) -> None:
    held = np.array([[one == "y"] for one in found], np.bool_).reshape(len(found), 1)
    assert [earlier.counted(held, row).tolist() for row in InARow] == [[every], [latest], [longest]]


def test_what_was_reached_is_told_and_read_again() -> None:
    plan = read(ROWS)
    rows = earlier.added(
        plan, lambda _code: np.array([0, 25_000_000, 24_999_999]), lambda _kpi: np.zeros(3, np.int64), 3
    )
    told = earlier.told(plan, rows)
    assert told == [None, "every latest longest", None]
    assert earlier.read(plan, told).tolist() == rows.tolist()
    assert earlier.read(plan, ["gone latest"]).tolist() == [[0], [1], [0]]


def test_the_documented_months(tmp_path: Path) -> None:
    company = Offline(tmp_path, HEAD + GV + ROWS + PERSONAL + ONE_RANK)
    company.person("a")
    company.person("b", "a")
    more: list[str] = []
    for month, volume, *figures in (
        (2, 2500, 0, 0, 0), (3, 3000, 1, 1, 1), (4, 1000, 2, 2, 2), (5, 2600, 2, 0, 2), (6, 2500, 3, 1, 2),
        (7, 0, 3, 2, 2),
    ):  # fmt: skip
        for person, part in (("a", 500), ("b", volume - 500)):
            if volume:
                company.order(person, part, on=f"2026-{month:02}-05")
        assert company.settle(f"2026-{month:02}", *more, out=str(month)) == 0
        assert [company.kpi("a", code, str(month)) for code in ("every", "latest", "longest")] == figures, month
        more = ["--carry", str(tmp_path / str(month))]


HELD = """
[kpis.months]
label = "Months"
measure = "held"
held_rank = "silver"
past_cycles = 3

[kpis.legs]
label = "Legs"
measure = "legs"
leg_kpi = "months"
leg_minimum = 2
"""
LADDER = """
[[ranks]]
code = "silver"
name = "Silver"
needs = [{ kpi = "pv", minimum = 10 }]

[[ranks]]
code = "gold"
name = "Gold"
needs = [{ kpi = "pv", minimum = 20 }]
grace = 1
"""


def test_a_higher_rank_and_one_by_grace_count_as_paid_and_legs_can_ask_for_it(tmp_path: Path) -> None:
    company = Offline(tmp_path, HEAD + HELD + PERSONAL + LADDER)
    company.person("a")
    company.person("b", "a")
    more: list[str] = []
    for month, volume, months, legs in ((1, 20, 0, 0), (2, 0, 1, 0), (3, 0, 2, 1), (4, 10, 2, 1), (5, 0, 2, 1)):
        company.order("b", volume, on=f"2026-{month:02}-05")
        assert company.settle(f"2026-{month:02}", *more, out=str(month)) == 0
        assert [company.kpi(*one, str(month)) for one in (("b", "months"), ("a", "legs"))] == [months, legs], month
        more = ["--carry", str(tmp_path / str(month))]


BY_CALENDAR = '\n[payout]\nper = "schedule"\n'
CALENDARS = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\nkpis_by = "month"\n'


def test_a_run_by_the_week_looks_back_at_the_months_that_its_figures_go_by(tmp_path: Path) -> None:
    """A week that ends in November looks at October, whose run's folder is given too, and hands it on."""
    company = Offline(tmp_path, HEAD + CALENDARS + BY_CALENDAR + GV + reached("every") + PERSONAL + ONE_RANK)
    company.person("a")
    for month in ("09", "10"):
        company.order("a", 2500, on=f"2026-{month}-30")
    folder = {name: ("--carry", str(tmp_path / name)) for name in ("2026-09", "2026-10", "2026-W44", "2026-W45")}
    assert company.settle("2026-09", out="2026-09") == 0
    assert company.settle("2026-10", *folder["2026-09"], out="2026-10") == 0
    by_week = ("--calendar", "week")
    assert company.settle("2026-W44", *by_week, *folder["2026-10"], out="2026-W44") == 0
    assert company.settle("2026-W45", *by_week, *folder["2026-W44"], out="2026-W45") == 0
    assert [company.kpi("a", "every", out) for out in ("2026-10", "2026-W44", "2026-W45")] == [1, 2, 2]
    assert company.settle("2026-W45", *by_week, *folder["2026-09"], out="wrong") != 0


EARNED = """
[kpis.one]
label = "One"
measure = "earned"
bonuses = ["own"]
past_cycles = 1

[kpis.three]
label = "Three"
measure = "earned"
bonuses = ["own"]
past_cycles = 3

[kpis.good]
label = "Good"
measure = "reached"
of_kpi = "one"
of_minimum = 1000
past_cycles = 4

[[bonuses]]
code = "own"
kind = "rule"
label = "Own"
when = "true"
rate = "10 %"
cap_by_rank = { member = 1200.50 }
"""


def test_the_documented_earnings(tmp_path: Path) -> None:
    """A bonus counts with its own cap; what she earns in this cycle counts from the next on."""
    company = Offline(tmp_path, HEAD + EARNED + PERSONAL + ONE_RANK)
    company.person("a")
    more: list[str] = []
    for month, volume, *figures in (
        (1, 12_010, 0, 0, 0), (2, 8000, "1200.50", "1200.50", 0), (3, 10_000, 800, "2000.50", 1),
        (4, 0, 1000, "3000.50", 1), (5, 0, 0, 1800, 2),
    ):  # fmt: skip
        company.order("a", volume, on=f"2026-{month:02}-05")
        assert company.settle(f"2026-{month:02}", *more, out=str(month)) == 0
        assert [company.kpi("a", code, str(month)) for code in ("one", "three", "good")] == [
            Decimal(str(one)) for one in figures
        ], month
        more = ["--carry", str(tmp_path / str(month))]


def test_what_a_cycle_adds_is_told_and_read_again_unless_the_plan_counts_otherwise_now() -> None:
    plan = read(EARNED)
    rows = np.array([[0, 12_005_000], [-5, 1], [1, 0]])
    told = earlier.told(plan, rows)
    assert told == ["three:-5 good", "one:12005000 three:1"]
    assert earlier.read(plan, told).tolist() == rows.tolist()
    assert earlier.read(plan, ["one good:3 three:2"]).tolist() == [[0], [2], [0]]


def bonus(code: str, words: str = "") -> str:
    return f'\n[[bonuses]]\ncode = "{code}"\nkind = "unilevel"\nlabel = "B"\nlevels = ["5 %"]\n{words}\n'


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ('measure = "held"\nheld_rank = "member"', "plan_word_beside"),
        ('measure = "held"\npast_cycles = 3', "plan_word_beside"),
        ('measure = "held"\nheld_rank = "silver"\npast_cycles = 3', "plan_name_unknown"),
        ('measure = "held"\nheld_rank = "member"\npast_cycles = 61', "plan_value_wrong"),
        ('measure = "held"\nheld_rank = "member"\npast_cycles = 3\nof_kpi = "pv"', "plan_word_useless"),
        ('measure = "held"\nheld_rank = "member"\npast_cycles = 3\ncycles = 3', "plan_word_useless"),
        ('measure = "held"\nheld_rank = "member"\npast_cycles = 3\nover = "line"', "plan_word_useless"),
        ('measure = "held"\nheld_rank = "member"\npast_cycles = 1\nin_a_row = "latest"', "plan_word_useless"),
        ('measure = "held"\nheld_rank = "member"\npast_cycles = 3\nin_a_row = "last"', "plan_choice_unknown"),
        ('measure = "reached"\nof_kpi = "pv"\npast_cycles = 3', "plan_word_beside"),
        ('measure = "reached"\nof_kpi = "off"\nof_minimum = 1\npast_cycles = 3', "plan_kpi_off"),
        ('measure = "legs"\nleg_kpi = "off"\nleg_minimum = 1', "plan_kpi_off"),
        ('measure = "qv"\npast_cycles = 3', "plan_word_useless"),
        ('measure = "earned"\npast_cycles = 3', "plan_word_beside"),
        ('measure = "earned"\nbonuses = ["teams"]\npast_cycles = 3', "plan_name_unknown_near"),
        ('measure = "earned"\nbonuses = ["weekly"]\npast_cycles = 3', "plan_value_wrong"),
        ('measure = "earned"\nbonuses = ["team", "stars"]\npast_cycles = 3', "plan_value_wrong"),
        ('measure = "earned"\nbonuses = ["team"]\npast_cycles = 3\nin_a_row = "latest"', "plan_word_useless"),
        ('measure = "qv"\nheld_rank = "member"', "plan_word_useless"),
    ],
)
def test_what_a_kpi_of_earlier_cycles_cannot_say(words: str, code: str) -> None:
    off = '\n[kpis.off]\nlabel = "Off"\nmeasure = "qv"\non = false\n'
    paid = bonus("team") + bonus("stars", 'pays = "points"') + bonus("weekly", 'calendar = "week"')
    calendars = CALENDARS.replace('kpis_by = "month"', "")
    plan, problems = check(
        HEAD + calendars + off + f'\n[kpis.it]\nlabel = "It"\n{words}\n' + PERSONAL + ONE_RANK + paid
    )
    assert (plan, [problem.code for problem in problems]) == (None, [code])


def test_a_plan_is_shown_with_what_it_looks_back_at() -> None:
    shown = "\n".join(Showing(read(HELD.replace("silver", "member") + ROWS), translator("en")).lines())
    assert "months “Months”: cycles paid as member or higher, among the 3 before this one" in shown
    assert "cycles with gv of 2,500 or more, among the 4 before this one, in a row up to the last" in shown
    assert "cycles with gv of 2,500 or more, among the 4 before this one, the longest stretch in a row" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_lacks_earlier_cycles_is_not_told_to_do_more_in_this_one(language: str) -> None:
    plan, tr = read(HELD.replace("silver", "member")), translator(language)
    lack = Missing(Lack.CONDITION, kpi="months", needed=Fraction(3), have=Fraction(2))
    told = lack_sentence(lack, plan, tr)
    assert told == tr(
        "It asks for {needed} × “{kpi}”, counted in earlier cycles. You have {have}, which this cycle cannot change.",
        needed="3",
        kpi="Months",
        have="2",
    )
    assert (language == "en") == (told == lack_sentence(lack, plan, translator("en")))
    income = Missing(Lack.CONDITION, kpi="one", needed=Fraction(3), have=Fraction(5, 2))
    told = lack_sentence(income, read(EARNED), tr)
    assert tr.number(Decimal("2.5")) in told
    assert (language == "en") == (told == lack_sentence(income, read(EARNED), translator("en")))
