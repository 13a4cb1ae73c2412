"""Which languages we speak, and what each is called."""

from functools import cache

from babel import Locale

SOURCE = "en"
LANGUAGES: tuple[str, ...] = ("en", "es", "de", "pt-BR", "fr")
"""The languages that a person can choose today."""

PLANNED: tuple[str, ...] = ("ru", "ar", "zh-Hans", "hi", "id", "ja", "tr")
"""Numbers, dates and layout already work in these; their catalogues are still to be written."""

AT_LEAST_TWO_BEFORE_A_SEPARATOR = frozenset({"es"})
"""CLDR's minimumGroupingDigits is 2 here (5200, but 52.000); Babel does not apply it."""


@cache
def locale_of(language: str) -> Locale:
    """Babel's locale of one of our tags."""
    return Locale.parse(language, sep="-")


def own_name(language: str) -> str:
    """What the language calls itself, as its speakers look for it in a list: "Español", "Português (Brasil)"."""
    name = own_name_inside(language)
    return name[:1].upper() + name[1:]


def own_name_inside(language: str) -> str:
    """The same inside a sentence, with a capital only where the language writes one: "español", "Deutsch"."""
    return locale_of(language).get_display_name(language.replace("-", "_")) or language


def base_of(language: str) -> str:
    """The tag without region and script: "pt" of "pt-BR"."""
    return language.partition("-")[0]
