"""bank_accounts.csv: where people want to be paid, each by an IBAN or by country, account and bank code."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.exchange.rules import fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Columns, Sheet
from core.kernel.ids import PersonId
from core.payments.model import AccountUnfit
from core.payments.model.accounts import HOLDER_LENGTH_MAX
from core.payments.rules.accounts import Checked, Written, checked

WORDS = ("iban", "bic", "country", "account", "bank_code")
COLUMNS = Columns(required=("person_id", "holder"), optional=(*WORDS, "currency"))
COLUMN_OF = {
    "holder_invalid": "holder",
    "account_unclear": "account",
    "iban_invalid": "iban",
    "iban_needed": "iban",
    "bic_invalid": "bic",
    "bic_beside_iban": "bic",
    "iban_elsewhere": "country",
    "account_country_unknown": "country",
    "account_number_invalid": "account",
    "account_digits_invalid": "account",
    "clabe_needed": "account",
    "clabe_wrong": "account",
    "clabe_elsewhere": "bank_code",
    "routing_number_needed": "bank_code",
    "routing_number_wrong": "bank_code",
    "bic_needed": "bank_code",
    "bic_elsewhere": "bank_code",
}
"""Where a line is wrong, by the refusal's code."""


@dataclass(frozen=True, slots=True)
class FileAccount:
    """One line of the file."""

    line: int
    person: PersonId
    account: Checked


def read(sheet: Sheet, people: Mapping[str, PersonId], findings: Findings) -> list[FileAccount]:
    """The accounts of a file; each person has one of each currency. Faults never repeat a number."""
    found: dict[tuple[PersonId, str], FileAccount] = {}
    for row in sheet.frame.iter_rows(named=True):
        one = _account(row, people, findings)
        if one is None:
            continue
        first = found.setdefault((one.person, one.account.currency), one)
        if first is not one:
            findings.fault("bank_account_twice", one.line, person=row["person_id"], first=first.line)
    return list(found.values())


def _account(row: Mapping[str, str], people: Mapping[str, PersonId], findings: Findings) -> FileAccount | None:
    before, line = findings.faults, int(row[LINE])
    person = people.get(row["person_id"])
    if person is None:
        findings.fault("import_person_unknown", line, "person_id", value=row["person_id"])
    if row["currency"] and not fields.is_currency(row["currency"]):
        findings.fault("import_currency_wrong", line, "currency", value=row["currency"])
    if len(row["holder"]) > HOLDER_LENGTH_MAX:
        findings.fault("import_text_unfit", line, "holder", longest=HOLDER_LENGTH_MAX)
    try:
        account = checked(Written(row["holder"], *(row[name] for name in WORDS)), row["currency"] or None)
    except AccountUnfit as refused:
        findings.fault(refused.code, line, COLUMN_OF[refused.code], **refused.facts)
        return None
    if person is None or findings.faults > before:
        return None
    return FileAccount(line, person, account)
