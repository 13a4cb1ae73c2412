"""TOML as nodes that know where they stand."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import spanned_toml

from core.kernel.errors import Problem

Scalar = str | int | Decimal | bool | date | datetime | time


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in the file; both count from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """One value of the file. `place` is the value's own, `key` the place of the word in front of it."""

    value: "Scalar | dict[str, Node] | list[Node]"
    place: Place
    key: Place

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

    def __post_init__(self) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", self.source))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1)

    def node(self, spanned: Any, key: Place) -> Node:
        inner = spanned.inner()
        place = self.place(spanned.span().start) if spanned.span().stop else key
        if isinstance(inner, dict):
            words = {}
            for word, value in inner.items():
                words[word.inner()] = self.node(value, self.place(word.span().start))
            return Node(words, place, key)
        if isinstance(inner, list):
            return Node([self.node(item, self.item_place(item, place)) for item in inner], place, key)
        return Node(inner, place, key)

    def item_place(self, item: Any, fallback: Place) -> Place:
        """A `[[section]]` has no span of its own: it begins at the last `[[` in front of its first word."""
        if item.span().stop:
            return self.place(item.span().start)
        first = min((word.span().start for word in item.inner()), default=None)
        start = -1 if first is None else self.source.rfind("[[", 0, first)
        return fallback if start < 0 else self.place(start)


REASON_DEPTH = "brackets nest too deeply in this file"
REASON_NUMBER = "a number in this file has too many digits"
REASONS = (
    ("Invalid value", "after = stands a text in quotes, a number, true, false, a date, a [list] or a {table}"),
    ("Invalid statement", "a line begins with a word, with [ or with #"),
    ("Invalid initial character for a key part", "a word is expected here (a {table} must stand on one line)"),
    ("Invalid date or datetime", "there is no such date"),
    ("Expected '=' after a key", "the word must be followed by ="),
    ("Expected newline or end of document", "the line should end here; a text needs quotes around all of it"),
    ("Expected ']'", "the section's name must be closed by ]"),
    ("Expected '\\''", "the text must be closed by '"),
    ("Unterminated string", "the text must be closed by a quote"),
    ("Illegal character '\\n'", "the text must be closed by a quote before the line ends"),
    ("Illegal character", "this character cannot stand in a text"),
    ("Found invalid character", "this character cannot stand here"),
    ("Unescaped", "a text writes a backslash as two"),
    ("Unclosed array", "parts of a list are parted by commas, and the list is closed by ]"),
    ("Unclosed inline table", "words of a {table} are parted by commas, on one line, and closed by }"),
    ("Cannot declare", "this section stands in the file already"),
    ("Cannot overwrite a value", "this word stands here already"),
    ("Duplicate inline table key", "this word stands here already"),
    ("Cannot redefine namespace", "this word belongs to a section of its own that stands in the file already"),
    ("Cannot mutate immutable namespace", "what was written as {table} or [list] cannot grow further down"),
)
WHOLE_LINE = ("Cannot declare", "Cannot overwrite", "Cannot redefine", "Cannot mutate")
"""Messages whose position is the end of the line that they are about."""
COORDINATES = re.compile(r"line (\d+), column (\d+)\)$")


def _syntax_problem(source: str, message: str) -> Problem:
    theirs = message.split(" (at ", maxsplit=1)[0]
    reason = next((ours for start, ours in REASONS if message.startswith(start)), theirs)
    found = COORDINATES.search(message)
    lines = source.split("\n")
    line = int(found[1]) if found else max(1, len(source.rstrip("\n").split("\n")))
    text = lines[line - 1]
    column = int(found[2]) if found else len(text) + 1
    if message.startswith(WHOLE_LINE):
        column = len(text) - len(text.lstrip(" \t")) + 1
    return Problem("plan_not_toml", line=line, column=column, facts={"reason": reason})
