"""Percentages of lines as the plan writes them: files cut to six decimals what has no end."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

from core.plan.model import Plan
from core.plan.model.percents import Percent
from core.settlement.lines.numbers import RATE_DECIMALS

TENTHS = 3
"""Decimals that may stand beside the plan's fractions, as in 33 1/3 % less 12.5 %."""


def written(rate: Decimal, plan: Plan) -> Percent:
    """A percentage that was cut as the fraction that it was, where the plan has fractions; any other as it stands.

    | cut       | the plan says | written  |
    | --------- | ------------- | -------- |
    | 33.333333 | "1/3"         | 33 1/3   |
    | 20.833333 | "1/3", 12.5 % | 20 5/6   |
    | 33.333333 | 5 %           | 33.333333 |
    """
    exponent = rate.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent < RATE_DECIMALS:
        return rate
    common = lcm(*(one.denominator for one in _fractions((plan.bonuses, plan.caps, plan.advances))))
    for tenths in range(TENTHS + 1) if common > 1 else ():
        parts = common * 10**tenths
        found = Fraction(-(-Fraction(rate) * parts // 1), parts)
        if found.denominator > 1 and int(found * 10**RATE_DECIMALS) == int(rate * 10**RATE_DECIMALS):
            return found
    return rate


def _fractions(value: Any) -> Iterator[Fraction]:
    """All percentages below it that are no decimals."""
    if isinstance(value, Fraction):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _fractions(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _fractions(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _fractions(getattr(value, field.name))
