"""Accounts for invented people: right in every digit, and of banks that nobody has an account with."""

from typing import NamedTuple

from schwifty import IBAN

from core.payments.rules.numbers import MEXICO, UNITED_STATES, clabe_check_digit

NO_BANK = {
    "AT": "00000",
    "DE": "00000000",
    "ES": "0000",
    "FR": "00000",
    "GB": "XXXX",
    "LT": "00000",
    "PT": "0000",
}
"""A bank's code that no bank has, by country within SEPA."""
TRIED_ROUTING_NUMBER = "110000000"
"""What payment software is tried with in the US."""
NO_CLABE_BANK = "999"
NO_BIC = "XXXX{country}00"
DIGITS = 10


class Where(NamedTuple):
    """How an account is named in a file of accounts: the columns behind the holder."""

    iban: str = ""
    country: str = ""
    account: str = ""
    bank_code: str = ""


def account_number(country: str, number: int) -> str:
    """The IBAN of the person of a number in a country of SEPA.

    | country | number | IBAN                     |
    | ------- | ------ | ------------------------ |
    | DE      | 148    | DE17000000000000000148   |
    | ES      | 148    | ES9800000000010000000148 |
    """
    return str(IBAN.generate(country, NO_BANK[country], str(number)))


def account(country: str, number: int) -> Where:
    """The account of the person of a number: an IBAN where SEPA reaches, else as her country's banks name them.

    | country | number | account            | bank code |
    | ------- | ------ | ------------------ | --------- |
    | US      | 148    | 0000000148         | 110000000 |
    | MX      | 148    | 999000000000001482 |           |
    | CO      | 148    | 0000000148         | XXXXCO00  |
    """
    if country in NO_BANK:
        return Where(iban=account_number(country, number))
    if country == MEXICO:
        digits = f"{NO_CLABE_BANK}{number:014d}"
        return Where(country=country, account=digits + clabe_check_digit(digits))
    code = TRIED_ROUTING_NUMBER if country == UNITED_STATES else NO_BIC.format(country=country)
    return Where(country=country, account=f"{number:0{DIGITS}d}", bank_code=code)
