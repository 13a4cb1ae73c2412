"""Whole numbers in a message, in digits of any script or in words of our languages."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import groupby
from pathlib import Path

from bot.understanding.slots.german_numbers import german_number
from bot.understanding.text import fold

FILE = Path(__file__).parent / "words" / "numbers.toml"
_GROUPED = r"\d{1,3}(?:[.,'’ ]\d{3})+(?![\d])|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d+"
_TIMES = (
    r"(?P<times>\s?(?:k|mil|mila|tsd|tausend|thousand|mille|тыс|тысяч\w*|rb|ribu|bin|千|万|हजार|lakh|लाख|الاف|الف))"
    r"(?![^\W\d_])"
)
_DIGITS = re.compile(rf"(?P<number>{_GROUPED})(?:{_TIMES})?")
_BROKEN = re.compile(rf"(?<![\d.,])(?P<number>\d+[.,]\d{{1,2}}){_TIMES}")
"""1.5k, 2,5 mil"""
_FACTORS = {"万": 10_000, "lakh": 100_000, "लाख": 100_000}
_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_HAN_NUMBER = re.compile("[零〇一二两三四五六七八九十百千万]+")
_AND = frozenset({"and", "y", "e", "et", "und", "و"})
_LETTERS = re.compile(r"[^\W\d_][\w\u0900-\u0903\u093a-\u094f]*")
_SHORT = 3
_COMPOUND = 8
"""Shorter German numbers are listed."""


@dataclass(frozen=True)
class Number:
    """A whole number and where in the folded message it stands."""

    value: int
    start: int
    end: int


@cache
def _tables() -> Mapping[str, Mapping[str, int]]:
    """Language → word (or stem with a star) → value."""
    stored = tomllib.loads(FILE.read_text("utf-8"))
    return {
        language: {word: int(value) for value, listed in table.items() for word in listed.split()}
        for language, table in stored.items()
    }


@cache
def _value(word: str, language: str) -> int | None:
    """What a word counts in `language`; the other languages are asked for words too long to mean anything else."""
    base = language.partition("-")[0]
    others = (table for code, table in _tables().items() if code != base and len(word) > _SHORT)
    for table in (_tables().get(base, {}), *others):
        if word in table:
            return table[word]
        for stem, value in table.items():
            if stem.endswith("*") and word.startswith(stem[:-1]):
                return value
    return german_number(word) if len(word) > _COMPOUND else None


def _total(values: list[int]) -> int:
    """Values in spoken order → their number: two hundred fifty thousand is (2 x 100 + 50) x 1000."""
    total = part = 0
    for value in values:
        if value >= 1000:
            total, part = total + max(part, 1) * value, 0
        elif value == 100 and 0 < part < 100:
            part *= value
        else:
            part += value
    return total + part


def _han_total(signs: str) -> int:
    """A Chinese or Japanese numeral; bare digits in a row are read as digits."""
    if not any(sign in _HAN_UNITS for sign in signs):
        return int("".join(str(_HAN[sign]) for sign in signs))
    total = part = digit = 0
    for sign in signs:
        unit = _HAN_UNITS.get(sign)
        if unit is None:
            digit = _HAN[sign]
        elif unit == 10_000:
            total, part, digit = (total + part + digit) * unit, 0, 0
        else:
            part, digit = part + max(digit, 1) * unit, 0
    return total + part + digit


def _in_digits(folded: str) -> Iterator[Number]:
    broken = [Number(_thousands(match), *match.span()) for match in _BROKEN.finditer(folded)]
    yield from broken
    for match in _DIGITS.finditer(folded):
        if all(match.start() >= one.end or match.end() <= one.start for one in broken):
            times = (match["times"] or "").strip()
            factor = _FACTORS.get(times, 1000) if times else 1
            yield Number(int(re.sub(r"\D", "", match["number"])) * factor, match.start(), match.end())


def _thousands(match: re.Match[str]) -> int:
    """One and a half thousand is 1500; what stays broken even so is cut off."""
    factor = _FACTORS.get(match["times"].strip(), 1000)
    return int(Fraction(match["number"].replace(",", ".")) * factor)


def _in_words(folded: str, language: str) -> Iterator[Number]:
    """Neighbouring number words as one number each."""
    found = [(match, _value(match[0], language)) for match in _LETTERS.finditer(folded)]
    for is_number, run in groupby(found, key=lambda pair: pair[1] is not None or pair[0][0] in _AND):
        pairs = [(match, value) for match, value in run if value is not None]
        if is_number and pairs:
            yield Number(_total([value for _, value in pairs]), pairs[0][0].start(), pairs[-1][0].end())


def numbers(text: str, language: str) -> list[Number]:
    """Every whole number of a cleaned message, ordinals too, in order of place.

    Args:
        language: BCP 47 code of the message's language; its number words are read first.
    """
    folded = fold(text)
    found = list(_in_digits(folded))
    found += [
        number
        for number in _in_words(folded, language)
        if all(number.start >= d.end or number.end <= d.start for d in found)
    ]
    found += [Number(_han_total(m[0]), m.start(), m.end()) for m in _HAN_NUMBER.finditer(folded)]
    return sorted(found, key=lambda number: number.start)
