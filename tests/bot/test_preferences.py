"""What she wants to hear, by buttons and by words; and the buttons under the company's messages."""

from collections.abc import AsyncIterator

import pytest

from core.messaging.kinds import Screen, Topic
from core.people.model import Kind
from core.preferences.model import Level, QuietHours
from i18n.languages import LANGUAGES
from tests.bot import preferences_talk
from tests.bot.preferences_talk import DIGEST, SINGLE, nudged, sent
from tests.support.chatting import Chatting, chatting
from tests.support.core_stand_in import Person
from tests.support.story import maria


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_conversation_is_as_approved(language: str) -> None:
    """After a change of words: `python -m tests.bot.approve`, then read the difference."""
    assert await preferences_talk.held_in(language) == preferences_talk.path_of(language).read_text(encoding="utf-8")


@pytest.fixture
def person() -> Person:
    person = maria()
    person.wishes.got = {SINGLE: (Topic.MONTH_END,), DIGEST: (Topic.MONTH_END, Topic.POINTS)}
    return person


@pytest.fixture
async def chat(person: Person) -> AsyncIterator[Chatting]:
    """María's chat; at the end the bot has done nothing that Telegram would not like."""
    async with chatting(person) as chat:
        yield chat
        assert (await chat.faults())["total"] == 0, await chat.faults()


async def test_a_second_tap_changes_nothing(chat: Chatting, person: Person) -> None:
    await chat.says("/settings")
    await chat.taps_to("nm:0")
    message = (await chat.messages())[-1]["message_id"]
    for _ in range(2):
        await chat.sandbox.act(f"chats/{chat.chat}/tap", message_id=message, data="nl:0:points:less")
    await chat.quiet()
    assert person.wishes.levels == {Topic.POINTS: Level.LESS}


async def test_what_is_undone_is_as_before(chat: Chatting, person: Person) -> None:
    person.wishes.quiet = QuietHours(begins=0, ends=0)
    await chat.says("no messages between 10pm and 7am")
    assert person.wishes.hers().quiet == QuietHours(begins=22 * 60, ends=7 * 60)
    await chat.taps("Undo")
    assert person.wishes.hers().quiet.never
    await chat.says("stop sending me messages")
    assert not person.me.notifications
    await chat.taps("Undo")
    assert person.me.notifications


async def test_a_message_stays_when_its_button_opens_something(chat: Chatting, person: Person) -> None:
    await nudged(chat, SINGLE)
    await chat.taps_to(f"n:{SINGLE}:orders")
    [message, orders] = (await chat.messages())[-2:]
    assert message["text"] == "(from the worker)" and orders["text"].startswith("Your orders")
    assert person.wishes.tapped == [SINGLE]


async def test_every_screen_that_a_message_may_open_answers(chat: Chatting, person: Person) -> None:
    message = await sent(chat, [[(screen.value, f"n:{SINGLE}:{screen.value}")] for screen in Screen])
    for screen in Screen:
        before = len(await chat.messages())
        await chat.sandbox.act(f"chats/{chat.chat}/tap", message_id=message, data=f"n:{SINGLE}:{screen.value}")
        await chat.quiet()
        assert len(await chat.messages()) > before, screen
    assert person.wishes.tapped == [SINGLE] * len(Screen)


@pytest.mark.parametrize("data", ["n:999:less", "n:999:mute", "n:999:undo", "n:17:nothing", "n:x:less"])
async def test_what_is_unknown_is_answered_kindly_and_changes_nothing(
    chat: Chatting, person: Person, data: str
) -> None:
    message = await sent(chat, [[("Less", data)]])
    await chat.sandbox.act(f"chats/{chat.chat}/tap", message_id=message, data=data)
    newest = await chat.newest()
    assert "menu" in newest["text"] or newest["reply_markup"]
    assert person.wishes.levels == {} and person.me.notifications


async def test_mute_is_obeyed_at_once_and_twice_is_once(chat: Chatting, person: Person) -> None:
    await nudged(chat, SINGLE)
    message = (await chat.messages())[-1]["message_id"]
    for _ in range(2):
        await chat.sandbox.act(f"chats/{chat.chat}/tap", message_id=message, data=f"n:{SINGLE}:mute")
    await chat.quiet()
    assert person.wishes.levels == {Topic.MONTH_END: Level.OFF}
    rows = (await chat.messages())[-1]["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in rows[-1]] == ["✓ Muted", "↩️ Undo"]


async def test_a_customer_is_not_asked_about_a_team(person: Person) -> None:
    person.me = person.me.model_copy(update={"kind": Kind.CUSTOMER, "points_name": None})
    async with chatting(person) as chat:
        settings = await chat.says("/settings")
        assert "gauges" not in settings["text"]
        await chat.taps_to("nm:0")
        [shown] = [one for one in await chat.messages() if "hear about" in one.get("text", "")]
        labels = [button["text"] for row in shown["reply_markup"]["inline_keyboard"] for button in row]
        assert [label[2:] for label in labels if label.startswith("✅")] == ["My orders", "Tickets", "Company news"]


async def test_another_wish_than_a_place_is_no_answer(chat: Chatting) -> None:
    await chat.says("/settings")
    await chat.taps_to("nz:")
    answer = await chat.says("how many customers are active?")
    assert "photo" in answer or "Time zone" not in answer.get("text", "")
