"""From a bonus's exact lines to whole minor units: the share paid now, parts due from before, rounding, its own cap."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import CAP_LEVEL, NOBODY, Exact, Fact, Found, Lines, Ready, Settled
from core.bonuses.rules.instalments import due_lines, lost_parts, paid_share
from core.bonuses.rules.lines import in_order, joined
from core.bonuses.rules.ranked import of_bonus
from core.bonuses.rules.rounding import cut_down, handed_out, rounded, rounded_together, with_residue
from core.forest.kernel import Indices, Ints
from core.plan.model.plan import RoundingSpec


def finished(ready: Ready, found: Found) -> Settled:
    """The bonus with its lines in order, what each pays, and a line for whatever its own cap takes off."""
    place, rounding = ready.network.place, ready.plan.rounding
    step = rounding.step(ready.unit.code)
    lines = in_order(paid_share(found.lines, ready.bonus), place)
    amount = _rounded(lines, rounding, step, place, shared=found.shared)
    fixed = np.full(lines.size, found.shared)
    parts = due_lines(ready)
    if parts.size:
        amount = np.concatenate([amount, rounded(parts.units, parts.denominator, rounding.mode, step)])
        fixed = np.concatenate([fixed, np.ones(parts.size, np.bool_)])
        lines = joined([lines, parts], ready.basis)
    base = "money" if ready.bonus.base in ("price", "margin", "earnings") else "count"
    after = replace(found.after, lost=lost_parts(ready))
    return _capped(ready, Settled(ready.bonus, ready.unit, lines, amount, base, fixed, after, found.way))


def _rounded(lines: Lines, rounding: RoundingSpec, step: int, place: Ints, *, shared: bool) -> Ints:
    if shared:
        return handed_out(lines.units, lines.denominator, rounding.mode, place[lines.payee], step)
    if rounding.by == "line" or not lines.size:
        amount = rounded(lines.units, lines.denominator, rounding.mode, step)
    else:
        [amount] = rounded_together([(lines.payee, lines.units, lines.denominator)], rounding.mode, step)
    if rounding.residue_to == "largest":
        amount = with_residue(amount, lines.units, lines.denominator, step)
    return amount


def _capped(ready: Ready, settled: Settled) -> Settled:
    """With a line that takes off whatever somebody earns beyond the bonus's cap."""
    lines, amount = settled.lines, settled.amount
    limit = _limits(ready)
    if (limit < 0).all():
        return settled
    sums = np.zeros(ready.network.size, np.int64)
    np.add.at(sums, lines.payee, amount)
    over = np.flatnonzero((limit >= 0) & (sums > limit)).astype(np.int32)
    if not len(over):
        return settled
    beyond = limit[over] - sums[over]
    none = np.full(len(over), NOBODY, np.int32)
    cut = Lines(
        payee=over,
        source=none,
        order=none,
        level=np.full(len(over), CAP_LEVEL, np.int32),
        base=np.zeros(len(over), np.int64),
        rate=none,
        rates=(),
        units=beyond.astype(object) * lines.denominator,
        denominator=lines.denominator,
        decimals=lines.decimals,
        below=none,
        facts={"cap": Fact(limit[over], "money", ready.unit.digits)},
    )
    return replace(
        settled,
        lines=joined([lines, cut], ready.basis),
        amount=np.concatenate([amount, beyond]),
        fixed=np.concatenate([settled.fixed, np.zeros(len(over), np.bool_)]),
    )


def _limits(ready: Ready) -> Ints:
    """The most that everybody can earn by the bonus, in minor units; -1 for no limit."""
    bonus = ready.bonus
    entries, rung = of_bonus(ready, "cap_by_rank", bonus.cap_by_rank)
    table = np.array([_minor(bonus.cap if one is None else one, ready) for one in entries], np.int64)
    return table[rung]


def _minor(amount: Decimal | None, ready: Ready) -> int:
    if amount is None:
        return -1
    exact = Fraction(amount) * ready.unit.worth * 10**ready.unit.digits
    return cut_down(exact, ready.plan.rounding.step(ready.unit.code))


def by_payee(settled: list[Settled], rounding: RoundingSpec) -> list[Settled]:
    """All bonuses of one unit rounded together, so that each payee's sum is rounded once; fixed lines stay."""
    for unit in dict.fromkeys(one.unit for one in settled):
        places = [place for place, one in enumerate(settled) if one.unit == unit and not one.fixed.all()]
        if not places:
            continue
        parts, step = [_free(settled[place]) for place in places], rounding.step(unit.code)
        amounts = rounded_together(parts, rounding.mode, step)
        for place, free in zip(places, amounts, strict=True):
            amount = settled[place].amount.copy()
            amount[~settled[place].fixed] = free
            settled[place] = replace(settled[place], amount=amount)
    return settled


def _free(settled: Settled) -> tuple[Indices, Exact, int]:
    free, lines = ~settled.fixed, settled.lines
    return lines.payee[free], lines.units[free], lines.denominator
