"""Cycles in a row without activity, through the command; docs/plan-language.md has the table."""

from pathlib import Path

import pytest

from core.plan.reading import check
from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL

COUNTS = "minimum = 50\nwarn_after = 2\nterminate_after = 3"
PLAN = HEAD.replace("minimum = 0", COUNTS) + PERSONAL + ONE_RANK
DOCUMENTED = [
    ("2026-09", "inactive", 1, ""),
    ("2026-10", "inactive", 2, "warn"),
    ("2026-11", "suspended", 2, ""),
    ("2026-12", "inactive", 3, "end"),
    ("2027-01", "inactive", 4, "end"),
    ("2027-02", "active", 0, ""),
]


def test_the_documented_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A customer is never counted, nor who is active each month; who has joined late begins with her first cycle."""
    company = Placed(tmp_path, PLAN)
    company.person("a")
    company.person("busy", "a")
    company.person("new", "a", "2026-11-20")
    company.person("buyer", "a", kind="customer")
    company.person("gone", "a")
    company.status["gone"] = "terminated"
    company.order("a", 50, on="2027-02-28")
    for number, (cycle, standing, cycles, due) in enumerate(DOCUMENTED):
        company.order("busy", 50, on=f"{cycle}-01")
        company.status["a"] = "suspended" if standing == "suspended" else "active"
        before = ["--carry", str(tmp_path / DOCUMENTED[number - 1][0])] if number else []
        assert company.settle(cycle, *before, out=cycle) == 0
        found = {row["person_id"]: (row["cycles"], row["due"]) for row in company.rows("carry_inactive", cycle)}
        assert found.pop("a", ("0", "")) == (str(cycles), due)
        months = number - 1
        assert found == (
            {"new": (str(months), {2: "warn"}.get(months, "end" if months > 2 else ""))} if months > 0 else {}
        )
    assert "To be warned: 1; to be terminated: 0" in capsys.readouterr().err


def test_the_summary_says_how_many_are_due(tmp_path: Path) -> None:
    company = Placed(tmp_path, PLAN.replace("after = 3", "after = 1").replace("warn_after = 2\n", ""))
    company.person("a")
    company.person("b", "a")
    company.order("a", 50)
    assert company.settle() == 0
    assert company.summary()["inactive"] == {"inactive": 1, "warn": 0, "end": 1}


def test_other_calendars_count_no_cycles(tmp_path: Path) -> None:
    calendars = '\n[calendars.month]\nkind = "month"\n[calendars.week]\nkind = "week"\n'
    company = Placed(tmp_path, PLAN + calendars)
    company.person("a")
    assert company.settle("2026-W41", "--calendar", "week") == 0
    assert company.rows("carry_inactive") == []
    assert "inactive" not in company.summary()


def test_nobody_is_warned_who_is_terminated_by_then() -> None:
    plan, problems = check(PLAN.replace("warn_after = 2", "warn_after = 3"))
    assert (plan, [problem.code for problem in problems]) == (None, ["plan_word_useless"])
