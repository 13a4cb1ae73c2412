"""rates.csv: which dated rates a file adds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.catalog.model import Rate
from core.exchange.rules import fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Columns, Sheet

COLUMNS = Columns(required=("date", "from", "to", "rate"))
RATE_DECIMALS_MAX = 15

Key = tuple[date, str, str]


@dataclass(slots=True)
class RatesDraft:
    """Rates of days and currencies that had none."""

    rates: list[Rate] = field(default_factory=list)
    unchanged: int = 0


def draft(sheet: Sheet, known: Iterable[Rate], findings: Findings) -> RatesDraft:
    """What the file adds; a rate that is known with another value is a fault, because figures stand on it."""
    found = RatesDraft()
    values: dict[Key, Decimal] = {(rate.since, rate.source, rate.target): rate.rate for rate in known}
    for row in sheet.frame.iter_rows(named=True):
        rate = _rate(row, findings)
        if rate is None:
            continue
        key = (rate.since, rate.source, rate.target)
        before = values.get(key)
        if before is None:
            values[key] = rate.rate
            found.rates.append(rate)
        elif before == rate.rate:
            found.unchanged += 1
        else:
            findings.fault("import_rate_differs", row[LINE], "rate", value=row["rate"], known=format(before, "f"))
    return found


def _rate(row: dict[str, str], findings: Findings) -> Rate | None:
    line = int(row[LINE])
    since = fields.day(row["date"])
    if since is None:
        findings.fault("import_day_wrong", line, "date", value=row["date"])
    wrong = [column for column in ("from", "to") if not fields.is_currency(row[column])]
    for column in wrong:
        findings.fault("import_currency_wrong", line, column, value=row[column])
    value = fields.exact(row["rate"], RATE_DECIMALS_MAX)
    if not value:
        findings.fault("import_rate_wrong", line, "rate", value=row["rate"])
    if row["from"] == row["to"] and not wrong:
        findings.fault("import_rate_to_itself", line, "to", value=row["to"])
        wrong.append("to")
    if since is None or wrong or not value:
        return None
    return Rate(since=since, source=row["from"], target=row["to"], rate=value)
