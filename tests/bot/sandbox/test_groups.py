"""Groups with topics as Telegram plays them: who hears what, where a message stands, and what an answer carries."""

from typing import Any

import pytest

from tests.support.samples import OGG
from tests.support.sandbox import ANA, EMMA, Sandbox, picture

FORUM = -1001234567890
CARD = {"inline_keyboard": [[{"text": "Open", "callback_data": "sd:o:1042"}]]}


@pytest.fixture
async def forum(sandbox: Sandbox) -> int:
    """A forum with Ana in it and the bot as its administrator; Emma stands outside."""
    await sandbox.started()
    await sandbox.started(EMMA)
    await sandbox.act("groups", id=FORUM, title="Desk", members=[ANA.id], forum=True)
    await news(sandbox)
    return FORUM


async def news(sandbox: Sandbox) -> list[dict[str, Any]]:
    """The updates since the last look."""
    found: list[dict[str, Any]] = await sandbox.result("getUpdates")
    if found:
        await sandbox.result("getUpdates", offset=found[-1]["update_id"] + 1)
    return found


async def test_a_topic_is_made_and_messages_stand_in_it(sandbox: Sandbox, forum: int) -> None:
    topic = await sandbox.result("createForumTopic", chat_id=forum, name="Español")
    thread = topic["message_thread_id"]
    card = await sandbox.result("sendMessage", chat_id=forum, message_thread_id=thread, text="1042", reply_markup=CARD)
    assert (card["message_thread_id"], card["is_topic_message"]) == (thread, True)
    assert card["chat"] == {"id": forum, "title": "Desk", "type": "supergroup", "is_forum": True}
    assert [one["name"] for one in (await sandbox.look(f"chats/{forum}"))["topics"]] == ["Español"]
    general = await sandbox.result("sendMessage", chat_id=forum, text="all")
    assert "message_thread_id" not in general
    status, body = await sandbox.call("sendMessage", chat_id=forum, message_thread_id=7, text="?")
    assert (status, body["description"]) == (400, "Bad Request: message thread not found")
    assert await sandbox.result("editForumTopic", chat_id=forum, message_thread_id=thread, name="ES")
    assert await sandbox.result("closeForumTopic", chat_id=forum, message_thread_id=thread)
    assert await sandbox.result("reopenForumTopic", chat_id=forum, message_thread_id=thread)
    assert await sandbox.result("deleteForumTopic", chat_id=forum, message_thread_id=thread)
    left = await sandbox.look(f"chats/{forum}")
    assert (left["topics"], [one["text"] for one in left["messages"]]) == ([], ["all"])


async def test_only_administrators_of_forums_make_topics(sandbox: Sandbox, forum: int) -> None:
    await sandbox.act("groups", id=forum, title="Desk", members=[ANA.id], forum=True, administrator=False)
    _, body = await sandbox.call("createForumTopic", chat_id=forum, name="x")
    assert body["description"] == "Bad Request: not enough rights to create a topic"
    await sandbox.act("groups", id=-5, title="Plain", members=[ANA.id])
    _, body = await sandbox.call("createForumTopic", chat_id=-5, name="x")
    assert body["description"] == "Bad Request: the chat is not a forum"


async def test_an_answer_carries_the_card_with_its_buttons_and_stands_in_its_topic(
    sandbox: Sandbox, forum: int
) -> None:
    thread = (await sandbox.result("createForumTopic", chat_id=forum, name="Español"))["message_thread_id"]
    card = await sandbox.result("sendMessage", chat_id=forum, message_thread_id=thread, text="1042", reply_markup=CARD)
    who = {"from": ANA.id}
    await sandbox.act(f"chats/{forum}/text", text="Es viernes", reply_to=card["message_id"], **who)
    await sandbox.act(f"chats/{forum}/text", text="aside", topic=thread, **who)
    await sandbox.act(f"chats/{forum}/text", text="elsewhere", **who)
    answer, aside, elsewhere = [one["message"] for one in await news(sandbox)]
    assert answer["message_thread_id"] == thread
    assert answer["reply_to_message"]["reply_markup"] == CARD
    assert "reply_to_message" not in answer["reply_to_message"]
    assert aside["reply_to_message"]["forum_topic_created"]["name"] == "Español"
    assert aside["reply_to_message"]["message_id"] == thread
    assert "message_thread_id" not in elsewhere
    assert "reply_to_message" not in elsewhere


async def test_an_answer_to_a_deleted_message_quotes_nothing(sandbox: Sandbox, forum: int) -> None:
    card = await sandbox.result("sendMessage", chat_id=forum, text="1042")
    await sandbox.result("deleteMessage", chat_id=forum, message_id=card["message_id"])
    await sandbox.act(f"chats/{forum}/text", text="done", reply_to=card["message_id"], **{"from": ANA.id})
    [update] = await news(sandbox)
    assert "reply_to_message" not in update["message"]
    status, _ = await sandbox.tried(f"chats/{forum}/text", text="x", reply_to=10**9, **{"from": ANA.id})
    assert status == 400
    own = await sandbox.act(f"chats/{forum}/text", text="oops", **{"from": ANA.id})
    await sandbox.act(f"chats/{forum}/delete", message_id=own["message_id"])
    assert own["message_id"] not in sandbox.world.chats[forum].messages


async def test_who_is_not_in_the_group_neither_speaks_nor_taps_unless_forged(sandbox: Sandbox, forum: int) -> None:
    card = await sandbox.result("sendMessage", chat_id=forum, text="1042", reply_markup=CARD)
    tapped = {"message_id": card["message_id"], "data": "sd:o:1042", "from": EMMA.id}
    for act, body in (("text", {"text": "x", "from": EMMA.id}), ("tap", tapped)):
        status, refused = await sandbox.tried(f"chats/{forum}/{act}", **body)
        assert (status, "not in the group" in refused["error"]) == (400, True)
    await sandbox.act(f"chats/{forum}/tap", **tapped, forged=True)
    await sandbox.act(f"chats/{forum}/members", add=[EMMA.id], **{"from": ANA.id})
    await sandbox.act(f"chats/{forum}/tap", **tapped)
    forged, joined, tap = await news(sandbox)
    assert forged["callback_query"]["from"]["id"] == tap["callback_query"]["from"]["id"] == EMMA.id
    assert joined["message"]["new_chat_members"][0]["id"] == EMMA.id
    await sandbox.act(f"chats/{forum}/members", remove=[EMMA.id])
    [left] = await news(sandbox)
    assert left["message"]["left_chat_member"]["id"] == EMMA.id


async def test_a_plain_member_hears_only_what_is_meant_for_it(sandbox: Sandbox, forum: int) -> None:
    await sandbox.act("groups", id=forum, title="Desk", members=[ANA.id], forum=True, administrator=False)
    name = sandbox.world.bot.username
    mine = (await sandbox.result("sendMessage", chat_id=forum, text="mine"))["message_id"]
    for text in ("good morning", "/desk", f"/desk@{name}", "/desk@another_bot"):
        await sandbox.act(f"chats/{forum}/text", text=text, **{"from": ANA.id})
    await sandbox.act(f"chats/{forum}/text", text="an answer", reply_to=mine, **{"from": ANA.id})
    await sandbox.act(f"chats/{forum}/members", add=[EMMA.id])
    heard = [one["message"].get("text", "joined") for one in await news(sandbox)]
    assert heard == ["/desk", f"/desk@{name}", "an answer", "joined"]


async def test_the_bot_is_told_what_it_is_in_a_group(sandbox: Sandbox) -> None:
    await sandbox.started()
    await news(sandbox)
    who = {"from": ANA.id}
    await sandbox.act("groups", id=-5, title="Desk", members=[ANA.id], **who)
    await sandbox.act("chats/-5/block", **who)
    status, body = await sandbox.call("sendMessage", chat_id=-5, text="hi")
    assert (status, body["description"]) == (403, "Forbidden: bot was kicked from the group chat")
    await sandbox.act("chats/-5/unblock", **who)
    changes = [one["my_chat_member"] for one in await news(sandbox)]
    steps = [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes]
    assert steps == [("left", "administrator"), ("administrator", "kicked"), ("kicked", "member")]
    member = await sandbox.result("getChatMember", chat_id=-5, user_id=sandbox.world.bot.id)
    assert member["status"] == "member"


async def test_a_group_takes_twenty_messages_a_minute(sandbox: Sandbox, forum: int) -> None:
    await sandbox.act("options", limits=True)
    answers = [(await sandbox.call("sendMessage", chat_id=forum, text="card"))[0] for _ in range(21)]
    assert answers == [200] * 20 + [429]


async def test_a_voice_goes_out_as_voice_and_anything_else_as_a_document(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    assert "voice" in await sandbox.result("sendVoice", chat_id=chat, voice=OGG)
    sent = await sandbox.result("sendVoice", chat_id=chat, voice=picture(), reply_markup=CARD)
    assert ("voice" in sent, "document" in sent) == (False, True)
    _, body = await sandbox.call("sendVoice", chat_id=chat)
    assert body["description"] == "Bad Request: there is no voice in the request"
