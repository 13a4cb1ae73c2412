"""Corrections and notes as they are written: corrections among the award lines, notes in a file of their own."""

from collections.abc import Mapping

import polars as pl

from core.kernel.money import minor_digits
from core.settlement.rules.corrections import digits_of
from core.settlement.rules.payouts import HOLDER
from core.settlement.running import Outcome
from core.settlement.texts import money_texts


def with_corrections(awards: pl.DataFrame, outcome: Outcome) -> pl.DataFrame:
    """The award lines, each payee's corrections of a bonus after its lines; who is not known any more comes last."""
    if outcome.corrections.is_empty():
        return awards
    digits = {unit: digits_of(unit) for unit in outcome.corrections["unit"].unique().sort()}
    amount = money_texts(pl.col("amount_minor"), pl.col("unit"), digits).alias("amount")
    found = outcome.corrections.with_columns(amount).rename({"person_id": "payee_id"}).select(awards.columns)
    codes = outcome.company.people["code"]
    places = pl.DataFrame({"payee_id": codes, "place": range(len(codes))}, schema_overrides={"place": pl.Int64})
    numbers = _numbers([one.bonus.code for one in outcome.settled])
    together = pl.concat([awards, found]).join(places, on="payee_id", how="left", maintain_order="left")
    number = pl.col("bonus").replace_strict(numbers, default=len(numbers), return_dtype=pl.Int64)
    unknown = pl.when(pl.col("place").is_null()).then(pl.col("payee_id")).alias("unknown")
    together = together.with_columns(number.alias("number"), unknown)
    return together.sort("place", "unknown", "number", nulls_last=True, maintain_order=True).select(awards.columns)


def _numbers(codes: list[str]) -> Mapping[str, int]:
    return {code: number for number, code in enumerate(dict.fromkeys(codes))}


def notes(outcome: Outcome) -> pl.DataFrame:
    """What stands in `adjustments` of payouts, amount by amount."""
    digits = {code: minor_digits(code) for code in outcome.notes["currency"].unique().sort()}
    text = money_texts(pl.col("amount_minor"), pl.col("currency"), digits).alias("amount")
    return outcome.notes.select(*HOLDER, text, "kind", "reason")
