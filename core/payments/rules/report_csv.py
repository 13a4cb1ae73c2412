"""What a bank says as CSV: `end_to_end_id, status, reason, date`, and an amount where it tells one."""

from collections.abc import Mapping

from core.exchange.rules import fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Columns, Sheet
from core.kernel.money import minor_digits, minor_units
from core.payments.model import Entry, Status

COLUMNS = Columns(required=("end_to_end_id", "status"), optional=("reason", "date", "amount", "currency"))
WORDS: Mapping[str, Status] = {
    "paid": Status.PAID,
    "returned": Status.RETURNED,
    "rejected": Status.RETURNED,
    "accepted": Status.ACCEPTED,
}
REASON_LENGTH_MAX = 200


def entries(sheet: Sheet, findings: Findings) -> list[Entry]:
    """One entry a line; what is wrong with a line goes into the findings."""
    return [entry for row in sheet.frame.iter_rows(named=True) if (entry := _entry(row, findings)) is not None]


def _entry(row: Mapping[str, str], findings: Findings) -> Entry | None:
    before, line = findings.faults, int(row[LINE])
    status = WORDS.get(row["status"].lower())
    if status is None:
        findings.fault("import_word_wrong", line, "status", value=row["status"], known=list(WORDS))
    day = fields.day(row["date"]) if row["date"] else None
    if row["date"] and day is None:
        findings.fault("import_day_wrong", line, "date", value=row["date"])
    if len(row["reason"]) > REASON_LENGTH_MAX:
        findings.fault("import_text_unfit", line, "reason", longest=REASON_LENGTH_MAX)
    amount = _amount(row, line, findings) if row["amount"] else None
    if status is None or findings.faults > before:
        return None
    return Entry(
        line,
        status,
        end_to_end_id=row["end_to_end_id"],
        reason=row["reason"] or None,
        on=day,
        amount_minor=amount,
        currency=row["currency"] or None,
    )


def _amount(row: Mapping[str, str], line: int, findings: Findings) -> int | None:
    currency = row["currency"]
    if not fields.is_currency(currency):
        findings.fault("import_currency_wrong", line, "currency", value=currency)
        return None
    exact = fields.exact(row["amount"], minor_digits(currency))
    if exact is None:
        findings.fault("import_amount_wrong", line, "amount", value=row["amount"])
        return None
    return minor_units(exact, currency)
