"""Whole units as decimal texts, a million at once; `because.decimal_text` is the same for one."""

import json
from collections.abc import Mapping

import polars as pl

SPECIAL = r'["\\\x00-\x1f]'
"""What JSON does not write as it stands."""


def decimal_texts(units: pl.Expr, decimals: int, *, trimmed: bool = False) -> pl.Expr:
    """64-bit units at so many decimals (18 at most) with a point.

    | units | decimals | text  | trimmed |
    | ----- | -------- | ----- | ------- |
    | 1250  | 2        | 12.50 | 12.5    |
    | -5    | 2        | -0.05 | -0.05   |
    | 1200  | 2        | 12.00 | 12      |
    | 1200  | 0        | 1200  | 1200    |
    """
    if decimals == 0:
        return units.cast(pl.String)
    size, one = units.abs(), 10**decimals
    rest = (size % one).cast(pl.String).str.zfill(decimals)
    sign = pl.when(units < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    whole = (size // one).cast(pl.String)
    if not trimmed:
        return pl.concat_str(sign, whole, pl.lit("."), rest)
    point = pl.when(size % one == 0).then(pl.lit("")).otherwise(pl.lit("."))
    return pl.concat_str(sign, whole, point, rest.str.strip_chars_end("0"))


def money_texts(units: pl.Expr, currency: pl.Expr, digits: Mapping[str, int]) -> pl.Expr:
    """Minor units, each of its own currency; `digits` knows all of them."""
    text = pl.lit(None, dtype=pl.String)
    for decimals in sorted(set(digits.values())):
        alike = [code for code, has in digits.items() if has == decimals]
        text = pl.when(currency.is_in(alike)).then(decimal_texts(units, decimals)).otherwise(text)
    return text


def json_texts(texts: pl.Series) -> pl.Series:
    """Texts as JSON writes them, with quotation marks around; null where there is none."""
    quoted = '"' + texts + '"'
    special = texts.str.contains(SPECIAL).fill_null(value=False)
    if special.any():
        told = [json.dumps(text, ensure_ascii=False) for text in texts.filter(special)]
        quoted = quoted.scatter(special.arg_true(), told)
    return quoted


def with_null(series: pl.Series) -> pl.Series:
    """With a null at the end, which -1 finds."""
    return pl.concat([series, pl.Series(series.name, [None], dtype=series.dtype)])
