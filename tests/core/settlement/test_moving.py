"""Percentages that rise within the cycle: from the order that reaches them on, or after it."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import main
from core.kernel.errors import Severity
from core.plan.reading import check
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

GROUP = """
[kpis.gv]
label = "Group volume"
measure = "qv"
over = "line"
include_self = true
"""
DISCOUNTS = "schedule = [{ from = 0, rate = 25 }, { from = 500, rate = 35 }, { from = 4000, rate = 50 }]"


def plan(mode: str, words: str = f'schedule_kpi = "gv"\n{DISCOUNTS}', more: str = GROUP) -> str:
    return HEAD + PERSONAL + more + ONE_RANK + bonus("differential", f'schedule_mode = "{mode}"\n{words}')


def paid(company: Offline, out: str = "out") -> dict[tuple[str, str, Decimal], Decimal]:
    """Who is paid for whose line, at which percentage, of how much."""
    rows = company.awards(out=out)
    return {(row["payee_id"], row["source_person_id"], Decimal(row["rate"])): Decimal(row["base"]) for row in rows}


@pytest.mark.parametrize(
    ("mode", "own", "above"),
    [("whole", {35: 900}, 135), ("from_order", {25: 300, 35: 600}, 165), ("after_order", {25: 600, 35: 300}, 195)],
)
def test_each_order_counts_at_the_percentages_that_were_reached_by_it(
    tmp_path: Path, mode: str, own: dict[int, int], above: int
) -> None:
    """Herbalife: 25 %, from 500 points on 35 %, a Supervisor 50 %; she has the difference of the two discounts."""
    company = Offline(tmp_path, plan(mode))
    company.person("x")
    company.person("y", "x")
    company.order("x", 4000, on="2026-10-01")
    for day in ("03", "13", "23"):
        company.order("y", 300, on=f"2026-10-{day}")
    assert company.settle() == 0
    found = paid(company)
    assert {int(rate): int(base) for (payee, _, rate), base in found.items() if payee == "y"} == own
    on_y = sum(base * rate / 100 for (payee, source, rate), base in found.items() if (payee, source) == ("x", "y"))
    assert on_y == above


def test_forever_pays_personal_activity_after_somebody_moved_up(tmp_path: Path) -> None:
    """millionairesway.weebly.com: 5 % of all her own orders after she and hers had 2 case credits in two months.

    By hand: a credit in September and one of her own in October make two; the 300 that she orders then pay 15.
    """
    more = GROUP.replace("kpis.gv", "kpis.credits") + "cycles = 2\n"
    words = 'of = "own"\nbase = "cv"\nschedule_kpi = "credits"\nschedule = [{ from = 2, rate = 5 }]'
    company = Offline(tmp_path, plan("after_order", words, more))
    company.person("you")
    company.person("friend", "you")
    company.order("friend", 150, 1, on="2026-09-20")
    company.order("you", 150, 1, on="2026-10-05")
    company.order("you", 300, 2, on="2026-10-09")
    assert company.settle() == 0
    assert company.earned() == {"you": 15}


def test_whoever_is_above_rises_by_the_orders_of_her_group_and_a_return_lessens_them(tmp_path: Path) -> None:
    company = Offline(tmp_path, plan("from_order"))
    for person, above in (("x", None), ("y", "x"), ("z", "y")):
        company.person(person, above)
    company.order("z", 400, on="2026-10-02")  # all at 25 %
    company.order("y", 200, on="2026-10-03")  # y and x have 600: 35 %
    company.order("z", 50, on="2026-10-04")  # z has 450: 25 % and 10 % to y
    company.order("y", 300, on="2026-10-05", kind="return")  # y and x have 350: 25 %
    company.order("z", 10, on="2026-10-06")  # 25 %, nothing above
    assert company.settle() == 0
    assert paid(company) == {
        ("y", "y", Decimal(25)): -300,
        ("y", "y", Decimal(35)): 200,
        ("y", "z", Decimal(10)): 50,
        ("z", "z", Decimal(25)): 460,
    }


def test_a_line_says_that_percentages_rise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = Offline(tmp_path, plan("from_order"))
    company.person("x")
    company.order("x", 600)
    assert company.settle() == 0
    capsys.readouterr()
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "x", "--award", "1"]) == 0
    assert "each order counts at those that were reached with it." in capsys.readouterr().out


GV = 'schedule_kpi = "gv"\n' + DISCOUNTS


@pytest.mark.parametrize(
    ("words", "more", "word"),
    [
        (GV, GROUP + "active_only = true\n", "schedule_kpi"),
        (GV, GROUP + "cap_per_leg = 100\n", "schedule_kpi"),
        (GV, GROUP.replace("qv", "orders"), "schedule_kpi"),
        (GV, GROUP.replace('over = "line"\ninclude_self = true\n', "days = 30\n"), "schedule_kpi"),
        (GV + '\nbase = "gv"', GROUP, "base"),
        (GV + '\ntree = "binary"', GROUP + '\n[trees.binary]\nspill = "bfs"\n', "tree"),
        (GV + "\nequal_rank = 1", GROUP, "equal_rank"),
    ],
)
def test_what_cannot_move_with_orders_is_told(words: str, more: str, word: str) -> None:
    _, problems = check(plan("after_order", words, more))
    assert [one.facts["word"] for one in problems if one.severity is Severity.FAULT] == [word]
