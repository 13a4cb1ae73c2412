"""Which rank a message names, in any language and however it is misspelt."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bot.understanding.lexicon import ANY
from bot.understanding.model import Lexicon
from bot.understanding.text import fold, is_unspaced, without_article, words

Forms = tuple[tuple[str, str, str], ...]
"""Folded form, its language, its rank's code; the longest forms first."""

_ENDING_MAX = 4
_FUZZY_MIN = 5
_SHORT_MAX = 2
_FROM = frozenset(
    fold(
        "from de desde von vom als since depuis du como as od с из от من dari से 从 sou soy am bin suis now currently"
    ).split()
)


def forms(lexicon: Lexicon) -> Forms:
    """Every form of every rank of `lexicon`, ready to be looked for."""
    listed = [
        (without_article(fold(form)), language, code)
        for code, by_language in lexicon.ranks.items()
        for language, typed in by_language.items()
        for form in typed
    ]
    return tuple(sorted(listed, key=lambda entry: (-len(entry[0]), entry)))


@lru_cache(maxsize=8)
def _forms_of(ranks: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]) -> Forms:
    return forms(Lexicon(ranks={code: dict(by_language) for code, by_language in ranks}))


def _prepared(lexicon: Lexicon) -> Forms:
    """The forms of `lexicon`, sorted once for each different one."""
    frozen = tuple(
        (code, tuple((language, tuple(typed)) for language, typed in by_language.items()))
        for code, by_language in lexicon.ranks.items()
    )
    return _forms_of(frozen)


def _speaks(form: str, language: str, spoken: str) -> bool:
    """Whether so short a form may be meant: a French "or" is no rank in an English message."""
    return len(form) > _SHORT_MAX or is_unspaced(form) or language in (spoken, ANY)


def _is_inflected(word: str, form: str) -> bool:
    """Whether `word` is `form` with an ending of its language ("Diamanten", "altına", "золотого")."""
    return len(form) >= 4 and word.startswith(form) and len(word) - len(form) <= _ENDING_MAX and form.isalpha()


def _typos(form: str) -> int:
    return 2 if len(form) >= 8 else 1


def _is_misspelt(word: str, form: str) -> bool:
    """Whether `word` is `form` with a slip of the finger or two; the first letter is nearly always right."""
    if len(form) < _FUZZY_MIN or abs(len(word) - len(form)) > 2 or word[0] != form[0]:
        return False
    return DamerauLevenshtein.distance(word, form, score_cutoff=_typos(form)) <= _typos(form)


def _exact(folded: str, known: Forms, spoken: str) -> Iterator[tuple[int, int, str]]:
    """Place, length and code of forms that stand in the message as they are or with an ending."""
    for form, language, code in known:
        if form not in folded or not _speaks(form, language, spoken):
            continue
        glued = is_unspaced(form)
        for match in re.finditer(re.escape(form) if glued else rf"(?<!\w){re.escape(form)}\w*", folded):
            if glued or match[0] == form or _is_inflected(match[0], form):
                yield match.start(), len(form), code


def _slips(folded: str, known: Forms) -> Iterator[tuple[int, int, str]]:
    """Place, likeness and code of words that are nearly a form."""
    for word in words(folded):
        near = [
            (-DamerauLevenshtein.distance(word, form), len(form), code)
            for form, _, code in known
            if _is_misspelt(word, form)
        ]
        if near:
            yield folded.index(word), max(near)[1], max(near)[2]


def named_ranks(text: str, language: str, lexicon: Lexicon) -> list[tuple[int, str]]:
    """Place and code of every rank that a cleaned message names, in order, the longer form where two overlap."""
    folded, known = without_article(fold(text)), _prepared(lexicon)
    found = list(_exact(folded, known, language)) or list(_slips(folded, known))
    kept: list[tuple[int, int, str]] = []
    for place, length, code in sorted(found, key=lambda entry: (-entry[1], entry[0])):
        if all(place + length <= other or place >= other + size for other, size, _ in kept):
            kept.append((place, length, code))
    return [(place, code) for place, _, code in sorted(kept)]


def rank(text: str, language: str, lexicon: Lexicon) -> str | None:
    """The code of the rank that a cleaned message asks about: the last one that she does not start from."""
    found = named_ranks(text, language, lexicon)
    folded = without_article(fold(text))
    towards = [code for place, code in found if (folded[:place].split() or [""])[-1] not in _FROM]
    codes = towards or [code for _, code in found]
    return codes[-1] if codes else None


def whole_rank(bare: str, lexicon: Lexicon) -> str | None:
    """The code of the rank that a folded message consists of."""
    wanted = without_article(bare)
    return next((code for form, _, code in _prepared(lexicon) if form == wanted and len(form) > _SHORT_MAX), None)
