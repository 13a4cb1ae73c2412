"""Account numbers and names as banks take them."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.numbers import get_territory_currencies
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException
from text_unidecode import unidecode

from core.payments.model import BicInvalid, HolderInvalid, IbanInvalid

NOT_TAKEN = re.compile(r"[^A-Za-z0-9/?:().,'+\- ]+")
"""What SEPA's banks do not all take, once letters are Latin and without accents."""
EURO = "EUR"


@dataclass(frozen=True, slots=True)
class Checked:
    """An account that can exist: the number without blanks, in capitals."""

    holder: str
    iban: str
    bic: str | None
    country: str
    currency: str
    is_sepa: bool


def checked(holder: str, iban: str, bic: str | None, currency: str | None) -> Checked:
    """An account as somebody wrote it.

    Raises:
        HolderInvalid: the name has no letter that a bank's file could hold.
        IbanInvalid, BicInvalid: it has not the form, or the check digits are wrong.
    """
    if not bank_text(holder):
        raise HolderInvalid
    try:
        number = IBAN(iban)
    except SchwiftyException as error:
        raise IbanInvalid from error
    country = number.country_code
    return Checked(
        holder=" ".join(holder.split()),
        iban=str(number),
        bic=_bic(bic),
        country=country,
        currency=currency or main_currency(country),
        is_sepa=bool(number.in_sepa_zone),
    )


def _bic(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return str(BIC(text))
    except SchwiftyException as error:
        raise BicInvalid from error


def main_currency(country: str) -> str:
    """What is paid to accounts of a country unless somebody says otherwise; euros where nobody knows."""
    return next(iter(get_territory_currencies(country)), EURO)


def masked(iban: str) -> str:
    """An account number as it is shown: enough to recognise one's own, too little to pay to it.

    | iban                     | shown          |
    | ------------------------ | -------------- |
    | ES9121000418450200051332 | ES91 •••• 1332 |
    | NO9386011117947          | NO93 •••• 7947 |
    """
    return f"{iban[:4]} •••• {iban[-4:]}"


def bank_text(text: str, length_max: int = 70) -> str:
    """A text in the letters that every bank of the SEPA area takes.

    | text            | as banks take it |
    | --------------- | ---------------- |
    | Ana Núñez       | Ana Nunez        |
    | Müller & Söhne  | Muller Sohne     |
    | =SUM(A1)        | SUM(A1)          |
    | Юлия            | Iuliia           |
    | 🙂              |                  |
    """
    plain = " ".join(NOT_TAKEN.sub(" ", unidecode(text)).split())
    return re.sub(r"/{2,}", "/", plain).lstrip("/+-'(). ,:?")[:length_max].strip().rstrip("/")


def usable_from(now: datetime, *, is_change: bool, waiting_days: int) -> datetime:
    """From when on an account is paid to: the first at once, one that takes another's place after a while.

    Whoever gets hold of somebody's papers and names an account of his own must not be faster than she notices.
    """
    return now + timedelta(days=waiting_days) if is_change else now
