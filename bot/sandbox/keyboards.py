"""Checks reply markups as Telegram does, beyond what the specification's types say."""

import json
from urllib.parse import urlsplit

from bot.sandbox.model import Json
from bot.sandbox.refusals import refuse

BUTTONS_MAX = 100
BYTES_MAX = 10 * 1024
DATA_BYTES_MAX = 64
_PLAIN = {"text", "icon_custom_emoji_id", "style"}
_STYLES = {"danger", "success", "primary"}


def check_markup(markup: Json, *, private: bool) -> Json:
    """The markup, when Telegram would take it.

    Args:
        private: whether it goes to a private chat, where more is allowed.
    """
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    if sum(len(row) for row in rows) > BUTTONS_MAX or len(json.dumps(markup, ensure_ascii=False).encode()) > BYTES_MAX:
        raise refuse("markup_too_long")
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_inline(button)
    for row in markup.get("keyboard", []):
        for key in row:
            _check_key(key, private=private)
    if len(markup.get("input_field_placeholder", "")) > 64:
        raise refuse("placeholder_too_long")
    return markup


def _check_inline(button: Json) -> None:
    actions = [name for name in button if name not in _PLAIN]
    if not button["text"].strip():
        raise refuse("button_text_empty")
    if not actions:
        raise refuse("button_without_action")
    if len(actions) > 1:
        raise refuse("button_two_actions")
    if button.get("style", "primary") not in _STYLES:
        raise refuse("button_style_invalid")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES_MAX:
        raise refuse("button_data_invalid")
    if "url" in button and not is_link(button["url"]):
        raise refuse("button_url_invalid", url=button["url"])
    if "web_app" in button and not button["web_app"]["url"].startswith("https://"):
        raise refuse("button_web_app_invalid", url=button["web_app"]["url"])
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise refuse("button_copy_text_invalid")


def _check_key(key: Json, *, private: bool) -> None:
    if not key["text"].strip():
        raise refuse("key_text_empty")
    if key.get("request_contact") and not private:
        raise refuse("key_request_private_only")


def is_link(url: str) -> bool:
    """Whether Telegram would open it: http, https or tg, with a host that has a dot or is this machine."""
    parts = urlsplit(url)
    if parts.scheme == "tg":
        return True
    host = parts.hostname or ""
    local = host in ("localhost", "127.0.0.1")
    return parts.scheme in ("http", "https") and ("." in host or local) and " " not in url
