"""Account numbers, names, files and splitting, by tables."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from core.kernel.errors import DomainError
from core.payments.model import AccountKind, BicBesideIban, BicInvalid, Format, HolderInvalid, IbanInvalid
from core.payments.rules.account_file import COLUMN_OF
from core.payments.rules.accounts import Written, bank_text, checked
from core.payments.rules.files import BankFile, Payer, Transfer, as_csv
from core.payments.rules.sepa import TEXT_LENGTH_MAX, pain001, schema
from core.payments.rules.splitting import SEPA_MAX_MINOR, largest, split, taken_off
from core.payments.wording import remittance
from i18n.errors import known
from i18n.translator import translator
from tests.core.payments.company import BRAZIL, FRANCE, GERMANY, NETHERLANDS, SPAIN

FILE = BankFile(
    number=1,
    message_id="UP-20261122120000-7-1",
    created_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
    execution_on=date(2026, 11, 25),
    currency="EUR",
    payer=Payer("Small & Co", NETHERLANDS, "ABNANL2A", Format.SEPA_2019),
    transfers=[
        Transfer("UP000007-0000001", "Ana", "Ana Núñez", AccountKind.IBAN, "ES", SPAIN, None, 1000, "2026-10"),
        Transfer(
            "UP000007-0000002",
            "=1+1",
            "Jörg <Müller>",
            AccountKind.IBAN,
            "DE",
            GERMANY,
            "COBADEFFXXX",
            2005,
            "2026-09 2026-10",
        ),
    ],
)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Ana Núñez", "Ana Nunez"),
        ("Müller & Söhne", "Muller Sohne"),
        ("=SUM(A1)", "SUM(A1)"),
        ("Юлия", "Iuliia"),
        ("🙂", ""),
        ("a//b/", "a/b"),
        ("x" * 200, "x" * 70),
    ],
)
def test_names_are_written_in_letters_that_every_bank_takes(text: str, taken: str) -> None:
    assert bank_text(text) == taken


@pytest.mark.parametrize(
    ("holder", "iban", "bic", "refused"),
    [
        ("Ana", "ES9121000418450200051333", None, IbanInvalid),
        ("Ana", "ES91", None, IbanInvalid),
        ("Ana", "4111111111111111", None, IbanInvalid),
        ("Ana", SPAIN, "XX", BicInvalid),
        ("🙂", SPAIN, None, HolderInvalid),
    ],
)
def test_what_can_be_no_account_is_refused_without_repeating_it(
    holder: str, iban: str, bic: str | None, refused: type[DomainError]
) -> None:
    with pytest.raises(refused) as caught:
        checked(Written(holder, iban, bic), None)
    assert caught.value.facts == {}


@pytest.mark.parametrize(
    ("iban", "bic", "taken"),
    [
        (GERMANY, "cobadeff", "COBADEFF"),
        (GERMANY, "BARCGB22", None),
        (FRANCE, "BNPAFRPP", "BNPAFRPP"),
        (FRANCE, "BRSEREPR", "BRSEREPR"),
        (SPAIN, "BRSEREPR", None),
        ("GB29NWBK60161331926819", "NWBKJESX", "NWBKJESX"),
    ],
)
def test_a_bic_is_of_a_bank_that_can_have_the_iban(iban: str, bic: str, taken: str | None) -> None:
    if taken is not None:
        assert checked(Written("Ana", iban, bic), None).bank_code == taken
        return
    with pytest.raises(BicBesideIban) as caught:
        checked(Written("Ana", iban, bic), None)
    assert caught.value.facts == {"country": iban[:2]}
    assert {caught.value.code} <= known() & COLUMN_OF.keys()


@pytest.mark.parametrize(
    ("iban", "country", "currency", "is_sepa"),
    [
        ("es91 2100 0418 4502 0005 1332", "ES", "EUR", True),
        ("GB82WEST12345698765432", "GB", "GBP", True),
        (BRAZIL, "BR", "BRL", False),
    ],
)
def test_a_number_tells_country_currency_and_area(iban: str, country: str, currency: str, is_sepa: bool) -> None:
    account = checked(Written(" Ana  Núñez ", iban), None)
    assert (account.country, account.currency, account.is_sepa) == (country, currency, is_sepa)
    assert (account.holder, account.account) == ("Ana Núñez", iban.replace(" ", "").upper())


@pytest.mark.parametrize(
    ("amounts", "payments_max", "amount_max", "files"),
    [
        ([5, 5, 5], 2, None, [[5, 5], [5]]),
        ([5, 5, 5], 10, 10, [[5, 5], [5]]),
        ([9, 2, 9], 10, 10, [[9], [2], [9]]),
        ([1, 1, 8], 10, 10, [[1, 1, 8]]),
        ([], 10, 10, []),
    ],
)
def test_files_are_as_full_as_the_bank_allows(
    amounts: list[int], payments_max: int, amount_max: int | None, files: list[list[int]]
) -> None:
    found = split(amounts, payments_max=payments_max, amount_max=amount_max)
    assert [[amounts[place] for place in places] for places in found] == files


@pytest.mark.parametrize(
    ("amounts", "used", "off"), [([5, 7], 0, [0, 0]), ([5, 7], 6, [5, 1]), ([5, 7], 12, [5, 7]), ([5, 7], -3, [0, 0])]
)
def test_what_was_used_is_taken_off_the_oldest_first(amounts: list[int], used: int, off: list[int]) -> None:
    assert taken_off(amounts, used) == off


def test_no_single_payment_is_larger_than_file_and_scheme_allow() -> None:
    assert largest(None, is_sepa=False) is None
    assert largest(None, is_sepa=True) == SEPA_MAX_MINOR
    assert largest(10, is_sepa=True) == 10


@pytest.mark.parametrize("version", [Format.SEPA_2019, Format.SEPA_2009])
@pytest.mark.parametrize("bic", ["ABNANL2A", None])
def test_a_sepa_file_is_valid_and_the_same_every_time(version: Format, bic: str | None) -> None:
    file = replace(FILE, payer=replace(FILE.payer, format=version, bank_code=bic))
    written = pain001(file)
    assert written == pain001(file)
    document = etree.fromstring(written)
    assert schema(version).validate(document)
    said = {str(etree.QName(one).localname): one.text for one in document.iter() if one.text}
    assert (said["MsgId"], said["PmtInfId"], said["CreDtTm"]) == (FILE.message_id,) * 2 + ("2026-11-22T12:00:00",)
    assert (said["NbOfTxs"], said["CtrlSum"]) == ("2", "30.05")
    assert ("NOTPROVIDED" in said.values()) == (bic is None)
    assert "Jorg Muller" in said.values()


def test_csv_ends_with_count_and_sum_and_starts_no_formula() -> None:
    lines = as_csv(FILE).decode().splitlines()
    assert lines[0] == "end_to_end_id,person_id,holder,kind,country,account,bank_code,amount,currency,execution_on,text"
    assert lines[2] == (
        "UP000007-0000002,'=1+1,Jörg <Müller>,iban,DE,DE89370400440532013000,COBADEFFXXX,20.05,EUR,2026-11-25,"
        "2026-09 2026-10"
    )
    assert lines[3] == "CONTROL,2,,,,,,30.05,EUR,2026-11-25,UP-20261122120000-7-1"


@pytest.mark.parametrize(
    ("cycles", "language", "text"),
    [
        (["2026-08", "2026-09"], "en", "Small Co: Commission 2026-08, 2026-09"),
        (["2026-09"], "es", "Small Co: Comision 2026-09"),
        (
            [f"{2024 + month // 12}-{month % 12 + 1:02d}" for month in range(24)],
            "de",
            "Small Co: Provision 2024-01 - 2025-12",
        ),
    ],
)
def test_a_payee_reads_who_pays_what_in_140_letters_of_every_bank(cycles: list[str], language: str, text: str) -> None:
    assert remittance("Small & Co", cycles, translator(language)) == text
    assert len(remittance("Müller & Söhne " * 4, cycles * 9, translator(language))) <= TEXT_LENGTH_MAX
