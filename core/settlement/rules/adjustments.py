"""adjustments.csv: corrections by hand, signed amounts with a reason."""

import re
from collections.abc import Collection
from decimal import Decimal

import polars as pl

from core.exchange.rules import fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Columns, Sheet
from core.kernel.money import minor_digits, minor_units
from core.settlement.model import ADJUSTMENTS

COLUMNS = Columns(required=("person_id", "amount", "currency", "reason"))
AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


def read(sheet: Sheet, known: Collection[str], findings: Findings) -> pl.DataFrame:
    """Every line as it is meant (`ADJUSTMENTS`); one that means nothing is a fault."""
    found: list[tuple[str, str, int, str]] = []
    for row in sheet.frame.iter_rows(named=True):
        line, person, currency, reason = int(row[LINE]), row["person_id"], row["currency"], row["reason"]
        before = findings.faults
        if person not in known:
            findings.fault("import_person_unknown", line, "person_id", value=person)
        if not fields.is_currency(currency):
            findings.fault("import_currency_wrong", line, "currency", value=currency)
        if not reason:
            findings.fault("import_value_missing", line, "reason")
        amount = _minor(row["amount"], currency) if fields.is_currency(currency) else 0
        if amount is None:
            findings.fault("settle_amount_wrong", line, "amount", value=row["amount"])
        elif not amount and fields.is_currency(currency):
            findings.fault("settle_amount_zero", line, "amount")
        if findings.faults == before:
            found.append((person, currency, amount or 0, reason))
    return pl.DataFrame(found, schema=dict(ADJUSTMENTS), orient="row")


def _minor(text: str, currency: str) -> int | None:
    """Minor units; None where the text is no amount, or finer than the currency."""
    if not AMOUNT.fullmatch(text):
        return None
    scaled = Decimal(text).scaleb(minor_digits(currency))
    return minor_units(Decimal(text), currency) if scaled == scaled.to_integral_value() else None
