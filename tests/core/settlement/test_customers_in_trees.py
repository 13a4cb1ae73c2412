"""Customers along placement trees: who is given a place, and where their volume counts, through the command."""

from pathlib import Path

import pytest

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL
from tests.core.settlement.test_published_elsewhere import bonus

LEFT = '\n[kpis.{side}]\nlabel = "It"\nmeasure = "heads"\nover = "{side}"\ntree = "binary"\n'
SIDES = LEFT.format(side="left") + LEFT.format(side="right")


def company_of(folder: Path, who: str, words: str = 'rate = "10 %"', spill: str = "bfs") -> Placed:
    """S brought the customer C first, then A and B; U is above S, on her left."""
    tree = f'\n[trees.binary]\nspill = "{spill}"\nwho = "{who}"\n'
    company = Placed(folder, HEAD + PERSONAL + SIDES + ONE_RANK + tree + bonus("binary", words))
    company.person("U")
    company.placed("S", "U", "left")
    company.placed("R", "U", "right")
    for day, (person, kind) in enumerate((("C", "customer"), ("A", ""), ("B", "")), start=1):
        company.person(person, "S", f"2026-02-0{day}", kind=kind)
    return company


@pytest.mark.parametrize(("who", "left", "right"), [("all", 2, 1), ("distributors", 1, 1)])
def test_spill_gives_customers_places_unless_the_tree_is_for_distributors(
    tmp_path: Path, who: str, left: int, right: int
) -> None:
    company = company_of(tmp_path, who)
    assert company.settle() == 0
    assert [company.kpi("S", side) for side in ("left", "right")] == [left, right]
    assert company.kpi("U", "left") == 1 + left + right


def test_a_customer_keeps_the_place_that_the_file_names(tmp_path: Path) -> None:
    company = company_of(tmp_path, "distributors")
    company.binary["C"] = ("S", "right")
    assert company.settle() == 0
    assert [company.kpi("S", side) for side in ("left", "right")] == [2, 1]  # A, and B below her; C


def test_whom_a_customer_brought_comes_below_her_sponsor(tmp_path: Path) -> None:
    company = company_of(tmp_path, "distributors", spill="outer_left")
    company.person("D", "C", "2026-02-04")
    assert company.settle() == 0
    assert [company.kpi("S", side) for side in ("left", "right")] == [3, 0]


def test_what_a_customer_without_a_place_orders_counts_where_her_sponsor_stands(tmp_path: Path) -> None:
    """The 100 of C are S's own: on the left of U, and on the side of S that her own volume joins."""
    words = 'rate = "10 %"\norders = { customers_as = "sponsor" }\nown_volume_to = "weak"'
    company = company_of(tmp_path, "distributors", words)
    for person, volume in (("C", 100), ("R", 60), ("A", 40)):
        company.order(person, volume)
    assert company.settle() == 0
    assert company.earned() == {"U": 6, "S": 4}
    assert company.waits("U") == {"left": "80"}
    assert company.waits("S") == {"right": "60"}


@pytest.mark.parametrize(("waiting", "line"), [("nobody", 40), ("enroller", 140)])
def test_along_places_a_customer_counts_as_who_waits_does(tmp_path: Path, waiting: str, line: int) -> None:
    company = company_of(tmp_path, "distributors")
    company.plan += f'\n[placement]\nvolume_while_waiting = "{waiting}"\n'
    company.plan += '\n[kpis.line]\nlabel = "It"\nmeasure = "qv"\nover = "line"\ntree = "binary"\n'
    company.order("C", 100)
    company.order("A", 40)
    assert company.settle() == 0
    assert company.kpi("S", "line") == line
    assert company.earned() == {}
