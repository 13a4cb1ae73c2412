"""Titles in runs by the week, where the main calendar is the month: those that months leave, through the command."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

CALENDARS = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n'
GOLD = '\n[[ranks]]\ncode = "gold"\nname = "Gold"\nneeds = [{ kpi = "pv", minimum = 110 }]\ntitle = "while_paid"\n'
TEAM = 'calendar = "week"\nlevels = ["10 %"]\nrank_basis = "career"\nminimum_rank = "gold"'
AWARD = 'calendar = "week"\nonce = true\namount_by_rank = { gold = 50 }'
MONTHS, WEEKS = ("2026-08", "2026-09", "2026-10"), ("2026-W43", "2026-W44")


def company(folder: Path, kind: str, words: str) -> Offline:
    """Ana is Gold by her orders of September and of the 27th of October; Ben orders below her every week."""
    found = Offline(folder, HEAD + CALENDARS + PERSONAL + ONE_RANK + GOLD + bonus(kind, words))
    found.person("ana")
    found.person("ben", "ana")
    for day in ("2026-09-10", "2026-10-27"):
        found.order("ana", 120, on=day)
    for day in ("2026-10-20", "2026-10-28", "2026-11-03"):
        found.order("ben", 100, on=day)
    for month in MONTHS:
        assert found.settle(month, out=month) == 0
    return found


@pytest.mark.parametrize(
    ("week", "carried", "paid"),
    [
        ("2026-W43", (), 0),
        ("2026-W43", ("2026-09",), 10),
        ("2026-W43", ("2026-08",), 0),
        ("2026-W43", ("2026-08", "2026-09"), 10),
        ("2026-W43", ("2026-09", "2026-08"), 10),
        ("2026-W44", ("2026-W43",), 10),
        ("2026-W45", ("2026-W44",), 0),
        ("2026-W45", ("2026-W44", "2026-09"), 10),
        ("2026-W45", ("2026-09", "2026-W44"), 10),
        ("2026-W45", ("2026-W44", "2026-10"), 10),
    ],
)
def test_weeks_know_titles_by_the_months_folders_alone(
    tmp_path: Path, week: str, carried: tuple[str, ...], paid: int
) -> None:
    """Of week 44 she is Gold by its own orders; that week 45 has no title of it, nor loses that of a month."""
    found = company(tmp_path, "unilevel", TEAM)
    before: list[str] = []
    for one in WEEKS:
        assert found.settle(one, "--calendar", "week", *before, out=one) == 0
        before = ["--carry", str(tmp_path / one)]
    words = [word for one in carried for word in ("--carry", str(tmp_path / one))]
    assert found.settle(week, "--calendar", "week", *words) == 0
    assert found.earned() == ({"ana": Decimal(paid)} if paid else {})
    assert found.rows("carry_ranks") == []


def test_a_month_that_the_week_ends_in_gives_it_no_titles(tmp_path: Path) -> None:
    """Sunday, the 25th: October is not over. That of its folder the balances are taken is another matter."""
    found = company(tmp_path, "unilevel", TEAM.replace("career", "paid").replace("gold", "member"))
    assert found.settle("2026-W43", "--calendar", "week", "--carry", str(tmp_path / "2026-10")) == 1
    found.plan += "\n[payout]\nper = 'schedule'\n"
    assert found.settle("2026-W43", "--calendar", "week", "--carry", str(tmp_path / "2026-09")) == 0
    assert found.settle("2026-10", "--carry", str(tmp_path / "2026-09"), "--carry", str(tmp_path / "out")) == 1


def test_a_new_rank_is_awarded_by_the_first_week_that_has_it_and_not_again(tmp_path: Path) -> None:
    """Gold in week 44, though the month of October makes it a title only afterwards; and in week 45 once more."""
    found = company(tmp_path, "rank_award", AWARD)
    found.order("ana", 110, on="2026-11-04")
    before = ["--carry", str(tmp_path / "2026-08")]
    for week, paid in (("2026-W43", 0), ("2026-W44", 50), ("2026-W45", 0)):
        assert found.settle(week, "--calendar", "week", *before, out=week) == 0
        assert found.earned(out=week) == ({"ana": Decimal(paid)} if paid else {})
        before = ["--carry", str(tmp_path / week), "--carry", str(tmp_path / "2026-08")]
    alone = ["--carry", str(tmp_path / "2026-W43"), "--carry", str(tmp_path / "2026-09")]
    assert found.settle("2026-W44", "--calendar", "week", *alone) == 0
    assert found.earned() == {}, "she has the title of September"
