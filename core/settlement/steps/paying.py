"""The last part of a run: what everybody earned becomes what is paid, and what is carried over."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl

from core.bonuses.arrays import Settled
from core.bonuses.rules.caps import CURRENCY_LETTERS
from core.catalog.model import NoteRateMissing, RateMissing
from core.forest.ordering import in_turn
from core.plan.model import Plan
from core.settlement.cycle.source import CycleSource
from core.settlement.model import BALANCES, Company, framed
from core.settlement.rules.payouts import HOLDER, HUNDRED, Limits, Paid, Terms, minor, payouts
from core.settlement.steps.calculating import Calculated


def pay(done: Calculated, corrections: pl.DataFrame, balances: pl.DataFrame) -> Paid:
    """Everybody's payout, by place and currency; those whom the company does not know any more come last.

    Args:
        corrections: as `CORRECTIONS` says.
        balances: the lots that were carried in.

    Raises:
        NoteRateMissing: only a correction by hand is in a currency that has no rate.
        RateMissing: the minimum or the fee must be converted and no rate is known.
    """
    company, plan, source, settled = done.company, done.plan, done.source, done.settled
    corrected = corrections.filter(pl.col("unit").str.len_chars() == CURRENCY_LETTERS)
    due = corrected.select(pl.col("person_id"), pl.col("unit").alias("currency"), "amount_minor", "returned")
    earned = pl.concat([_earned(company, source, settled), due.select(list(BALANCES))])
    charged = due.filter("returned").select(list(BALANCES))
    due_in = pl.concat([earned["currency"], balances["currency"]]).unique()
    by_hand = company.adjustments.filter(~pl.col("currency").is_in(due_in.implode()))
    currencies = pl.concat([due_in, by_hand["currency"].unique()]).sort()
    terms = _terms(plan, source, currencies.to_list(), by_hand)
    found = payouts(earned, charged, balances, company.adjustments, terms)
    places = company.people.select(pl.col("code").alias("person_id"), pl.int_range(pl.len()).alias("place"))
    return Paid(*(_in_order(one, places) for one in (found.payouts, found.notes, found.lots)))


def _in_order(frame: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    if frame.is_empty():
        return frame
    placed = frame.join(places, on="person_id", how="left", maintain_order="left")
    if placed["currency"].n_unique() == 1 and not placed["place"].has_nulls():
        order = in_turn([placed["place"].to_numpy()])  # numbers alone are put in turn in a tenth of the time
        return frame.select(pl.all().gather(order))
    return placed.sort("place", *HOLDER, nulls_last=True, maintain_order=True).drop("place")


def _terms(plan: Plan, source: CycleSource, currencies: Sequence[str], by_hand: pl.DataFrame) -> Terms:
    """How the company pays in these currencies; in some of them there is nothing but corrections `by_hand`."""
    spec = plan.payout
    unit = spec.currency or plan.currency

    def limits(currency: str) -> Limits:
        named = (spec.minimum, spec.fee, spec.fee_from)
        worth = _worth(source, unit, currency, by_hand) if any(named) else Fraction(1)
        step = plan.rounding.step(currency)
        minimum, fee, free_from = (minor(Fraction(amount), worth, currency, step) for amount in named)
        return Limits(minimum, fee, free_from, step)

    return Terms(
        limits={currency: limits(currency) for currency in currencies},
        cycle=source.standings.cycle.code,
        expires_after=spec.expires_after,
        recovery_max=plan.returns.recovery_max if plan.returns is not None else Decimal(HUNDRED),
        credit=spec.credit,
        mode=plan.rounding.mode,
        fee_share=spec.fee_share,
        charges=spec.charges,
        fee_told=f"{spec.fee_share:f} %" if spec.fee_share else f"{spec.fee:f} {unit}",
    )


def _worth(source: CycleSource, unit: str, currency: str, by_hand: pl.DataFrame) -> Fraction:
    try:
        return source.worth_of(unit, currency)
    except RateMissing as missing:
        for note in by_hand.filter(pl.col("currency") == currency).iter_rows(named=True):
            facts = {"person": note["person_id"], "reason": note["reason"]}
            raise NoteRateMissing(**missing.facts, **facts) from missing
        raise


def _earned(company: Company, source: CycleSource, settled: Sequence[Settled]) -> pl.DataFrame:
    """Everybody's sum of lines by currency, who earned nothing left out."""
    people, place = company.people["code"], source.standings.place
    parts = [framed(BALANCES, {})]
    money = [one for one in settled if one.bonus.pays == "money"]
    for currency in dict.fromkeys(one.unit.code for one in money):
        sums, has = np.zeros(len(place), np.int64), np.zeros(len(place), np.bool_)
        for one in (one for one in money if one.unit.code == currency):
            np.add.at(sums, one.lines.payee, one.amount)
            has[one.lines.payee] = True
        who = np.flatnonzero(has)
        columns = {"person_id": people.gather(place[who]), "amount_minor": sums[who]}
        part = framed(BALANCES, {**columns, "currency": pl.repeat(currency, len(who), eager=True)})
        parts.append(part)
    return pl.concat(parts)
