"""Advances: a share of what the main cycle would pay so far, by a second calendar, and their reconciliation.

An advance of 75 % by fortnights, of a month that comes to 120.00, of which 40.00 had come by the 15th:

| run        | what the month pays so far | advanced before | line    |
| ---------- | -------------------------- | --------------- | ------- |
| 2026-10-A  | 40.00                      | 0               | 30.00   |
| 2026-10-B  | 120.00                     | 30.00           | 60.00   |
| 2026-10    | 120.00                     | 90.00           | -90.00  |

Nothing is advanced where the share is not above what was advanced before; where the month comes to less than that, the
main run leaves a negative balance, which later earnings pay back.
"""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl

from core.bonuses.rules.rounding import rounded_one
from core.calendar.model import Cycle
from core.plan.model import AdvancesSpec, Plan, RoundingSpec
from core.settlement.cycle.turns import so_far
from core.settlement.lines.numbers import decimal_text, exact_text, rate_text
from core.settlement.model import ADVANCED
from core.settlement.rules.corrections import digits_of, rows

ADVANCE = "advance"
"""The code under which the lines stand."""
HUNDRED = 100
WHO = ("person_id", "unit")


def advanced_cycle(plan: Plan, cycle: Cycle) -> Cycle:
    """The main calendar's cycle in which a cycle of the second calendar ends, as if it ended with it.

    Args:
        plan: as it was read: its first calendar is the main one.
    """
    return so_far(plan.calendar, cycle)


def advances(plan: Plan, cycle: Cycle, earned: pl.DataFrame, before: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What is advanced now, as corrections, and what has been advanced in the main cycle so far.

    Args:
        cycle: of the main calendar.
        earned: person_id, bonus, unit, amount_minor of the main cycle so far, any number of rows.
        before: as `ADVANCED` says.
    """
    spec = plan.advances
    assert spec is not None, "only a plan with advances has a run that pays them"
    so_far = before.filter(pl.col("cycle") == cycle.code)
    known = so_far.select(*WHO, pl.col("amount_minor").alias("before"))
    sums = _chosen(earned, spec).group_by(WHO).agg(pl.col("amount_minor").sum().alias("earned"))
    found = sums.join(known, on=WHO, how="left").with_columns(pl.col("before").fill_null(0)).sort(WHO)
    share = Fraction(spec.share) / HUNDRED
    exact = [share * one for one in found["earned"].to_list()]
    due = _rounded(exact, found["unit"].to_list(), plan.rounding) - found["before"].to_numpy()
    told = [
        _row(plan, cycle, row, exact[at], int(due[at]))
        for at, row in enumerate(found.iter_rows(named=True))
        if due[at] > 0
    ]
    paid = found.select(*WHO, pl.Series("amount_minor", np.maximum(due, 0)))
    together = pl.concat([so_far.select(paid.columns), paid]).group_by(WHO).agg(pl.col("amount_minor").sum())
    named = together.filter(pl.col("amount_minor") != 0).with_columns(pl.lit(cycle.code).alias("cycle")).sort(WHO)
    return rows(told), named.select(list(ADVANCED))


def reconciled(plan: Plan, cycle: Cycle, before: pl.DataFrame) -> pl.DataFrame:
    """The lines that take off what was advanced in the main cycle."""
    found = before.filter(pl.col("cycle") == cycle.code).sort(WHO)
    return rows(_taken_off(plan, cycle, row) for row in found.iter_rows(named=True))


def _chosen(earned: pl.DataFrame, spec: AdvancesSpec) -> pl.DataFrame:
    money = earned.filter(pl.col("unit").str.len_chars() == len("EUR"))
    return money.filter(pl.col("bonus").is_in(list(spec.bonuses))) if spec.bonuses else money


def _rounded(exact: list[Fraction], units: list[str], rounding: RoundingSpec) -> np.ndarray[Any, np.dtype[np.int64]]:
    found = [rounded_one(one, rounding.mode, rounding.step(unit)) for one, unit in zip(exact, units, strict=True)]
    return np.array(found, np.int64)


def _row(plan: Plan, cycle: Cycle, row: Mapping[str, Any], exact: Fraction, amount: int) -> Mapping[str, Any]:
    assert plan.advances is not None, "as above"
    digits = digits_of(row["unit"])
    rate, base = rate_text(Fraction(plan.advances.share)), decimal_text(row["earned"], digits)
    told = {"advanced": decimal_text(row["before"], digits), "exact": exact_text(exact / 10**digits)}
    return _line(plan, cycle, row, amount, {"base": base, "rate": rate, **told}) | {"base": base, "rate": rate}


def _taken_off(plan: Plan, cycle: Cycle, row: Mapping[str, Any]) -> Mapping[str, Any]:
    amount = row["amount_minor"]
    return _line(plan, cycle, row, -amount, {"advanced": decimal_text(amount, digits_of(row["unit"]))})


def _line(plan: Plan, cycle: Cycle, row: Mapping[str, Any], amount: int, facts: Mapping[str, str]) -> dict[str, Any]:
    told = {"plan": f"{plan.code} {plan.version}", "kind": ADVANCE, "cycle": cycle.code, **facts}
    return {
        "person_id": row["person_id"],
        "bonus": ADVANCE,
        "unit": row["unit"],
        "amount_minor": amount,
        "because": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        "returned": False,
    }
