"""balances.csv: points and credit that people bring with them from the books before these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.exchange.rules import fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Columns, Sheet
from core.kernel.ids import PersonId
from core.kernel.money import minor_digits, minor_units
from core.ledger.model import AMOUNT_MAX, POINTS
from core.points.model import POINTS_MAX

COLUMNS = Columns(required=("person_id", "purpose", "amount"), optional=("currency", "expires_on", "reason"))
REASON_LENGTH_MAX = 200

Row = Mapping[str, str]


class Kind(StrEnum):
    """What a balance is of."""

    POINTS = "points"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Balance:
    """One line of the file. `amount` is in points, or in minor units of `unit`."""

    line: int
    code: str
    person: PersonId
    unit: str
    amount: int
    expires_on: date | None
    reason: str

    @property
    def key(self) -> str:
        """Whose balance of what it is: the same in another file is the same balance."""
        return ":".join([self.code, self.unit, *([self.expires_on.isoformat()] if self.expires_on else [])])


@dataclass(frozen=True, slots=True)
class Setting:
    """What the balances of a file are read against."""

    people: Mapping[str, PersonId]
    today: date
    """In company time."""
    reason: str
    """Of lines that give none."""


@dataclass(slots=True)
class BalancesDraft:
    """Balances that the book does not have yet."""

    balances: list[Balance] = field(default_factory=list)
    unchanged: int = 0


def read(sheet: Sheet, setting: Setting, findings: Findings) -> list[Balance]:
    """The balances of a file; each person has one of each unit and last day."""
    found: dict[str, Balance] = {}
    for row in sheet.frame.iter_rows(named=True):
        balance = _balance(row, setting, findings)
        if balance is None:
            continue
        first = found.setdefault(balance.key, balance)
        if first is not balance:
            findings.fault("import_balance_twice", balance.line, person=balance.code, first=first.line)
    return list(found.values())


def draft(balances: Iterable[Balance], known: Mapping[str, int], findings: Findings) -> BalancesDraft:
    """What the file adds; a balance that is known with another amount is a fault, because people have spent from it.

    Args:
        known: amounts that were brought in before, by the balance's key.
    """
    found = BalancesDraft()
    for balance in balances:
        before = known.get(balance.key)
        if before is None:
            found.balances.append(balance)
        elif before == balance.amount:
            found.unchanged += 1
        else:
            findings.fault("import_balance_differs", balance.line, "amount", person=balance.code)
    return found


def _balance(row: Row, setting: Setting, findings: Findings) -> Balance | None:
    before = findings.faults
    line = int(row[LINE])
    person = setting.people.get(row["person_id"])
    if person is None:
        findings.fault("import_person_unknown", line, "person_id", value=row["person_id"])
    if len(row["reason"]) > REASON_LENGTH_MAX:
        findings.fault("import_text_unfit", line, "reason", longest=REASON_LENGTH_MAX)
    kind = row["purpose"]
    if kind not in list(Kind):
        findings.fault("import_word_wrong", line, "purpose", value=kind, known=[one.value for one in Kind])
        return None
    unit, amount, ends = (_points if kind == Kind.POINTS else _credit)(row, line, setting, findings)
    if person is None or findings.faults > before:
        return None
    return Balance(line, row["person_id"], person, unit, amount, ends, row["reason"] or setting.reason)


def _points(row: Row, line: int, setting: Setting, findings: Findings) -> tuple[str, int, date | None]:
    amount = fields.exact(row["amount"], 0)
    if not amount or amount > POINTS_MAX:
        findings.fault("import_points_wrong", line, "amount", value=row["amount"])
    if row["currency"]:
        findings.fault("import_points_currency", line, "currency", value=row["currency"])
    ends = fields.day(row["expires_on"])
    if row["expires_on"] and ends is None:
        findings.fault("import_day_wrong", line, "expires_on", value=row["expires_on"])
    if ends is not None and ends < setting.today:
        findings.fault("import_points_ended", line, "expires_on", value=row["expires_on"])
    return POINTS, int(amount or 0), ends


def _credit(row: Row, line: int, _setting: Setting, findings: Findings) -> tuple[str, int, None]:
    currency = row["currency"]
    known = fields.is_currency(currency)
    if not known:
        findings.fault("import_currency_wrong", line, "currency", value=currency)
    if row["expires_on"]:
        findings.fault("import_credit_ends", line, "expires_on", value=row["expires_on"])
    exact = fields.exact(row["amount"], minor_digits(currency) if known else fields.PRICE_DECIMALS_MAX)
    amount = minor_units(exact, currency) if exact and known else 0
    if not exact or amount > AMOUNT_MAX:
        findings.fault("import_amount_wrong", line, "amount", value=row["amount"])
    return currency, amount, None
