"""Words to write Bot API calls with; names that begin with $ are placed when the chat is furnished."""

from typing import Any

from tests.support.sandbox import ANA, picture

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
