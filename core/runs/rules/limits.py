"""The limits that a company sets for its runs: a ceiling a person, a share of sales, sudden jumps. Pure.

A ceiling or a share that is passed is a fault and blocks the approval; a jump is a notice.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

import polars as pl

from core.kernel.errors import Facts
from core.kernel.money import amount_text, minor_units
from core.plan.model import RunSpec
from core.runs.model import Finding

SHOWN_MAX = 100
"""So many people are named; of the others it is told how many they are."""
Worth = Callable[[str], Fraction]
"""What one minor unit of a currency is worth in whole units of the plan's."""


def over_limits(
    kind: RunSpec, currency: str, earned: pl.DataFrame, before: pl.DataFrame | None, sales: Fraction, worth: Worth
) -> list[Finding]:
    """Everything that passes a limit, those who have most first.

    Args:
        earned: person_id, currency, earned in minor units.
        before: the same of the cycle before; None where it had no run, so that nothing can be called a jump.
        sales: what the cycle's orders cost, in whole units of the plan's currency.
    """
    if kind.ceiling_per_person is None and kind.payout_ratio_max is None and kind.jump_max is None:
        return []
    now = in_plan_currency(earned, worth)
    found = [*_ceiling(kind, currency, now), *_ratio(kind, currency, now, sales)]
    return found if before is None else [*found, *_jumps(kind, currency, now, in_plan_currency(before, worth))]


def in_plan_currency(earned: pl.DataFrame, worth: Worth) -> dict[str, Fraction]:
    """What everybody earned in all currencies together."""
    found: dict[str, Fraction] = {}
    worths = {code: worth(code) for code in earned["currency"].unique().sort()}
    for person, code, minor in earned.select("person_id", "currency", "earned").iter_rows():
        found[person] = found.get(person, Fraction(0)) + minor * worths[code]
    return found


def is_jump(before: Fraction, now: Fraction, *, jump_max: Decimal, jump_from: Decimal) -> bool:
    """Whether somebody earned so much more than in the cycle before that she should be looked at.

    | before | now    | jump_max | jump_from | jump |
    | ------ | ------ | -------- | --------- | ---- |
    | 100    | 500    | 5        | 500       | no   |
    | 100    | 500.01 | 5        | 500       | yes  |
    | 50     | 499    | 5        | 500       | no   |
    | 0      | 500    | 5        | 500       | yes  |
    """
    return now >= Fraction(jump_from) and now > max(before, Fraction(0)) * Fraction(jump_max)


def _ceiling(kind: RunSpec, currency: str, now: dict[str, Fraction]) -> Iterator[Finding]:
    if kind.ceiling_per_person is None:
        return
    ceiling = Fraction(kind.ceiling_per_person)
    over = [(person, amount) for person, amount in now.items() if amount > ceiling]
    limit = money(ceiling, currency)
    yield from _told("run_over_ceiling", "fault", over, currency, limit=limit)


def _ratio(kind: RunSpec, currency: str, now: dict[str, Fraction], sales: Fraction) -> Iterator[Finding]:
    if kind.payout_ratio_max is None:
        return
    paid, most = sum(now.values(), Fraction(0)), sales * Fraction(kind.payout_ratio_max) / 100
    if paid > most and paid > 0:
        facts = {"earned": money(paid, currency), "sales": money(sales, currency)}
        yield Finding(
            code="run_over_ratio", severity="fault", facts=facts | {"limit": f"{kind.payout_ratio_max.normalize():f}"}
        )


def _jumps(kind: RunSpec, currency: str, now: dict[str, Fraction], before: dict[str, Fraction]) -> Iterator[Finding]:
    if kind.jump_max is None:
        return
    over = [
        (person, amount)
        for person, amount in now.items()
        if is_jump(before.get(person, Fraction(0)), amount, jump_max=kind.jump_max, jump_from=kind.jump_from)
    ]
    for finding in _told("run_jump", "notice", over, currency):
        person = finding.facts.get("person")
        was = {} if person is None else {"before": money(before.get(person, Fraction(0)), currency)}
        yield finding.model_copy(update={"facts": {**finding.facts, **was}})


def _told(code: str, severity: str, over: list[tuple[str, Fraction]], currency: str, **facts: str) -> Iterator[Finding]:
    ordered = sorted(over, key=lambda one: (-one[1], one[0]))
    for person, amount in ordered[:SHOWN_MAX]:
        told: Facts = {"person": person, "amount": money(amount, currency), **facts}
        yield Finding(code=code, severity=severity, facts=dict(told))
    if len(ordered) > SHOWN_MAX:
        yield Finding(code=f"{code}_more", severity=severity, facts={"count": len(ordered) - SHOWN_MAX})


def money(amount: Fraction, currency: str) -> str:
    """An amount for the eye with the decimals of its currency: `12.50 EUR`, `13 JPY`, `12.500 KWD`."""
    return amount_text(minor_units(amount, currency), currency)
