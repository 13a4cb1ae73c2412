"""Which level of her team a person asks for."""

import re
import tomllib
from functools import cache
from pathlib import Path

from bot.understanding.slots.numbers import numbers
from bot.understanding.text import fold

FILE = Path(__file__).parent / "words" / "levels.toml"
_APART_MAX = 6
"""Characters that may stand between the number and the word for level."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What means "level", and what means the first one."""
    listed = tomllib.loads(FILE.read_text("utf-8"))

    def any_of(entries: list[str]) -> str:
        stems = "|".join(re.escape(fold(entry)).replace(r"\*", r"\w*") for entry in entries)
        return rf"(?<!\w)(?:{stems})(?!\w)"

    bare = "|".join(map(re.escape, listed["unspaced"]))
    direct = any_of([entry for entry in listed["first"] if entry.isascii() or " " in entry or entry[0] < "\u3000"])
    glued = "|".join(entry for entry in listed["first"] if entry[0] >= "\u3000")
    return re.compile(f"{any_of(listed['level'])}|{bare}"), re.compile(f"{direct}|{glued}")


def level(text: str, language: str) -> int | None:
    """The level of a cleaned message, 1 for the people sponsored directly, None when no level is named."""
    folded = fold(text)
    meant, first = _patterns()
    gaps = [
        (max(number.start - match.end(), match.start() - number.end), number.value)
        for match in meant.finditer(folded)
        for number in numbers(text, language)
    ]
    gap, value = min(gaps, default=(_APART_MAX + 1, 0))
    if gap <= _APART_MAX and value > 0:
        return value
    return 1 if first.search(folded) else None
