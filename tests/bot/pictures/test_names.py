from itertools import combinations

import pytest

from bot.pictures.face import RING
from bot.pictures.names import Name, placed

SIX = ("Bronze", "Silver", "Gold", "Platinum", "Diamond", "Executive")
TWELVE = (
    *("Starter", "Associate", "Senior Associate", "Manager", "Senior Manager", "Director"),
    *("Senior Director", "Ruby Director", "Emerald Director", "Diamond Director", "Blue Diamond", "Crown Ambassador"),
)


def overlapping(names: list[Name]) -> list[tuple[int, int]]:
    return [
        (one.index, other.index)
        for one, other in combinations(names, 2)
        if one.box[0] < other.box[2]
        and other.box[0] < one.box[2]
        and one.box[1] < other.box[3]
        and other.box[1] < one.box[3]
    ]


@pytest.mark.parametrize("goal", [None, *range(1, 7)])
def test_a_ladder_of_six_shows_every_name_whole(goal: int | None) -> None:
    found = placed(("", *SIX), RING, "en", goal=goal, reached=2)
    assert sorted(name.index for name in found) == list(range(1, 7))
    assert all(" ".join(one.text for one in name.lines) == SIX[name.index - 1] for name in found)


@pytest.mark.parametrize("count", [1, 2, 4, 6, 9, 12])
@pytest.mark.parametrize("goal", [0, 3, 11])
def test_names_never_overlap_and_stay_on_the_card(count: int, goal: int) -> None:
    found = placed(TWELVE[:count], RING, "en", goal=min(goal, count - 1), reached=count // 2)
    assert overlapping(found) == []
    assert all(name.box[0] >= 0 and name.box[2] <= RING.width and name.box[1] >= 0 for name in found)


@pytest.mark.parametrize("goal", range(12))
def test_the_goal_is_named_however_crowded_the_scale_is(goal: int) -> None:
    assert goal in {name.index for name in placed(TWELVE, RING, "en", goal=goal, reached=4)}


def test_a_scale_without_ranks_has_no_names() -> None:
    assert placed(("",), RING, "en", goal=None, reached=0) == []
