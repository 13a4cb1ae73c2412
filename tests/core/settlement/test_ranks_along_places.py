"""KPIs along placement trees that look at ranks, and ranks that ask for them, through the command and both engines."""

from pathlib import Path

import pytest

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, PERSONAL

TREE = '\n[trees.binary]\nspill = "manual"\n'
RANKS = """
[[ranks]]
code = "silver"
name = "Silver"
needs = [{ kpi = "pv", minimum = 100 }]

[[ranks]]
code = "gold"
name = "Gold"
needs = [{ kpi = "pv", minimum = 200 }]
"""


def kpi(code: str, words: str, measure: str = "heads") -> str:
    return f'\n[kpis.{code}]\nlabel = "It"\nmeasure = "{measure}"\ntree = "binary"\n{words}\n'


def company(folder: Path, kpis: str, ranks: str) -> Placed:
    return Placed(folder, HEAD + PERSONAL + kpis + RANKS + ranks + TREE)


def paid(files: Placed, out: str = "out") -> dict[str, str]:
    return {row["person_id"]: row["paid_rank"] for row in files.rows("ranks", out)}


def test_an_own_gold_on_each_side_makes_a_diamond(tmp_path: Path) -> None:
    """s on the right is a Gold whom r enrolled; a's own there is r, who becomes one."""
    sides = [kpi(side, f'over = "{side}"\nenrolled_only = true\nwith_rank = "gold"') for side in ("left", "right")]
    anywhere = kpi("sides", 'leg_with_rank = "gold"', "legs") + kpi("heads", 'over = "line"\nwith_rank = "silver"')
    diamond = """
[[ranks]]
code = "diamond"
name = "Diamond"
needs = [{ kpi = "pv", minimum = 200 }, { kpi = "left", minimum = 1 }, { kpi = "right", minimum = 1 }]
"""
    files = company(tmp_path, "".join(sides) + anywhere, diamond)
    files.person("a")
    files.placed("b", "a", "left")
    files.placed("c", "b", "left", sponsor="a")
    files.placed("r", "a", "right")
    files.placed("s", "r", "right")
    for person, volume in (("a", 200), ("b", 10), ("c", 250), ("r", 100), ("s", 300)):
        files.order(person, volume)
    assert files.settle() == 0
    assert [files.kpi("a", code) for code in ("left", "right", "sides", "heads")] == [1, 0, 2, 3]
    assert paid(files) == {"a": "gold", "b": "", "c": "gold", "r": "silver", "s": "gold"}
    files.order("r", 100)
    assert files.settle() == 0
    assert files.kpi("a", "right") == 1
    assert paid(files)["a"] == "diamond"


STAR = """
[[ranks]]
code = "star"
name = "Star"
needs = [{ kpi = "pv", minimum = 1 }, { kpi = "legs", minimum = 1 }]
"""


def test_ranks_climb_through_places_one_by_one(tmp_path: Path) -> None:
    """Everybody was brought by the top; each makes the next above a Star, whose leg then has one."""
    legs = kpi("legs", 'leg_with_rank = "gold"\nleg_depth = 1', "legs")
    files = company(tmp_path, legs, STAR)
    files.person("top")
    above = "top"
    for number in range(9):
        files.placed(f"p{number}", above, "left", sponsor="top")
        above = f"p{number}"
        files.order(above, 1)
    files.order(above, 200)
    assert files.settle() == 0
    assert paid(files) == {**{f"p{number}": "star" for number in range(8)}, "p8": "gold", "top": ""}


@pytest.mark.parametrize(
    ("places", "circled"),
    [
        ({"b": "a", "c": "a"}, ""),
        ({"c": "a", "b": "c"}, "bc"),
        ({"d": "a", "b": "d", "c": "b"}, "bcd"),
    ],
)
def test_the_documented_table_of_circles(tmp_path: Path, places: dict[str, str], circled: str) -> None:
    """Everybody is paid as Gold from this month on; in a circle she still counts as what she was, nothing."""
    golds = kpi("golds", 'over = "line"\nwith_rank = "gold"')
    files = company(tmp_path, golds, "")
    sponsors = {"a": None, "b": "a", "c": "a" if "d" in places else "b"} | ({"d": "c"} if "d" in places else {})
    for person, sponsor in sponsors.items():
        files.person(person, sponsor)
        files.order(person, 200)
    taken: set[str] = set()
    for person, above in places.items():
        files.binary[person] = (above, "right" if above in taken else "left")
        taken.add(above)
    assert files.settle() == 0
    assert set(paid(files).values()) == {"gold"}
    assert files.kpi("a", "golds") == len(places) - len(circled)
    files.orders = [order.replace("2026-10", "2026-11") for order in files.orders]
    assert files.follow("2026-11") == 0
    golds_now = [row["value"] for row in files.rows("kpis", "next") if (row["person_id"], row["kpi"]) == ("a", "golds")]
    assert golds_now == [str(len(places))]


def test_a_leg_goes_on_below_somebody_who_has_left(tmp_path: Path) -> None:
    """The head of the left leg has left; she is nobody, and who stands below her is still in the leg."""
    by_rank = 'leg_with_rank = "gold"'
    legs = kpi("legs", by_rank, "legs") + kpi("of", by_rank + '\nwho = "distributors"', "legs")
    first = kpi("first", 'over = "generation"\ngeneration = 1\ngeneration_rank = "gold"', "qv")
    files = company(tmp_path, legs + first, "")
    files.person("a")
    files.placed("gone", "a", "left")
    files.placed("b", "gone", "right", sponsor="a")
    files.placed("c", "b", "left", sponsor="a")
    files.placed("d", "c", "left", sponsor="a")
    files.status["gone"] = "terminated"
    for person, volume in (("gone", 500), ("b", 50), ("c", 200), ("d", 7)):
        files.order(person, volume)
    assert files.settle() == 0
    assert [files.kpi("a", code) for code in ("legs", "of", "first")] == [1, 0, 207]


def test_who_has_left_holds_no_rank_on_a_circle_either(tmp_path: Path) -> None:
    """y enrolled z, who stands above h and y: h waits for herself, and leaves a title of Gold behind."""
    files = company(tmp_path, kpi("legs", 'leg_with_rank = "gold"', "legs"), "")
    files.person("a")
    files.placed("y", "h", "left", sponsor="a")
    files.placed("z", "a", "left", sponsor="y")
    files.placed("h", "z", "left", sponsor="a")
    for person, volume in (("y", 100), ("z", 100), ("h", 200)):
        files.order(person, volume)
    assert files.settle() == 0
    files.status["h"] = "terminated"
    assert files.follow("2026-11") == 0
    assert [row["value"] for row in files.rows("kpis", "next") if row["person_id"] == "a" and row["kpi"] == "legs"] == [
        "0"
    ]
