import pytest

from bot.pictures.words import needed, value, verdict, words
from i18n.translator import translator
from tests.bot.pictures.samples import progress

EN = translator("en")


@pytest.mark.parametrize(
    ("gauge", "own", "asked", "said", "enough"),
    [
        (0, "180", "300", "120 more for Diamond", False),
        (1, "5,200", "5,000", "enough for Diamond", True),
        (2, "1", "5", "4 more for Diamond", False),
    ],
)
def test_a_gauge_tells_its_value_and_what_is_missing(gauge: int, own: str, asked: str, said: str, enough: bool) -> None:
    one = progress()
    shown = one.gauges[gauge]
    told = verdict(shown, one, EN)
    assert (value(shown, one, EN), needed(shown, one, EN), told.text, told.enough) == (own, asked, said, enough)


def test_a_gauge_that_the_goal_does_not_ask_for_says_so() -> None:
    one = progress()
    unasked = one.gauges[0].model_copy(update={"needed": None, "missing": 0})
    assert verdict(unasked, one, EN).text == "not needed for Diamond"
    assert verdict(unasked, one, EN).enough is None


def test_at_the_top_there_is_no_goal_and_each_gauge_tells_what_it_is_enough_for() -> None:
    top = progress(target=None, paid="executive", values=(900, 20000, 12, 9))
    assert words(top, EN).goal is None
    assert [verdict(gauge, top, EN).text for gauge in top.gauges] == ["enough for Executive"] * 4


def test_the_head_names_rank_goal_and_the_days_left() -> None:
    head = words(progress(), EN)
    assert (head.now.caption, head.now.name, head.now.index) == ("Rank today", "Gold", 2)
    assert head.goal is not None and (head.goal.name, head.goal.index) == ("Diamond", 4)
    assert head.cycle == "9 days left, until November 30"


def test_without_a_rank_the_head_says_none_yet() -> None:
    now = words(progress(paid=None), EN).now
    assert (now.name, now.index) == ("none yet", None)


@pytest.mark.parametrize(
    ("changes", "foot"),
    [
        ({}, "An estimate until the cycle closes."),
        ({"closed": True}, "Final: the cycle is closed."),
        ({"what_if": True}, "What if: nothing has been ordered yet."),
        ({"values": (0, 0, 0, 0)}, "Nothing here yet. The first order moves the needles."),
    ],
)
def test_the_foot_says_how_far_the_figures_can_be_trusted(changes: dict[str, object], foot: str) -> None:
    assert words(progress(**changes), EN).foot == foot  # type: ignore[arg-type]  # one table for several types
