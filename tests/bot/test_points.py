"""Points at a glance, when they end, and how they came and went."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from bot.render import points as render
from bot.render import points_history
from bot.render.start import home
from bot.screen import MARKS, Screen
from core.people.model import Kind
from core.points.model import Expiries, Expiry, Movement, MovementKind, PointsCard
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.support.chatting import Chatting, chatting
from tests.support.core_stand_in import refused
from tests.support.points_story import HISTORY, NAMES, STARS, PointsRoom
from tests.support.story import ME, maria

EN = translator("en")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
async def chat() -> AsyncIterator[Chatting]:
    """María's chat with stars."""
    person = maria()
    async with chatting(person) as chat:
        yield chat
        assert (await chat.faults())["total"] == 0, await chat.faults()


def bare(screen: Screen) -> str:
    return MARKS.sub("", screen.text)


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.rows for button in row]


def card(available: int = 1900) -> PointsCard:
    return PointsRoom(available).card()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/points", "You have 1,900 stars."),
        ("how many points do I have?", "You have 1,900 stars."),
        ("which points expire and when", "340 stars expire at the end of Nov 30, 2026."),
        ("show me my points history", "How your stars came and went"),
        ("what can I get for my points?", "Air fryer: 2,300 stars (400 to go)"),
        ("/redeem", "Blender: 1,500 stars"),
    ],
)
async def test_questions_and_commands_lead_to_their_screens(chat: Chatting, text: str, told: str) -> None:
    assert told in (await chat.says(text))["text"]


async def test_history_goes_page_by_page_in_place(chat: Chatting) -> None:
    first = await chat.says("/points")
    await chat.taps("History")
    second = await chat.taps("Next")
    assert second["message_id"] == first["message_id"]
    assert "carried over" in second["text"]


async def test_where_there_is_no_programme_that_is_said(chat: Chatting) -> None:
    chat.core.refusing["/v1/me/points"] = refused("way_closed", what="points")
    answer = await chat.says("/points")
    assert "…" not in answer["text"]
    assert answer["reply_markup"]["inline_keyboard"]


def test_the_number_comes_first() -> None:
    assert bare(render.points(card(), EN)).startswith("You have 1,900 stars.\nOn the way: 120 stars")


def test_one_is_said_in_the_singular() -> None:
    assert "You have 1 star." in bare(render.points(card(1), EN))


def test_a_debt_is_explained_and_nothing_is_offered_that_she_cannot_have() -> None:
    screen = render.points(card(-300), EN)
    assert "Your balance is -300 stars." in bare(screen)
    assert "Your next orders make up for it." in bare(screen)
    assert "Blender" not in labels(screen)


def test_who_has_none_hears_how_they_come() -> None:
    nothing = card(0).model_copy(update={"pending": 0, "pending_until": None, "expiries": ()})
    assert "Every paid order earns more." in bare(render.points(nothing, EN))
    assert "Day cream: 760 stars (760 to go)" in bare(render.points(nothing, EN))


def test_only_what_the_company_allows_is_offered() -> None:
    closed = card().model_copy(
        update={"can_redeem": False, "can_convert": False, "can_transfer": False, "within_reach": (), "tier": None}
    )
    assert labels(render.points(closed, EN)) == ["📜 History", "⏳ Expiring", "🎟️ Coupons", "🏠 Menu"]


def test_a_long_list_of_ends_is_cut_with_how_many_more() -> None:
    ends = tuple(Expiry(on=date(2027, month, 28), points=month) for month in range(1, 13))
    found = Expiries(name=STARS, available=1000, expiries=ends + ends)
    assert "… and 9 more." in bare(render.expiries(found, EN))


def test_nothing_that_ends_is_good_news() -> None:
    found = Expiries(name=STARS, available=12, expiries=())
    assert bare(render.expiries(found, EN)) == "You have 12 stars.\nNothing of it is about to expire."


@pytest.mark.parametrize(
    ("movement", "told"),
    [
        (Movement(at=NOON, kind=MovementKind.EARNED, points=80), "+80 · earned"),
        (Movement(at=NOON, kind=MovementKind.EARNED, points=80, order_id="7", pending=True), "+80 · order 7 ⏳"),
        (Movement(at=NOON, kind=MovementKind.RULE, points=5), "+5 · bonus"),
        (Movement(at=NOON, kind=MovementKind.TAKEN_BACK, points=-5), "-5 · taken back"),
        (Movement(at=NOON, kind=MovementKind.REDEEMED, points=-5), "-5 · redeemed"),
        (Movement(at=NOON, kind=MovementKind.RESTORED, points=5, product=NAMES["BL-100"]), "+5 · back from Blender"),
        (Movement(at=NOON, kind=MovementKind.SENT, points=-5), "-5 · given away"),
        (Movement(at=NOON, kind=MovementKind.RECEIVED, points=5), "+5 · received"),
        (Movement(at=NOON, kind=MovementKind.BOUGHT, points=5), "+5 · bought"),
        (Movement(at=NOON, kind=MovementKind.ADJUSTED, points=5), "+5 · correction"),
    ],
)
def test_each_line_says_what_it_was_for(movement: Movement, told: str) -> None:
    assert MARKS.sub("", points_history.movement(movement, EN, "UTC")) == f"Nov 22, 2026 · {told}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_movement_has_words_in_every_language(language: str) -> None:
    tr = translator(language)
    said = {points_history.movement(Movement(at=NOON, kind=kind, points=1), tr, "UTC") for kind in MovementKind}
    assert len(said) == len(MovementKind)


def test_the_day_of_a_movement_is_hers() -> None:
    late = Movement(at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC), kind=MovementKind.OPENING, points=1)
    assert points_history.movement(late, EN, "Europe/Madrid").startswith("Nov 23")


def test_an_empty_history_says_what_will_stand_there() -> None:
    screen = points_history.history([], STARS, EN, page=0, more=False, zone="UTC")
    assert "Every paid order earns stars" in bare(screen)


def test_only_where_something_waits_it_is_explained() -> None:
    waits = points_history.history(HISTORY[:1], STARS, EN, page=0, more=False, zone="UTC")
    waits_not = points_history.history(HISTORY[1:], STARS, EN, page=0, more=False, zone="UTC")
    assert "return period" in waits.text
    assert "return period" not in waits_not.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_button_is_cut_off(language: str) -> None:
    tr = translator(language)
    assert not [label for label in labels(render.points(card(), tr)) if label.endswith("…")]


def test_a_customer_is_greeted_with_points_where_there_is_a_programme() -> None:
    her = ME.model_copy(update={"kind": Kind.CUSTOMER})
    assert "your stars, your orders" in bare(home(her, EN))


def test_where_there_is_no_programme_no_button_leads_to_it() -> None:
    for kind in Kind:
        her = ME.model_copy(update={"kind": kind, "points_name": None})
        assert "stars" not in home(her, EN).text
        assert not {"⭐ My points", "🎟️ Coupons"} & set(labels(home(her, EN)))
