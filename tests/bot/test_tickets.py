"""Tickets from the chat: said as approved, sent at most once, and every word in the ticket that it belongs to."""

from collections.abc import AsyncIterator

import pytest

from core.tickets.model import Phase
from i18n.languages import LANGUAGES
from tests.bot import tickets_talk
from tests.bot.preferences_talk import sent
from tests.bot.test_faults import kill, restart
from tests.support.chatting import CHAT, Chatting, chatting
from tests.support.sandbox import picture
from tests.support.story import maria
from tests.support.ticket_story import TicketRoom

PHOTO, OTHER = ("a.png", picture()), ("b.png", picture(colour="red"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_conversation_is_as_approved(language: str) -> None:
    """After a change of words: `python -m tests.bot.approve`, then read the difference."""
    assert await tickets_talk.held_in(language) == tickets_talk.approved(language)


@pytest.fixture
def room() -> TicketRoom:
    return TicketRoom()


@pytest.fixture
async def chat(room: TicketRoom) -> AsyncIterator[Chatting]:
    """María's chat; at the end the bot has done nothing that Telegram would not like."""
    person = maria()
    person.rooms.append(room)
    async with chatting(person) as chat:
        yield chat
        assert (await chat.faults())["total"] == 0, await chat.faults()


async def opened(chat: Chatting, text: str = "my bonus is wrong") -> int:
    """A ticket with these words; the number of the message that confirms it."""
    await chat.says(text)
    message = await chat.taps("Send")
    number: int = message["message_id"]
    return number


def words(room: TicketRoom, number: int) -> list[str]:
    return [message.text for message in room.messages[number]]


async def test_words_behind_the_command_are_a_draft(chat: Chatting, room: TicketRoom) -> None:
    await chat.says("/ticket the bottle arrived broken")
    assert room.draft is not None
    assert room.draft.words == ("the bottle arrived broken",)


async def test_a_double_tap_sends_one_ticket(chat: Chatting, room: TicketRoom) -> None:
    await chat.says("my bonus is wrong")
    for _ in range(2):
        await chat.tap_only("Send")
    await chat.quiet()
    assert list(room.tickets) == [1042]
    assert "1042" in (await chat.newest())["text"]


async def test_words_arrive_exactly_as_she_wrote_them(chat: Chatting, room: TicketRoom) -> None:
    text = "my bonus is wrong &amp; <b>שלום</b> _x_ `y` 🙏\nsecond line"
    await opened(chat, text)
    assert words(room, 1042) == [text]


async def test_the_rest_of_a_letter_that_telegram_cut_belongs_to_it(chat: Chatting, room: TicketRoom) -> None:
    await chat.says("my bonus is wrong " + "a" * 4000)
    await chat.says("how many points do I have")
    await chat.taps("Send")
    assert words(room, 1042)[1:] == ["how many points do I have"]


async def test_what_is_surely_another_question_is_answered_and_leaves_the_draft(
    chat: Chatting, room: TicketRoom
) -> None:
    await chat.says("my bonus is wrong")
    answer = await chat.says("how close am I to Diamond?")
    assert "Diamond" in answer.get("caption", answer.get("text", ""))
    await chat.says("it is order 70001")
    assert room.draft is not None
    assert room.draft.words == ("my bonus is wrong", "it is order 70001")


async def test_an_album_is_one_draft_with_one_preview(chat: Chatting, room: TicketRoom) -> None:
    await chat.sends("photo", PHOTO, OTHER, caption="the bottle arrived broken")
    previews = [one for one in await chat.messages() if "Shall I send" in one.get("text", "")]
    assert len(previews) == 1
    await chat.taps("Send")
    assert [len(one.attachments) for one in room.messages[1042]] == [1, 1]


async def test_a_photo_alone_waits_for_words(chat: Chatting, room: TicketRoom) -> None:
    asked = await chat.sends("photo", PHOTO)
    assert "What is it about?" in asked["text"]
    await chat.says("this came broken")
    await chat.taps("Send")
    assert [(one.text, len(one.attachments)) for one in room.messages[1042]] == [("", 1), ("this came broken", 0)]


async def test_an_album_with_tickets_open_asks_once_for_which(chat: Chatting, room: TicketRoom) -> None:
    await opened(chat)
    asked = await chat.sends("photo", PHOTO, OTHER)
    assert "Which ticket" in asked["text"]
    await chat.taps("To 1042")
    assert [len(one.attachments) for one in room.messages[1042]] == [0, 1, 1]


async def test_a_reply_goes_to_the_ticket_that_its_message_is_about(chat: Chatting, room: TicketRoom) -> None:
    first = await opened(chat)
    await opened(chat, "the bottle arrived broken")
    await chat.replies(first, "how many points do I have")
    assert words(room, 1042) == ["my bonus is wrong", "how many points do I have"]


async def test_with_two_open_a_bare_message_asks_which_and_one_tap_says_so(chat: Chatting, room: TicketRoom) -> None:
    await opened(chat)
    await opened(chat, "the bottle arrived broken")
    room.answers(1042, "Which one?")
    asked = await chat.says("wörterwald zickzack blubb")
    assert "Which ticket" in asked["text"]
    await chat.taps("To 1042")
    assert words(room, 1042)[-1] == "wörterwald zickzack blubb"
    assert words(room, 1043) == ["the bottle arrived broken"]


async def test_the_one_that_waits_gets_a_bare_word_and_not_this_one_makes_a_draft_of_it(
    chat: Chatting, room: TicketRoom
) -> None:
    await opened(chat)
    room.answers(1042, "Which one?")
    await chat.says("wörterwald zickzack blubb")
    assert words(room, 1042)[-1] == "wörterwald zickzack blubb"
    await chat.taps("Not this one")
    assert room.draft is not None
    assert room.draft.words == ("wörterwald zickzack blubb",)


@pytest.mark.parametrize(("said", "is_added"), [("Ana Torres, my cousin", True), ("show me Ana Torres", False)])
async def test_a_name_is_an_answer_to_people_while_they_wait_for_one(
    chat: Chatting, room: TicketRoom, said: str, is_added: bool
) -> None:
    await opened(chat)
    room.answers(1042, "Which Ana do you mean?")
    await chat.says(said)
    assert (said in words(room, 1042)) is is_added


async def test_no_is_an_answer_to_people_and_no_cancel(chat: Chatting, room: TicketRoom) -> None:
    await chat.says("my bonus is wrong")
    await chat.says("no, not yet")
    await chat.taps("Send")
    room.answers(1042, "Did the money come?")
    await chat.says("no, not yet")
    assert words(room, 1042) == ["my bonus is wrong", "no, not yet", "Did the money come?", "no, not yet"]


async def test_an_old_cancel_does_not_touch_a_later_draft(chat: Chatting, room: TicketRoom) -> None:
    await chat.says("my bonus is wrong")
    first = (await chat.newest())["message_id"]
    await chat.says("/cancel")
    await chat.says("the bottle arrived broken")
    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=first, data="tdx:7", forged=True)
    await chat.quiet()
    assert room.draft is not None
    assert room.draft.words == ("the bottle arrived broken",)


async def test_forged_buttons_change_nothing_and_raise_nothing(chat: Chatting, room: TicketRoom) -> None:
    message = await opened(chat)
    for data in ("tds:99:0", "tdg:99:1042", "tko:9999", "tkc:9999", "tkr:1042:9", "tdt:99", "tdl:7:x", "tkn:1042:9"):
        await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=message, data=data, forged=True)
        await chat.quiet()
    assert words(room, 1042) == ["my bonus is wrong"]
    assert room.tickets[1042].phase is Phase.NEW
    assert not any("went wrong" in one.get("text", "") for one in await chat.messages())


async def test_an_update_handled_again_after_a_kill_adds_nothing_twice(chat: Chatting, room: TicketRoom) -> None:
    await chat.says("my bonus is wrong")
    await chat.sends("photo", PHOTO)
    await chat.taps("Send")
    before = len(await chat.messages())
    await kill(chat)
    chat.core.forget_done()
    await restart(chat)
    await chat.quiet()
    assert len(await chat.messages()) == before
    assert len(room.messages[1042]) == 2
    assert room.draft is None


async def test_a_file_that_telegram_cannot_hand_out_now_is_fetched_later(chat: Chatting, room: TicketRoom) -> None:
    await chat.sandbox.act("failures", method="getFile", kind="502", count=1, seconds=1)
    await chat.sends("photo", PHOTO, caption="the bottle arrived broken")
    assert room.draft is not None
    assert len(room.draft.attachments) == 1


async def test_a_file_that_is_too_large_leaves_the_words(chat: Chatting, room: TicketRoom) -> None:
    large = {"kind": "document", "name": "film.mp4", "size": 30_000_000, "caption": "the bottle arrived broken"}
    await chat.sandbox.act(f"chats/{CHAT}/large", **large)
    shown = await chat.newest()
    assert "at most 20 MB" in shown["text"]
    assert room.draft is not None
    assert room.draft.words == ("the bottle arrived broken",)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("voice", "x", "voice.ogg"),
        ("video_note", "x", "video.mp4"),
        ("audio", "song.mp3", "song.mp3"),
        ("video", "film.mp4", "film.mp4"),
        ("document", "list.pdf", "list.pdf"),
    ],
)
async def test_every_kind_of_file_is_kept(chat: Chatting, room: TicketRoom, kind: str, given: str, kept: str) -> None:
    await chat.sends(kind, (given, b"content"))
    assert [one.name for one in room.files.values()] == [kept]
    assert room.draft is not None


async def test_a_foreign_contact_and_a_place_are_no_evidence(chat: Chatting, room: TicketRoom) -> None:
    await chat.says("my bonus is wrong")
    for act, what in (
        ("contact", {"phone_number": "+34611", "first_name": "Ana"}),
        ("location", {"latitude": 1, "longitude": 2}),
    ):
        await chat.sandbox.act(f"chats/{CHAT}/{act}", **what)
        assert "can't pass this on" in (await chat.newest())["text"]
    assert room.draft is not None
    assert room.draft.words == ("my bonus is wrong",)


async def test_a_strangers_words_are_met_with_the_way_in(room: TicketRoom) -> None:
    async with chatting() as chat:
        await chat.says("my bonus is wrong")
        await chat.sends("photo", PHOTO)
        assert all("ticket" not in one.get("text", "").lower() for one in await chat.messages())
    assert room.draft is None


async def test_the_button_of_a_message_opens_its_ticket(chat: Chatting, room: TicketRoom) -> None:
    await opened(chat)
    message = await sent(chat, [[("🎫 Show the ticket", "n:5:ticket:1042")]])
    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=message, data="n:5:ticket:1042")
    assert "Ticket 1042" in (await chat.newest())["text"]


async def test_people_are_reached_from_everywhere(chat: Chatting) -> None:
    for text in ("/help", "wörterwald zickzack blubb xyz", "/tickets"):
        await chat.says(text)
        shown = await chat.newest()
        rows = shown["reply_markup"]["inline_keyboard"]
        assert any(button.get("callback_data") == "tdn" for row in rows for button in row), text


async def test_a_draft_that_is_full_says_so_once_above_itself(chat: Chatting, room: TicketRoom) -> None:
    await chat.says("the bottle arrived broken")
    room.files_max = 2
    await chat.sends("photo", PHOTO, OTHER, ("c.png", picture(colour="blue")), ("d.png", picture(colour="green")))
    shown = await chat.newest()
    assert shown["text"].startswith("Those are too many files at once: at most 2.")
    assert "Shall I send this" in shown["text"]
    assert sum("too many files" in one.get("text", "") for one in await chat.messages()) == 1


async def test_thanks_after_the_question_is_no_complaint(chat: Chatting, room: TicketRoom) -> None:
    await chat.says("I want to talk to a person")
    await chat.says("thanks")
    assert room.draft is None
    await chat.says("how do I change my account")
    assert room.draft is not None
