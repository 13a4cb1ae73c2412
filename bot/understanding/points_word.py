"""A company's own word for points, read as the common one: "how many stars do I have" asks after points."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from bot.understanding.model import Lexicon, SlotValue
from bot.understanding.slots.numbers import numbers
from bot.understanding.text import fold, is_unspaced, words

FILE = Path(__file__).parent / "points.toml"
_WORD = re.compile(
    r"(?<!\w)(?:[dl]|qu)['’]|[^\W\d_][\w\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f'’]*", re.IGNORECASE
)
_ARABIC = r"(?:ال|بال|وال|لل|ب|ل|و)?"
_BRIEF = 3
"""In so few words nothing else can be meant: "star balance" beside "the star mug for 500 stars"."""
_HANGS_ON = ("tr", "id", "de")
"""Where the ending of a word does what a word of its own does elsewhere: Sternestand is the balance."""
_HELD = re.compile(r" (?:balance|total|count|history|expiry|statement|konto|stand|guthaben)(?!\w)", re.IGNORECASE)
"""What only points have, so that the word before it is theirs even in the singular: "whats my star balance"."""
_FUZZY_MIN = 7
"""Shorter words have too many neighbours to be guessed from a slip of the finger."""
Forms = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A message in common words, and what stood there in their place."""

    text: str
    instead: Mapping[str, str]

    def restored(self, slots: Mapping[str, SlotValue]) -> dict[str, SlotValue]:
        """The slots as they were typed: a product may be called like the points."""
        return {name: self._restored(value) if isinstance(value, str) else value for name, value in slots.items()}

    def _restored(self, value: str) -> str:
        return " ".join(self.instead.get(word, word) for word in value.split(" ")) if self.instead else value


@dataclass(frozen=True, slots=True)
class _Reader:
    """Everything that is looked for, ready to be found. A language's place in the groups tells which it is."""

    spaced: re.Pattern[str] | None
    unspaced: re.Pattern[str] | None
    languages: tuple[str, ...]
    forms: Mapping[str, Sequence[str]]
    """By language, the singular first."""
    long: Mapping[str, str]
    singulars: frozenset[str]


@cache
def tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Common words, endings, and the demo company's words, by language."""
    stored: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(FILE.read_text("utf-8"))
    return stored


def in_common_words(text: str, lexicon: Lexicon) -> Said:
    """A cleaned message in which the company's word for points is the common one of its language.

    In the singular it may be somebody's name (Estrella, Stern) or part of a product's, so that only a number makes it
    points, unless the message is very short.
    """
    if not lexicon.points:
        return Said(text, {})
    reader = _reader(_frozen(lexicon.points))
    instead: dict[str, str] = {}

    def spaced(match: re.Match[str]) -> str:
        language = _language_of(match, text, reader, lexicon)
        return match[0] if language is None else _common(match[0], fold(match[0]), language, reader, instead)

    def unspaced(match: re.Match[str]) -> str:
        return _common(match[0], match[0], reader.languages[(match.lastindex or 1) - 1], reader, instead)

    said = _WORD.sub(spaced, text) if reader.spaced else text
    return Said(reader.unspaced.sub(unspaced, said) if reader.unspaced else said, instead)


def _frozen(points: Mapping[str, Sequence[str]]) -> Forms:
    return tuple((language, tuple(forms)) for language, forms in points.items())


def _rank_words(lexicon: Lexicon) -> frozenset[str]:
    return _split(tuple(form for listed in lexicon.ranks.values() for forms in listed.values() for form in forms))


@lru_cache(maxsize=8)
def _split(forms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for form in forms for word in fold(form).split())


@lru_cache(maxsize=8)
def _reader(points: Forms) -> _Reader:
    """What is looked for; the same word in two languages is the first one's."""
    folded = [(language, [fold(form) for form in forms]) for language, forms in points]
    glued = [(language, [form for form in forms if is_unspaced(form)]) for language, forms in folded]
    apart = [(language, [form for form in forms if form and not is_unspaced(form)]) for language, forms in folded]
    return _Reader(
        spaced=_any_of([_inflected(language, forms) for language, forms in apart]),
        unspaced=_any_of([_katakana_apart(forms) for _, forms in glued]),
        languages=tuple(language for language, _ in points),
        forms=dict(folded),
        long={form: language for language, forms in apart for form in forms if len(form) >= _FUZZY_MIN},
        singulars=frozenset(form for _, forms in apart for form in forms[:1]),
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str] | None:
    """One group a language, so that the group tells the language; None where nothing is looked for."""
    return re.compile("|".join(f"({pattern or '(?!)'})" for pattern in patterns)) if any(patterns) else None


def _katakana_apart(forms: Sequence[str]) -> str:
    """スター, but not the beginning of スターター."""
    return "|".join(rf"(?<![\u30a1-\u30ff]){re.escape(form)}(?![\u30a1-\u30ff])" for form in forms)


def _inflected(language: str, forms: Sequence[str]) -> str:
    """The forms with whatever the language hangs on them."""
    ending = str(tables()["endings"].get(language, ""))
    before = _ARABIC if language == "ar" else ""
    return "|".join(before + _stem(form, ending) for form in forms)


def _stem(form: str, ending: str) -> str:
    whole = re.escape(form)
    if not ending.startswith("-"):
        return f"{whole}(?:{ending})"
    shorter = re.escape(form[:-1] if len(form) > 3 and form[-1] in "аяыьеоиу\u093e\u0947\u0940" else form)
    return f"{shorter}(?:{ending[1:]})"


def _language_of(match: re.Match[str], text: str, reader: _Reader, lexicon: Lexicon) -> str | None:
    """Whose word for points this is; None for any other word."""
    typed = match[0]
    word = fold(typed).replace("’", "'")
    found = reader.spaced.fullmatch(word) if reader.spaced else None
    language = reader.languages[(found.lastindex or 1) - 1] if found else _nearly(word, reader)
    if language is None or _counted(text[: match.start()], language) or _HELD.match(text, match.end()):
        return language
    may_be_a_name = word in _rank_words(lexicon) or (
        word in reader.singulars and typed[:1].isupper() and not typed.isupper()
    )
    part_of_another = word in reader.singulars and len(reader.forms[language]) > 1 and len(words(text)) > _BRIEF
    return None if may_be_a_name or part_of_another else language


def _nearly(word: str, reader: _Reader) -> str | None:
    """The language of a long form that was mistyped by one letter."""
    if len(word) < _FUZZY_MIN - 1:
        return None
    return next(
        (
            language
            for form, language in reader.long.items()
            if form[0] == word[0] and DamerauLevenshtein.distance(form, word, score_cutoff=1) <= 1
        ),
        None,
    )


def _counted(before: str, language: str) -> bool:
    """Whether the words before end in a number."""
    found = numbers(before, language)
    return bool(found) and found[-1].end == len(fold(before).rstrip())


def _common(typed: str, folded: str, language: str, reader: _Reader, instead: dict[str, str]) -> str:
    """The common word in the typed one's place; a singular stays one, and an ending that says whose they are stays."""
    common = tables()["common"].get(language) or tables()["common"]["en"]
    word = common[0] if folded == reader.forms[language][0] else common[-1]
    form = max((form for form in reader.forms[language] if folded.startswith(form)), key=len, default=folded)
    if language in _HANGS_ON:
        word += folded[len(form) :]
    instead[word] = typed
    return word
