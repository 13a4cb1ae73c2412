"""Products for points: three taps to the order, nothing without the confirming one, nothing twice."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.orders.model import OrderState
from tests.support.chatting import CHAT, Chatting, chatting
from tests.support.points_story import NAMES, PointsRoom
from tests.support.story import maria

OFFERS, REDEEMED = "POST /v1/me/redemptions/offer", "POST /v1/me/redemptions"
OWN_WORDS = (
    ("quiero canjear 1.500 estrellas por la licuadora", "Redeem 1,500 stars for 1 × Blender?"),
    ("redeem 1500 points for a blender", "Redeem 1,500 stars for 1 × Blender?"),
    ("quiero dos cremas de día con mis puntos", "Redeem 1,520 stars for 2 × Day cream?"),
    ("redeem 1,000 points for the blender", "It costs 1,500 stars, not 1,000."),
    ("redeem १५०० points for the blender", "Redeem 1,500 stars for 1 × Blender?"),
    ("canjear ١٥٠٠ puntos por la licuadora", "Redeem 1,500 stars for 1 × Blender?"),
    ("redeem my points for an air fryer", "You're 400 stars short of 1 × Air fryer."),
    ("redeem 500 points for a spaceship", "You have 1,900 stars."),
    ("blender", "Redeem 1,500 stars for 1 × Blender?"),
    ("day cream", "Redeem 760 stars for 1 × Day cream?"),
)
NO_AMOUNTS = (
    ("redeem -5 points for the blender", "at least 1"),
    ("redeem 0 points for a blender", "at least 1"),
    ("redeem 1.5 points for a blender", "Only whole numbers"),
    ("redeem 99999999999999999999 points for a blender", "smaller number"),
    ("redeem 5000 blenders for my points", "At most 3"),
)


@pytest.fixture
def room() -> PointsRoom:
    """What core says of her stars."""
    return PointsRoom()


@pytest.fixture
async def chat(room: PointsRoom) -> AsyncIterator[Chatting]:
    """María's chat with stars; at the end the bot has done nothing that Telegram would not like."""
    person = maria()
    person.rooms = [room]
    async with chatting(person) as chat:
        yield chat
        assert (await chat.faults())["total"] == 0, await chat.faults()


def labels(message: dict[str, Any]) -> list[str]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def said(message: dict[str, Any]) -> str:
    return str(message.get("text", message.get("caption", "")))


async def test_three_taps_from_the_question_to_the_order(chat: Chatting, room: PointsRoom) -> None:
    await chat.says("what can I get for my points?")
    offer = await chat.taps("Blender")
    assert "Redeem 1,500 stars for 1 × Blender?" in said(offer)
    assert labels(offer)[:2] == ["Cancel", "Redeem 1,500 stars"]
    assert not room.orders
    done = await chat.taps("Redeem 1,500 stars")
    assert "Done: 1 × Blender for 1,500 stars." in said(done)
    assert room.available == 400


async def test_a_product_with_a_picture_is_offered_under_it_and_it_is_uploaded_once(chat: Chatting) -> None:
    for _ in range(2):
        await chat.says("/redeem blender")
    photos = [call["params"].get("photo") for call in await chat.calls("sendPhoto")]
    assert len(photos) == 2
    assert chat.core.asked["GET /v1/products/BL-100/picture"] == 1
    assert photos[1] in chat.core.files.values()


async def test_a_picture_that_cannot_be_had_leaves_the_words(chat: Chatting, room: PointsRoom) -> None:
    room.picture = b"no picture"
    assert "Redeem 1,500 stars" in (await chat.says("/redeem blender"))["text"]


async def test_own_words_lead_to_the_offer_and_only_a_tap_redeems(chat: Chatting) -> None:
    for text, told in OWN_WORDS:
        assert told in said(await chat.says(text)), text
    assert chat.core.asked[REDEEMED] == 0


async def test_an_amount_that_cannot_be_is_said_so(chat: Chatting) -> None:
    for text, told in NO_AMOUNTS:
        answer = await chat.says(text)
        assert told in said(answer), text
        assert "🎁 What can I get?" in labels(answer), text
    assert chat.core.asked[REDEEMED] == 0


async def test_a_question_about_a_product_is_no_wish_for_it(chat: Chatting) -> None:
    assert "Redeem" not in said(await chat.says("is the blender safe?"))
    assert chat.core.asked[OFFERS] == 0


async def test_two_that_match_are_asked_back(chat: Chatting) -> None:
    asked = await chat.says("redeem 2 creams")
    assert "Which one do you mean?" in said(asked)
    assert labels(asked)[:2] == ["Night cream", "Day cream"]
    assert "2 × Day cream" in said(await chat.taps("Day cream"))


async def test_what_there_is_not_is_said_with_what_there_is(chat: Chatting) -> None:
    answer = await chat.says("/redeem spaceship")
    assert "I can't find spaceship" in said(answer)
    assert "Blender" in labels(answer)


async def test_too_few_say_how_more_come_and_what_is_within_reach(chat: Chatting) -> None:
    await chat.says("/redeem")
    answer = await chat.taps("Air fryer")
    assert "It costs 2,300 stars, and you have 1,900 stars." in said(answer)
    assert "On the way: 120 stars, from December 4 on" in said(answer)
    assert "Blender" in labels(answer)


async def test_a_part_may_be_paid_in_money_where_the_company_allows_it(chat: Chatting, room: PointsRoom) -> None:
    room.mixed, room.credit_minor = True, 500
    await chat.says("/redeem")
    await chat.taps("Air fryer")
    offer = await chat.taps("Pay part in money")
    assert "Redeem 1,900 stars and €16.00 for 1 × Air fryer?" in said(offer)
    assert "From your account credit: €5.00" in said(offer)
    assert "Still to be paid: €11.00" in said(offer)
    less = await chat.taps("1,150 stars and money")
    assert "Redeem 1,150 stars and €46.00" in said(less)


async def test_a_credit_note_pays_a_part_of_the_money_by_a_tap(chat: Chatting, room: PointsRoom) -> None:
    room.mixed, room.note_minor = True, 900
    await chat.says("/redeem air fryer")
    await chat.taps("Pay part in money")
    offer = await chat.taps("🎟️ Use CN-77")
    assert "From your credit note CN-77: €9.00" in said(offer)
    assert "Still to be paid: €7.00" in said(offer)
    assert not any(label.startswith("🎟️") for label in labels(offer))
    assert "Done: 1 × Air fryer" in said(await chat.taps("1,900 stars + €16.00"))


async def test_fewer_points_than_it_costs_are_a_part_of_it_where_that_is_allowed(
    chat: Chatting, room: PointsRoom
) -> None:
    room.mixed = True
    offer = await chat.says("redeem 1,000 points for the blender")
    assert "It costs 1,500 stars, not 1,000." in said(offer)
    assert "Redeem 1,000 stars and €20.00 for 1 × Blender?" in said(offer)


async def test_more_pieces_are_a_tap_away_as_far_as_they_are_within_reach(chat: Chatting) -> None:
    await chat.says("/redeem day cream")
    offer = await chat.taps("2 pieces")
    assert "Redeem 1,520 stars for 2 × Day cream?" in said(offer)
    assert "1 piece" in labels(offer)
    assert "3 pieces" not in labels(offer)


async def test_cancel_redeems_nothing(chat: Chatting, room: PointsRoom) -> None:
    await chat.says("/redeem blender")
    assert "nothing was redeemed" in said(await chat.taps("Cancel"))
    assert room.available == 1900


async def test_a_second_tap_gives_the_same_answer_and_redeems_nothing_more(chat: Chatting, room: PointsRoom) -> None:
    offer = await chat.says("/redeem day cream")
    confirm = offer["reply_markup"]["inline_keyboard"][0][1]["callback_data"]
    first = await chat.taps("Redeem 760 stars")
    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=offer["message_id"], data=confirm, forged=True)
    assert await chat.newest() == first
    assert room.available == 1140


async def test_a_lapsed_offer_is_shown_anew_by_a_button(chat: Chatting, room: PointsRoom) -> None:
    await chat.says("/redeem day cream")
    room.lapsed.update(room.offers)
    assert "This offer has lapsed" in said(await chat.taps("Redeem 760 stars"))
    assert not room.orders
    await chat.taps("Show it again")
    assert "Done" in said(await chat.taps("Redeem 760 stars"))


async def test_a_changed_offer_shows_the_new_one_at_once(chat: Chatting, room: PointsRoom) -> None:
    await chat.says("/redeem day cream")
    room.changed.update(room.offers)
    room.available = 1000
    answer = await chat.taps("Redeem 760 stars")
    assert "Something has changed" in said(answer)
    assert "Balance afterwards: 240 stars" in said(answer)
    assert not room.orders


async def test_an_order_is_cancelled_after_one_question_with_the_safe_choice_first(
    chat: Chatting, room: PointsRoom
) -> None:
    await chat.says("/redeem day cream")
    await chat.taps("Redeem 760 stars")
    asked = await chat.taps("Cancel this order")
    assert labels(asked) == ["Keep it", "Cancel order"]
    kept = await chat.taps("Keep it")
    assert "760 stars" in said(kept)
    await chat.taps("Cancel this order")
    done = await chat.taps("Cancel order")
    assert "is cancelled" in said(done)
    assert room.available == 1900


async def test_what_is_shipped_can_no_longer_be_cancelled(chat: Chatting, room: PointsRoom) -> None:
    await chat.says("/redeem day cream")
    await chat.taps("Redeem 760 stars")
    await chat.taps("Cancel this order")
    [(number, (order, shown))] = room.orders.items()
    room.orders[number] = (order.model_copy(update={"state": OrderState.SHIPPED}), shown)
    assert number in said(await chat.taps("Cancel order"))
    assert room.available == 1140


async def test_buttons_that_make_no_sense_lead_to_the_list(chat: Chatting, room: PointsRoom) -> None:
    shown = await chat.says("/redeem")
    for data in ("rq:0::BL-100", "rq:x:y:BL-100", "rq:1::", "ro:0:NOPE", "ra:none", "rd:-1:", "ph:x", "rc:NOPE"):
        await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=shown["message_id"], data=data, forged=True)
        await chat.quiet()
    assert not room.orders


async def test_a_bare_name_that_several_have_is_asked_back(chat: Chatting) -> None:
    answer = await chat.says("cream")
    assert labels(answer)[:2] == ["Night cream", "Day cream"]
    assert "Blender" not in labels(answer)
    assert "Blender" in labels(await chat.taps("What can I get?"))


async def test_many_of_one_name_are_shown_page_by_page(
    chat: Chatting, room: PointsRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(NAMES, "BL-100", {"en": "Blender cream"})
    monkeypatch.setattr("bot.redeem_by_words.PAGE", 2)
    monkeypatch.setattr("bot.redeem.PAGE", 2)
    assert "Next ▶" in labels(await chat.says("cream"))
    second = await chat.taps("Next")
    assert labels(second)[:2] == ["Day cream", "◀ Previous"]


async def test_a_tap_that_core_could_not_take_is_done_later_and_once(chat: Chatting, room: PointsRoom) -> None:
    await chat.says("/redeem day cream")
    chat.core.away_for["/v1/me/redemptions"] = 1
    assert "Done: 1 × Day cream" in said(await chat.taps("Redeem 760 stars"))
    assert room.available == 1140
    assert [key for key in chat.core.keys if key.endswith(":redeem")]
