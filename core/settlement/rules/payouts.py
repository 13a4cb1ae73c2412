"""What is paid out of what was earned, and what is carried over.

With a minimum of 10:

| carried in | earned | adjustments | paid | carried out |
| ---------- | ------ | ----------- | ---- | ----------- |
| 0          | 7      | 0           | 0    | 7           |
| 7          | 5      | 0           | 12   | 0           |
| 0          | 20     | -25         | 0    | -5          |
| 0          | 10     | 0           | 10   | 0           |

With a fee of 1.50 on payments below 50, and at most half of what is due kept to pay back a debt; `earned` of the fourth
is 60 less 100 that returns took back:

| carried in | earned | adjustments | paid  | carried out | note                          |
| ---------- | ------ | ----------- | ----- | ----------- | ----------------------------- |
| 0          | 20     | -1.50       | 18.50 | 0           | a payment below 50: the fee   |
| 0          | 50     | 0           | 50    | 0           | from 50 on it is free         |
| -30        | 40     | -1.50       | 18.50 | -10         | 20 of 40 are kept             |
| 0          | -40    | -1.50       | 28.50 | -70         | 30 of 60 are kept             |
| 0          | 1      | 0           | 0     | 1           | the fee would leave nothing   |

With a fifth of what is paid as credit and, but in the first row, a fee of 1.50:

| due   | credit | paid  | carried out | note                                    |
| ----- | ------ | ----- | ----------- | --------------------------------------- |
| 12.34 | 2.47   | 9.87  | 0           | without a fee                           |
| 12.34 | 2.47   | 8.37  | 0           | the fee is taken from the rest          |
| 1.60  | 0      | 0     | 1.60        | the fee would leave nothing of the rest |

With a fee of 15 % and, in the second row, a fifth of what is paid as credit:

| due   | fee  | credit | paid  |
| ----- | ---- | ------ | ----- |
| 12.34 | 1.85 | 0      | 10.49 |
| 12.34 | 1.85 | 2.47   | 8.02  |

Charges of 5 % and 10 % beside a fee of 1.50, with a fifth as credit:

| due   | 5 %  | 10 % | fee  | credit | paid |
| ----- | ---- | ---- | ---- | ------ | ---- |
| 12.34 | 0.62 | 1.23 | 1.50 | 2.47   | 6.52 |

What waits is carried in *lots* by the cycle it was earned in. A lot that `expires_after` cycles have not paid goes back
to the company in the next, unless that pays it; debits take from the oldest lot first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl

from core.bonuses.rules.rounding import cut_down, rounded
from core.kernel.money import minor_digits
from core.plan.model.percents import Percent
from core.settlement.model import LOTS, NOTES, framed

HOLDER = ("person_id", "currency")
MONEY = ("earned", "carried_in", "adjustments", "to_credit", "paid", "carried_out")
"""Columns of payouts after `HOLDER`, in minor units."""
BY_HAND, FEE, CHARGE, EXPIRY = "by_hand", "fee", "charge", "expiry"
CHARGES = "charges"
"""A column of payouts after `MONEY`: what each charge took, such as `tds:500 admin:1000`."""
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds in one currency, in its minor units."""

    minimum: int = 0
    fee: int = 0
    fee_from: int = 0
    """Payments from this on are free; 0 is none."""
    step: int = 1
    """Of how many of them what is paid is a multiple."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a company pays."""

    limits: Mapping[str, Limits]
    """By currency."""
    cycle: str
    """The code of this cycle, as which new lots are known."""
    expires_after: int | None = None
    recovery_max: Percent = Decimal(HUNDRED)
    credit: Percent = Decimal(0)
    """So much of all that is due becomes credit, in percent."""
    fee_share: Percent = Decimal(0)
    """So much of it is the fee, in percent, beside what `limits` say."""
    charges: Mapping[str, Decimal] = field(default_factory=dict)
    """So much of it is taken off beside the fee, in percent, by code: taxes withheld and the like."""
    mode: str = "half_up"
    """How these are rounded."""
    fee_told: str = ""
    """The fee as the plan says it, for whoever reads the note."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What a run pays."""

    payouts: pl.DataFrame
    """`HOLDER`, `MONEY` and `CHARGES`, in no particular order."""
    notes: pl.DataFrame
    """As `NOTES` says: every amount that stands in `adjustments`."""
    lots: pl.DataFrame
    """As `LOTS` says: what is carried out."""


def payouts(
    earned: pl.DataFrame, charged: pl.DataFrame, carried: pl.DataFrame, adjustments: pl.DataFrame, terms: Terms
) -> Paid:
    """Everybody's balance in each currency in which she has anything.

    All or nothing of what is due is paid; a negative balance waits for earnings and is never asked back.

    Args:
        earned: person_id, currency, amount_minor; any number of rows for one holder, as in the two that follow.
        charged: so much of `earned` is taken back for returns: amounts below zero.
        carried: the lots that were left before, as `LOTS` says.
        adjustments: corrections by hand.
    """
    sums = _sums(earned=earned, charged=charged, carried_in=carried, by_hand=adjustments)
    sums = _due(sums, terms)
    waiting = _waiting(sums, carried, terms)
    expired = _expired(waiting, terms)
    lots = waiting.join(expired, on=[*HOLDER, "cycle", "waited"], how="anti")
    by_hand = adjustments.select(*HOLDER, "amount_minor", pl.lit(BY_HAND).alias("kind"), "reason")
    fee = pl.lit(terms.fee_told).alias("reason")
    fees = sums.filter(pl.col("taken") > 0).select(
        *HOLDER, -pl.col("taken").alias("amount_minor"), pl.lit(FEE).alias("kind"), fee
    )
    expiries = expired.select(*HOLDER, -pl.col("amount_minor"), pl.lit(EXPIRY).alias("kind"), reason="cycle")
    charges = [_charges_of(sums, code, share) for code, share in terms.charges.items()]
    notes = pl.concat([framed(NOTES, {}), by_hand, fees, *charges, expiries])
    gone = expired.group_by(HOLDER).agg(pl.col("amount_minor").sum().alias("gone"))
    sums = sums.join(gone, on=HOLDER, how="left").with_columns(pl.col("gone").fill_null(0))
    adjusted = pl.col("by_hand") - pl.col("taken") - pl.col("charged_off") - pl.col("gone")
    out = pl.col("total") - pl.col("settled") - pl.col("gone")
    found = sums.with_columns(adjusted.alias("adjustments"), out.alias("carried_out"))
    return Paid(found.select(*HOLDER, *MONEY, CHARGES), notes, lots.select(list(LOTS)))


def _charges_of(sums: pl.DataFrame, code: str, share: Decimal) -> pl.DataFrame:
    """What one charge took, as notes."""
    took = pl.col(CHARGE + code)
    told = (pl.lit(CHARGE).alias("kind"), pl.lit(f"{code} {share.normalize():f} %").alias("reason"))
    return sums.filter(took > 0).select(*HOLDER, -took.alias("amount_minor"), *told)


def _sums(**parts: pl.DataFrame) -> pl.DataFrame:
    noted = [part.select(*HOLDER, pl.col("amount_minor").alias(name)) for name, part in parts.items()]
    return pl.concat(noted, how="diagonal").group_by(HOLDER).agg(pl.col(*parts).sum())


def _due(sums: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """With `total` (the balance) and `settled` (what leaves it): `taken` (the fee), `to_credit` and `paid`."""
    names = ("minimum", "fee", "fee_from", "step")
    columns = {"currency": list(terms.limits)}
    columns |= {name: [getattr(one, name) for one in terms.limits.values()] for name in names}
    schema = {"currency": pl.String, **dict.fromkeys(names, pl.Int64)}
    owed = pl.max_horizontal(-pl.col("carried_in"), 0) - pl.col("charged")
    sums = sums.join(pl.DataFrame(columns, schema=schema), on="currency").with_columns(
        total=pl.col("earned") + pl.col("carried_in") + pl.col("by_hand"), owed=owed
    )
    sums = sums.with_columns(gain=pl.col("total") + pl.col("owed"))
    sums = sums.with_columns(_kept(sums, Fraction(terms.recovery_max) / HUNDRED))
    due = pl.col("gain") - pl.col("kept")
    free = (pl.col("fee_from") > 0) & (due >= pl.col("fee_from"))
    sums = sums.with_columns(due=due)
    share = _part("share", sums, terms.fee_share, terms.mode)
    fee = pl.when(free).then(0).otherwise(pl.col("fee") + share)
    sums = sums.with_columns(_part("credit", sums, terms.credit, terms.mode), asked=fee)
    sums = sums.with_columns(_part(CHARGE + code, sums, share, terms.mode) for code, share in terms.charges.items())
    taking = [CHARGE + code for code in terms.charges]
    charges = pl.sum_horizontal(pl.lit(0, pl.Int64), *taking)
    rest, off = pl.col("due") - pl.col("credit"), pl.col("asked") + charges
    pays = (pl.col("due") >= pl.col("minimum")) & (pl.col("due") > 0) & ((off == 0) | (rest > off))
    sums = sums.with_columns(pays=pays).with_columns(pl.when("pays").then(name).otherwise(0) for name in taking)
    pays = pl.col("pays")
    return sums.with_columns(
        _told_charges(terms),
        charged_off=charges,
        settled=pl.when(pays).then("due").otherwise(0),
        taken=pl.when(pays).then("asked").otherwise(0),
        to_credit=pl.when(pays).then("credit").otherwise(0),
        paid=pl.when(pays).then(rest - pl.col("asked") - charges).otherwise(0),
    )


def _told_charges(terms: Terms) -> pl.Expr:
    """What each charge took, as one text."""
    taken = {code: pl.col(CHARGE + code) for code in terms.charges}
    told = [pl.when(one > 0).then(pl.format(code + ":{}", one)) for code, one in taken.items()]
    return pl.concat_str(pl.lit(""), *told, separator=" ", ignore_nulls=True).str.strip_chars().alias(CHARGES)


def _part(name: str, sums: pl.DataFrame, percent: Percent, mode: str) -> pl.Series:
    """So much of what is due, in whole steps."""
    found, share = np.zeros(sums.height, np.int64), Fraction(percent) / HUNDRED
    if share:
        due, steps = sums["due"].to_numpy(), sums["step"].to_numpy()
        for step in np.unique(steps).tolist():
            mine = steps == step
            exact = due[mine].astype(object) * share.numerator
            found[mine] = np.minimum(rounded(exact, share.denominator, mode, step), due[mine])
    return pl.Series(name, found)


def _kept(sums: pl.DataFrame, most: Fraction) -> pl.Series:
    """How much of a gain pays back what is owed, in whole steps; all that is owed where there is no gain."""
    gain, owed, step = sums["gain"].to_numpy(), sums["owed"].to_numpy().copy(), sums["step"].to_list()
    for at in np.flatnonzero((gain > 0) & (owed > 0)).tolist():
        owed[at] = min(int(owed[at]), cut_down(int(gain[at]) * most, step[at]))
    return pl.Series("kept", owed)


def _waiting(sums: pl.DataFrame, carried: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """The lots that are left, before any expires; a debt is one lot."""
    left = pl.col("total") - pl.col("settled")
    moved = pl.col("earned") + pl.col("by_hand")
    sums = sums.with_columns(left=left, moved=moved)
    piled = (pl.col("settled") == 0) & (pl.col("left") > 0) & (pl.col("carried_in") > 0)
    keeping = sums.filter(piled)
    old = carried.join(keeping.select(*HOLDER, "moved"), on=HOLDER)
    old = old.sort(*HOLDER, "waited", descending=[False, False, True], maintain_order=True)
    spent = pl.max_horizontal(-pl.col("moved"), 0)
    after = pl.col("amount_minor").cum_sum().over(HOLDER) - spent
    rest = pl.min_horizontal(pl.col("amount_minor"), pl.max_horizontal(after, 0))
    old = old.with_columns(amount_minor=rest, waited=pl.col("waited") + 1)
    fresh = pl.concat(
        [
            keeping.select(*HOLDER, pl.max_horizontal(pl.col("moved"), 0).alias("amount_minor")),
            sums.filter(~piled).select(*HOLDER, pl.col("left").alias("amount_minor")),
        ]
    ).with_columns(pl.lit(terms.cycle).alias("cycle"), pl.lit(1, pl.Int32).alias("waited"))
    lots = pl.concat([old.select(list(LOTS)), fresh.select(list(LOTS))])
    return lots.filter(pl.col("amount_minor") != 0)


def _expired(lots: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Lots that have waited too long."""
    if terms.expires_after is None:
        return lots.clear()
    return lots.filter((pl.col("amount_minor") > 0) & (pl.col("waited") > terms.expires_after))


def minor(amount: Fraction, worth: Fraction, currency: str, step: int = 1) -> int:
    """An amount in minor units of a currency, rounded up to whole steps, so that nothing below a minimum is paid.

    Args:
        worth: what one unit of the amount's currency is worth in `currency`.
    """
    exact = amount * worth * 10 ** minor_digits(currency)
    return -cut_down(-exact, step)
