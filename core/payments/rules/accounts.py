"""Account numbers and names as banks take them."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.numbers import get_territory_currencies
from schwifty import BIC, IBAN, registry
from schwifty.exceptions import SchwiftyException
from text_unidecode import unidecode

from core.payments.model import (
    AccountKind,
    AccountUnclear,
    AccountWish,
    BicBesideIban,
    BicInvalid,
    CountryUnknown,
    HolderInvalid,
    IbanElsewhere,
    IbanInvalid,
    IbanNeeded,
)
from core.payments.rules.numbers import local
from core.people.rules import is_country

NOT_TAKEN = re.compile(r"[^A-Za-z0-9/?:().,'+\- ]+")
"""What SEPA's banks do not all take, once letters are Latin and without accents."""
EURO = "EUR"
BANKS_ELSEWHERE = {
    "GB": {"GG", "IM", "JE"},
    "FR": {"BL", "GF", "GP", "MC", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"},
    "FI": {"AX"},
    "MC": {"FR"},
}
"""Countries whose letters banks' BICs have beside IBANs of another: its territories, and Monaco with France."""


@dataclass(frozen=True, slots=True)
class Written:
    """An account as somebody wrote it, in a form or in a line of a file; what is empty was not written."""

    holder: str
    iban: str | None = None
    bic: str | None = None
    country: str | None = None
    account: str | None = None
    bank_code: str | None = None

    @classmethod
    def of(cls, wish: AccountWish) -> "Written":
        """The same as `wish`."""
        return cls(wish.holder, wish.iban, wish.bic, wish.country, wish.account, wish.bank_code)


@dataclass(frozen=True, slots=True)
class Checked:
    """An account that can exist: number and bank code without blanks, in capitals."""

    holder: str
    kind: AccountKind
    account: str
    bank_code: str | None
    country: str
    currency: str
    is_sepa: bool


def checked(written: Written, currency: str | None) -> Checked:
    """An account that can exist, of what was written.

    Raises:
        HolderInvalid: the name has no letter that a bank's file could hold.
        AccountUnclear: there is neither an IBAN nor an account number, or there are words of both kinds.
        AccountUnfit: one of its other kinds; what is there cannot be an account.
    """
    if not bank_text(written.holder):
        raise HolderInvalid
    of_iban, of_account = written.iban or written.bic, written.account or written.bank_code
    if of_account and not of_iban:
        return _by_number(written, currency)
    if not written.iban or of_account:
        raise AccountUnclear
    return _by_iban(written, written.iban, currency)


def _by_iban(written: Written, iban: str, currency: str | None) -> Checked:
    try:
        number = IBAN(iban)
    except SchwiftyException as error:
        raise IbanInvalid from error
    country = number.country_code
    if written.country and written.country.strip().upper() != country:
        raise IbanElsewhere(country=country)
    return Checked(
        holder=" ".join(written.holder.split()),
        kind=AccountKind.IBAN,
        account=str(number),
        bank_code=_bic(written.bic or None, country),
        country=country,
        currency=currency or main_currency(country),
        is_sepa=bool(number.in_sepa_zone),
    )


def _by_number(written: Written, currency: str | None) -> Checked:
    country = (written.country or "").strip().upper()
    if not is_country(country):
        raise CountryUnknown
    if has_sepa(country):
        raise IbanNeeded(country=country)
    account, bank_code = local(country, written.account or "", written.bank_code)
    return Checked(
        holder=" ".join(written.holder.split()),
        kind=AccountKind.ACCOUNT,
        account=account,
        bank_code=bank_code,
        country=country,
        currency=currency or main_currency(country),
        is_sepa=False,
    )


def has_sepa(country: str) -> bool:
    """Whether SEPA reaches a country: its accounts are named by their IBANs."""
    try:
        return bool(registry.get_iban_spec(country).in_sepa_zone)
    except SchwiftyException:
        return False


def _bic(text: str | None, country: str) -> str | None:
    """A BIC of a bank that can have IBANs of a country.

    | IBAN of | BIC         | becomes     |
    | ------- | ----------- | ----------- |
    | DE      | cobadeff    | COBADEFF    |
    | DE      | BARCGB22    | refused     |
    | GB      | BARCJESH    | BARCJESH    |
    """
    if text is None:
        return None
    try:
        bic = BIC(text)
    except SchwiftyException as error:
        raise BicInvalid from error
    if bic.country_code not in {country, *BANKS_ELSEWHERE.get(country, ())}:
        raise BicBesideIban(country=country)
    return str(bic)


def main_currency(country: str) -> str:
    """What is paid to accounts of a country unless somebody says otherwise; euros where nobody knows."""
    return next(iter(get_territory_currencies(country)), EURO)


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
