"""Which bonus somebody means by a part of its name, with slips of the finger and without accents. Pure.

| the plan has                    | she says                  | meant                          |
| ------------------------------- | ------------------------- | ------------------------------ |
| Leaders’ pool                   | the pool                  | Leaders’ pool                  |
| Leaders’ pool, Car pool         | the pool                  | both: she is asked which       |
| Leaders’ pool, Leadership bonus | leadrship                 | Leadership bonus               |
| Ebenenbonus                     | Ebenen-Bonus, ebenen      | Ebenenbonus                    |
| Level bonus                     | level 2                   | nothing: a level is much else  |
| Level bonus                     | level bonus, bonus level  | Level bonus                    |
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein, Prefix

from bot.understanding.text import fold
from core.kernel.words import CompanyText

_WORD = re.compile(r"[^\W_]+")
_CALLED_BONUS = ("bonusse", "boni", "bonus", "pramien", "pramie")
"""What German hangs behind the word that says which bonus it is."""
_MEANS_NOTHING = re.compile(
    r"bonus|boni|bonos?|bonuses|primes?|pramien?|premios?|awards?|the|and|for|from|per|del|las|los|por|para|con|sin"
    r"|die|der|das|des|dem|den|fur|und|von|aus|mit|les|aux|par|pour|avec|sur|dos|nos|nas|com|sem|uma|une"
)
_MUCH_ELSE = re.compile(
    r"levels?|ranks?|teams?|groups?|orders?|first|new|start|fast|customers?|products?|points?|month|week|personal|volume"
    r"|sales?|referrals?|promotion|nivel|niveles|rangos?|equipos?|grupo|pedidos?|primer[ao]?|inicio|rapid[ao]|clientes?"
    r"|productos?|puntos?|mes|semana|volumen|ventas?|referidos|ascenso|ebenen?|rang|gruppe|bestellung(?:en)?|erste"
    r"|kunden?|produkt|punkte|monat|woche|umsatz|empfehlung(?:en|s)?|aufstiegs?|schnell|niveis|graduacao|equipes?"
    r"|primeira|indicac(?:ao|oes)|produtos?|pontos?|promocao|niveaux?|grade|commandes?|premiere?|clients?|produits?|mois"
    r"|semaine|demarrage|rapide|parrainage"
)
"""Words of names that mean a bonus only beside the word for one, or beside another word of the name."""
LETTERS_MIN = 3
SHORTENED_MIN, ENDING_MAX = 4, 4
STEM_MIN, STEM_ENDING_MAX = 6, 3
TYPO_MIN, TYPOS_MIN = 5, 8
"""Letters from which one slip, and two, may be in a word."""


@dataclass(frozen=True, slots=True)
class _Likeness:
    """What of a name was said."""

    letters: int = 0
    """Of her words that are some of the name."""
    left: int = 0
    """Words of the name that she did not say."""
    sure: bool = False
    """Whether they mean this bonus with no word for bonuses beside them."""


def texts_of(label: CompanyText) -> Iterable[str]:
    """What a company calls something, in every language and form."""
    for name in label.values():
        yield from (name,) if isinstance(name, str) else name.values()


def bonuses_whole(text: str, labels: Mapping[str, CompanyText]) -> list[str]:
    """The codes of the bonuses whose whole name stands in a message, the longest name alone."""
    said = f" {' '.join(_words(text))} "
    letters = {
        code: max((len(" ".join(_words(one))) for one in texts_of(label) if _stands(one, said)), default=0)
        for code, label in labels.items()
    }
    most = max(letters.values(), default=0)
    return [code for code, count in letters.items() if count == most] if most else []


def bonuses_meant(
    text: str, labels: Mapping[str, CompanyText], *, of_bonuses: bool, others: Collection[str] = ()
) -> list[str]:
    """The codes of the bonuses that a message may mean, in any language of their names; several where it may be each.

    Args:
        of_bonuses: whether the message has a word for bonuses, beside which every word of a name means one.
        others: words that mean something else too, such as the names of ranks.
    """
    said = [word for word in map(_telling, _words(text)) if word]
    names = {word for one in others for word in _words(one)}
    found = {
        code: max((_likeness(_words(one), said, names) for one in texts_of(label)), key=_rank)
        for code, label in labels.items()
    }
    meant = {code: one for code, one in found.items() if one.letters and (of_bonuses or one.sure)}
    best = max((_rank(one)[0] for one in meant.values()), default=0)
    return [code for code, one in meant.items() if _rank(one)[0] == best]


def _rank(one: _Likeness) -> tuple[int, int]:
    return one.letters, -one.left


def _stands(name: str, said: str) -> bool:
    words = _words(name)
    return bool(words) and f" {' '.join(words)} " in said


def _likeness(name: list[str], said: list[str], others: Collection[str]) -> _Likeness:
    telling = [word for word in map(_telling, name) if word]
    pairs = [(word, next((one for one in said if _is(one, word)), None)) for word in telling]
    hits = [(word, one) for word, one in pairs if one is not None]
    sure = len(hits) > 1 or not all(one in others or _MUCH_ELSE.fullmatch(one) for pair in hits for one in pair)
    return _Likeness(sum(min(map(len, pair)) for pair in hits), len(telling) - len(hits), sure)


def _telling(word: str) -> str:
    """A word without the German "bonus" behind it; nothing for one that does not say which bonus it is."""
    for ending in _CALLED_BONUS:
        if word.endswith(ending) and len(word) - len(ending) >= LETTERS_MIN:
            word = word.removesuffix(ending)
            break
    return "" if _MEANS_NOTHING.fullmatch(word) or len(word) < LETTERS_MIN else word


def _is(said: str, word: str) -> bool:
    """Whether what she said is a word of a name: as it is, shortened, with another ending, in parts, or misspelt."""
    short, long = sorted((said, word), key=len)
    if said == word:
        return True
    if len(short) >= SHORTENED_MIN and long.startswith(short) and len(long) - len(short) <= ENDING_MAX:
        return True
    if len(said) >= SHORTENED_MIN and len(word) > len(said) and (word.endswith(said) or word.startswith(said)):
        return True
    stem = Prefix.similarity(said, word)
    if stem >= STEM_MIN and len(long) - stem <= STEM_ENDING_MAX:
        return True
    if said[0] != word[0] or len(short) < TYPO_MIN:
        return False
    slips = 2 if len(short) >= TYPOS_MIN else 1
    return DamerauLevenshtein.distance(said, word, score_cutoff=slips) <= slips


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
