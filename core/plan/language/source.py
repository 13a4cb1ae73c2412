"""TOML as nodes that know where they stand."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import spanned_toml

from core.kernel.errors import Problem
from i18n.translator import mark

Scalar = str | int | Decimal | bool | date | datetime | time


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in the file; both count from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """One value of the file. `place` is the value's own, `key` the place of the word in front of it.

    `raw` is how the file writes a text, quotes and all, so that places inside it can be told.
    """

    value: "Scalar | dict[str, Node] | list[Node]"
    place: Place
    key: Place
    raw: str = ""

    @property
    def table(self) -> "dict[str, Node] | None":
        """Its words, when it is a table."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def items(self) -> "list[Node] | None":
        """Its parts, when it is a list."""
        return self.value if isinstance(self.value, list) else None


class NotToml(Exception):
    """The text breaks TOML's own rules, so nothing in it can be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def parse(text: str) -> Node:
    """The whole file as one table.

    Raises:
        NotToml: with the one problem that stopped the reading.
    """
    source = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        document = spanned_toml.loads(source, parse_float=_decimal)
        return _Nodes(source).node(document, Place(1, 1))
    except spanned_toml.TOMLDecodeError as error:
        raise NotToml(_syntax_problem(source, str(error))) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise NotToml(Problem("plan_not_toml", line=1, column=1, facts={"reason": REASON_NUMBER})) from error
    except RecursionError as error:  # parser and reader go down one call a bracket; no honest plan nests so deep
        raise NotToml(Problem("plan_not_toml", line=1, column=1, facts={"reason": REASON_DEPTH})) from error


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all measure; a number that is none is told with its place later
        return Decimal("NaN")


@dataclass(slots=True)
class _Nodes:
    """Turns the parser's spans into lines and columns."""

    source: str
    starts: list[int] = field(init=False)
    headers: dict[str, list[int]] = field(init=False)
    """Where each `[[section]]` begins, by the last part of its name."""

    def __post_init__(self) -> None:
        self.headers = {}
        for header in HEADER.finditer(self.source):
            self.headers.setdefault(header[1], []).append(header.start() + header[0].index("["))
        self.starts = [0, *(match.end() for match in re.finditer("\n", self.source))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1)

    def node(self, spanned: Any, key: Place, word: str = "") -> Node:
        inner = spanned.inner()
        place = self.place(spanned.span().start) if spanned.span().stop else key
        if isinstance(inner, dict):
            words = {}
            for name, value in inner.items():
                words[name.inner()] = self.node(value, self.place(name.span().start), name.inner())
            return Node(words, place, key)
        if isinstance(inner, list):
            items = [self.node(item, self.item_place(item, i, word, place)) for i, item in enumerate(inner)]
            return Node(items, place, key)
        if isinstance(inner, str):
            start, stop = _opening(self.source, spanned.span()), spanned.span().stop
            return Node(inner, self.place(start), key, self.source[start:stop])
        return Node(inner, place, key)

    def item_place(self, item: Any, index: int, word: str, fallback: Place) -> Place:
        """A `[[section]]` has no span of its own: it begins at its header, the last one in front of its first word."""
        if item.span().stop:
            return self.place(item.span().start)
        first = min((key.span().start for key in item.inner()), default=None)
        if first is not None:
            return self.place(max(0, self.source.rfind("[[", 0, first)))
        headers = self.headers.get(word, [])
        return self.place(headers[index]) if index < len(headers) else fallback


def _opening(source: str, span: Any) -> int:
    """Where a text begins: the parser counts one with escapes only from the last of them on."""
    stop: int = span.stop
    if source[stop - 1] == "'":
        return int(span.start)
    quote = '"""' if source.endswith('"""', 0, stop) else '"'
    at = source.rfind(quote, 0, stop - len(quote))
    while _escaped(source, at):
        at = source.rfind(quote, 0, at + len(quote) - 1)
    while len(quote) == 3 and source[at - 1] == '"' and not _escaped(source, at - 1):
        at -= 1
    return at


def _escaped(source: str, at: int) -> bool:
    before = source[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


HEADER = re.compile(r"^[ \t]*\[\[\s*(?:[A-Za-z0-9_-]+\s*\.\s*)*([A-Za-z0-9_-]+)\s*\]\]", re.MULTILINE)
REASON_DEPTH = mark("brackets nest too deeply in this file")
REASON_NUMBER = mark("a number in this file has too many digits")
REASON_OTHER = mark("it breaks the rules of TOML here")
REASON_TWICE = mark("this stands in the file already")
REASON_QUOTE = mark("a text must be closed by a quote on the line where it begins")
REASONS = (
    ("Invalid value", mark("after = comes a text in quotes, a number, true, false, a date, a list or a table")),
    ("Invalid statement", mark("a line begins with a word, with [ or with #")),
    ("Invalid initial character for a key part", mark("a word is expected here; a table in braces stands on one line")),
    ("Invalid date or datetime", mark("there is no such date")),
    ("Expected '=' after a key", mark("the word must be followed by =")),
    ("Expected newline or end of document", mark("the line should end here; a text needs quotes around all of it")),
    ("Expected ']'", mark("the name of a section must be closed by ]")),
    ("Expected ']]'", mark("the name of a section that begins with [[ must be closed by ]]")),
    ("Expected", REASON_QUOTE),
    ("Unterminated string", REASON_QUOTE),
    ("Illegal character '\\n'", REASON_QUOTE),
    ("Illegal character", mark("this character cannot stand here")),
    ("Found invalid character", mark("this character cannot stand here")),
    ("Unescaped", mark("a backslash in a text is written twice")),
    ("Unclosed array", mark("a list needs commas between its parts and ] at its end")),
    ("Unclosed inline table", mark("a table in braces needs commas between its words and a brace at its end")),
    ("Cannot declare", REASON_TWICE),
    ("Cannot overwrite a value", REASON_TWICE),
    ("Duplicate inline table key", REASON_TWICE),
    ("Cannot redefine namespace", REASON_TWICE),
    ("Cannot mutate immutable namespace", mark("what was written in brackets or braces cannot grow further down")),
)
WHOLE_LINE = ("Cannot declare", "Cannot overwrite", "Cannot redefine", "Cannot mutate")
"""Messages whose position is the end of the line that they are about."""
COORDINATES = re.compile(r"line (\d+), column (\d+)\)$")


def _syntax_problem(source: str, message: str) -> Problem:
    reason = next((ours for theirs, ours in REASONS if message.startswith(theirs)), REASON_OTHER)
    found = COORDINATES.search(message)
    lines = source.split("\n")
    line = int(found[1]) if found else max(1, len(source.rstrip("\n").split("\n")))
    text = lines[line - 1]
    column = int(found[2]) if found else len(text) + 1
    if message.startswith(WHOLE_LINE):
        column = len(text) - len(text.lstrip(" \t")) + 1
    return Problem("plan_not_toml", line=line, column=column, facts={"reason": reason})
