"""A buyer's orders count up to so much: in a cycle, a year of the calendar or of hers, or ever."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from core.__main__ import main
from core.calendar.rules import cycle_named
from core.kernel.clock import microseconds
from core.plan.reading import check
from core.runs.loading.gathering import since
from core.settlement.cycle.buyers import up_to
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, WITH_RETURNS, Offline
from tests.core.settlement.test_published_elsewhere import bonus

SHARE = 'levels = ["3.5 %"]\norders = {{ buyer_cap = {cap}, buyer_cap_in = "{within}" }}'
CLOSED = (("09-10", 30_000), ("10-05", 40_000), ("10-20", 25_000), ("11-19", 20_000), ("11-20", 20_000))


def agency(
    folder: Path, within: str = "own_year", cap: int = 80_000, more: str = "", *, joined: str = "2025-11-20"
) -> Offline:
    """An agent, whom a sponsor brought, and what she closed."""
    words = SHARE.format(cap=cap, within=within)
    company = Offline(folder, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", words) + more)
    company.person("sponsor")
    company.person("agent", "sponsor", joined)
    for on, commission in CLOSED:
        company.order("agent", commission, on=f"2026-{on}")
    return company


def paid(company: Offline, *cycles: str) -> list[Decimal]:
    """Line by line; an order of which nothing counts has a line of nothing, or none."""
    found = []
    for cycle in cycles:
        assert company.settle(cycle, out=cycle) == 0
        found += [Decimal(row["amount"]) for row in company.awards(out=cycle) if row["amount"] != "0.00"]
    return found


@pytest.mark.parametrize(
    ("within", "cap", "amounts"),
    [
        ("own_year", 80_000, [1050, 1400, 350, 700]),
        ("year", 80_000, [1050, 1400, 350]),
        ("ever", 100_000, [1050, 1400, 875, 175]),
        ("cycle", 50_000, [1050, 1400, 350, 700, 700]),
    ],
)
def test_what_is_above_the_cap_has_no_part_for_anybody(
    tmp_path: Path, within: str, cap: int, amounts: list[int]
) -> None:
    """rimasresources.com and kylehandy.com on eXp: 80,000 a year from joining on, 3.5 % of them are 2,800."""
    assert paid(agency(tmp_path, within, cap), "2026-09", "2026-10", "2026-11") == amounts


@pytest.mark.parametrize(("joined", "amounts"), [("2024-02-29", [1050, 350]), ("2026-03-01", [1050, 350])])
def test_her_own_year(tmp_path: Path, joined: str, amounts: list[int]) -> None:
    company = agency(tmp_path, cap=40_000, joined=joined)
    assert paid(company, "2026-09", "2026-10") == amounts


def test_what_came_back_can_be_filled_again(tmp_path: Path) -> None:
    company = agency(tmp_path)
    company.order("agent", 30_000, on="2026-10-12", kind="return")
    assert paid(company, "2026-10") == [Decimal(1400), Decimal(-1050), Decimal(875)]


def test_where_returns_charge_lines_back_they_fill_nothing_up(tmp_path: Path) -> None:
    """The sale of 50 counts with 30 beside one of 50: its return, whole, takes back the part of 30."""
    company = agency(tmp_path, "year", 80, '\n[returns]\namount = "original_lines"\n')
    company.order_columns, company.orders = WITH_RETURNS, []
    company.sold("agent", 50, on="2026-09-01")
    sale = company.sold("agent", 50, on="2026-09-02")
    assert company.settle("2026-09", out="one") == 0
    assert company.earned(out="one") == {"sponsor": Decimal("2.80")}
    company.sold_back(sale, "agent", 50, on="2026-10-05")
    company.sold("agent", 40, on="2026-10-06")
    assert company.settle("2026-10", "--carry", str(tmp_path / "one"), out="two") == 0
    assert company.earned(out="two") == {"sponsor": Decimal("-1.05")}


def test_an_explanation_says_how_much_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = agency(tmp_path)
    assert company.settle() == 0
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "sponsor", "--award", "2"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "each beginning on the day of joining, at most 80,000 in commission volume counts." in told
    assert "It counts 10,000 in commission volume for this bonus." in told


def test_a_run_of_the_service_reads_all_orders_of_the_year() -> None:
    for words, start in (("", datetime(2026, 10, 1, tzinfo=UTC)), ("\norders = { buyer_cap = 5 }", None)):
        plan, problems = check(HEAD + PERSONAL + ONE_RANK + bonus("unilevel", f'levels = ["5 %"]{words}'))
        assert plan is not None, problems
        assert since(plan, cycle_named(plan.calendar, "2026-10")) == start


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (bonus("unilevel", 'levels = ["5 %"]\norders = { buyer_cap_in = "year" }'), "plan_word_beside"),
        (
            bonus("unilevel", 'levels = ["5 %"]\norders = { buyer_cap = 5, buyer_cap_in = "month" }'),
            "plan_choice_unknown",
        ),
        (bonus("unilevel", 'levels = ["5 %"]\nbase = "pv"\norders = { buyer_cap = 5 }'), "plan_word_useless"),
        (bonus("binary", "rate = 5\norders = { buyer_cap = 5 }") + "\n[trees.binary]\n", "plan_word_useless"),
    ],
)
def test_where_it_means_nothing(words: str, code: str) -> None:
    plan, problems = check(HEAD + PERSONAL + ONE_RANK + words)
    assert (plan, [problem.code for problem in problems]) == (None, [code])


@pytest.mark.parametrize(
    ("figures", "cap", "counts"),
    [([50, 40, 30], 80, [50, 30, 0]), ([50, 40, -20, 30], 80, [50, 30, -10, 10]), ([-5, 10], 3, [-5, 8])],
)
def test_how_much_of_each_order_counts(figures: list[int], cap: int, counts: list[int]) -> None:
    at = [microseconds(datetime(2026, 1, 1 + day, tzinfo=UTC)) for day in range(len(figures))]
    orders = pl.DataFrame({"person": [0] * len(figures), "ordered_at": at, "base": figures})
    joined = pl.Series([date(2025, 1, 1)])
    assert up_to(orders, cap, "ever", joined, ZoneInfo("UTC"))["base"].to_list() == counts
