"""What people send: files of each kind, albums, one too large for a bot, and what they pass on."""

import aiohttp
import pytest

from tests.support.samples import MP4, OGG, PDF
from tests.support.sandbox import ANA, EMMA, Sandbox, picture


async def posted(sandbox: Sandbox, path: str, *files: bytes, **fields: str) -> tuple[int, object]:
    form = aiohttp.FormData(fields)
    for number, content in enumerate(files):
        form.add_field("file", content, filename=f"año {number}.bin")
    async with aiohttp.ClientSession() as session, session.post(f"{sandbox.base}/sandbox/{path}", data=form) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("kind", "content", "members"),
    [
        ("photo", picture(), {"photo"}),
        ("document", PDF, {"document"}),
        ("voice", OGG, {"voice"}),
        ("video", MP4, {"video"}),
        ("audio", OGG, {"audio"}),
        ("video_note", MP4, {"video_note"}),
        ("animation", MP4, {"animation", "document"}),
        ("sticker", b"RIFF1234WEBP", {"sticker"}),
    ],
)
async def test_a_file_of_each_kind_arrives_and_can_be_fetched(
    sandbox: Sandbox, kind: str, content: bytes, members: set[str]
) -> None:
    chat = await sandbox.started()
    status, _ = await posted(sandbox, f"chats/{chat}/file", content, kind=kind, caption="look")
    message = (await sandbox.result("getUpdates"))[-1]["message"]
    assert (status, message["caption"], members <= message.keys()) == (200, "look", True)
    file = message[kind][-1] if kind == "photo" else message[kind]
    found = await sandbox.result("getFile", file_id=file["file_id"])
    url = f"{sandbox.base}/file/bot{sandbox.world.token}/{found['file_path']}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert await answer.read() == content


async def test_an_album_is_several_messages_of_one_group(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    two = (picture(colour="red"), picture(colour="blue"))
    await posted(sandbox, f"chats/{chat}/album", *two, kind="photo", caption="both")
    first, second = [one["message"] for one in (await sandbox.result("getUpdates"))[-2:]]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("both", False)
    assert first["photo"][-1]["file_unique_id"] != second["photo"][-1]["file_unique_id"]
    status, _ = await posted(sandbox, f"chats/{chat}/album", two[0], kind="photo")
    assert status == 400


async def test_a_file_over_twenty_megabytes_arrives_and_is_not_given_out(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await sandbox.act(f"chats/{chat}/large", kind="video", name="party.mp4", size=30 * 2**20, caption="look")
    message = (await sandbox.result("getUpdates"))[-1]["message"]
    assert (message["video"]["file_size"], message["caption"]) == (30 * 2**20, "look")
    status, body = await sandbox.call("getFile", file_id=message["video"]["file_id"])
    assert (status, body["description"]) == (400, "Bad Request: file is too big")
    assert (await sandbox.tried(f"chats/{chat}/large", kind="video", name="small.mp4", size=5))[0] == 400
    shown = await sandbox.look(f"chats/{chat}")
    assert shown["messages"][-1]["video"]["file_size"] == 30 * 2**20


async def test_what_is_passed_on_says_whose_it_was(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await sandbox.started(EMMA)
    await sandbox.act(f"chats/{chat}/text", text="my complaint", forwarded=EMMA.id)
    foreign = {"phone_number": "+1555", "first_name": "Sam"}
    await sandbox.act(f"chats/{chat}/contact", **foreign, forwarded="Somebody")
    await sandbox.act(f"chats/{chat}/location", latitude=40.4, longitude=-3.7)
    text, contact, place = [one["message"] for one in (await sandbox.result("getUpdates"))[-3:]]
    assert text["forward_origin"]["sender_user"]["id"] == EMMA.id
    assert contact["forward_origin"] | {"date": 0} == {
        "type": "hidden_user",
        "date": 0,
        "sender_user_name": "Somebody",
    }
    assert (contact["contact"]["first_name"], contact["from"]["id"]) == ("Sam", ANA.id)
    assert place["location"] == {"latitude": 40.4, "longitude": -3.7}
