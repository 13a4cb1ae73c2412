"""Fifty and more calls that Telegram takes, and as many that it refuses, each with the source that says so."""

from typing import Any

import pytest

from bot.sandbox.model import Options
from bot.sandbox.refusals import RULES
from tests.support.sandbox import ANA, EMMA, Sandbox, picture, running_sandbox

BUTTON = {"text": "Go", "callback_data": "go"}
KEYS = {"keyboard": [[{"text": "Share", "request_contact": True}], ["Plain"]], "resize_keyboard": True}
CHAT = ANA.id
PHOTO, PLAIN, DOCUMENT, OWN = "$photo", "$plain", "$document", "$own"  # message ids; file_ids with $file_


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


def say(text: str = "hi", **more: Any) -> tuple[str, dict[str, Any]]:
    return "sendMessage", {"chat_id": CHAT, "text": text, **more}


def edit(**more: Any) -> tuple[str, dict[str, Any]]:
    return "editMessageText", {"chat_id": CHAT, "message_id": PLAIN, "text": "new", **more}


def photo(**more: Any) -> tuple[str, dict[str, Any]]:
    return "sendPhoto", {"chat_id": CHAT, "photo": picture(), **more}


def commands(*pairs: tuple[str, str], **more: Any) -> tuple[str, dict[str, Any]]:
    return "setMyCommands", {"commands": [{"command": c, "description": d} for c, d in pairs], **more}


RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("getMe", {}),
    ("getme", {}),  # the name's case does not matter
    ("getUpdates", {"timeout": 0}),
    ("getUpdates", {"offset": -1, "limit": 1, "allowed_updates": ["message", "callback_query"]}),
    ("getWebhookInfo", {}),
    ("deleteWebhook", {"drop_pending_updates": True}),
    ("setWebhook", {"url": "https://example.org:8443/hook", "secret_token": "a_B-9"}),
    ("setWebhook", {"url": "http://127.0.0.1:9/hook"}),  # as a local Bot API server allows
    ("setWebhook", {"url": ""}),
    say(),
    say("x" * 4096),
    say("<b>" + "x" * 4096 + "</b>", parse_mode="HTML"),  # the limit counts what is left after parsing
    say('<a href="https://example.org">l</a> &lt;3 <tg-spoiler>s</tg-spoiler>', parse_mode="HTML"),
    say("<blockquote expandable>q</blockquote><pre><code class='language-py'>1</code></pre>", parse_mode="html"),
    say("*b* _i_ __u__ ~s~ ||h|| `c` [l](https://example.org) 1\\.5", parse_mode="MarkdownV2"),
    say("*b* _i_ `c`", parse_mode="Markdown"),
    say("bold", entities=[{"type": "bold", "offset": 0, "length": 4}]),
    say("مرحبا 🌍 <&>"),
    say(reply_markup=inline(BUTTON)),
    say(reply_markup=inline({"text": "Go", "callback_data": "x" * 64})),
    say(reply_markup=inline({"text": "Site", "url": "https://example.org/a?b=c"})),
    say(reply_markup=inline({"text": "App", "web_app": {"url": "https://example.org"}})),
    say(reply_markup=inline({"text": "Copy", "copy_text": {"text": "code"}})),
    say(reply_markup=inline({"text": "Resign", "callback_data": "r", "style": "danger"})),
    say(reply_markup={"inline_keyboard": [[BUTTON] * 5] * 20}),
    say(reply_markup={"inline_keyboard": []}),
    say(reply_markup=KEYS),
    say(reply_markup={"remove_keyboard": True}),
    say(reply_markup={"force_reply": True, "input_field_placeholder": "Your answer"}),
    say(reply_parameters={"message_id": PLAIN}),
    say(reply_parameters={"message_id": 999999, "allow_sending_without_reply": True}),
    say(disable_notification=True, protect_content=True, link_preview_options={"is_disabled": True}),
    ("sendMessage", {"chat_id": str(CHAT), "text": "a number as text"}),
    photo(),
    photo(caption="c" * 1024),
    photo(photo="$file_photo", caption="<i>again</i>", parse_mode="HTML"),
    photo(reply_markup='{"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}'),
    ("sendDocument", {"chat_id": CHAT, "document": b"a,b\n", "caption": "list"}),
    ("sendDocument", {"chat_id": CHAT, "document": "$file_document"}),
    ("sendChatAction", {"chat_id": CHAT, "action": "upload_photo"}),
    edit(),
    edit(reply_markup=inline(BUTTON)),
    ("editMessageReplyMarkup", {"chat_id": CHAT, "message_id": PLAIN, "reply_markup": inline(BUTTON)}),
    ("editMessageCaption", {"chat_id": CHAT, "message_id": PHOTO, "caption": "other"}),
    ("editMessageMedia", {"chat_id": CHAT, "message_id": PHOTO, "media": {"type": "photo", "media": "$file_other"}}),
    ("editMessageMedia", {"chat_id": CHAT, "message_id": PLAIN, "media": {"type": "photo", "media": "$file_other"}}),
    ("deleteMessage", {"chat_id": CHAT, "message_id": PLAIN}),
    ("deleteMessages", {"chat_id": CHAT, "message_ids": [PLAIN, PHOTO, 999999]}),
    ("copyMessage", {"chat_id": CHAT, "from_chat_id": CHAT, "message_id": PHOTO, "caption": "copy"}),
    ("forwardMessage", {"chat_id": CHAT, "from_chat_id": CHAT, "message_id": OWN}),
    ("pinChatMessage", {"chat_id": CHAT, "message_id": PLAIN}),
    ("setMessageReaction", {"chat_id": CHAT, "message_id": OWN, "reaction": [{"type": "emoji", "emoji": "👍"}]}),
    ("getChat", {"chat_id": CHAT}),
    ("getFile", {"file_id": "$file_photo"}),
    commands(("start", "Begin"), ("gauges", "Your four gauges")),
    commands(("start", "Empezar"), language_code="es", scope={"type": "all_private_chats"}),
    commands(("queue", "Tickets"), scope={"type": "chat", "chat_id": CHAT}),
    ("getMyCommands", {"language_code": "es"}),
    ("deleteMyCommands", {"scope": {"type": "all_private_chats"}}),
    ("setMyName", {"name": "Upline", "language_code": "de"}),
    ("setMyDescription", {"description": "d" * 512}),
    ("setMyShortDescription", {"short_description": "s" * 120}),
    ("getMyShortDescription", {}),
    ("setChatMenuButton", {"chat_id": CHAT, "menu_button": {"type": "commands"}}),
    ("setChatMenuButton", {"menu_button": {"type": "web_app", "text": "Open", "web_app": {"url": "https://a.org"}}}),
    ("getChatMenuButton", {"chat_id": CHAT}),
]

WRONG: list[tuple[str, tuple[str, dict[str, Any]]]] = [
    ("method_unknown", ("sendMesage", {"chat_id": CHAT, "text": "hi"})),
    ("method_not_played", ("sendDice", {"chat_id": CHAT})),
    ("chat_id_empty", ("sendMessage", {"text": "hi"})),
    ("text_empty", ("sendMessage", {"chat_id": CHAT})),
    ("text_empty", say(" \n ")),
    ("text_empty", say("<b> </b>", parse_mode="HTML")),
    ("text_too_long", say("x" * 4097)),
    ("field_wrong_type", say(disable_notification="perhaps")),
    ("field_wrong_type", ("sendMessage", {"chat_id": {"id": CHAT}, "text": "hi"})),
    ("field_wrong_type", say(reply_markup="no object")),
    ("field_wrong_type", say(reply_markup={"inline_keyboard": [BUTTON]})),  # rows are arrays of arrays
    ("field_wrong_type", say(reply_markup=inline({"text": "Go", "callback_data": 5}))),
    ("field_missing", say(reply_markup=inline({"callback_data": "go"}))),
    ("field_missing", say(entities=[{"type": "bold", "offset": 0}])),
    ("chat_not_found", ("sendMessage", {"chat_id": 42, "text": "hi"})),
    ("chat_not_found", ("sendMessage", {"chat_id": "@nobody", "text": "hi"})),
    ("never_started", ("sendMessage", {"chat_id": EMMA.id, "text": "hi"})),
    ("parse_mode_unknown", say(parse_mode="BBCode")),
    ("entities_broken", say("<b>open", parse_mode="HTML")),
    ("entities_broken", say("<b>crossed</i>", parse_mode="HTML")),
    ("entities_broken", say("1 < 2", parse_mode="HTML")),
    ("entities_broken", say("<h1>no such tag</h1>", parse_mode="HTML")),
    ("entities_broken", say("<span>no class</span>", parse_mode="HTML")),
    ("entities_broken", say("</b>", parse_mode="HTML")),
    ("entities_broken", say("1.5", parse_mode="MarkdownV2")),
    ("entities_broken", say("*open", parse_mode="MarkdownV2")),
    ("entities_broken", say("snake_case", parse_mode="Markdown")),
    ("entity_bounds", say("short", entities=[{"type": "bold", "offset": 3, "length": 9}])),
    ("button_without_action", say(reply_markup=inline({"text": "Go"}))),
    ("button_two_actions", say(reply_markup=inline({**BUTTON, "url": "https://example.org"}))),
    ("button_text_empty", say(reply_markup=inline({"text": " ", "callback_data": "go"}))),
    ("button_data_invalid", say(reply_markup=inline({"text": "Go", "callback_data": "é" * 33}))),  # 66 bytes
    ("button_data_invalid", say(reply_markup=inline({"text": "Go", "callback_data": ""}))),
    ("button_url_invalid", say(reply_markup=inline({"text": "Go", "url": "javascript:alert(1)"}))),
    ("button_web_app_invalid", say(reply_markup=inline({"text": "Go", "web_app": {"url": "http://a.org"}}))),
    ("button_style_invalid", say(reply_markup=inline({**BUTTON, "style": "loud"}))),
    ("button_copy_text_invalid", say(reply_markup=inline({"text": "Go", "copy_text": {"text": ""}}))),
    ("markup_too_long", say(reply_markup={"inline_keyboard": [[BUTTON]] * 101})),
    ("markup_too_long", say(reply_markup={"inline_keyboard": [[{"text": "x" * 200, "callback_data": "d"}]] * 60})),
    ("key_text_empty", say(reply_markup={"keyboard": [[{"text": ""}]]})),
    ("placeholder_too_long", say(reply_markup={"force_reply": True, "input_field_placeholder": "x" * 65})),
    ("reply_not_found", say(reply_parameters={"message_id": 999999})),
    ("not_modified", edit(text="plain")),
    ("edit_not_found", edit(message_id=999999)),
    ("edit_impossible", edit(message_id=OWN)),
    ("edit_no_text", edit(message_id=PHOTO)),
    ("edit_id_missing", ("editMessageText", {"text": "new"})),
    ("edit_no_caption", ("editMessageCaption", {"chat_id": CHAT, "message_id": PLAIN, "caption": "c"})),
    ("not_modified", ("editMessageReplyMarkup", {"chat_id": CHAT, "message_id": PLAIN})),
    (
        "not_modified",
        (
            "editMessageMedia",
            {
                "chat_id": CHAT,
                "message_id": PHOTO,
                "media": {"type": "photo", "media": "$file_photo", "caption": "cap"},
            },
        ),
    ),
    (
        "media_invalid",
        ("editMessageMedia", {"chat_id": CHAT, "message_id": PHOTO, "media": {"type": "slide", "media": "x"}}),
    ),
    ("caption_too_long", photo(caption="c" * 1025)),
    ("photo_missing", ("sendPhoto", {"chat_id": CHAT})),
    ("photo_missing", photo(photo="attach://nothing")),
    ("document_missing", ("sendDocument", {"chat_id": CHAT})),
    ("file_empty", photo(photo=b"")),
    ("image_broken", photo(photo=b"not a picture")),
    ("photo_dimensions", photo(photo=picture(2100, 100))),  # more than 20 to 1
    ("photo_dimensions", photo(photo=picture(9990, 600))),  # sides of more than 10,000 together
    ("file_id_wrong", photo(photo="AgACAgInonsense")),
    ("file_url_refused", photo(photo="https://example.org/a.png")),
    ("media_kind_wrong", photo(photo="$file_document")),
    ("action_unknown", ("sendChatAction", {"chat_id": CHAT, "action": "thinking"})),
    ("query_too_old", ("answerCallbackQuery", {"callback_query_id": "1"})),
    ("answer_too_long", ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201})),
    ("delete_not_found", ("deleteMessage", {"chat_id": CHAT, "message_id": 999999})),
    ("delete_too_many", ("deleteMessages", {"chat_id": CHAT, "message_ids": list(range(101))})),
    ("copy_not_found", ("copyMessage", {"chat_id": CHAT, "from_chat_id": CHAT, "message_id": 999999})),
    ("forward_not_found", ("forwardMessage", {"chat_id": CHAT, "from_chat_id": CHAT, "message_id": 999999})),
    ("pin_not_found", ("pinChatMessage", {"chat_id": CHAT, "message_id": 999999})),
    ("react_not_found", ("setMessageReaction", {"chat_id": CHAT, "message_id": 999999})),
    (
        "reaction_invalid",
        ("setMessageReaction", {"chat_id": CHAT, "message_id": OWN, "reaction": [{"type": "emoji", "emoji": "🚜"}]}),
    ),
    ("file_unknown", ("getFile", {"file_id": "nonsense"})),
    ("chat_not_found", ("getChat", {"chat_id": 42})),
    ("command_invalid", commands(("Start", "Capital letters"))),
    ("command_invalid", commands(("x" * 33, "Too long"))),
    ("command_description_empty", commands(("start", ""))),
    ("command_description_invalid", commands(("start", "x" * 257))),
    ("commands_too_many", commands(*[(f"c{n}", "d") for n in range(101)])),
    ("language_invalid", commands(("start", "Empezar"), language_code="pt-br")),  # two letters only
    ("field_wrong_type", commands(("start", "d"), scope={"type": "everybody"})),
    ("name_too_long", ("setMyName", {"name": "n" * 65})),
    ("description_too_long", ("setMyDescription", {"description": "d" * 513})),
    ("short_description_too_long", ("setMyShortDescription", {"short_description": "s" * 121})),
    (
        "menu_button_invalid",
        ("setChatMenuButton", {"menu_button": {"type": "web_app", "text": "x", "web_app": {"url": "http://a.org"}}}),
    ),
    ("webhook_https", ("setWebhook", {"url": "http://example.org/hook"})),
    ("webhook_port", ("setWebhook", {"url": "https://example.org:9000/hook"})),
    ("webhook_bad_characters", ("setWebhook", {"url": "https://example.org/hook", "secret_token": "not allowed!"})),
    ("webhook_connections", ("setWebhook", {"url": "https://example.org/hook", "max_connections": 101})),
]


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
