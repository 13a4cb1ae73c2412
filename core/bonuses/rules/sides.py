"""What two sides come to: matched volume, a tier, cycles or pairs, each cut at the bonus's cap where it says so.

Pairs count people, one of each side unless said. The first pair somebody ever makes can need two of one side:

| left | right | first_pair  | had one | pairs | used  |
| ---- | ----- | ----------- | ------- | ----- | ----- |
| 3    | 2     | 1:1         | no      | 2     | 2 + 2 |
| 3    | 2     | 2:1         | no      | 2     | 3 + 2 |
| 3    | 2     | 1:2         | no      | 1     | 1 + 2 |
| 1    | 2     | 2:1         | no      | -     | -     |
| 1    | 2     | 2:1 or 1:2  | no      | 1     | 1 + 2 |
| 3    | 2     | 2:1         | yes     | 2     | 2 + 2 |
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NOBODY, Fact, Lines, Ready
from core.bonuses.rules.amounts import amount_lines, share_lines
from core.bonuses.rules.lots import LEFT, RIGHT
from core.bonuses.rules.ranked import of_bonus, reaching
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Binary

ENDLESS = 2**62
TWO = ("left", "right", "used_left", "used_right")
LEGS = ("strongest", "others", "used_strongest", "used_others")
"""What the sides, and what is used of them, are called in reasons: of two sides, and of legs."""


@dataclass(frozen=True, slots=True)
class Match:
    """What matched: its lines, the volume that each side gives for it, and who has had her first pair."""

    lines: Lines
    used: Mapping[int, Ints]
    paired: Marks
    climbed: Mapping[str, Marks] = field(default_factory=dict)
    """Who has had which tier, where they are climbed one after the other."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Everybody's two sides before anything is used; who does not earn has nothing on them."""

    ready: Ready
    terms: Binary
    left: Ints
    right: Ints
    paired: Marks
    """Who had her first pair before."""
    strongest: Ints | None = None
    """Along sponsors the node of whoever heads the strongest leg, which is the left side; `NO_FACT` where nobody."""

    def parts(self, amount: Decimal) -> int:
        """An amount of the base at its decimals."""
        exact = Fraction(amount) * 10**self.ready.basis.decimals
        return int(-(-exact.numerator // exact.denominator))

    def caps(self) -> tuple[list[Decimal | None], Ints]:
        """The bonus's cap by place on its ladder, where it cuts before volume is used; and everybody's place there."""
        bonus = self.ready.bonus
        entries, rung = of_bonus(self.ready, "cap_by_rank", bonus.cap_by_rank)
        cuts = not self.terms.cap_uses_volume
        return [(bonus.cap if one is None else one) if cuts else None for one in entries], rung.astype(np.int64)

    def lines(self, count: Ints, used: tuple[Ints, Ints], word: str, amount: Sequence[Decimal], which: Ints) -> Lines:
        """A line of an amount for whoever has any; `count` is told under `word`."""
        payee = np.flatnonzero(which >= 0).astype(np.int32)
        none = np.full_like(payee, NOBODY)
        return amount_lines(
            payee=payee,
            source=none,
            order=none,
            level=np.zeros_like(payee),
            amounts=amount,
            which=which[payee].astype(np.int32),
            unit=self.ready.unit,
            decimals=self.ready.basis.decimals,
            facts={**self.told(payee, used), word: Fact(count[payee], *self._how(word))},
        )

    def told(self, payee: Indices, used: tuple[Ints, Ints]) -> dict[str, Fact]:
        """The sides before, and what is used of them."""
        words = TWO if self.strongest is None else LEGS
        volumes = zip(words, (self.left, self.right, *used), strict=True)
        told = {} if self.strongest is None else {"head": Fact(self.strongest[payee], "person")}
        return told | {word: Fact(volume[payee], "volume", self.ready.basis.decimals) for word, volume in volumes}

    def _how(self, word: str) -> tuple[str, int]:
        return ("volume", self.ready.basis.decimals) if word == "tier" else ("count", 0)


def sides_of(
    ready: Ready, terms: Binary, left: Ints, right: Ints, earns: Marks, paired: Marks, strongest: Ints | None = None
) -> Sides:
    """Everybody's sides as they match.

    Args:
        earns: all others match nothing, and nothing of theirs is used.
        paired: who had her first pair in an earlier cycle.
        strongest: along sponsors the node of whoever heads the strongest leg.
    """
    both = earns & (left > 0) & (right > 0)
    return Sides(ready, terms, np.where(both, left, 0), np.where(both, right, 0), paired, strongest)


def matched(sides: Sides) -> Match:
    """What everybody's sides come to."""
    return _WAYS[sides.terms.pay](sides)


def _percent(sides: Sides) -> Match:
    ready, terms = sides.ready, sides.terms
    rates, step = rates_of(sides)
    volume = np.minimum(sides.left, sides.right)
    if terms.matched_max is not None:
        volume = np.minimum(volume, sides.parts(terms.matched_max))
    volume = np.where((volume >= sides.parts(terms.matched_min)) & (step > 0), volume, 0)
    caps, rung = sides.caps()
    volume = np.minimum(volume, _most_volume(sides, caps, rates)[rung, step])
    payee = np.flatnonzero(volume > 0).astype(np.int32)
    none, used = np.full_like(payee, NOBODY), (volume, volume)
    lines = share_lines(
        payee=payee,
        source=none,
        order=none,
        level=np.zeros_like(payee),
        base=volume[payee],
        rate=step[payee].astype(np.int32),
        rates=rates,
        basis=ready.basis,
        unit=ready.unit,
        facts=sides.told(payee, used),
    )
    return Match(lines, {LEFT: volume, RIGHT: volume}, sides.paired)


def rates_of(sides: Sides) -> tuple[tuple[Fraction, ...], Ints]:
    """The percentages from 0, and everybody's place among them."""
    ready, terms = sides.ready, sides.terms
    if not terms.rate_steps or terms.rate_kpi is None:
        entries, rung = of_bonus(ready, "rate_by_rank", terms.rate_by_rank)
        listed = [Fraction(terms.rate if one is None else one) for one in entries]
        rates = tuple(sorted({Fraction(0), *listed}))
        return rates, np.array([rates.index(one) for one in listed], np.int64)[rung]
    ordered = sorted(terms.rate_steps, key=lambda step: step.start)
    rates = tuple(sorted({Fraction(0), *(Fraction(step.rate) for step in ordered)}))
    starts = [reaching(ready.plan, terms.rate_kpi, step.start) for step in ordered]
    places = np.array([0, *(rates.index(Fraction(step.rate)) for step in ordered)], np.int64)
    return rates, places[np.searchsorted(starts, ready.figures[terms.rate_kpi], side="right")]


def _most_volume(sides: Sides, caps: Sequence[Decimal | None], rates: Sequence[Fraction]) -> Ints:
    """By cap and rate the largest volume that does not pay more than the cap."""
    basis, unit = sides.ready.basis, sides.ready.unit
    worth = basis.worth / Fraction(10**basis.decimals) / 100
    found = np.full((len(caps), len(rates)), ENDLESS, np.int64)
    for at, cap in enumerate(caps):
        for place, rate in enumerate(rates):
            if cap is not None and rate:
                found[at, place] = min(ENDLESS, int(Fraction(cap) * unit.worth // (rate * worth)))
    return found


def _tiers(sides: Sides) -> Match:
    """The largest tier that both sides reach, and that the cap lets through."""
    tiers = sorted(sides.terms.tiers, key=lambda tier: tier.start)
    volume = np.minimum(sides.left, sides.right)
    (caps, rung), reached = sides.caps(), np.full(len(volume), -1, np.int64)
    for at, cap in enumerate(caps):
        let = [place for place, tier in enumerate(tiers) if cap is None or tier.pay <= cap]
        starts = [sides.parts(tiers[place].start) for place in let]
        places = np.array([-1, *let], np.int64)[np.searchsorted(starts, volume, side="right")]
        reached = np.where(rung == at, places, reached)
    reached = np.where(volume > 0, reached, -1)
    starts_of = np.array([*(sides.parts(tier.start) for tier in tiers), 0], np.int64)
    used = starts_of[reached]
    lines = sides.lines(used, (used, used), "tier", [tier.pay for tier in tiers], reached)
    return Match(lines, {LEFT: used, RIGHT: used}, sides.paired)


def _cycles(sides: Sides) -> Match:
    """As many cycles as both sides have volume for."""
    terms = sides.terms
    left, right = (sides.parts(one or Decimal(1)) for one in (terms.cycle_left, terms.cycle_right))
    if terms.either_side:
        number, used = _in_turn(sides, min(left, right), max(left, right))
    else:
        number = np.minimum(np.minimum(sides.left // left, sides.right // right), _most_times(sides))
        used = (number * left, number * right)
    return _paid_each(sides, number, used, sides.paired, "cycles")


def _in_turn(sides: Sides, small: int, large: int) -> tuple[Ints, tuple[Ints, Ints]]:
    """Cycles one after the other, each `large` of the side that then has more, the left of equal ones.

    The side that begins with more gives `large` until it is behind; from then on both take turns, the other one
    first, so that every two cycles take the same of both.

    Returns:
        How many cycles everybody's volume, and her cap, are enough for; and what they use of the left and the right.
    """
    left_leads = sides.left >= sides.right
    more, less = np.maximum(sides.left, sides.right), np.minimum(sides.left, sides.right)
    step, ahead = large - small, more - less
    fit = np.minimum(more // large, less // small)
    lead = fit if step == 0 else np.minimum(fit, np.where(left_leads, ahead // step + 1, -(-ahead // step)))
    more, less = more - lead * large, less - lead * small
    turns = np.minimum(more, less) // (small + large)
    last = (less - turns * (small + large) >= large) & (more - turns * (small + large) >= small)
    number = np.minimum(lead + 2 * turns + last, _most_times(sides))
    lead = np.minimum(lead, number)
    behind = (number - lead + 1) // 2  # of the cycles in turn, the other side gives the larger volume first
    used_more, used_less = number * small + (number - behind) * step, number * small + behind * step
    return number, (np.where(left_leads, used_more, used_less), np.where(left_leads, used_less, used_more))


def _pairs(sides: Sides) -> Match:
    """Pairs, the first of all of which may need two of one side."""
    terms = sides.terms
    one = [sides.parts(one or Decimal(1)) for one in (terms.cycle_left, terms.cycle_right)]
    lead = _first_needs(sides, one)
    fresh = np.zeros(len(sides.left), np.bool_) if lead is None else ~sides.paired
    first = (np.zeros_like(sides.left),) * 2 if lead is None else lead
    can = ~fresh | ((sides.left >= first[0]) & (sides.right >= first[1]))
    taken = [np.where(fresh & can, need, 0) for need in first]
    rest = np.minimum((sides.left - taken[0]) // one[0], (sides.right - taken[1]) // one[1])
    number = np.where(can, rest + (fresh & can), 0)
    number = np.where(np.minimum(sides.left, sides.right) > 0, number, 0)
    number = np.minimum(number, _most_times(sides))
    begun = fresh & (number > 0)
    used = tuple((number - begun) * one[side] + np.where(begun, taken[side], 0) for side in range(2))
    return _paid_each(sides, number, (used[0], used[1]), sides.paired | (number > 0), "pairs")


def _first_needs(sides: Sides, one: Sequence[int]) -> tuple[Ints, Ints] | None:
    """What the first pair needs of each side; None where it is like every other."""
    if sides.terms.first_pair == "1:1":
        return None
    two_left = {"2:1": True, "1:2": False}.get(sides.terms.first_pair)
    many_left = sides.left >= sides.right if two_left is None else np.full(len(sides.left), two_left)
    left, right = (np.where(many_left == here, 2 * need, need) for here, need in zip((True, False), one, strict=True))
    return left, right


def values_of(sides: Sides) -> tuple[list[Decimal], Ints]:
    """What one cycle or pair pays, by place on the ladder that it goes by; and everybody's place there."""
    entries, rung = of_bonus(sides.ready, "value_by_rank", sides.terms.value_by_rank)
    return [sides.terms.value if one is None else one for one in entries], rung.astype(np.int64)


def _most_times(sides: Sides) -> Ints:
    """How many cycles everybody's cap lets through; none where one pays nothing."""
    (values, mine), (caps, rung) = values_of(sides), sides.caps()
    most = [[0 if not value else ENDLESS if cap is None else int(cap // value) for cap in caps] for value in values]
    return np.array(most, np.int64)[mine, rung]


def _paid_each(sides: Sides, number: Ints, used: tuple[Ints, Ints], paired: Marks, word: str) -> Match:
    """So many times the value of a cycle or pair; those alike share an amount."""
    values, rung = values_of(sides)
    pairs, which = np.unique(np.stack([rung, number]), axis=1, return_inverse=True)
    amounts = [values[at] * times for at, times in pairs.T.tolist()]
    lines = sides.lines(number, used, word, amounts, np.where(number > 0, which, -1))
    return Match(lines, {LEFT: used[0], RIGHT: used[1]}, paired)


_WAYS: Mapping[str, Callable[[Sides], Match]] = {
    "percent": _percent,
    "tiers": _tiers,
    "cycles": _cycles,
    "pairs": _pairs,
}
