"""Caps that count all that somebody was ever paid under them: what corrections of earlier cycles change of it.

What was paid under such a cap is the sum of all lines of its bonuses and caps, and of all that was corrected of them
since: what returns took back, and what late orders changed. With a limit of 60:

| run | lines | cap | corrections | paid so far |                                             |
| --- | ----- | --- | ----------- | ----------- | ------------------------------------------- |
| 1   | 50    | 0   | 0           | 50          |                                             |
| 2   | 30    | -20 | 0           | 60          |                                             |
| 3   | 0     | 0   | -25         | 35          | a return of what run 1 paid                 |
| 4   | 30    | -5  | 0           | 60          |                                             |
| 5   | 10    | -10 | 8           | 68          | a late order of run 1, capped as that was   |
| 6   | 10    | -10 | 0           | 68          | nothing until the limit is higher           |

It is one sum over all calendars, and as it really is however often a cycle is settled again.
"""

from collections.abc import Sequence

import polars as pl

from core.plan.model import Bonus, CapSpec, Plan
from core.settlement.model import CAPPED

EVER = "ever"
"""What stands in place of a cycle."""
IS_EVER = pl.col("cycle") == EVER


def concerns(cap: CapSpec, bonus: Bonus) -> bool:
    """Whether the bonus stands under the cap."""
    return bonus.code in cap.bonuses if cap.bonuses else bonus.pays == "money"


def codes_under(plan: Plan, cap: CapSpec) -> set[str]:
    """The bonuses under the cap, and earlier caps over nothing but these."""
    names = {one.code for one in plan.bonuses if concerns(cap, one)}
    earlier = plan.caps[: plan.caps.index(cap)]
    below = {one.code: {other.code for other in plan.bonuses if concerns(one, other)} for one in earlier}
    return names | {code for code, theirs in below.items() if theirs <= names}


def shared(plan: Plan) -> list[str]:
    """The caps that count all that was ever paid by runs of several calendars."""
    main = plan.calendar.code
    found = []
    for cap in plan.caps:
        calendars = {one.calendar or main for one in plan.bonuses if one.on and concerns(cap, one)}
        if cap.ever and len(calendars) > 1:
            found.append(cap.code)
    return found


def corrected(plan: Plan, capped: pl.DataFrame, corrections: pl.DataFrame) -> pl.DataFrame:
    """What was ever paid under each cap, with corrections of its bonuses and caps.

    Args:
        capped: as `CAPPED` says.
        corrections: with person_id, bonus, unit and amount_minor.
    """
    parts = [capped]
    for cap in plan.caps if corrections.height else ():
        if cap.ever:
            codes = [*codes_under(plan, cap), cap.code]
            named = corrections.filter(pl.col("bonus").is_in(codes))
            told = named.with_columns(cap=pl.lit(cap.code), cycle=pl.lit(EVER), amount="amount_minor")
            parts.append(told.select(pl.col(name).cast(kind) for name, kind in CAPPED.items()))
    return capped if len(parts) == 1 else summed(parts)


def as_it_is(worked_out: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """What is worked out again of cycles, with what was ever paid as the run was really given it."""
    return pl.concat([worked_out.filter(~IS_EVER), own.filter(IS_EVER)])


def taken_from(capped: pl.DataFrame, last: pl.DataFrame, caps: Sequence[str]) -> pl.DataFrame:
    """With what was ever paid under some caps as the last run of any calendar left it."""
    theirs = IS_EVER & pl.col("cap").is_in(list(caps))
    return pl.concat([capped.filter(~theirs), last.filter(theirs)])


def summed(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One row for each cap, cycle, unit and person."""
    together = pl.concat(parts).group_by("cap", "cycle", "unit", "person_id", maintain_order=True)
    return together.agg(pl.col("amount").sum()).sort("cap", "cycle", "unit", "person_id").select(list(CAPPED))
