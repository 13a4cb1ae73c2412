"""Infinity: a share without limit of depth, until somebody stops it."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from core.settlement.second.case import Case
from core.settlement.second.model import Found, Line, Order
from core.settlement.second.plan import Bonus


def infinity(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """The lines of the bonus."""
    worth, found = case.base_worth(bonus), Found([])
    for order in orders:
        for payee, level, rate in _paid(case, bonus, order.buyer):
            exact = order.base * rate / 100 * worth
            found.lines.append(Line(payee, order.number, order.buyer, level, rate, exact))
    return found


def _paid(case: Case, bonus: Bonus, buyer: int) -> Iterator[tuple[int, int, Fraction]]:
    """Whoever is paid for what the buyer brings, with the distance and her rate."""
    way = list(case.tree(bonus).above(buyer))
    if bonus.has("order_max"):
        yield from _until_used(case, bonus, way)
        return
    after, highest = bonus.whole("start_after_level"), Fraction(0)
    counts_from = bonus.whole("counts_from_level") or after + 1
    for distance, person in enumerate(way, start=1):
        if distance < counts_from or not case.earns(bonus, person):
            continue
        rate = _rate(case, bonus, person)
        if distance > after and not _stopped(case, bonus, way[: distance - 1], person):
            left = max(Fraction(0), rate - highest) if bonus.flag("differential") else rate
            yield person, distance, left
        highest = max(highest, rate)


def _until_used(case: Case, bonus: Bonus, way: Sequence[int]) -> Iterator[tuple[int, int, Fraction]]:
    """Everybody's whole rate, the nearest first, until nothing of the most is left."""
    left = bonus.number("order_max")
    for distance, person in enumerate(way, start=1):
        if distance > bonus.whole("start_after_level") and case.earns(bonus, person):
            rate = min(left, _rate(case, bonus, person))
            left -= rate
            yield person, distance, rate


def _rate(case: Case, bonus: Bonus, person: int) -> Fraction:
    rate = case.listed(bonus, "rate", person)
    return bonus.number("rate") if rate is None else Fraction(rate)


def _stopped(case: Case, bonus: Bonus, between: Sequence[int], earner: int) -> bool:
    """Whether somebody between, further up from the buyer than levels are granted, ends it for the earner."""
    stop = bonus.text("stop_rank")
    if not stop:
        return False
    asked = case.rank(earner, bonus.basis) if stop == "same_as_earner" else case.plan.rank(stop)
    granted = bonus.whole("stop_offset_levels")
    holders = (case.rank(one, bonus.basis) >= asked for one in between[granted:])
    return any(holders)
