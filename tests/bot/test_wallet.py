"""Converting, giving, coupons and invitations: said as approved, and done at most once."""

from collections.abc import AsyncIterator

import pytest

from core.points.model import Purse
from i18n.languages import LANGUAGES
from tests.bot import wallet_talk
from tests.bot.test_faults import kill, restart
from tests.support.chatting import CHAT, Chatting, chatting
from tests.support.core_stand_in import refused
from tests.support.points_story import STARS
from tests.support.story import maria
from tests.support.wallet_story import WalletRoom


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_conversation_is_as_approved(language: str) -> None:
    """After a change of words: `python -m tests.bot.approve`, then read the difference."""
    assert await wallet_talk.held_in(language) == wallet_talk.approved(language)


@pytest.fixture
def room() -> WalletRoom:
    return WalletRoom()


@pytest.fixture
async def chat(room: WalletRoom) -> AsyncIterator[Chatting]:
    """María's chat with a wallet; at the end the bot has done nothing that Telegram would not like."""
    person = maria()
    person.me = person.me.model_copy(update={"points_name": STARS})
    person.rooms.append(room)
    async with chatting(person) as chat:
        yield chat
        assert (await chat.faults())["total"] == 0, await chat.faults()


async def tap_twice(chat: Chatting, label: str) -> None:
    """Two taps of an impatient thumb, both before the first is answered."""
    newest = (await chat.messages())[-1]
    rows = newest["reply_markup"]["inline_keyboard"]
    data = next(button["callback_data"] for row in rows for button in row if label in button["text"])
    for _ in range(2):
        await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=newest["message_id"], data=data)
    await chat.quiet()


async def test_nothing_is_converted_before_the_confirming_tap(chat: Chatting, room: WalletRoom) -> None:
    await chat.says("convert 500 stars to credit")
    assert room.points == 1900
    await chat.taps("Convert 500 stars")
    assert (room.points, room.money[Purse.CREDIT]) == (1400, 3200)


async def test_a_double_tap_gives_once_and_says_so_once(chat: Chatting, room: WalletRoom) -> None:
    await chat.says("give 200 stars to Pedro")
    await tap_twice(chat, "Give 200 stars")
    assert room.points == 1700
    assert "got 200 stars from you" in (await chat.newest())["text"]


async def test_a_tap_that_comes_right_after_cancel_does_nothing(chat: Chatting, room: WalletRoom) -> None:
    offer = await chat.says("give 200 stars to Pedro")
    cancel, confirm = (row[0]["callback_data"] for row in offer["reply_markup"]["inline_keyboard"])
    for data in (cancel, confirm):
        await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=offer["message_id"], data=data)
    answer = await chat.newest()
    assert room.points == 1900
    assert "nothing has changed" in answer["text"]


async def test_a_forged_tap_on_a_message_that_has_moved_on_does_nothing(chat: Chatting, room: WalletRoom) -> None:
    offer = await chat.says("convert 500 stars to credit")
    confirm = offer["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    await chat.says("/team")
    team = await chat.newest()
    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=team["message_id"], data=confirm, forged=True)
    await chat.quiet()
    assert room.points == 1900
    assert chat.core.asked["POST /v1/me/conversions"] == 0


@pytest.mark.parametrize(
    "data", ["cvn:p-cEUR:99999999999999999", "cvn:x:5", "cva:nonsense", "gvn:99999999999999999:D00020", "gvp:", "gvo::"]
)
async def test_a_forged_button_moves_nothing_and_is_answered(chat: Chatting, room: WalletRoom, data: str) -> None:
    wallet = await chat.says("wallet")
    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=wallet["message_id"], data=data, forged=True)
    assert "went wrong" not in (await chat.newest())["text"]
    assert room.points == 1900


async def test_a_bot_killed_after_the_answer_to_a_question_asks_and_tells_once(
    chat: Chatting, room: WalletRoom
) -> None:
    await chat.says("transfer stars")
    await chat.taps("Pedro")
    await chat.says("40")
    await kill(chat)
    chat.core.forget_done()
    await restart(chat)
    await chat.says("/settings")
    assert (await chat.transcript()).count("Give *40 stars*") == 1
    await chat.taps("Give 40 stars")
    assert room.points == 1860


async def test_the_answer_to_an_old_question_is_a_message_like_any_other(chat: Chatting) -> None:
    await chat.says("transfer stars")
    await chat.taps("Pedro")
    await chat.taps("Menu")
    await chat.says("40")
    assert chat.core.asked["POST /v1/me/transfers/offer"] == 1, "only the one that asked how many"


async def test_another_wish_is_no_answer_to_the_question_that_waits(chat: Chatting, room: WalletRoom) -> None:
    await chat.says("transfer stars")
    await chat.taps("Pedro")
    assert "Ana Torres" in str(await chat.says("give 40 stars to Ana Torres"))
    await chat.says("how close am I to diamond?")
    assert "Give *40*" not in await chat.transcript()
    assert [offer.points for offer, _ in room.transfers.values()] == [1900, 40]


async def test_the_question_survives_the_bot(chat: Chatting, room: WalletRoom) -> None:
    await chat.says("transfer stars")
    await chat.taps("Pedro")
    chat.parts.services.shown.forget((CHAT, (await chat.newest())["message_id"]))
    assert "Give 40 stars to Pedro Gómez?" in (await chat.says("40"))["text"]


async def test_cancel_ends_the_question(chat: Chatting) -> None:
    await chat.says("transfer stars")
    await chat.says("/cancel")
    await chat.says("Bobby")
    assert chat.core.asked["POST /v1/me/transfers/offer"] == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("give -5 stars to Pedro", "at least 1"),
        ("give 0 stars to Pedro", "at least 1"),
        ("give 99999999999999 stars to Pedro", "more stars than there are"),
        ("convert 2.5 stars to credit", "Only whole numbers"),
        ("convert 50 stars to credit", "at least 100 stars"),
        ("convert 1600 stars to credit", "1,500 stars at most"),
        ("convert 5000 stars to credit", "You have 1,900 stars, so 3,100 are missing"),
        ("give ५०० stars to Pedro", "Give 500 stars to Pedro Gómez?"),
        ("give stars to Luis Vega", "Somebody else"),
        ("buy stars with 99999999999 euros of my credit", "That amount can't be"),
        (f"give 20 stars to {'Ana ' * 60}", "Somebody else"),
    ],
)
async def test_bad_amounts_are_told_and_move_nothing(chat: Chatting, room: WalletRoom, text: str, told: str) -> None:
    answer = await chat.says(text)
    assert told in answer["text"] + str(answer.get("reply_markup"))
    assert (room.points, room.money) == (1900, {Purse.CREDIT: 1200, Purse.COMMISSIONS: 8000})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("how much credit do i have", "What would you like to convert?"),
        ("wallet", "What would you like to convert?"),
        ("my credit notes", "Spring greeting"),
    ],
)
async def test_credit_is_in_the_wallet_and_credit_notes_are_with_coupons(chat: Chatting, text: str, told: str) -> None:
    assert told in (await chat.says(text))["text"]


async def test_a_company_without_a_programme_says_so(chat: Chatting) -> None:
    chat.core.refusing["/v1/me/wallet"] = refused("way_closed", what="points")
    assert (await chat.says("convert 500 points to credit"))["text"]
    assert chat.core.asked["POST /v1/me/conversions/offer"] == 0


async def test_an_invitation_opened_by_somebody_known_shows_her_page(chat: Chatting) -> None:
    chat.core.inviters["r_abcDEF123456_-xy"] = "Ana"
    assert "Hello, María!" in (await chat.starts("r_abcDEF123456_-xy"))["text"]
