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
_GERMAN_PREPOSITIONS = frozenset("von bei mit fur an ist hat wie zeig und fuer der die herr herrn frau".split())
_CONTRACTED = re.compile(r"^[dlDL]['’](?=[A-ZÀ-Ýa-zà-ý]{2})")
_ARABIC_PREFIX = re.compile(r"^(?:لل|ل|ب|و|ف|ك)(?=\w{2})")
_INDONESIAN = re.compile(r"nya$")
_RUSSIAN = (
    ("ьи", "ья"), ("ии", "ия"), ("ию", "ия"), ("ией", "ия"), ("ой", "а"), ("ей", "я"), ("ою", "а"), ("ы", "а"), ("у", "а"), ("е", "а"),
    ("и", "а"), ("и", "я"), ("ю", "я"), ("е", "я"), ("ым", ""), ("ом", ""), ("а", ""), ("у", ""), ("е", ""), ("ова", "ов"), ("я", "й"), ("я", "ь"), ("ю", "й"), ("ю", "ь"), ("ем", "й"), ("ем", "ь"),
)  # fmt: skip


def _known(word: str) -> bool:
    return fold(word) in names()


def _german(word: str, *, before: str, following: str) -> str:
    """Annas Bestellungen → Anna, but Thomas stays; only in front of what she has."""
    if not word.endswith("s") or len(word) < 4 or word.endswith("ss"):
        return word
    if _known(word[:-1]):
        return word[:-1] if not _known(word) or following else word
    owned = following[:1].isupper() or (following and fold(before) not in _GERMAN_PREPOSITIONS)
    return word[:-1] if owned and not _known(word) else word


def _turkish(word: str) -> str:
    cut = _TURKISH_APOSTROPHE.sub("", word)
    if cut != word or _known(word):
        return cut
    bare = _TURKISH_ENDINGS.sub("", word)
    return bare if _known(bare) or (len(bare) > 3 and word.endswith(("nin", "nın", "nun", "nün"))) else word


def _russian(word: str) -> str:
    """The nominative by the first ending that gives a known name, else by what is usual for the ending."""
    if _known(word):
        return word
    for ending, base in _RUSSIAN:
        if word.endswith(ending) and _known(word[: len(word) - len(ending)] + base):
            return word[: len(word) - len(ending)] + base
    for ending, base in (
        ("овой", "ова"),
        ("евой", "ева"),
        ("иной", "ина"),
        ("ову", "ова"),
        ("еву", "ева"),
        ("ины", "ина"),
        ("ии", "ия"),
        ("ию", "ия"),
        ("ы", "а"),
        ("ского", "ский"),
    ):
        if word.endswith(ending):
            return word.removesuffix(ending) + base
    return word


def _arabic(word: str) -> str:
    cut = _ARABIC_PREFIX.sub("", word)
    return cut if not _known(word) and (_known(cut) or word.startswith("لل")) else word


def _plain(word: str, language: str, *, before: str, following: str) -> str:
    """One word of a name without its ending."""
    word = _ENGLISH.sub("", word) if language != "tr" else word
    if _CONTRACTED.match(word) and language in ("fr", "en", "de", "es", "pt-BR") and fold(word)[2:] and word[0] in "dl":
        word = _CONTRACTED.sub("", word)
    match language:
        case "de":
            return _german(word, before=before, following=following)
        case "tr":
            return _turkish(word)
        case "ru":
            return _russian(word)
        case "ar":
            return _arabic(word)
        case "id":
            return _INDONESIAN.sub("", word) if not _known(word) and _known(_INDONESIAN.sub("", word)) else word
    return word


def nominative(name: list[str], *, language: str, before: str, following: str) -> str:
    """The words of a name as they stand in a dictionary.

    Args:
        name: its words as typed.
        before: the word in front of it, "" at the beginning.
        following: the word behind it, "" at the end.
    """
    last = len(name) - 1
    cleaned = [
        _plain(word, language, before=before, following=following)
        if at == last or language in ("ru", "ar") or (at == 0 and language == "fr")
        else word
        for at, word in enumerate(name)
    ]
    return " ".join(word.strip("-–.,'’ ") for word in cleaned)
