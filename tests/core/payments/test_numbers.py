"""Accounts outside SEPA, by tables: what can be one, what is wrong with the others, and how they are shown."""

from typing import Any

import pytest

from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import read_sheet
from core.kernel.ids import PersonId
from core.payments.model import AccountKind, AccountUnfit
from core.payments.rules import account_file
from core.payments.rules.accounts import Written, checked, has_sepa
from core.payments.rules.numbers import is_clabe, is_routing_number, masked
from i18n.errors import known
from tests.core.payments.company import BRAZIL, SPAIN

US = {"country": "US", "account": "000123-456789", "bank_code": "021000021"}
MX = {"country": "MX", "account": "002010077777777771"}
CO = {"country": "CO", "account": "123 456 789", "bank_code": "colocobm"}


@pytest.mark.parametrize(
    ("words", "country", "account", "bank_code", "currency"),
    [
        (US, "US", "000123456789", "021000021", "USD"),
        (US | {"country": " us "}, "US", "000123456789", "021000021", "USD"),
        (MX, "MX", "002010077777777771", "002", "MXN"),
        (MX | {"bank_code": "002"}, "MX", "002010077777777771", "002", "MXN"),
        (CO, "CO", "123456789", "COLOCOBM", "COP"),
    ],
)
def test_an_account_is_named_as_banks_of_its_country_do(
    words: dict[str, str], country: str, account: str, bank_code: str, currency: str
) -> None:
    found = checked(Written("Ana", **words), None)
    assert (found.kind, found.is_sepa, found.currency) == (AccountKind.ACCOUNT, False, currency)
    assert (found.country, found.account, found.bank_code) == (country, account, bank_code)


@pytest.mark.parametrize(
    ("words", "code", "facts"),
    [
        ({}, "account_unclear", {}),
        ({"country": "US"}, "account_unclear", {}),
        ({"bic": "COLOCOBM"}, "account_unclear", {}),
        (US | {"iban": SPAIN}, "account_unclear", {}),
        (US | {"bic": "COLOCOBM"}, "account_unclear", {}),
        ({"iban": SPAIN, "bank_code": "021000021"}, "account_unclear", {}),
        ({"iban": SPAIN, "country": "FR"}, "iban_elsewhere", {"country": "ES"}),
        (US | {"country": None}, "account_country_unknown", {}),
        (US | {"country": "XX"}, "account_country_unknown", {}),
        (US | {"country": "ES"}, "iban_needed", {"country": "ES"}),
        (US | {"account": None}, "account_digits_invalid", {"country": "US", "least": 4, "most": 17}),
        (US | {"account": "123"}, "account_digits_invalid", {"country": "US", "least": 4, "most": 17}),
        (US | {"account": "1234X"}, "account_digits_invalid", {"country": "US", "least": 4, "most": 17}),
        (US | {"account": "1" * 18}, "account_digits_invalid", {"country": "US", "least": 4, "most": 17}),
        (US | {"bank_code": None}, "routing_number_needed", {}),
        (US | {"bank_code": "02100002"}, "routing_number_needed", {}),
        (US | {"bank_code": "CHASUS33"}, "routing_number_needed", {}),
        (US | {"bank_code": "021000022"}, "routing_number_wrong", {}),
        (MX | {"account": "00201007777777777"}, "clabe_needed", {}),
        (MX | {"account": "002010077777777772"}, "clabe_wrong", {}),
        (MX | {"bank_code": "012"}, "clabe_elsewhere", {}),
        (CO | {"account": "12'45"}, "account_number_invalid", {"country": "CO", "least": 4, "most": 34}),
        (CO | {"account": "123"}, "account_number_invalid", {"country": "CO", "least": 4, "most": 34}),
        (CO | {"bank_code": None}, "bic_needed", {"country": "CO"}),
        (CO | {"bank_code": "007"}, "bic_needed", {"country": "CO"}),
        (CO | {"bank_code": "CHASUS33"}, "bic_elsewhere", {"country": "CO"}),
    ],
)
def test_each_way_to_be_wrong_has_a_sentence_and_repeats_no_number(
    words: dict[str, Any], code: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(AccountUnfit) as refused:
        checked(Written("Ana", **words), None)
    assert (refused.value.code, refused.value.facts) == (code, facts)
    assert code in known()
    assert code in account_file.COLUMN_OF


@pytest.mark.parametrize(
    ("digits", "can_be"), [("021000021", True), ("110000000", True), ("021000022", False), ("000000000", False)]
)
def test_a_routing_number_is_checked_by_its_digits(digits: str, can_be: bool) -> None:
    assert is_routing_number(digits) is can_be


@pytest.mark.parametrize(
    ("digits", "can_be"),
    [
        ("002010077777777771", True),
        ("032180000118359719", True),
        ("002010077777777772", False),
        ("020010077777777771", False),
        ("000000000000000000", False),
    ],
)
def test_a_clabe_is_checked_by_its_last_digit(digits: str, can_be: bool) -> None:
    assert is_clabe(digits) is can_be


@pytest.mark.parametrize(
    ("account", "kind", "country", "shown"),
    [
        ("ES9121000418450200051332", "iban", "ES", "ES91 •••• 1332"),
        ("NO9386011117947", "iban", "NO", "NO93 •••• 7947"),
        ("000123456789", "account", "US", "US •••• 6789"),
        ("123456", "account", "CO", "CO •••• 56"),
        ("1234", "account", "CO", "CO •••• 4"),
    ],
)
def test_a_number_is_shown_by_its_ends_alone(account: str, kind: str, country: str, shown: str) -> None:
    assert masked(account, kind, country) == shown


def test_countries_with_an_iban_and_without_sepa_may_be_named_by_either() -> None:
    assert [one for one in ("ES", "CH", "GB", "BR", "US") if has_sepa(one)] == ["ES", "CH", "GB"]
    assert checked(Written("Ana", iban=BRAZIL, country="BR"), None).kind is AccountKind.IBAN
    words = {"country": "BR", "account": "0009795493-1", "bank_code": "CEFXBRSP"}
    assert checked(Written("Ana", **words), None).account == "00097954931"


def test_a_file_holds_accounts_of_both_kinds_and_tells_the_column_that_is_wrong() -> None:
    lines = [
        "person_id,holder,iban,country,account,bank_code,currency",
        f"Ana,Ana,{SPAIN},,,,EUR",
        "Ben,Ben,,US,000123456789,021000021,EUR",
        "Cleo,Cleo,,MX,002010077777777772,,EUR",
        "Dan,Dan,,US,000123456789,021000022,EUR",
    ]
    findings = Findings()
    sheet = read_sheet([f"{line}\n".encode() for line in lines], account_file.COLUMNS, findings, lambda _count: None)
    assert sheet is not None
    people = {code: PersonId(place) for place, code in enumerate(("Ana", "Ben", "Cleo", "Dan"), 1)}
    assert [(one.account.kind, one.account.country) for one in account_file.read(sheet, people, findings)] == [
        ("iban", "ES"),
        ("account", "US"),
    ]
    assert [(one.code, one.line, one.facts.get("column")) for one in findings.all()] == [
        ("clabe_wrong", 4, "account"),
        ("routing_number_wrong", 5, "bank_code"),
    ]
