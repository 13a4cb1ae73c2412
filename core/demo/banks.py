"""Account numbers for invented people: right in every digit, and of banks that do not exist."""

from schwifty import IBAN

NO_BANK = {
    "AT": "00000",
    "DE": "00000000",
    "ES": "0000",
    "FR": "00000",
    "GB": "XXXX",
    "LT": "00000",
    "PT": "0000",
}
"""A bank's code that no bank has, by country."""
ELSEWHERE = "LT"
"""Whoever lives where SEPA does not reach has her euros paid to a bank in Lithuania."""


def account_number(country: str, number: int) -> str:
    """The IBAN of the person of a number, in her country where SEPA reaches it.

    | country | number | IBAN                     |
    | ------- | ------ | ------------------------ |
    | DE      | 148    | DE17000000000000000148   |
    | ES      | 148    | ES9800000000010000000148 |
    | MX      | 148    | LT940000000000000148     |
    """
    home = country if country in NO_BANK else ELSEWHERE
    return str(IBAN.generate(home, NO_BANK[home], str(number)))
