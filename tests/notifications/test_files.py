"""Files that staff send: uploaded as what they are, as documents where that is not taken, and reported as they went."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from notifications.channels.uploading import PHOTO_BYTES_MAX, ways
from notifications.message import File
from tests.notifications.test_delivery import CHAT, Desk, running_desk
from tests.support.core_stand_in import refused

GROUP = -1001


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with running_desk() as desk:
        yield desk


def picture(form: str, size: tuple[int, int] = (60, 40)) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size).save(kept, form)
    return kept.getvalue()


OGG = b"OggS\x00\x02" + bytes(22) + b"OpusHead" + bytes(40)
PHOTO = picture("JPEG")


async def send(desk: Desk, content: bytes | None, media_type: str, name: str = "a.bin", **more: Any) -> dict[str, Any]:
    """Have one file delivered; what her chat shows last, nothing where it shows nothing."""
    if content is not None:
        desk.core.contents[1] = content
    facts = {"ticket": 7, "file": 3, "name": name, "media_type": media_type, "size": 1}
    await desk.deliver(kind="ticket.file", facts=facts, **more)
    return (await desk.shown())[-1] if await desk.shown() else {}


@pytest.mark.parametrize(
    ("content", "media_type", "kind"),
    [
        (PHOTO, "image/jpeg", "photo"),
        (picture("PNG"), "image/png", "photo"),
        (picture("WEBP"), "image/webp", "photo"),
        (picture("PNG", (400, 4)), "image/png", "document"),  # too long and thin for a photo
        (b"no picture at all", "image/png", "document"),
        (OGG, "audio/ogg", "voice"),
        (b"%PDF-1.7", "application/pdf", "document"),
        (b"a;b\n1;2", "text/csv", "document"),
    ],
)
async def test_each_file_arrives_as_what_it_is(desk: Desk, content: bytes, media_type: str, kind: str) -> None:
    shown = await send(desk, content, media_type, "Ünïcode “x”.bin")
    assert kind in shown, shown
    assert "caption" not in shown
    assert desk.report["message_id"] == shown["message_id"]
    if kind == "document":
        assert (shown["document"]["file_name"], shown["document"]["file_size"]) == ("Ünïcode “x”.bin", len(content))


def test_a_photo_too_large_for_one_goes_as_a_document() -> None:
    assert [way.method for way in ways(File("a.jpg", "image/jpeg", bytes(PHOTO_BYTES_MAX + 1)))] == ["sendDocument"]


async def test_a_file_is_noted_before_it_goes_so_that_its_lease_lasts(desk: Desk) -> None:
    await send(desk, PHOTO, "image/jpeg")
    assert [set(report) for _, report in desk.core.reports] == [{"holder", "lease_s"}, {"holder", "message_id"}]
    assert desk.core.reports[0][1]["lease_s"] == 180


async def test_a_file_that_is_gone_is_told_and_not_tried_again(desk: Desk) -> None:
    assert await send(desk, None, "image/jpeg") == {}
    assert (desk.report["reason"], desk.report["permanent"]) == ("file_gone", True)


async def test_a_file_waits_while_core_is_away(desk: Desk) -> None:
    desk.core.away_for = {"/v1/outbox/1/file": 1}
    assert await send(desk, PHOTO, "image/jpeg") == {}
    assert (desk.report["reason"], desk.report["permanent"]) == ("core_away", False)


async def test_a_file_that_was_taken_back_does_not_go(desk: Desk) -> None:
    desk.core.refusing["/v1/outbox/1/sending"] = refused("message_unknown", status=404)
    assert await send(desk, PHOTO, "image/jpeg") == {}
    assert desk.core.reports == []


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        ({"kind": "429", "seconds": 1}, {"reason": "too_many_requests", "permanent": False, "pause_all_s": 1.0}),
        ({"kind": "500"}, {"permanent": False}),
        ({"kind": "reset_after"}, {"reason": "ServerDisconnectedError"}),
    ],
)
async def test_a_file_fails_as_words_do(desk: Desk, failure: dict[str, Any], told: dict[str, Any]) -> None:
    await desk.sandbox.act("failures", method="sendPhoto", count=1, **failure)
    await send(desk, PHOTO, "image/jpeg")
    assert desk.report.items() >= told.items()


async def test_who_blocked_the_bot_gets_no_file_in_another_form(desk: Desk) -> None:
    await desk.sandbox.act(f"chats/{CHAT}/block")
    assert await send(desk, PHOTO, "image/jpeg") == {}
    assert (desk.report["reason"], desk.report["chat_gone"]) == ("blocked", True)
    assert not [call for call in desk.sandbox.world.calls if call["method"] == "sendDocument"]


async def test_words_of_staff_arrive_exactly(desk: Desk) -> None:
    words = "*Hola* <b>Ana</b> & [x](y) _z_\n\n  - 5 < 6\n\tمرحبا 🎉\n`code` /start @ana"
    [shown] = await desk.deliver(kind="ticket.answered", facts={"ticket": 7, "text": words, "by": "Laura"})
    assert shown == f"💬 Laura on your ticket 7:\n\n{words}"
    long = "é🎉" * 1166 + "!"
    *_, shown = await desk.deliver(number=2, kind="ticket.answered", facts={"ticket": 7, "text": long, "files": 3})
    assert long in shown


async def test_a_card_goes_to_its_topic_and_to_the_group_where_that_is_gone(desk: Desk) -> None:
    await desk.sandbox.act("groups", id=GROUP, title="Desk", forum=True)
    [topic] = [await desk.sandbox.result("createForumTopic", chat_id=GROUP, name="Orders")]
    facts = {"ticket": 7, "person": "P1", "language": "es"}
    for number, thread in enumerate((topic["message_thread_id"], 999), start=1):
        await desk.deliver(number=number, kind="desk.card", facts=facts | {"thread": thread}, chat_id=GROUP)
    first, second = [one for one in await desk.shown(GROUP) if "Person: P1" in one.get("text", "")]
    assert first["message_thread_id"] == topic["message_thread_id"]
    assert "message_thread_id" not in second
    data = [button["callback_data"] for row in first["reply_markup"]["inline_keyboard"] for button in row]
    assert data == ["sd:o:7", "sd:t:7", "sd:p:7", "sd:s:7", "sd:m:7"]


async def test_an_outcome_takes_the_place_of_its_preview_or_of_nothing(desk: Desk) -> None:
    await desk.deliver()
    preview = desk.report["message_id"]
    facts = {"ticket": 7, "person_name": "Ana", "state": "sent", "edit": preview}
    [shown] = await desk.deliver(number=2, kind="desk.answer", facts=facts, edit=preview)
    assert shown == "✅ Ana · Ticket 7: the answer was delivered"
    assert len(await desk.deliver(number=3, kind="desk.answer", facts=facts | {"edit": 99_999}, edit=99_999)) == 1
    assert (desk.report["reason"], desk.report["permanent"]) == ("message_gone", True)
