"""Pools: a share of what everybody brings, divided among whoever earns it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from core.settlement.second.bases import Bases
from core.settlement.second.case import Case
from core.settlement.second.model import Found, Paid, fixed
from core.settlement.second.plan import Bonus, is_share

NEVER = 2**63


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of the pot and what each of its holders counts in it."""

    part: Fraction
    weights: Mapping[int, Fraction]
    level: int = 0


Earned = Mapping[str, Sequence[Paid]]
"""What was paid by each bonus that is done."""


def pool(case: Case, bonus: Bonus, bases: Bases, given: Fraction, earned: Earned) -> Found:
    """The lines of a pool; `given` is what breakage and other pools put into it, in minor units."""
    brought = sum((one.base for one in bases.of(bonus)), Fraction(0)) * case.base_worth(bonus)
    pot = brought * bonus.number("share") / 100 + case.before(bonus).pool + given
    found = Found([], shared=True)
    if pot <= 0:
        return found
    left = Fraction(0)
    for one in portions(case, bonus, bases, earned):
        everything = sum(one.weights.values(), Fraction(0))
        for person, weight in one.weights.items():
            exact = pot * one.part * weight / everything
            found.lines.append(fixed(person, exact, level=one.level))
        if not one.weights:
            left += pot * one.part
    what = bonus.text("if_nobody", "keep")
    found.pool = left if what == "carry" else Fraction(0)
    found.passed = left if what == "next_pool" else Fraction(0)
    return found


def portions(case: Case, bonus: Bonus, bases: Bases, earned: Earned) -> list[Portion]:
    """How the pot is split."""
    shares: dict[int, int] = {}
    for one in (paid for code in bonus.texts("shares_from") for paid in earned[code]):
        shares[one.line.payee] = shares.get(one.line.payee, 0) + one.amount
    held = {one: weight for one in range(case.count) if (weight := _weight(case, bonus, one, shares)) > 0}
    weights = _best(case, bonus, bases, held)
    division, groups = bonus.text("division", "shares"), bonus.numbers("groups")
    if division == "position":
        places = _ordered(case, bonus, bases, weights)
        percents = enumerate(bonus.numbers("positions"), start=1)
        return [Portion(share / 100, {one: Fraction(1) for one in places[at - 1 : at]}, at) for at, share in percents]
    if not groups:
        return [Portion(Fraction(1), weights)]
    places = _ordered(case, bonus, bases, weights)
    found, begin = [], 0
    for at, share in enumerate(groups):
        size = len(places) // len(groups) + (at < len(places) % len(groups))
        found.append(Portion(share / 100, {one: weights[one] for one in places[begin : begin + size]}))
        begin += size
    return found


def _best(case: Case, bonus: Bonus, bases: Bases, weights: Mapping[int, Fraction]) -> Mapping[int, Fraction]:
    """Those who come first, where only so many or so many percent of the holders divide the pool."""
    if not bonus.has("top"):
        return weights
    percent = is_share(bonus.table["top"])
    count = -(-len(weights) * bonus.number("top") // 100) if percent else bonus.number("top")
    return {one: weights[one] for one in _ordered(case, bonus, bases, weights)[: int(count)]}


def _weight(case: Case, bonus: Bonus, person: int, shares: Mapping[int, int]) -> Fraction:
    """Her shares; 0 for who does not earn the pool."""
    if not case.earns(bonus, person):
        return Fraction(0)
    match bonus.text("division", "shares"):
        case "shares" | "schedule":
            found = case.listed(bonus, "shares", person)
            return Fraction(found or 0)
        case "earned":
            return Fraction(shares.get(person, 0))
        case "growth":
            code = bonus.text("growth_kpi")
            earlier = Fraction(case.before(bonus).kpis.get(code, {}).get(person, 0), case.plan.units(code))
            grown = max(Fraction(0), case.kpi(person, code) - earlier)
            return Fraction(floor(grown / bonus.number("growth_step", 1)))
    return case.kpi(person, bonus.text("shares_kpi"))


def _ordered(case: Case, bonus: Bonus, bases: Bases, weights: Mapping[int, Fraction]) -> Sequence[int]:
    """Holders by the KPI, the highest first; of equal ones who sold last earlier, then who joined earlier."""
    last = dict[int, int]()
    for order in bases.everything:
        if order.sale:
            last[order.buyer] = max(order.at, last.get(order.buyer, 0))
    code = bonus.text("shares_kpi")
    return sorted(weights, key=lambda one: (-case.kpi(one, code), last.get(one, NEVER), one))
