"""Notes as they are written, in a file of their own."""

import polars as pl

from core.kernel.money import minor_digits
from core.settlement.lines.texts import money_texts
from core.settlement.rules.payouts import HOLDER
from core.settlement.running import Outcome


def notes(outcome: Outcome) -> pl.DataFrame:
    """What stands in `adjustments` of payouts, amount by amount."""
    digits = {code: minor_digits(code) for code in outcome.notes["currency"].unique().sort()}
    text = money_texts(pl.col("amount_minor"), pl.col("currency"), digits).alias("amount")
    return outcome.notes.select(*HOLDER, text, "kind", "reason")
