"""Pools: a share of what the whole company turns over, divided among those who hold shares of it.

1 % of 100,000 with one share for silver and three for gold, of which there are two and one; three leaders of whom the
first two have places that are paid; a growth of 2,500 and of 900 with a share for each full 1,000:

| division | plan                         | holders            | lines                  |
| -------- | ---------------------------- | ------------------ | ---------------------- |
| shares   | silver 1, gold 3             | a, b silver, c gold | 200.00, 200.00, 600.00 |
| points   | by a KPI of 30, 50, 20       | a, b, c            | 300.00, 500.00, 200.00 |
| position | 60 %, 30 % by the same KPI   | b, a, c            | 600.00, 300.00, -      |
| growth   | 1,000 a share                | a grew 2,500, b 900 | 1,000.00, -           |

`volume` is as `points`, `schedule` as `shares`: amounts of which all together take up the pot. `earned` counts what
other bonuses pay in shares. With `top` only the best of the holders divide it. `groups` first cuts the holders, the
largest figures first, into groups of equal size, each with its part of the pot.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

import numpy as np

from core.bonuses.arrays import NOBODY, After, Fact, Found, Lines, Ready
from core.bonuses.rules.amounts import exact_share, product
from core.bonuses.rules.facts import exactly, percentage
from core.bonuses.rules.lines import joined
from core.bonuses.rules.matching import earnings
from core.bonuses.rules.ranked import kpi_decimals, of_bonus
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Pool

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Shares:
    """Everybody's shares as whole numbers of which `scale` are one."""

    weight: Ints
    scale: int


def pool(ready: Ready) -> Found:
    """The lines of a pool: one a holder; what nobody holds is kept, carried over or passed on."""
    terms = ready.bonus.terms
    assert isinstance(terms, Pool), "terms are those of the kind"
    turnover = sum(ready.orders.base.tolist()) * Fraction(terms.share)
    pot = exact_share(turnover, ready.basis, ready.unit) + ready.before.pool + ready.given
    if pot <= 0:
        return Found(joined([], ready.basis))
    shares = shares_of(ready, terms)
    parts, left, top = [], Fraction(0), _top(terms, shares)
    for number, percent, holders in _groups(ready, terms, shares):
        part = pot if percent is None else pot * percent / HUNDRED
        divide = _by_position if terms.division == "position" else _by_weight
        lines, rest = divide(ready, terms, shares, holders, part)
        parts.append(_told(ready, lines, pot, number, percent, top))
        left += rest
    after = After(pool=left if terms.if_nobody == "carry" else Fraction(0))
    passed = left if terms.if_nobody == "next_pool" else Fraction(0)
    return Found(joined(parts, ready.basis), after, passed, shared=True)


def has_holders(ready: Ready) -> bool:
    """Whether somebody holds a share."""
    terms = ready.bonus.terms
    assert isinstance(terms, Pool), "terms are those of the kind"
    return bool((shares_of(ready, terms).weight > 0).any())


def shares_of(ready: Ready, terms: Pool) -> Shares:
    """Everybody's shares; 0 for who does not earn the bonus."""
    if terms.division in ("shares", "schedule"):
        entries, rung = of_bonus(ready, "shares_by_rank", terms.shares_by_rank)
        table = [Fraction(one or 0) for one in entries]
        scale = lcm(*(one.denominator for one in table))
        weight = np.array([int(one * scale) for one in table], np.int64)[rung]
    elif terms.division == "growth":
        assert terms.growth_kpi is not None and terms.growth_step is not None, "growth is that of a KPI, in steps"
        step = Fraction(terms.growth_step) * 10 ** kpi_decimals(ready.plan, terms.growth_kpi)
        now = ready.figures[terms.growth_kpi]
        grown = np.maximum(now - ready.before.kpis.get(terms.growth_kpi, np.zeros_like(now)), 0)
        weight, scale = product(grown, np.array([step.denominator], object)) // step.numerator, 1
    elif terms.division == "earned":
        weight, scale = earnings(ready.matched, ready.network.size, capped=True), 1
    else:
        assert terms.shares_kpi is not None, "shares are those of a KPI"
        weight, scale = ready.figures[terms.shares_kpi], 10 ** kpi_decimals(ready.plan, terms.shares_kpi)
    return Shares(np.where(ready.qualified, np.maximum(weight, 0), 0).astype(np.int64), scale)


def _ranked(ready: Ready, terms: Pool, holders: Indices) -> Indices:
    """The largest figure first, then whose last sale was earlier, then who joined earlier."""
    assert terms.shares_kpi is not None and ready.last_sale is not None, "places are those of a KPI"
    figure, place = ready.figures[terms.shares_kpi][holders], ready.network.place[holders]
    return holders[np.lexsort((place, ready.last_sale[holders], -figure))]


def _groups(ready: Ready, terms: Pool, shares: Shares) -> Iterator[tuple[int, Fraction | None, Indices]]:
    """Number, percentage of the pot and holders; without groups all holders as group 0, of the whole pot."""
    holders = np.flatnonzero(shares.weight > 0).astype(np.int32)
    if terms.groups or terms.top is not None or terms.division == "position":
        holders = _ranked(ready, terms, holders)
    if terms.top is not None:
        holders = holders[: terms.top.of(len(holders))]
    if not terms.groups:
        yield 0, None, holders
        return
    for number, (percent, part) in enumerate(
        zip(terms.groups, np.array_split(holders, len(terms.groups)), strict=True)
    ):
        yield number + 1, Fraction(percent), part


def _top(terms: Pool, shares: Shares) -> tuple[int, int] | None:
    """How many divide the pool of how many holders; None is all."""
    everybody = int((shares.weight > 0).sum())
    return None if terms.top is None else (terms.top.of(everybody), everybody)


def _by_weight(ready: Ready, terms: Pool, shares: Shares, holders: Indices, pot: Fraction) -> tuple[Lines, Fraction]:
    """Lines in proportion to shares, and the whole part where there is nobody."""
    if not len(holders):
        return joined([], ready.basis), pot
    weight = shares.weight[holders]
    whole = sum(weight.tolist())
    units = product(weight, np.array([pot.numerator], object))
    facts = {
        "shares": _share_fact(ready, terms, shares, weight),
        "shares_all": exactly([Fraction(whole, shares.scale)]).repeated(len(holders)),
    }
    level = np.zeros(len(holders), np.int32)
    return _lines(ready, holders, level, units, pot.denominator * whole, facts), Fraction(0)


def _share_fact(ready: Ready, terms: Pool, shares: Shares, weight: Ints) -> Fact:
    if terms.shares_kpi is not None and terms.division in ("points", "volume"):
        return Fact(weight, "volume", kpi_decimals(ready.plan, terms.shares_kpi))
    if terms.division in ("growth", "earned"):
        return Fact(weight, "volume")
    values, places = np.unique(weight, return_inverse=True)
    return Fact(places.astype(np.int64), "exact", table=tuple(Fraction(one, shares.scale) for one in values.tolist()))


def _by_position(ready: Ready, terms: Pool, shares: Shares, holders: Indices, pot: Fraction) -> tuple[Lines, Fraction]:
    """A line for each place that is paid, and what the places would have that nobody holds."""
    assert terms.shares_kpi is not None, "places are those of a KPI"
    percents = [Fraction(one) for one in terms.positions]
    paid = holders[: len(percents)]
    given = percents[: len(paid)]
    denominator = lcm(pot.denominator * HUNDRED, *(one.denominator * pot.denominator * HUNDRED for one in given))
    units = np.array([int(pot * one / HUNDRED * denominator) for one in given], object)
    table = tuple(dict.fromkeys(given))
    facts = {
        "shares": Fact(shares.weight[paid], "volume", kpi_decimals(ready.plan, terms.shares_kpi)),
        "percent": Fact(np.array([table.index(one) for one in given], np.int64), "rate", table=table),
    }
    level = np.arange(1, len(paid) + 1, dtype=np.int32)
    rest = pot * sum(percents[len(paid) :], Fraction(0)) / HUNDRED
    return _lines(ready, paid, level, units, denominator, facts), rest


def _lines(
    ready: Ready, payee: Indices, level: Indices, units: Ints, denominator: int, facts: dict[str, Fact]
) -> Lines:
    none = np.full(len(payee), NOBODY, np.int32)
    return Lines(
        payee=payee,
        source=none,
        order=none,
        level=level,
        base=np.zeros(len(payee), np.int64),
        rate=none,
        rates=(),
        units=units,
        denominator=denominator,
        decimals=ready.unit.digits,
        below=none,
        facts=facts,
    )


def _told(
    ready: Ready, lines: Lines, pot: Fraction, number: int, percent: Fraction | None, top: tuple[int, int] | None
) -> Lines:
    """With the pot as their base, the group, and how many of how many are the best."""
    size = lines.size
    facts = {"pot": exactly([pot / 10**ready.unit.digits]).repeated(size), **lines.facts}
    if percent is not None:
        facts |= {"group": Fact(np.full(size, number, np.int64)), "group_percent": percentage(percent, size)}
    if top is not None:
        facts |= {"top": Fact(np.full(size, top[0], np.int64)), "top_all": Fact(np.full(size, top[1], np.int64))}
    keep: Marks = np.asarray(lines.units != 0, np.bool_)
    base = np.full(size, pot.numerator // pot.denominator, np.int64)
    return replace(lines, base=base, facts=facts).where(keep)
