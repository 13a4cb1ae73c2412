"""What people do, what goes wrong on demand, and what the report says of it."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.flood import Flood
from bot.sandbox.model import Options
from tests.support.sandbox import ANA, EMMA, STRANGER, Sandbox, picture, running_sandbox

KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def tapped(sandbox: Sandbox, chat: int) -> str:
    """A tap on a button; returns the query's id."""
    message = await sandbox.result("sendMessage", chat_id=chat, text="tap", reply_markup=KEYBOARD)
    made = await sandbox.act(f"chats/{chat}/tap", message_id=message["message_id"], data="go")
    return str(made["callback_query_id"])


async def test_people_on_offer_come_with_those_made_here(sandbox: Sandbox) -> None:
    await sandbox.act("users", id=77, first_name="Made", language_code="fr")
    people = await sandbox.look("people")
    assert [person["id"] for person in people] == [ANA.id, EMMA.id, STRANGER.id, 77]
    assert people[0]["start"] == "one-time_1"


async def test_a_chosen_language_comes_with_the_next_message(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await sandbox.act("users", id=chat, language_code="pt-br")
    said = await sandbox.act(f"chats/{chat}/text", text="oi")
    assert said["from"]["language_code"] == "pt-br"


async def test_command_is_marked_as_telegram_marks_it(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    said = await sandbox.act(f"chats/{chat}/text", text="/progress diamond")
    assert said["entities"] == [{"type": "bot_command", "offset": 0, "length": 9}]


async def test_blocked_bot_hears_of_it_and_may_not_write(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await sandbox.act(f"chats/{chat}/block")
    status, body = await sandbox.call("sendMessage", chat_id=chat, text="hi")
    assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")
    change = (await sandbox.result("getUpdates"))[-1]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    await sandbox.act(f"chats/{chat}/unblock")
    await sandbox.result("sendMessage", chat_id=chat, text="hi again")


@pytest.mark.parametrize("path", ["text", "tap", "key", "edit"])
async def test_impossible_act_is_told_apart_from_the_bots_faults(sandbox: Sandbox, path: str) -> None:
    chat = await sandbox.started()
    body = {"text": " ", "message_id": 999, "data": "go"}
    status, answer = await sandbox.tried(f"chats/{chat}/{path}", **body)
    assert status == 400
    assert answer["error"]
    assert (await sandbox.look("faults"))["total"] == 0


async def test_forged_tap_reaches_the_bot(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await sandbox.act(f"chats/{chat}/tap", message_id=1, data="pay:all", forged=True)
    assert (await sandbox.result("getUpdates"))[-1]["callback_query"]["data"] == "pay:all"


async def test_tap_shows_the_message_as_it_was(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await tapped(sandbox, chat)
    query = (await sandbox.result("getUpdates"))[-1]["callback_query"]
    assert query["message"]["reply_markup"] == KEYBOARD
    assert query["from"]["id"] == chat


async def test_group_message_carries_group_and_sender(sandbox: Sandbox) -> None:
    await sandbox.started()
    await sandbox.act("groups", id=-500, title="Staff", members=[ANA.id])
    await sandbox.act("chats/-500/text", text="hello all", **{"from": ANA.id})
    message = (await sandbox.result("getUpdates"))[-1]["message"]
    assert (message["chat"], message["from"]["id"]) == ({"id": -500, "title": "Staff", "type": "group"}, ANA.id)


async def test_given_up_account_may_never_be_written_to(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await sandbox.act(f"chats/{chat}/deactivate")
    status, body = await sandbox.call("sendMessage", chat_id=chat, text="hi")
    assert (status, body["description"]) == (403, "Forbidden: user is deactivated")


async def test_grown_group_answers_with_its_new_id(sandbox: Sandbox) -> None:
    await sandbox.act("groups", id=-500, title="Staff")
    await sandbox.act("chats/-500/migrate", to=-1000500)
    status, body = await sandbox.call("sendMessage", chat_id=-500, text="hi")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": -1000500})
    assert (await sandbox.result("sendMessage", chat_id=-1000500, text="hi"))["chat"]["title"] == "Staff"
    [leaving, arriving] = await sandbox.result("getUpdates")
    assert leaving["message"]["migrate_to_chat_id"] == -1000500
    assert arriving["message"]["migrate_from_chat_id"] == -500
    assert (await sandbox.look("faults"))["total"] == 0


async def test_contact_key_is_refused_in_groups(sandbox: Sandbox) -> None:
    await sandbox.act("groups", id=-500, title="Staff")
    keys = {"keyboard": [[{"text": "Share", "request_contact": True}]]}
    status, body = await sandbox.call("sendMessage", chat_id=-500, text="?", reply_markup=keys)
    assert (status, body["description"]) == (400, "Bad Request: phone number can be requested in private chats only")


async def test_commands_are_shown_by_scope_and_language(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await sandbox.result("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    spanish = [{"command": "start", "description": "Empezar"}]
    await sandbox.result("setMyCommands", commands=spanish, language_code="es")
    assert (await sandbox.look(f"chats/{chat}"))["commands"] == spanish  # Ana speaks Spanish
    await sandbox.act("users", id=chat, language_code="fr")
    assert (await sandbox.look(f"chats/{chat}"))["commands"][0]["description"] == "Begin"
    staff = [{"command": "queue", "description": "Tickets"}]
    await sandbox.result("setMyCommands", commands=staff, scope={"type": "chat", "chat_id": chat})
    assert (await sandbox.look(f"chats/{chat}"))["commands"] == staff


# -- taps


async def test_second_answer_to_a_tap_is_refused(sandbox: Sandbox) -> None:
    query = await tapped(sandbox, await sandbox.started())
    await sandbox.result("answerCallbackQuery", callback_query_id=query, text="ok")
    status, body = await sandbox.call("answerCallbackQuery", callback_query_id=query)
    assert (status, body["description"]) == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )


async def test_late_answer_is_refused_and_counted_once() -> None:
    async with running_sandbox(Options(callback_seconds_max=0.0)) as sandbox:
        query = await tapped(sandbox, await sandbox.started())
        await asyncio.sleep(0.01)
        assert (await sandbox.call("answerCallbackQuery", callback_query_id=query))[0] == 400
        assert (await sandbox.look("faults"))["by_rule"] == {"query_too_old": 1}


async def test_tap_left_unanswered_is_a_fault(sandbox: Sandbox) -> None:
    await tapped(sandbox, await sandbox.started())
    assert (await sandbox.look("faults"))["total"] == 0, "there is still time"
    assert (await sandbox.look("faults?all=1"))["by_rule"] == {"query_unanswered": 1}
    assert (await sandbox.look("faults?all=1"))["total"] == 1, "counted once"


# -- pace


async def test_flood_is_counted_always_and_refused_when_switched_on() -> None:
    async with running_sandbox(Options(chat_burst=2)) as sandbox:
        chat = await sandbox.started()
        for _ in range(3):
            await sandbox.result("sendMessage", chat_id=chat, text="hi")
        assert (await sandbox.look("faults"))["by_rule"] == {"flood": 1}
        await sandbox.act("options", limits=True)
        status, body = await sandbox.call("sendMessage", chat_id=chat, text="hi")
        assert (status, body["parameters"]) == (429, {"retry_after": 1})
        assert body["description"] == "Too Many Requests: retry after 1"


async def test_ignored_retry_after_is_a_fault_and_a_kept_one_is_not(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await sandbox.act("failures", method="sendMessage", kind="429", seconds=30)
    _, body = await sandbox.call("sendMessage", chat_id=chat, text="hi")
    assert body["parameters"] == {"retry_after": 30}
    await sandbox.result("sendMessage", chat_id=chat, text="hi")
    assert (await sandbox.look("faults"))["by_rule"] == {"retry_after_ignored": 1}


def test_bucket_lets_a_burst_pass_and_then_one_a_second() -> None:
    now = [0.0]
    flood = Flood(Options(chat_burst=3), lambda: now[0])
    assert [flood.wait_needed(7) for _ in range(4)] == [0, 0, 0, 1]
    now[0] += 1
    assert [flood.wait_needed(7) for _ in range(2)] == [0, 1]
    assert flood.wait_needed(8) == 0, "another chat has its own"


def test_wait_is_kept_when_the_bot_comes_after_it() -> None:
    now = [0.0]
    flood = Flood(Options(), lambda: now[0])
    flood.told_to_wait("chat 7", 5)
    now[0] = 5.0
    assert not flood.ignores_wait("chat 7")


# -- trouble on demand


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("500", 500), ("403", 403), ("502", 502)])
async def test_ordered_error_strikes_as_often_as_ordered(sandbox: Sandbox, kind: str, status: int) -> None:
    chat = await sandbox.started()
    await sandbox.act("failures", method="send*", kind=kind, count=2, seconds=0)
    url = f"{sandbox.base}/bot{sandbox.world.token}/sendMessage"
    statuses = []
    for _ in range(3):
        async with sandbox._session.post(url, json={"chat_id": chat, "text": "hi"}) as answer:
            statuses.append(answer.status)
            is_html = answer.content_type == "text/html"
        assert is_html == (kind == "502" and statuses[-1] == 502)
    assert statuses == [status, status, 200]


@pytest.mark.parametrize(("kind", "arrived"), [("reset", 0), ("reset_after", 1), ("timeout", 0), ("timeout_after", 1)])
async def test_cut_connection_strikes_before_or_after_the_effect(sandbox: Sandbox, kind: str, arrived: int) -> None:
    chat = await sandbox.started()
    await sandbox.act("failures", method="sendMessage", kind=kind, seconds=0.01)
    with pytest.raises(aiohttp.ClientError):
        await sandbox.call("sendMessage", chat_id=chat, text="once")
    messages = (await sandbox.look(f"chats/{chat}"))["messages"]
    assert len([message for message in messages if message.get("text") == "once"]) == arrived


async def test_failure_can_be_kept_to_one_chat(sandbox: Sandbox) -> None:
    ana, emma = await sandbox.started(ANA), await sandbox.started(EMMA)
    await sandbox.act("failures", method="*", kind="500", count=-1, chat_id=ana)
    assert (await sandbox.call("sendMessage", chat_id=emma, text="hi"))[0] == 200
    assert (await sandbox.call("sendMessage", chat_id=ana, text="hi"))[0] == 500


async def test_calls_are_remembered_with_their_outcome(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    await sandbox.call("sendMessage", chat_id=chat, text="")
    [call] = await sandbox.look("calls?method=sendMessage")
    assert (call["status"], call["description"]) == (400, "Bad Request: message text is empty")


async def test_form_of_a_foreign_page_is_not_taken(sandbox: Sandbox) -> None:
    await sandbox.started()
    async with sandbox._session.post(f"{sandbox.base}/sandbox/chats/{ANA.id}/text", data={"text": "x"}) as answer:
        assert answer.status == 415


async def test_waiting_look_returns_with_the_next_event(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    seq = (await sandbox.look(f"chats/{chat}"))["seq"]
    waiting = asyncio.create_task(sandbox.look(f"chats/{chat}?after={seq}&wait=20"))
    await asyncio.sleep(0.05)
    await sandbox.result("sendMessage", chat_id=chat, text="news")
    assert (await asyncio.wait_for(waiting, 5))["messages"][-1]["text"] == "news"


async def test_chats_and_files_outlive_the_process_in_a_folder(tmp_path: Path) -> None:
    async with running_sandbox(folder=tmp_path) as sandbox:
        chat = await sandbox.started()
        shown = await sandbox.result("sendPhoto", chat_id=chat, photo=picture(), caption="kept")
    async with running_sandbox(folder=tmp_path) as again:
        messages = (await again.look(f"chats/{chat}"))["messages"]
        assert messages[-1]["caption"] == "kept"
        sent = await again.result("sendPhoto", chat_id=chat, photo=shown["photo"][-1]["file_id"])
        assert sent["message_id"] > shown["message_id"]
        async with again._session.get(f"{again.base}/sandbox/files/{shown['photo'][-1]['file_id']}") as picture_file:
            assert await picture_file.read() == picture()
