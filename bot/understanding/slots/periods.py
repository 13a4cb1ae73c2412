"""Which period a message asks about."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.understanding.slots.numbers import numbers
from bot.understanding.text import fold, is_unspaced

FILE = Path(__file__).parent / "words" / "periods.toml"
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)[\-/.](0?[1-9]|1[0-2])(?!\d)|(?<!\d)(0?[1-9]|1[0-2])[\-/.](20\d\d)(?!\d)")
_HAN_YEAR_MONTH = re.compile(r"(20\d\d)\s*年\s*(1[0-2]|0?[1-9])\s*月")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LIKE_A_VERB = frozenset({"may", "mar", "march", "mars", "sep", "dec", "dez"})
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_APART_MAX, _BEHIND_MAX = 4, 24


def _any_of(entries: Sequence[str]) -> str:
    parts = [re.escape(fold(entry)).replace(r"\*", r"\w*") for entry in sorted(entries, key=len, reverse=True)]
    return "|".join(part if is_unspaced(part) else rf"(?<!\w){part}(?!\w)" for part in parts)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Kind of word → what it looks like in a folded message."""
    return {
        kind: re.compile(_any_of(entries)) for kind, entries in tomllib.loads(FILE.read_text("utf-8"))["words"].items()
    }


@cache
def _months() -> Sequence[tuple[str, re.Pattern[str]]]:
    """Each month with its words, the longer numbers first: 11月 holds 1月."""
    listed = tomllib.loads(FILE.read_text("utf-8"))["months"]
    return [(month, re.compile(rf"(?<![\d十])(?:{_any_of(listed[month].split())})")) for month in reversed(MONTHS)]


def _month(folded: str) -> str | None:
    """The month named last; a word that is also a verb or a greeting counts only when no other stands there."""
    found = [
        (match[0] not in _LIKE_A_VERB, match.start(), month)
        for month, pattern in _months()
        for match in pattern.finditer(folded)
    ]
    return max(found)[2] if found else None


def _counted(folded: str, language: str) -> str | None:
    """`last_N_months` or `cycle_N`, where a number stands by such a word."""
    for number in numbers(folded, language):
        behind, before = folded[number.end :].lstrip(" -.'"), folded[: number.start].rstrip(" #.:")
        counted = _patterns()["last"].sub("", behind[:_BEHIND_MAX]).lstrip()
        if _patterns()["months"].match(counted) and _patterns()["last"].search(folded):
            return f"last_{number.value}_months"
        for match in _patterns()["cycle"].finditer(folded):
            gap = max(number.start - match.end(), match.start() - number.end)
            if gap <= _APART_MAX and before[-1:] != "-":
                return f"cycle_{number.value}"
    return None


def _dated(folded: str) -> str | None:
    """`YYYY-MM` from digits or from a month's name beside a year."""
    for match in (_HAN_YEAR_MONTH.search(folded), _YEAR_MONTH.search(folded)):
        if match:
            parts = [part for part in match.groups() if part]
            year, month = sorted(parts, key=len, reverse=True)
            return f"{year}-{int(month):02}"
    year_said, month_said = _YEAR.search(folded), _month(folded)
    if year_said and month_said:
        return f"{year_said[1]}-{MONTHS.index(month_said) + 1:02}"
    return None


def period(text: str, language: str) -> str | None:
    """The period of a cleaned message as SLOTS writes it; None when it names none."""
    folded = fold(text)
    exact = _dated(folded) or _counted(folded, language)
    if exact:
        return exact
    for kind in ("last_month", "last_year", "this_year", "this_month"):
        if _patterns()[kind].search(folded):
            return kind
    year = _YEAR.search(folded)
    return year[1] if year else _month(folded)
