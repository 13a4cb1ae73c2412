"""Entities that Telegram finds in any text by itself: commands, mentions, links, addresses, hashtags."""

import re

from bot.sandbox.entities.html import parse_html
from bot.sandbox.entities.markdown import parse_markdown, parse_markdown_v2
from bot.sandbox.entities.model import Formatted, trimmed, units
from bot.sandbox.model import Json
from bot.sandbox.refusals import refuse

_PATTERNS = (
    ("url", re.compile(r"(?:https?://|tg://|(?<![\w@.])(?:www\.|t\.me/))[^\s<>\"]*[^\s<>\".,;:!?)\]]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@])@[a-zA-Z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
)
_PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}
_KEPT_ALONE = {"code", "pre", "text_link"}


def formatted(text: str, parse_mode: str = "", entities: list[Json] | None = None) -> Formatted:
    """A message's text as Telegram stores it: parsed, trimmed, with the found entities added.

    Raises:
        Refusal: an unknown parse mode, markup that does not parse, or given entities outside the text.
    """
    if parse_mode and parse_mode.lower() not in _PARSERS:
        raise refuse("parse_mode_unknown")
    parse = _PARSERS.get(parse_mode.lower())
    result = trimmed(parse(text) if parse else Formatted(text, _within(text, entities or [])))
    result.entities = sorted(result.entities + _found(result), key=lambda e: (e["offset"], -e["length"]))
    return result


def _within(text: str, entities: list[Json]) -> list[Json]:
    length = units(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > length:
            raise refuse("entity_bounds")
    return list(entities)


def _found(text: Formatted) -> list[Json]:
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in text.entities
        if entity["type"] in _KEPT_ALONE
    ]
    found: list[Json] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text.text):
            start = units(text.text[: match.start()])
            end = start + units(match[0])
            if all(end <= begun or start >= ended for begun, ended in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return found
