"""Fifty and more calls that Telegram takes, and as many that it refuses, each with the source that says so."""

from typing import Any

import pytest

from bot.sandbox.model import Options
from bot.sandbox.refusals import RULES
from tests.bot.sandbox.calls import DOCUMENT, OWN, PHOTO, PLAIN
from tests.bot.sandbox.right_calls import RIGHT
from tests.bot.sandbox.wrong_calls import WRONG
from tests.support.sandbox import ANA, EMMA, Sandbox, picture, running_sandbox


async def furnished(sandbox: Sandbox) -> dict[str, Any]:
    """A chat with a text, a photo and a document of the bot, and a text of the person."""
    await sandbox.act("users", id=EMMA.id)
    chat = await sandbox.started()
    own = await sandbox.act(f"chats/{chat}/text", text="hello")
    plain = await sandbox.result("sendMessage", chat_id=chat, text="plain")
    shown = await sandbox.result("sendPhoto", chat_id=chat, photo=picture(colour="red"), caption="cap")
    paper = await sandbox.result("sendDocument", chat_id=chat, document=b"x,y\n")
    other = await sandbox.result("sendPhoto", chat_id=chat, photo=picture(colour="blue"))
    return {
        OWN: own["message_id"],
        PLAIN: plain["message_id"],
        PHOTO: shown["message_id"],
        DOCUMENT: paper["message_id"],
        "$file_photo": shown["photo"][-1]["file_id"],
        "$file_other": other["photo"][-1]["file_id"],
        "$file_document": paper["document"]["file_id"],
    }


def placed(value: Any, facts: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: placed(member, facts) for name, member in value.items()}
    if isinstance(value, list):
        return [placed(member, facts) for member in value]
    return facts.get(value, value) if isinstance(value, str) else value


def label(case: Any) -> str | None:
    return f"{case[0]}" if isinstance(case, tuple) else None


@pytest.mark.parametrize("call", RIGHT, ids=label)
async def test_right_call_is_taken_without_a_fault(sandbox: Sandbox, call: tuple[str, dict[str, Any]]) -> None:
    method, params = call
    facts = await furnished(sandbox)
    status, body = await sandbox.call(method, **placed(params, facts))
    assert (status, body["ok"]) == (200, True), body
    report = await sandbox.look("faults")
    assert report["by_rule"] == {}


@pytest.mark.parametrize(("rule", "call"), WRONG, ids=label)
async def test_wrong_call_is_refused_with_its_source(
    sandbox: Sandbox, rule: str, call: tuple[str, dict[str, Any]]
) -> None:
    method, params = call
    facts = await furnished(sandbox)
    status, body = await sandbox.call(method, **placed(params, facts))
    assert not body["ok"]
    assert (status, body["error_code"]) == (RULES[rule].status, RULES[rule].status), body
    report = await sandbox.look("faults")
    if RULES[rule].fault:
        assert [fault["rule"] for fault in report["faults"]] == [rule]
        assert report["faults"][0]["source"].startswith(("api.json#", "https://"))
    else:
        assert report["total"] == 0, "what people do is no fault of the bot"


def test_table_holds_fifty_of_each() -> None:
    assert len(RIGHT) >= 50
    assert len(WRONG) >= 50


async def test_wording_is_telegrams_own(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    wordings = {
        "<b>x</i>": "Bad Request: can't parse entities: "
        'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        "": "Bad Request: message text is empty",
        "é<x>": 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 2',
    }
    for text, wording in wordings.items():
        _, body = await sandbox.call("sendMessage", chat_id=chat, text=text, parse_mode="HTML")
        assert body == {"ok": False, "error_code": 400, "description": wording}


async def test_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    sandbox.world.token = "1:other"
    right = sandbox.base + "/bot7000000001:wrong/getMe"
    async with sandbox._session.get(right) as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")


async def test_unknown_field_passes_and_is_counted_but_strict_mode_refuses_it() -> None:
    async with running_sandbox(Options()) as sandbox:
        chat = await sandbox.started()
        await sandbox.result("sendMessage", chat_id=chat, text="hi", colour="red")
        [fault] = (await sandbox.look("faults"))["faults"]
        assert (fault["rule"], fault["source"]) == ("field_unknown", "api.json#methods.sendMessage.colour")
        await sandbox.act("options", strict=True)
        status, body = await sandbox.call("sendMessage", chat_id=chat, text="hi", colour="red")
        assert (status, body["description"]) == (400, 'Bad Request: sandbox is strict: unknown field "colour"')


async def test_upload_over_the_limit_is_413_and_a_photo_has_its_own() -> None:
    async with running_sandbox(Options(upload_bytes_max=100_000, photo_bytes_max=2_000)) as sandbox:
        chat = await sandbox.started()
        status, body = await sandbox.call("sendDocument", chat_id=chat, document=b"x" * 1_200_000)
        assert (status, body["description"]) == (413, "Request Entity Too Large")
        status, body = await sandbox.call("sendPhoto", chat_id=chat, photo=picture() + b"x" * 2_000)
        assert status == 400
        assert body["description"].endswith("is too big for a photo; the maximum size is 2000 bytes")


@pytest.mark.parametrize("payload", ["x" * 65, "white space", "ünder"])
async def test_start_payload_is_short_and_plain(sandbox: Sandbox, payload: str) -> None:
    await sandbox.act("users", id=ANA.id)
    status, body = await sandbox.tried(f"chats/{ANA.id}/start", payload=payload)
    assert status == 400
    assert body["source"].endswith("features#deep-linking")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: str(rule.name))
def test_every_refusal_names_its_source(rule: Any) -> None:
    assert rule.source.startswith(("api.json", "https://core.telegram.org/bots", "https://github.com/tginfo"))
