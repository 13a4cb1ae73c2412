"""What languages hang on a name, and how to take it off again."""

import re

from bot.understanding.slots.tagger import names
from bot.understanding.text import fold

_ENGLISH = re.compile(r"['’`´][sS]$|(?<=[sS])['’`´]$")
_TURKISH_APOSTROPHE = re.compile(r"['’`´]\w{1,5}$")
_TURKISH_ENDINGS = re.compile(
    r"(?:(?<=[aeıioöuü])(?:n[ıiuü]n|y[ıiuüae]|n?d[ae]n?)|(?<=[^aeıioöuü])(?:[ıiuü]n|[ıiuüae]|d[ae]n?|t[ae]n?))$",
    re.IGNORECASE,
)
_TURKISH_GENITIVES = ("nin", "nın", "nun", "nün")
_GERMAN_PREPOSITIONS = frozenset(
    ["von", "bei", "mit", "fur", "an", "ist", "hat", "wie", "zeig", "und", "fuer", "der", "die"]
)
_ARABIC_PREFIX = re.compile(r"^(?:لل|ل|ب|و|ف|ك)(?=\w{2})")
_RUSSIAN = (
    ("ьи", "ья"), ("ии", "ия"), ("ию", "ия"), ("ией", "ия"), ("ой", "а"), ("ей", "я"), ("ою", "а"), ("ы", "а"),
    ("у", "а"), ("е", "а"), ("и", "а"), ("и", "я"), ("ю", "я"), ("е", "я"),
    ("ым", ""), ("ом", ""), ("а", ""), ("у", ""), ("е", ""),
    ("я", "й"), ("я", "ь"), ("ю", "й"), ("ю", "ь"), ("ем", "й"), ("ем", "ь"),
)  # fmt: skip
_RUSSIAN_UNKNOWN = (
    ("овой", "ова"), ("евой", "ева"), ("иной", "ина"), ("ову", "ова"), ("еву", "ева"), ("ины", "ина"), ("ии", "ия"),
    ("ию", "ия"), ("ы", "а"), ("ского", "ский"),
)  # fmt: skip
_RUSSIAN_WOMANS = re.compile(r"(?<=[оеё]в)а$|(?<=ин)а$")


def _known(word: str) -> bool:
    return fold(word) in names()


def _german(word: str, *, before: str, following: str) -> str:
    """Annas Bestellungen → Anna, but Thomas stays; only in front of what she has."""
    if not word.endswith("s") or len(word) < 4 or word.endswith("ss"):
        return word
    if _known(word[:-1]):
        return word[:-1] if following or not _known(word) else word
    owned = following[:1].isupper() or (following and fold(before) not in _GERMAN_PREPOSITIONS)
    return word[:-1] if owned and not _known(word) else word


def _turkish(word: str) -> str:
    """Ayşe'nin, ayşenin → Ayşe, ayşe."""
    cut = _TURKISH_APOSTROPHE.sub("", word)
    if cut != word or _known(word):
        return cut
    stem = _TURKISH_ENDINGS.sub("", word)
    return stem if _known(stem) or (len(stem) > 3 and word.endswith(_TURKISH_GENITIVES)) else word


def _russian(word: str) -> str:
    """The nominative by the first ending that gives a known name, else by what is usual for the ending."""
    if _known(word):
        return word
    for ending, base in _RUSSIAN:
        if word.endswith(ending) and _known(word.removesuffix(ending) + base):
            return word.removesuffix(ending) + base
    for ending, base in _RUSSIAN_UNKNOWN:
        if word.endswith(ending):
            return word.removesuffix(ending) + base
    return word


def _arabic(word: str) -> str:
    """لأحمد → أحمد, where the rest is a name."""
    cut = _ARABIC_PREFIX.sub("", word)
    return cut if not _known(word) and (_known(cut) or word.startswith("لل")) else word


def _indonesian(word: str) -> str:
    return word.removesuffix("nya") if _known(word.removesuffix("nya")) else word


def _plain(word: str, language: str, *, before: str, following: str) -> str:
    """One word of a name without its ending."""
    match language:
        case "tr":
            return _turkish(word)
        case "ru":
            return _russian(word)
        case "ar":
            return _arabic(word)
        case "id":
            return _indonesian(word)
        case "de" if not _ENGLISH.search(word):
            return _german(word, before=before, following=following)
    return _ENGLISH.sub("", word)


def nominative(name: list[str], *, language: str, before: str, following: str) -> str:
    """The words of a name as they stand in a dictionary.

    Args:
        name: its words as typed.
        before: the word in front of it, "" at the beginning.
        following: the word behind it, "" at the end.
    """
    last = len(name) - 1
    cleaned = [
        _plain(word, language, before=before, following=following) if at == last or language in ("ru", "ar") else word
        for at, word in enumerate(name)
    ]
    if language == "ru" and last > 0 and cleaned[0][-1:] not in "аяь":
        cleaned[-1] = _RUSSIAN_WOMANS.sub("", cleaned[-1])  # Иван Петров, not Петрова
    return " ".join(word.strip("-–.,'’ ") for word in cleaned)
