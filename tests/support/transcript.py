"""A conversation as text, for people to read and for tests to compare."""

from typing import Any

FILES = ("photo", "voice", "video", "audio", "sticker", "document")


def transcript(messages: list[dict[str, Any]], bot_id: int) -> str:
    """Messages of a chat as the sandbox keeps them, oldest first, with pictures and buttons.

    A line of the person begins with "> "; buttons stand in brackets, a row a line.
    """
    return "\n\n".join(_message(message, bot_id) for message in messages) + "\n"


def _message(message: dict[str, Any], bot_id: int) -> str:
    return told(message) if message["from"]["id"] == bot_id else f"> {_said(message)}"


def told(message: dict[str, Any]) -> str:
    """One message of the bot: picture, text, buttons."""
    picture = ["(picture)"] if "photo" in message else []
    text = message.get("text", message.get("caption", ""))
    return "\n".join([*picture, _bold(text, message), *_buttons(message.get("reply_markup") or {})])


def _said(message: dict[str, Any]) -> str:
    if "contact" in message:
        return f"(contact {message['contact']['phone_number']})"
    kind = next((kind for kind in FILES if kind in message), None)
    if kind is not None:
        return f"({kind}) {message.get('caption', '')}".rstrip()
    return str(message.get("text", "(something else)"))


def _bold(text: str, message: dict[str, Any]) -> str:
    """Bold parts in asterisks, so that a reader sees what stands out."""
    units = text.encode("utf-16-le")
    entities = message.get("entities", message.get("caption_entities", []))
    marks = [entity for entity in entities if entity["type"] == "bold"]
    for entity in sorted(marks, key=lambda entity: -int(entity["offset"])):
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        star = "*".encode("utf-16-le")
        units = units[:start] + star + units[start:end] + star + units[end:]
    return units.decode("utf-16-le")


def _buttons(markup: dict[str, Any]) -> list[str]:
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return ["".join(f"[{button['text']}]" for button in row) for row in rows]
