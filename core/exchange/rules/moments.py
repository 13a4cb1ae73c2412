"""Columns of times: what is written in the usual ways is read as a whole, the rest text by text."""

from zoneinfo import ZoneInfo

import polars as pl

from core.exchange.rules import fields

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
SECOND = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-5][0-9]Z?$"
DAY_LENGTH, CLOCK_LENGTH = 10, 8
FORMAT = "%Y-%m-%d %H:%M:%S"


def moments_of(texts: pl.Series, zone: ZoneInfo) -> pl.Series:
    """Microseconds since 1970, as `fields.moment` reads each text; null where it means none."""
    read = (
        texts.alias("text").to_frame().with_columns(_plain().alias("plain")).with_columns(_usual(zone).alias("moment"))
    )
    rest = read.filter(pl.col("moment").is_null() & (pl.col("text") != "")).select("text").unique()
    if rest.is_empty():
        return read["moment"]
    others = [fields.moment(text, zone) for text in rest["text"].to_list()]
    known = rest.with_columns(pl.Series("other", others, dtype=pl.Int64))
    joined = read.join(known, on="text", how="left", maintain_order="left")
    return joined.select(pl.coalesce("moment", "other")).to_series()


def _plain() -> pl.Expr:
    """Days, and times to the second, as the clock of their zone tells them; null for anything else."""
    text = pl.col("text")
    told = text.str.slice(DAY_LENGTH + 1, CLOCK_LENGTH)
    is_day = text.str.contains(DAY)
    clock = pl.when(is_day).then(pl.lit("00:00:00")).otherwise(told)
    whole = pl.when(is_day | text.str.contains(SECOND))
    told = whole.then(pl.concat_str(text.str.slice(0, DAY_LENGTH), pl.lit(" "), clock))
    found = told.str.to_datetime(FORMAT, time_unit="us", strict=False)
    return pl.when(found.dt.year().is_between(fields.YEARS.start, fields.YEARS.stop - 1)).then(found)


def _usual(zone: ZoneInfo) -> pl.Expr:
    """Times in company time or with a Z; one that the clocks skip is left to the others."""
    plain = pl.col("plain")
    local = plain.dt.replace_time_zone(zone.key, ambiguous="earliest", non_existent="null")
    utc = plain.dt.replace_time_zone("UTC")
    return pl.when(pl.col("text").str.ends_with("Z")).then(utc.dt.epoch("us")).otherwise(local.dt.epoch("us"))
