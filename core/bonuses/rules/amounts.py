"""Exact amounts of lines: base times rate, without rounding and without overflow."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

import numpy as np

from core.bonuses.arrays import NOBODY, Basis, Exact, Fact, Lines, Unit
from core.bonuses.rules.receiving import Received
from core.forest.kernel import Indices, Ints

ROOM = 2**62
BEYOND = 10**60
"""No denominator is beyond it, and no two rates of a plan or of a figure's blocks lie nearer to each other."""
HUNDRED = 100


def product(values: Exact, factors: Exact) -> Exact:
    """Products, one by one; Python's own numbers take over where 64 bits could be too few."""
    most = max((abs(int(values.max())), abs(int(values.min())))) if len(values) else 0
    largest = max((abs(int(one)) for one in factors), default=0) if factors.dtype == object else _most(factors)
    if max(most, 1) * max(largest, 1) < ROOM and values.dtype != object:
        return np.asarray(values * factors.astype(np.int64, copy=False))
    return np.asarray(values.astype(object) * factors.astype(object))


def _most(values: Exact) -> int:
    return max(abs(int(values.max())), abs(int(values.min()))) if len(values) else 0


def shares(base: Ints, rate: Indices, rates: Sequence[Fraction], basis: Basis, unit: Unit) -> tuple[Exact, int]:
    """`rates[rate]` percent of every base, as whole parts of a minor unit, and how many parts one has.

    | base | decimals | rate  | unit | parts | of a minor unit |
    | ---- | -------- | ----- | ---- | ----- | --------------- |
    | 1000000 (100) | 4 | 5 % | EUR (2) | 1000000 | 2000 (5.00) |

    Where so many different rates have no common denominator of a reasonable size, the parts are fractions of one.
    """
    scale = basis.worth * 10**unit.digits / Fraction(10**basis.decimals)
    factors = [Fraction(one) * scale / HUNDRED for one in rates]
    denominator = _common(factors)
    if not denominator:
        return base.astype(object) * np.array(factors, object)[rate], 1
    multipliers = [int(one * denominator) for one in factors] or [0]
    most = max(abs(one) for one in multipliers)
    if base.dtype == object or max(_most(base), 1) * max(most, 1) >= ROOM:
        return base.astype(object) * np.array(multipliers, object)[rate], denominator
    units = np.array(multipliers, np.int64)[rate]
    units *= base  # in place: of millions of lines each column that is made costs more than the product
    return units, denominator


def ascending(rates: Sequence[Fraction]) -> list[int]:
    """Each rate's place among all, equal ones sharing one; by whole numbers, because of fractions there can be many.

    | rates          | places  |
    | -------------- | ------- |
    | 5, 1/3, 12, 5  | 1 0 2 1 |
    """
    fine = [one.numerator * BEYOND // one.denominator for one in rates]
    places = {one: place for place, one in enumerate(sorted(set(fine)))}
    return [places[one] for one in fine]


def _common(factors: Sequence[Fraction]) -> int:
    """A denominator of all factors; 0 where it would be beyond all measure."""
    found = 1
    for one in factors:
        found = lcm(found, one.denominator)
        if found > BEYOND:
            return 0
    return found


def exact_share(base: Fraction, basis: Basis, unit: Unit) -> Fraction:
    """What a base times percentages comes to in minor units: 500 (5 % of 100) of whole units is 500 cents."""
    return base / HUNDRED * basis.worth * Fraction(10) ** (unit.digits - basis.decimals)


def share_lines(
    *,
    payee: Indices,
    source: Indices,
    order: Indices,
    level: Indices,
    base: Ints,
    rate: Indices,
    rates: Sequence[Fraction],
    basis: Basis,
    unit: Unit,
    below: Indices | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> Lines:
    """Lines that pay a percentage of a base; lines of nothing are left out."""
    units, denominator = shares(base, rate, rates, basis, unit)
    lines = Lines(
        payee=payee.astype(np.int32, copy=False),
        source=source.astype(np.int32, copy=False),
        order=order.astype(np.int32, copy=False),
        level=level.astype(np.int32, copy=False),
        base=base,
        rate=rate.astype(np.int32, copy=False),
        rates=tuple(rates),
        units=units,
        denominator=denominator,
        decimals=basis.decimals,
        below=np.full(len(payee), NOBODY, np.int32) if below is None else below.astype(np.int32, copy=False),
        facts=facts or {},
    )
    pays = np.asarray(units != 0, np.bool_)
    return lines if pays.all() else lines.where(pays)


def amount_lines(
    *,
    payee: Indices,
    source: Indices,
    order: Indices,
    level: Indices,
    amounts: Sequence[Decimal] | Sequence[Fraction],
    which: Indices,
    unit: Unit,
    base: Ints | None = None,
    decimals: int = 0,
    facts: Mapping[str, Fact] | None = None,
) -> Lines:
    """Lines that pay amounts which the plan names; `which` is each line's place in `amounts`."""
    exact = [Fraction(amount) * unit.worth * 10**unit.digits for amount in amounts]
    denominator = lcm(*(one.denominator for one in exact)) if exact else 1
    units = np.array([int(one * denominator) for one in exact] or [0], object)[which]
    none = np.full(len(payee), NOBODY, np.int32)
    lines = Lines(
        payee=payee.astype(np.int32),
        source=source.astype(np.int32),
        order=order.astype(np.int32),
        level=level.astype(np.int32),
        base=np.zeros(len(payee), np.int64) if base is None else base,
        rate=none,
        rates=(),
        units=units,
        denominator=denominator,
        decimals=decimals,
        below=none,
        facts=facts or {},
    )
    return lines.where(np.asarray(units != 0, np.bool_))


def given_lines(received: Received, amount: Decimal, unit: Unit, facts: Mapping[str, Fact]) -> Lines:
    """Lines that pay everybody the same amount, for nobody's order or leg."""
    return amount_lines(
        payee=received.payee,
        source=received.source,
        order=np.full_like(received.payee, NOBODY),
        level=received.level,
        amounts=[amount],
        which=np.zeros_like(received.payee),
        unit=unit,
        facts=facts,
    )
