"""MarkdownV2 style as the Bot API documents it, and its legacy forerunner."""

import re
from dataclasses import dataclass

from bot.sandbox.entities.model import Builder, Formatted, broken, byte_offset

_RESERVED = "]()>#+-=|{}.!"
_MARKS = {"__": "underline", "||": "spoiler", "*": "bold", "_": "italic", "~": "strikethrough"}
_NAMES = {"underline": "Underline", "spoiler": "Spoiler", "bold": "Bold", "italic": "Italic"}
_NAMES |= {"strikethrough": "Strikethrough", "text_link": "TextUrl"}


@dataclass
class _Open:
    kind: str
    offset: int
    at: int


def parse_markdown_v2(source: str) -> Formatted:
    """Plain text and entities of MarkdownV2-style text.

    Raises:
        Refusal: a reserved character without its backslash, or an entity without an end.
    """
    reader = _Reader(source)
    while reader.at < len(source):
        reader.step()
    reader.end_quote()
    if reader.stack:
        last = reader.stack[-1]
        raise broken(f"Can't find end of {_NAMES[last.kind]} entity at byte offset {byte_offset(source, last.at)}")
    return reader.builder.done()


class _Reader:
    """Walks through MarkdownV2 once; `at` is the next character."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.builder = Builder()
        self.stack: list[_Open] = []
        self._quote: int | None = None

    def step(self) -> None:
        character = self.source[self.at]
        line_start = self.at == 0 or self.source[self.at - 1] == "\n"
        if character == "\\" and self.at + 1 < len(self.source) and ord(self.source[self.at + 1]) < 127:
            self.builder.add(self.source[self.at + 1])
            self.at += 2
        elif line_start and self._starts_quote():
            return
        elif character == "`":
            self._code()
        elif character == "[":
            self._open("text_link", 1)
        elif character == "]" and self.stack and self.stack[-1].kind == "text_link":
            self._link()
        elif mark := self._mark():
            self._toggle(mark)
        elif character in _RESERVED:
            raise broken(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        else:
            self.builder.add(character)
            self.at += 1

    def _mark(self) -> str:
        pair = self.source[self.at : self.at + 2]
        if pair in _MARKS:
            inner = self.stack[-1].kind if self.stack else ""
            return "_" if pair == "__" and inner == "italic" and self.source[self.at : self.at + 3] == "___" else pair
        return pair[0] if pair[0] in _MARKS else ""

    def _toggle(self, mark: str) -> None:
        kind = _MARKS[mark]
        if self.stack and self.stack[-1].kind == kind:
            self.builder.close(self.stack.pop().offset, kind)
            self.at += len(mark)
        else:
            self._open(kind, len(mark))

    def _open(self, kind: str, length: int) -> None:
        self.stack.append(_Open(kind, self.builder.length, self.at))
        self.at += length

    def _link(self) -> None:
        opened = self.stack.pop()
        target = re.compile(r"\]\(((?:\\.|[^)\\])*)\)").match(self.source, self.at)
        if target:
            url = re.sub(r"\\(.)", r"\1", target[1])
            self.builder.close(opened.offset, "text_link", url=url)
            self.at = target.end()
            return
        if self.source.startswith("](", self.at):
            raise broken(f"Can't find end of a URL at byte offset {byte_offset(self.source, self.at + 2)}")
        self.at += 1

    def _code(self) -> None:
        fence = "```" if self.source.startswith("```", self.at) else "`"
        start = self.at + len(fence)
        body = re.compile(r"((?:\\.|(?!" + fence + r")[^\\]|\\$)*)" + fence, re.DOTALL).match(self.source, start)
        if body is None:
            name = "Pre" if fence == "```" else "Code"
            raise broken(f"Can't find end of {name} entity at byte offset {byte_offset(self.source, self.at)}")
        text = re.sub(r"\\([\\`])", r"\1", body[1])
        offset = self.builder.length
        language = re.match(r"([^\s`]+)\n", text) if fence == "```" else None
        self.builder.add(text[language.end() :] if language else text.removeprefix("\n") if fence == "```" else text)
        extra = {"language": language[1]} if language else {}
        self.builder.close(offset, "pre" if fence == "```" else "code", **extra)
        self.at = body.end()

    def _starts_quote(self) -> bool:
        """Handles the `>` of a quoted line; a line without it ends the quotation."""
        if self.source[self.at] == ">":
            self._quote = self.builder.length if self._quote is None else self._quote
            self.at += 1
            return True
        if self._quote is not None:
            self.end_quote()
        return False

    def end_quote(self) -> None:
        """Close the quotation that is open, if any."""
        if self._quote is not None:
            self.builder.close(self._quote, "blockquote")
            self._quote = None


_LEGACY = {"*": "bold", "_": "italic", "`": "code"}


def parse_markdown(source: str) -> Formatted:
    """Plain text and entities of legacy Markdown: no nesting, few escapes.

    Raises:
        Refusal: an entity without an end.
    """
    builder = Builder()
    at = 0
    while at < len(source):
        character = source[at]
        if character == "\\" and source[at + 1 : at + 2] in ("_", "*", "`", "["):
            builder.add(source[at + 1])
            at += 2
        elif character == "[" and (link := re.compile(r"\[([^\]]*)\]\(([^)]*)\)").match(source, at)):
            offset = builder.length
            builder.add(link[1])
            builder.close(offset, "text_link", url=link[2])
            at = link.end()
        elif character in _LEGACY:
            at = _legacy_entity(source, at, builder)
        else:
            builder.add(character)
            at += 1
    return builder.done()


def _legacy_entity(source: str, at: int, builder: Builder) -> int:
    fence = "```" if source.startswith("```", at) else source[at]
    end = source.find(fence, at + len(fence))
    if end < 0:
        raise broken(f"Can't find end of the entity starting at byte offset {byte_offset(source, at)}")
    offset = builder.length
    builder.add(source[at + len(fence) : end])
    builder.close(offset, "pre" if fence == "```" else _LEGACY[fence])
    return end + len(fence)
