"""HTML style as the Bot API documents it."""

import re
from dataclasses import dataclass

from bot.sandbox.entities.model import Builder, Formatted, broken, byte_offset

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot);|&#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));")
_ATTRIBUTE = re.compile(r"""\s+([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[a-zA-Z0-9.\-:/]+))?""")


@dataclass
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int
    at: int


def parse_html(source: str) -> Formatted:
    """Plain text and entities of HTML-style text.

    Raises:
        Refusal: a tag that Telegram does not know, or tags that do not match.
    """
    builder = Builder()
    stack: list[_Open] = []
    position = 0
    while position < len(source):
        if source.startswith("</", position):
            position = _close(source, position, stack, builder)
        elif source[position] == "<":
            position = _open(source, position, stack, builder)
        else:
            end = source.find("<", position)
            end = len(source) if end < 0 else end
            builder.add(_unescaped(source[position:end]))
            position = end
    if stack:
        raise broken(f'Can\'t find end tag corresponding to start tag "{stack[-1].name}"')
    return builder.done()


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal = match.groups()
    if hexadecimal is None and decimal is None:
        return _NAMED[match[0]]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]


def _open(source: str, at: int, stack: list[_Open], builder: Builder) -> int:
    where = byte_offset(source, at)
    match = re.compile(r"[^\s>]*").match(source, at + 1)
    assert match is not None, "a pattern that may be empty always matches"
    name = match[0].lower()
    position = match.end()
    if position >= len(source):
        raise broken(f"Unclosed start tag at byte offset {where}")
    if name not in KINDS:
        raise broken(f'Unsupported start tag "{name}" at byte offset {where}')
    attributes = {}
    while attribute := _ATTRIBUTE.match(source, position):
        attributes[attribute[1].lower()] = _unescaped((attribute[2] or "").strip("\"'"))
        position = attribute.end()
    tail = re.compile(r"\s*>").match(source, position)
    if tail is None:
        raise broken(f"Unclosed start tag at byte offset {where}")
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise broken(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    stack.append(_Open(name, attributes, builder.length, at))
    return tail.end()


def _close(source: str, at: int, stack: list[_Open], builder: Builder) -> int:
    where = byte_offset(source, at)
    match = re.compile(r"</([^\s>]*)\s*>").match(source, at)
    if not stack:
        raise broken(f"Unexpected end tag at byte offset {where}")
    if match is None:
        raise broken(f"Unclosed end tag at byte offset {where}")
    tag = stack.pop()
    if match[1] and match[1].lower() != tag.name:
        found = match[1].lower()
        raise broken(f'Unmatched end tag at byte offset {where}, expected "</{tag.name}>", found "</{found}>"')
    _mark(tag, stack, builder)
    return match.end()


def _mark(tag: _Open, stack: list[_Open], builder: Builder) -> None:
    if tag.name == "a":
        url = tag.attributes.get("href") or builder.since(tag.offset)
        if url.startswith(("http://", "https://", "tg://", "mailto:")) or "." in url:
            builder.close(tag.offset, "text_link", url=url)
    elif tag.name == "code" and stack and stack[-1].name == "pre" and stack[-1].offset == tag.offset:
        language = tag.attributes.get("class", "").removeprefix("language-")
        stack[-1].attributes["language"] = language
    elif tag.name == "pre" and tag.attributes.get("language"):
        builder.close(tag.offset, "pre", language=tag.attributes["language"])
    elif tag.name == "blockquote" and "expandable" in tag.attributes:
        builder.close(tag.offset, "expandable_blockquote")
    elif tag.name == "tg-emoji":
        builder.close(tag.offset, "custom_emoji", custom_emoji_id=tag.attributes.get("emoji-id", ""))
    else:
        builder.close(tag.offset, KINDS[tag.name])
