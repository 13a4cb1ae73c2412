"""Pools, and what other bonuses leave to them, on the table that the rule shows."""

from pathlib import Path

import pytest

from tests.core.bonuses.plans import RANKS, because, bonus, company_of, told
from tests.core.settlement.offline import Offline

TURNOVER = 'share = "1 %"\n'


def leaders(folder: Path, words: str, more: str = "") -> Offline:
    """a and b are Silver, c is Gold; somebody else turns over 100,000 and holds no rank."""
    company = company_of(folder, bonus("pool", TURNOVER + words) + more)
    for person, rank in (("a", 2), ("b", 2), ("c", 3), ("other", 0)):
        company.person(person)
        company.order(person, 100_000 if person == "other" else 0, rank)
    return company


def test_shares_by_rank_divide_the_pot(tmp_path: Path) -> None:
    company = leaders(tmp_path, 'division = "shares"\nshares_by_rank = { silver = 1, gold = 3 }')
    assert company.settle() == 0
    assert told(company) == ["a 0 - 200.00", "b 0 - 200.00", "c 0 - 600.00"]
    reason = because(company.awards()[2])
    assert [reason[word] for word in ("pot", "shares", "shares_all")] == ["1000", "3", "5"]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ('division = "points"', ["a 0 - 300.00", "b 0 - 500.00", "c 0 - 200.00"]),
        ('division = "volume"', ["a 0 - 300.00", "b 0 - 500.00", "c 0 - 200.00"]),
        ('division = "position"\npositions = ["60 %", "30 %"]', ["a 2 - 300.00", "b 1 - 600.00"]),
        (
            'division = "points"\ngroups = ["60 %", "40 %"]',  # a and b first, because the first groups are larger
            ["a 0 - 225.00", "b 0 - 375.00", "c 0 - 400.00"],
        ),
    ],
)
def test_a_kpi_divides_the_pot(tmp_path: Path, words: str, lines: list[str]) -> None:
    company = company_of(tmp_path, bonus("pool", f'{TURNOVER}{words}\nshares_kpi = "pv"'))
    for person, points in (("a", 30), ("b", 50), ("c", 20), ("other", 0)):
        company.person(person)
        company.order(person, 100_000 if person == "other" else 0, points)
    assert company.settle() == 0
    assert told(company) == lines


def test_equal_figures_take_places_by_their_last_sale(tmp_path: Path) -> None:
    words = f'{TURNOVER}division = "position"\npositions = ["60 %", "40 %"]\nshares_kpi = "pv"'
    company = company_of(tmp_path, bonus("pool", words))
    for person, days in (("a", (5, 20)), ("b", (6, 7)), ("c", (8,))):
        company.person(person)
        for day in days:
            company.order(person, 500, 40 // len(days), on=f"2026-10-{day:02}")
    assert company.settle() == 0
    assert told(company) == ["b 1 - 15.00", "c 2 - 10.00"]


def test_growth_counts_full_steps_since_the_cycle_before(tmp_path: Path) -> None:
    words = f'{TURNOVER}division = "growth"\ngrowth_kpi = "pv"\ngrowth_step = 1000'
    company = company_of(tmp_path, bonus("pool", words))
    for person, before, now in (("a", 500, 3000), ("b", 100, 1000), ("c", 1000, 2999)):
        company.person(person)
        company.order(person, 0, before, on="2026-09-05")
        company.order(person, 1000, now)
    assert company.settle("2026-09", out="before") == 0
    assert company.settle("2026-10", "--carry", str(tmp_path / "before")) == 0
    assert told(company) == ["a 0 - 20.00", "c 0 - 10.00"]


def test_cents_of_a_pot_go_to_the_largest_remainders_and_then_to_who_came_first(tmp_path: Path) -> None:
    words = 'share = "1 %"\ndivision = "shares"\nshares_by_rank = { silver = 1 }'
    company = company_of(tmp_path, bonus("pool", words))
    for person in "abc":
        company.person(person)
        company.order(person, 1000 if person == "a" else 0, 2)
    assert company.settle() == 0
    assert told(company) == ["a 0 - 3.34", "b 0 - 3.33", "c 0 - 3.33"]


NOBODY = 'division = "shares"\nshares_by_rank = { gold = 1 }\n'


def test_what_nobody_holds_is_carried_into_the_next_pot(tmp_path: Path) -> None:
    company = company_of(tmp_path, bonus("pool", f'{TURNOVER}{NOBODY}if_nobody = "carry"'))
    company.person("a")
    company.order("a", 1000, 2, on="2026-09-05")
    company.order("a", 500, 3)
    assert company.settle("2026-09", out="before") == 0
    assert told(company, out="before") == []
    assert company.settle("2026-10", "--carry", str(tmp_path / "before")) == 0
    assert told(company) == ["a 0 - 15.00"]


def test_what_nobody_holds_goes_to_the_first_pool_that_somebody_does(tmp_path: Path) -> None:
    first = bonus("pool", f'{TURNOVER}{NOBODY}if_nobody = "next_pool"\nnext_pool = ["empty", "full"]', "first")
    empty = bonus("pool", f"{TURNOVER}{NOBODY}", "empty")
    full = bonus("pool", f'{TURNOVER}division = "shares"\nshares_by_rank = {{ silver = 1 }}', "full")
    company = company_of(tmp_path, full + first + empty)
    company.person("a")
    company.order("a", 1000, 2)
    assert company.settle() == 0
    assert told(company) == ["a 0 - 20.00"]


@pytest.mark.parametrize(
    ("kind", "words", "pot"),
    [
        ("unilevel", 'levels = ["5 %", "3 %", "2 %"]', "5.00"),  # b has only a above her: levels 2 and 3 find nobody
        ("unilevel", 'levels = ["5 %", "3 %", "2 %"]\nstart_level = 3', "2.00"),
        ("unilevel", 'levels = ["5 %", "3 %"]\nminimum_rank = "gold"', "8.00"),
        ("fast_start", 'levels = ["5 %", "3 %"]\nwindow_days = 3000', "3.00"),
    ],
)
def test_what_nobody_at_a_level_earns_can_go_to_the_pool(tmp_path: Path, kind: str, words: str, pot: str) -> None:
    taker = bonus("pool", 'share = "0 %"\ndivision = "shares"\nshares_by_rank = { silver = 1 }', "pool")
    company = company_of(tmp_path, taker + bonus(kind, f'{words}\nbreakage_to = "pool"'), "a2 b0")
    company.order("b", 100, 0)
    assert company.settle() == 0
    assert told(company, "pool") == [f"a 0 - {pot}"]


def test_a_pool_must_pay_the_same_by_the_same_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = bonus("pool", f'{TURNOVER}{NOBODY}currency = "EUR"', "other")
    leaving = bonus("unilevel", 'levels = ["5 %"]\nbreakage_to = "pool"')
    passing = bonus("pool", f'{TURNOVER}{NOBODY}if_nobody = "next_pool"\nnext_pool = ["other"]', "passing")
    assert Offline(tmp_path, company_of(tmp_path, other + leaving + passing, ranks=RANKS).plan).settle() == 1
    told_ = capsys.readouterr().err
    assert '"other" is no pool that pays the same as "passing" by the same calendar.' in told_


def test_pools_that_pass_on_to_each_other_are_a_circle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    circle = [
        bonus("pool", f'{TURNOVER}{NOBODY}if_nobody = "next_pool"\nnext_pool = ["{following}"]', code)
        for code, following in (("one", "two"), ("two", "one"))
    ]
    assert Offline(tmp_path, company_of(tmp_path, "".join(circle)).plan).settle() == 1
    assert "in a circle" in capsys.readouterr().err
