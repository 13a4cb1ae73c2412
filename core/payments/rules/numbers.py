"""Account numbers and bank codes of countries outside SEPA, and how any number is shown. Pure."""

import re

from schwifty import BIC
from schwifty.exceptions import SchwiftyException

from core.payments.model import (
    AccountDigitsInvalid,
    AccountKind,
    AccountNumberInvalid,
    BicElsewhere,
    BicNeeded,
    ClabeElsewhere,
    ClabeNeeded,
    ClabeWrong,
    RoutingNumberNeeded,
    RoutingNumberWrong,
)

UNITED_STATES, MEXICO = "US", "MX"
BLANKS = re.compile(r"[\s\-]+")
LEAST, MOST, MOST_IN_US = 4, 34, 17
NUMBER = re.compile(rf"[A-Z0-9]{{{LEAST},{MOST}}}")
DIGITS_IN_US = re.compile(rf"[0-9]{{{LEAST},{MOST_IN_US}}}")
ROUTING_NUMBER = re.compile(r"[0-9]{9}")
ROUTING_STARTS = frozenset({*range(1, 13), *range(21, 33), *range(61, 73), 80})
"""The first two digits of a routing number that a bank can have: its Federal Reserve district, by kind of bank."""
CLABE = re.compile(r"[0-9]{18}")
CLABE_WEIGHTS = (3, 7, 1)
CLABE_BANK_DIGITS = 3
NO_CLABE_BANK = "000"
SHOWN_MAX = 4


def local(country: str, account: str, bank_code: str | None) -> tuple[str, str]:
    """Number and bank code of an account without IBAN, as banks of its country write them.

    | country | account               | bank code   | becomes                                |
    | ------- | --------------------- | ----------- | -------------------------------------- |
    | US      | 000123-456789         | 110000000   | 000123456789, 110000000                |
    | MX      | 002010077777777771    |             | 002010077777777771, 002                |
    | CO      | 123 456 789           | colocobm    | 123456789, COLOCOBM                    |

    Raises:
        AccountDigitsInvalid, RoutingNumberNeeded, RoutingNumberWrong: it is none of the US.
        ClabeNeeded, ClabeWrong, ClabeElsewhere: it is none of Mexico.
        AccountNumberInvalid, BicNeeded, BicElsewhere: it is none of another country.
    """
    number, code = BLANKS.sub("", account).upper(), BLANKS.sub("", bank_code or "").upper()
    if country == UNITED_STATES:
        return _in_us(number, code)
    return _in_mexico(number, code) if country == MEXICO else _elsewhere(country, number, code)


def _in_us(number: str, code: str) -> tuple[str, str]:
    if not DIGITS_IN_US.fullmatch(number):
        raise AccountDigitsInvalid(country=UNITED_STATES, least=LEAST, most=MOST_IN_US)
    if not ROUTING_NUMBER.fullmatch(code):
        raise RoutingNumberNeeded
    if not is_routing_number(code):
        raise RoutingNumberWrong
    return number, code


def _in_mexico(number: str, code: str) -> tuple[str, str]:
    if not CLABE.fullmatch(number):
        raise ClabeNeeded
    if not is_clabe(number):
        raise ClabeWrong
    bank = number[:CLABE_BANK_DIGITS]
    if code not in ("", bank):
        raise ClabeElsewhere
    return number, bank


def _elsewhere(country: str, number: str, code: str) -> tuple[str, str]:
    if not NUMBER.fullmatch(number):
        raise AccountNumberInvalid(country=country, least=LEAST, most=MOST)
    try:
        bic = BIC(code)
    except SchwiftyException as error:
        raise BicNeeded(country=country) from error
    if bic.country_code != country:
        raise BicElsewhere(country=country)
    return number, str(bic)


def is_routing_number(digits: str) -> bool:
    """Whether nine digits can be a bank of the US: three times 3, 7, 1 of them come to a multiple of ten.

    | digits    | can be |
    | --------- | ------ |
    | 021000021 | yes    |
    | 021000022 | no     |
    | 000000000 | no     |
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits, (3, 7, 1) * 3, strict=True))
    return int(digits[:2]) in ROUTING_STARTS and total % 10 == 0


def is_clabe(digits: str) -> bool:
    """Whether 18 digits can be an account in Mexico: 3, 7, 1 times the others, last places summed, tell the last one.

    | digits             | can be |
    | ------------------ | ------ |
    | 002010077777777771 | yes    |
    | 002010077777777772 | no     |
    | 000000000000000000 | no     |
    """
    return not digits.startswith(NO_CLABE_BANK) and digits[-1] == clabe_check_digit(digits[:-1])


def clabe_check_digit(digits: str) -> str:
    """The last digit of a CLABE, of the 17 before it."""
    total = sum(int(digit) * CLABE_WEIGHTS[place % 3] % 10 for place, digit in enumerate(digits))
    return str(-total % 10)


def masked(account: str, kind: str, country: str) -> str:
    """A number as it is shown: enough to recognise one's own, too little to pay to it.

    | account                  | kind    | country | shown          |
    | ------------------------ | ------- | ------- | -------------- |
    | ES9121000418450200051332 | iban    | ES      | ES91 •••• 1332 |
    | NO9386011117947          | iban    | NO      | NO93 •••• 7947 |
    | 000123456789             | account | US      | US •••• 6789   |
    | 123456                   | account | CO      | CO •••• 56     |
    | 1234                     | account | CO      | CO •••• 4      |
    """
    if kind == AccountKind.IBAN:
        return f"{account[:4]} •••• {account[-4:]}"
    return f"{country} •••• {account[-min(SHOWN_MAX, len(account) // 3) :]}"
