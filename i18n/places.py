"""Named places of a message: which it has, and how a value stands in one."""

import re
import unicodedata
from string import Formatter

FIRST_STRONG_ISOLATE = "\N{FIRST STRONG ISOLATE}"
POP_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def places(message: str) -> frozenset[str]:
    """Names of the places in a message.

    Raises:
        ValueError: the braces do not match, or a place is numbered, empty or carries a format.
    """
    found = set()
    for _, name, form, conversion in Formatter().parse(message):
        if name is None:
            continue
        if form or conversion or not _NAME.match(name):
            raise ValueError(f"{{{name}}} is no plain named place")
        found.add(name)
    return frozenset(found)


def isolated(text: str, *, rtl: bool) -> str:
    """The text, fenced when it runs against the sentence around it, so that it cannot reorder its neighbours."""
    against = any(unicodedata.bidirectional(char) == "L" for char in text) if rtl else bool(_RIGHT_TO_LEFT.search(text))
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if against else text
