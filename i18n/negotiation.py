"""Which language to speak to a person when she, her messenger, her country and her company disagree."""

from functools import cache

from babel.languages import get_official_languages

from i18n.languages import LANGUAGES, SOURCE, base_of


def spoken(tag: str | None) -> str | None:
    """The language of ours that serves a tag such as "pt", "es-MX" or "zh_CN"; None when none does.

    | tag   | language |
    | ----- | -------- |
    | pt-BR | pt-BR    |
    | pt    | pt-BR    |
    | es-MX | es       |
    | tlh   | None     |
    """
    if not tag:
        return None
    wanted = tag.replace("_", "-").lower()
    exact = next((language for language in LANGUAGES if language.lower() == wanted), None)
    return exact or next((language for language in LANGUAGES if base_of(language) == base_of(wanted)), None)


@cache
def language_of_country(country: str | None) -> str | None:
    """The first official language of a country (ISO 3166 alpha-2) that we speak; None for an unknown country."""
    if not country:
        return None
    official = get_official_languages(country.upper(), de_facto=True)
    return next((language for tag in official if (language := spoken(tag))), None)


def choose(
    person_choice: str | None = None,
    telegram_tag: str | None = None,
    country: str | None = None,
    company: str | None = None,
) -> str:
    """The language to speak: the person's choice, Telegram's tag, her country's, the company's, English.

    Args:
        person_choice: what she chose herself, not what an import recorded.
        telegram_tag: `language_code` of her messages, an IETF tag or None.
        country: ISO 3166 alpha-2.
        company: the company's own language, of the plan in force.
    """
    return spoken(person_choice) or spoken(telegram_tag) or language_of_country(country) or spoken(company) or SOURCE
