"""Decisions about a person's contacts and language."""

import re
import unicodedata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.core import get_global

from core.people.model import EmailInvalid, PhoneInvalid

EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s.,;<>\"]+(\.[^@\s.,;<>\"]+)+")
"""Loose on purpose: only a letter sent proves an address."""

EMAIL_LENGTH_MAX = 254
IN_ONE_PIECE = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "’": "'"}
"""Signs that Unicode takes apart no further and that people without them on their keys type in another way."""


class _Plain(dict[int, str]):
    """Each sign without capital and accent, worked out once: names are folded by the million."""

    def __missing__(self, sign: int) -> str:
        plain = "".join(IN_ONE_PIECE.get(one, one) for one in chr(sign).casefold())
        parts = unicodedata.normalize("NFKD", plain)
        self[sign] = "".join(one for one in parts if not unicodedata.combining(one)).casefold()
        return self[sign]


_PLAIN = _Plain()


def folded(text: str) -> str:
    """A name as it is looked for: without capitals, accents and needless blanks.

    | text            | folded        |
    | --------------- | ------------- |
    | ÁNGELA  Muñoz   | angela munoz  |
    | Søren Weiß      | soren weiss   |
    | O’Brien         | o'brien       |
    """
    return " ".join(text.translate(_PLAIN).split())


def phone_e164(text: str, country: str) -> str | None:
    """The number in E.164, or None when it is no possible number.

    Args:
        country: ISO 3166 code whose dialling rules hold where the number does not begin with +.

    | text | country | result |
    | ---- | ------- | ------ |
    | 0171 1234567 | DE | +491711234567 |
    | +49 (171) 123-4567 | ES | +491711234567 |
    | 12 | GB | None |
    """
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email_address(text: str) -> str | None:
    """The address without blanks around it, or None when it is none."""
    address = text.strip()
    return address if len(address) <= EMAIL_LENGTH_MAX and EMAIL.fullmatch(address) else None


def language_tag(text: str) -> str | None:
    """A language tag as BCP 47 writes it, or None when the text is none: `pt_br` is pt-BR."""
    try:
        return str(Locale.parse(text.strip().replace("-", "_"))).replace("_", "-")
    except (ValueError, UnknownLocaleError):
        return None


def is_country(code: str) -> bool:
    """Whether this is an ISO 3166 code of two letters."""
    return len(code) == 2 and code.isascii() and code.isupper() and code in get_global("territory_currencies")


def is_time_zone(name: str) -> bool:
    """Whether this names a zone of the IANA database, such as `Europe/Madrid`."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def contacts(email: str | None, phone: str | None, country: str) -> tuple[str | None, str | None]:
    """E-mail and phone as they are stored; an empty one is None.

    Raises:
        EmailInvalid, PhoneInvalid: what was given is no address or no number.
    """
    address = email_address(email) if email else None
    number = phone_e164(phone, country) if phone else None
    if email and address is None:
        raise EmailInvalid
    if phone and number is None:
        raise PhoneInvalid
    return address, number
