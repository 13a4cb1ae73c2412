"""Texts of award lines, made of the columns of `lines.LINE`: those of awards.csv, and the reason as a JSON object."""

import polars as pl

from core.settlement.lines.texts import decimal_texts, json_texts

AWARDS = (
    "payee_id", "bonus", "unit", "amount", "source_person_id", "source_order_id", "level", "base", "rate", "because",
)  # fmt: skip


def awards(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines as awards.csv has them, all of them texts."""
    base = _varied(lines, "base", "base_decimals", trimmed=True)
    base = base.zip_with(base.is_not_null(), lines["base_text"])
    return lines.select(
        "payee_id",
        "bonus",
        "unit",
        _varied(lines, "amount_minor", "digits", trimmed=False).alias("amount"),
        "source_person_id",
        "source_order_id",
        pl.when(pl.col("level") > 0).then(pl.col("level").cast(pl.String)).alias("level"),
        base.alias("base"),
        "rate",
        because(lines, base).alias("because"),
    )


def because(lines: pl.DataFrame, base: pl.Series) -> pl.Series:
    """The reasons, with their words always in the same order; those that were brought ready made stay.

    Args:
        base: as text.
    """
    exact = _varied(lines, "exact", "exact_decimals", trimmed=True)
    leg = (lines["kind"] == "differential") & (lines["level"] != 0)
    ordered = lines["source_order_id"].is_not_null()
    pieces = {
        "plan": json_texts(lines["plan"]),
        "kind": json_texts(lines["kind"]),
        "order": json_texts(lines["source_order_id"]),
        "leg": json_texts(lines["source_person_id"]).set(ordered | ~leg, None),
        "of": json_texts(lines["source_person_id"]).set(ordered | leg, None),
        "level": lines["level"].cast(pl.String).set(lines["level"] <= 0, None),
        "rank": json_texts(lines["rank"]).fill_null("null"),
        "base": '"' + base + '"',
        "rate": '"' + lines["rate"] + '"',
        "facts": lines["facts"],
        "skipped": lines["skipped"],
        "skipped_count": lines["skipped_count"].cast(pl.String),
        "exact": '"' + exact.zip_with(exact.is_not_null(), lines["exact_text"]) + '"',
        "rounding": json_texts(lines["rounding"]),
    }
    members = [
        pl.col(word)
        if word == "facts"
        else pl.lit("{" if word == "plan" else ",") + pl.lit(f'"{word}":') + pl.col(word)
        for word in pieces
    ]
    told = pl.DataFrame(pieces).select(pl.concat_str(*members, pl.lit("}"), ignore_nulls=True)).to_series()
    return lines["because"].zip_with(lines["because"].is_not_null(), told)


def _varied(lines: pl.DataFrame, units: str, decimals: str, *, trimmed: bool) -> pl.Series:
    """Whole units as texts, each at its line's decimals; null where there is none."""
    text = pl.lit(None, dtype=pl.String)
    for each in lines[decimals].drop_nulls().unique().sort():
        alike = decimal_texts(pl.col(units), each, trimmed=trimmed)
        text = pl.when(pl.col(decimals) == each).then(alike).otherwise(text)
    return lines.with_columns(text.alias(units))[units]
