"""Putting lines together."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from core.bonuses.arrays import NOBODY, Basis, Exact, Lines
from core.bonuses.rules.amounts import ascending, product
from core.bonuses.rules.facts import joined_facts
from core.forest.kernel import Indices, Ints
from core.forest.ordering import in_turn, lines_stand, taken


def no_lines(basis: Basis) -> Lines:
    """None at all."""
    none = np.zeros(0, np.int32)
    ints = np.zeros(0, np.int64)
    return Lines(none, none, none, none, ints, none, (), ints, 1, basis.decimals, none)


def joined(parts: Sequence[Lines], basis: Basis) -> Lines:
    """All lines of the parts, one part after the other; their bases are counted alike."""
    parts = [part for part in parts if part.size]
    if len(parts) < 2:
        return parts[0] if parts else no_lines(basis)
    denominator = lcm(*(part.denominator for part in parts))
    units = [_finer(part.units, denominator // part.denominator) for part in parts]
    rates, places = _rates(parts)
    return Lines(
        payee=np.concatenate([part.payee for part in parts]),
        source=np.concatenate([part.source for part in parts]),
        order=np.concatenate([part.order for part in parts]),
        level=np.concatenate([part.level for part in parts]),
        base=np.concatenate([part.base for part in parts]),
        rate=np.concatenate(places),
        rates=rates,
        units=np.concatenate(units),
        denominator=denominator,
        decimals=parts[0].decimals,
        below=np.concatenate([part.below for part in parts]),
        facts=joined_facts(parts),
    )


def _finer(units: Exact, times: int) -> Exact:
    return units if times == 1 else product(units, np.array([times], object))


def _rates(parts: Sequence[Lines]) -> tuple[tuple[Fraction, ...], list[Indices]]:
    """Every rate once, and each part's places among them; -1 stays nothing."""
    rates = tuple(dict.fromkeys(rate for part in parts for rate in part.rates))
    known = {rate: place for place, rate in enumerate(rates)}
    found = []
    for part in parts:
        places = np.array([*(known[rate] for rate in part.rates), -1], np.int32)
        found.append(places[part.rate])
    return rates, found


def in_order(lines: Lines, place: Ints) -> Lines:
    """By payee, order, source, level and rate, so that what comes first never depends on how lines were found."""
    size = np.array([*ascending(lines.rates), -1], np.int64)
    columns = (lines.payee, lines.order, lines.source, lines.level, lines.rate)
    if lines_stand(columns, np.append(place, NOBODY), size):
        return lines
    source = np.where((lines.source >= 0) & (lines.order < 0), place[lines.source], NOBODY)  # an order is one buyer's
    return lines.where(in_turn([taken(place, lines.payee), lines.order, source, lines.level, size[lines.rate]]))
