"""What a message is about is known whoever sent it, after a restart, and no longer once it shows something else."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.preferences_talk import sent
from tests.bot.test_faults import kill, restart
from tests.bot.test_tickets import opened, words
from tests.support.chatting import CHAT, Chatting, chatting
from tests.support.story import maria
from tests.support.ticket_story import TicketRoom


@pytest.fixture
def room() -> TicketRoom:
    return TicketRoom()


@pytest.fixture
async def chat(room: TicketRoom) -> AsyncIterator[Chatting]:
    person = maria()
    person.rooms.append(room)
    async with chatting(person) as chat:
        yield chat


async def replies(chat: Chatting, to: int, text: str) -> None:
    await chat.sandbox.act(f"chats/{CHAT}/text", text=text, reply_to=to)
    await chat.quiet()


async def test_a_reply_finds_its_ticket_after_a_restart_and_not_once_the_message_shows_something_else(
    chat: Chatting, room: TicketRoom
) -> None:
    confirmed = await opened(chat)
    assert chat.core.about[CHAT, confirmed] == "ticket:1042"
    await kill(chat)
    await restart(chat)
    await replies(chat, confirmed, "how many points do I have")
    assert words(room, 1042) == ["my bonus is wrong", "how many points do I have"]

    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=confirmed, data="settings", forged=True)
    await chat.quiet()
    assert chat.core.about[CHAT, confirmed] == ""
    await kill(chat)
    await restart(chat)
    await replies(chat, confirmed, "how many points do I have")
    assert len(words(room, 1042)) == 2


async def test_a_reply_to_what_the_worker_sent_finds_its_ticket(chat: Chatting, room: TicketRoom) -> None:
    await opened(chat)
    message = await sent(chat, [[("🎫 Show the ticket", "n:5:ticket:1042")]])
    chat.core.about[CHAT, message] = "ticket:1042"  # as core knows by the outbox
    await replies(chat, message, "how many points do I have")
    assert words(room, 1042)[1:] == ["how many points do I have"]
