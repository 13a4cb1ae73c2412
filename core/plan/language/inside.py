"""Where something stands inside a text of the file, which may be written with escapes or over several lines."""

import re

from core.plan.language.source import Node, Place

ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[ \t]*\n\s*|.)", re.DOTALL)


def place_inside(node: Node, at: int) -> Place:
    r"""The place in the file of the character that `at` others come before in the text of `node`.

    | in the file | at | columns behind the first quote |
    | ----------- | -- | ------------------------------ |
    | `'ab'`      | 1  | 2                              |
    | `"a\"b"`    | 2  | 4                              |
    """
    raw = node.raw
    before = raw[: _offset(raw, at)]
    lines = before.split("\n")
    if len(lines) == 1:
        return Place(node.place.line, node.place.column + len(before))
    return Place(node.place.line + len(lines) - 1, len(lines[-1]) + 1)


def _offset(raw: str, at: int) -> int:
    """How much of what the file says comes before that character."""
    quotes = 3 if raw[:3] in ('"""', "'''") else 1
    offset = quotes + (quotes == 3 and raw[3:4] == "\n")
    escapes = raw[:1] == '"'
    while True:
        escape = ESCAPE.match(raw, offset) if escapes else None
        trimmed = escape is not None and "\n" in escape[0]  # a backslash at the end of a line stands for nothing
        if at <= 0 and not trimmed:
            return offset
        offset = escape.end() if escape else offset + 1
        at -= not trimmed
