"""What the way to a rank says in all its turns, and that it always fits under a picture."""

from datetime import date
from typing import Any

import pytest

from bot.render import gauges as render_gauges
from bot.render import progress as render
from bot.screen import CAPTION_MAX, MARKS
from core.plan.model import Unit
from core.progress.model import Counting, Need, Progress, Step, StepKind, WayThere
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.support.story import CYCLE, LINE, progress, volume

EN = translator("en")


def said(answer: Progress) -> str:
    return MARKS.sub("", render.progress(answer, EN).text)


def need(*, missing: int, group: int | None = None, path: int | None = None, cap: int | None = None) -> Need:
    return Need(
        kpi="legs",
        label={"en": "Legs with Silver"},
        unit=Unit.LEGS,
        value=4 - missing,
        needed=4,
        missing=missing,
        leg_cap=cap,
        group=group,
        path=path,
    )


def way(count: int) -> WayThere:
    steps = tuple(
        Step(person=LINE[index % len(LINE)], kind=StepKind.MORE_VOLUME, volume=volume(50), usual=volume(80))
        for index in range(count)
    )
    return WayThere(reaches=True, steps=steps, volume=volume(50 * count))


def test_a_condition_that_is_no_gauge_counts_and_is_told() -> None:
    text = said(progress().model_copy(update={"needs": (need(missing=1),)}))
    assert "You still need 3 things to reach Platinum." in text
    assert "🔸 Legs with Silver: 3 of 4 (1 to go)" in text


def test_a_condition_that_holds_is_told_as_done_like_a_gauge_that_holds() -> None:
    text = said(progress().model_copy(update={"needs": (need(missing=0),)}))
    assert "You still need 2 things to reach Platinum." in text
    assert "✅ Legs with Silver: 4 (4 needed)" in text


@pytest.mark.parametrize("missing", [0, 1])
def test_a_cap_on_legs_is_told_with_the_condition(missing: int) -> None:
    text = said(progress().model_copy(update={"needs": (need(missing=missing, cap=volume(500)),)}))
    assert "at most 500 of each leg counts" in text


def test_an_any_of_counts_once_and_tells_its_paths() -> None:
    needs = (need(missing=1, group=1, path=1), need(missing=0, group=1, path=2), need(missing=2, group=1, path=2))
    text = said(progress().model_copy(update={"needs": needs}))
    assert "You still need 3 things" in text
    assert "One of these is enough:" in text
    assert "Legs with Silver: 4 (4 needed) and legs with Silver: 2 of 4 (2 to go)" in text


def test_of_an_any_of_that_holds_only_the_path_that_holds_is_told() -> None:
    needs = (need(missing=1, group=1, path=1), need(missing=0, group=1, path=2))
    text = said(progress().model_copy(update={"needs": needs}))
    assert "One of these" not in text
    assert text.count("Legs with Silver") == text.count("✅ Legs with Silver: 4 (4 needed)") == 1


def test_the_rank_of_a_gauge_is_told_where_it_is_neither_the_next_one_nor_todays() -> None:
    text = said(progress("platinum"))
    assert "If the cycle closed today, you'd be paid as Gold." in text
    assert "Group volume: 5,200 (3,000 needed), enough for Diamond" in text
    assert "enough for Gold" not in text, "the sentence above says so of all that hold her back"
    assert "enough for Diamond" not in said(progress("diamond")), "the mark before the line says so"


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"only": "first"}, ["only someone's first order counts."]),
        ({"only": "repeat"}, ["someone's first order doesn't count."]),
        ({"products": ({"en": "Soap"}, {"en": "Oil"})}, ["only these products count: Soap and Oil."]),
        ({"without_products": ({"en": "Kit"},), "days": 30}, ["these products don't count: Kit.",
                                                             "only the last 30 days count."]),
        ({"since": date(2026, 10, 1)}, ["only orders from Oct 1, 2026 on count."]),
        ({"within_days": 60}, ["only orders placed in the first 60 days after joining count."]),
        ({"minimum": volume(89)}, ["only single orders of at least 89 in volume count."]),
    ],
)  # fmt: skip
def test_what_counts_is_told_of_what_is_missing(counts: dict[str, Any], told: list[str]) -> None:
    counting = (Counting(label={"en": "Personal volume"}, **counts),)
    lines = said(progress().model_copy(update={"counting": counting})).splitlines()
    assert [line for line in lines if line.startswith("ℹ️")] == [f"ℹ️ Personal volume: {one}" for one in told]


def test_nothing_missing_is_said_first() -> None:
    assert said(progress("gold")).startswith("You have everything you need for Gold.")


def test_at_the_top_there_is_no_goal_left() -> None:
    top = progress("diamond").model_copy(update={"target": None, "paid_rank": "diamond", "way_there": None})
    assert "That's the highest rank there is." in said(top)
    assert not any("🎯" in button.label for row in render_gauges.gauges(top, EN).rows for button in row)


def test_a_closed_cycle_is_no_estimate() -> None:
    closed = CYCLE.model_copy(update={"closed": True, "days_left": 0})
    text = render_gauges.gauges(progress().model_copy(update={"cycle": closed, "estimate": False}), EN).text
    assert "For this cycle, you're paid as" in text
    assert "estimate" not in text
    assert "day" not in text


def test_one_order_is_said_without_a_total() -> None:
    text = said(progress().model_copy(update={"way_there": way(1)}))
    assert "One order is enough:" in text
    assert "Total" not in text


def test_a_long_way_has_a_list_of_its_own() -> None:
    long = progress().model_copy(update={"way_there": way(9)})
    assert "… and 4 more orders." in said(long)
    assert any(button.data == "wt:platinum" for row in render.progress(long, EN).rows for button in row)
    assert "9. " in render.whom_to_call(long, EN).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_under_a_picture_whatever_it_has_to_say(language: str) -> None:
    answer = progress()
    needs = tuple(need(missing=1, group=group, path=path) for group in range(3) for path in range(2))
    crowded = answer.model_copy(
        update={"gauges": (*answer.gauges, *answer.gauges[:2]), "needs": needs, "way_there": way(9)}
    )
    assert render.progress(crowded, translator(language)).length <= CAPTION_MAX


@pytest.mark.parametrize("language", LANGUAGES)
def test_my_rank_tells_grace_and_honour(language: str) -> None:
    tr = translator(language)
    told = {True: render.my_rank(progress().model_copy(update={"by_grace": True, "honorary_rank": "gold"}), tr).text}
    told[False] = render.my_rank(progress(), tr).text
    name = next(rank.name for rank in progress().ladder if rank.code == "gold")
    honour = tr("Honorary rank: {rank}.", rank=tr.company(name))
    for sentence in (tr("You keep it by grace: your own figures reach less."), honour):
        assert [sentence in MARKS.sub("", text) for text in told.values()] == [True, False]
