"""A tree open in width beside the sponsor tree: who brought somebody, and whom she stands below, are two people."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.plan.reading import check
from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL
from tests.core.settlement.test_published_elsewhere import bonus

OPEN = '\n[trees.matrix]\nwidth = "open"\ndepth = 7\n'
START = bonus("fast_start", 'levels = ["20 %", "10 %"]\nwindow_days = 60', "start")
LEVELS = bonus("unilevel", 'tree = "matrix"\nlevels = ["5 %", "3 %"]\norders = { only = "repeat" }', "levels")
KPI = '\n[kpis.{code}]\nlabel = "It"\nmeasure = "heads"\nover = "{over}"\ntree = "matrix"\n'
KPIS = KPI.format(code="first", over="frontline") + KPI.format(code="all", over="line")


class Open(Placed):
    """People who stand below somebody, in no place by number."""

    def below(self, code: str, above: str, sponsor: str, joined: str = "2026-01-01") -> None:
        self.person(code, sponsor, joined)
        self.matrix[code] = (above, "")


def company_of(folder: Path, tree: str = OPEN) -> Open:
    """T brought L, and L brought A and M, who stands below A."""
    company = Open(folder, HEAD + PERSONAL + KPIS + ONE_RANK + tree + START + LEVELS)
    company.person("T")
    company.person("L", "T")
    company.person("A", "L")
    company.below("M", "A", "L", "2026-10-01")
    return company


def test_the_documented_table(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    company.order("M", 100, on="2026-10-05")
    company.order("M", 200, on="2026-10-15")
    assert company.settle() == 0
    assert company.earned("start") == {"L": 60, "T": 30}
    assert company.earned("levels") == {"A": 10, "L": 6}


def test_anybody_can_have_any_number_of_people(tmp_path: Path) -> None:
    """Placed or not, with and without a number; a distributor who left keeps hers, and her people theirs."""
    company = company_of(tmp_path)
    for number in range(120):
        company.below(f"a{number:03}", "A", "L")
    for number in range(30):
        company.person(f"l{number:03}", "L")
    company.person("numbered", "L")
    company.matrix["numbered"] = ("A", 500)
    company.below("deep", "M", "L")
    company.status["M"] = "terminated"
    assert company.settle() == 0
    assert [company.kpi("A", code) for code in ("first", "all")] == [121, 122]
    assert [company.kpi("L", code) for code in ("first", "all")] == [31, 153]


def test_manual_lets_her_wait_and_customers_may_be_left_out(tmp_path: Path) -> None:
    company = company_of(tmp_path, OPEN + 'spill = "manual"\n')
    company.below("L2", "T", "T")
    company.person("waits", "L2")
    assert company.settle() == 0
    assert company.kpi("T", "all") == 1  # L2; L and waits stand nowhere
    other = company_of(tmp_path, OPEN + 'who = "distributors"\n')
    other.person("C", "L", kind="customer")
    assert other.settle() == 0
    assert other.kpi("L", "all") == 2


def test_who_would_stand_below_herself_comes_below_her_sponsors_sponsor(tmp_path: Path) -> None:
    """B was brought by C, who was placed below B."""
    company = company_of(tmp_path)
    company.person("C", "T")
    company.person("B", "C")
    company.matrix["C"] = ("B", "")
    company.order("C", 10, on="2026-10-05")
    company.order("C", 100, on="2026-10-06")
    assert company.settle() == 0
    assert company.earned("levels") == {"B": Decimal(5), "T": Decimal(3)}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('spill = "balanced"\n', "plan_word_useless"),
        ('on_leave = "promote"\n', "plan_word_useless"),
        (bonus("matrix", 'levels = ["5 %"]\nlevel_full = [10]'), "plan_word_useless"),
    ],
)
def test_what_has_no_meaning_where_there_is_no_end_of_places(more: str, code: str) -> None:
    plan, problems = check(HEAD + PERSONAL + ONE_RANK + OPEN + more)
    assert (plan, [problem.code for problem in problems]) == (None, [code])


@pytest.mark.parametrize("width", ['"wide"', "0", "101", "true"])
def test_a_width_is_a_number_or_open(width: str) -> None:
    plan, problems = check(HEAD + PERSONAL + ONE_RANK + OPEN.replace('"open"', width))
    assert (plan, [problem.code for problem in problems]) == (None, ["plan_value_wrong"])
