"""Both engines' results held against each other: everything that differs to the cent, with where it stands."""

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from fractions import Fraction
from random import Random

import numpy as np
from numpy.typing import NDArray

from core.bonuses.arrays import Settled
from core.catalog.rules import RateTable
from core.ranks.rules import grace
from core.settlement.compared.carried import carried
from core.settlement.compared.difference import Difference
from core.settlement.compared.orders import orders
from core.settlement.compared.payouts import corrections, notes, payouts
from core.settlement.lines.numbers import decimal_text, exact_text, rate_text
from core.settlement.model import Carried, Past
from core.settlement.running import Outcome
from core.settlement.second.case import Case
from core.settlement.second.engine import Result
from core.settlement.second.model import AMOUNT, Frames, Inputs, Paid, Then
from core.settlement.second.units import digits
from core.settlement.second.whole.run import Whole, whole

__all__ = ["Difference", "chosen", "compare", "differences", "inputs"]
WHOLE_UP_TO, SAMPLE = 20_000, 1_000
HIGHEST, OF_EACH = 3, 10
"""Of a sample: the highest earners, and people of every bonus."""
PLACE = tuple[int, str, int, int, int, tuple[int, int]]
"""Payee, bonus, order, source, level, rate as a ratio: where an amount stands."""

NO_RATE = (0, 1)


def compare(
    outcome: Outcome,
    plan_text: str,
    rates: RateTable,
    before: Carried,
    *,
    whole_up_to: int = WHOLE_UP_TO,
    sample: int = SAMPLE,
) -> list[Difference]:
    """What the second engine finds otherwise, by person; nothing when everything agrees.

    Args:
        plan_text: the plan's file, which the second engine reads for itself.
        before: what the run was given of earlier cycles.
        whole_up_to: of a company of more people only some are looked at, each with all her lines.
        sample: how many.
    """
    people = None if outcome.company.people.height <= whole_up_to else chosen(outcome, plan_text, sample)
    with _uncollected():
        return differences(outcome, whole(inputs(outcome, plan_text, rates, before), people), people)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles of objects: lines make none, and looking takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def differences(outcome: Outcome, found: Whole, people: frozenset[int] | None = None) -> list[Difference]:
    """What of a run the second engine found otherwise, of these people or of everybody."""
    counted = list(orders(outcome, found))
    told = counted or [*_by_person(outcome, found, people)]
    if not told:
        return []
    order = {code: place for place, code in enumerate(outcome.company.people["code"].to_list())}
    return sorted(told, key=lambda one: order.get(one.person, -1))


def _by_person(outcome: Outcome, found: Whole, people: frozenset[int] | None) -> Iterator[Difference]:
    """Everything but which orders count; lines are held against each other only if all orders count alike."""
    looked_at = range(outcome.company.people.height) if people is None else sorted(people)
    codes = None if people is None else set(outcome.company.people["code"].gather(list(looked_at)))
    yield from _lines(outcome, found.done.result, looked_at)
    yield from _standings(outcome, found.done.result, looked_at, every=people is None)
    for held in (corrections, payouts, notes, carried):
        yield from held(outcome, found, codes)


def chosen(outcome: Outcome, plan_text: str, sample: int) -> frozenset[int]:
    """Whom a sample looks at: the highest earners, a few of every bonus, and people drawn by the run's fingerprint."""
    count, place = outcome.company.people.height, outcome.standings.place
    found, sums = set[int](), np.zeros(count, np.int64)
    fingerprint = hashlib.sha256(plan_text.encode())
    for settled in outcome.settled:
        np.add.at(sums, place[settled.lines.payee], settled.amount)
        fingerprint.update(f"{settled.bonus.code} {settled.lines.size} {int(settled.amount.sum())};".encode())
    drawn = Random(fingerprint.hexdigest())  # noqa: S311  (nobody gains by guessing whom it looks at)
    for settled in outcome.settled:
        payees = np.flatnonzero(_among(count, place[settled.lines.payee])).tolist()
        found.update(drawn.sample(payees, min(OF_EACH, len(payees))))
    found.update(np.argsort(-sums, kind="stable")[:HIGHEST].tolist())
    earners = np.flatnonzero(sums).tolist()
    found.update(drawn.sample(earners, min(sample // 2, len(earners))))
    while len(found) < min(sample, count):
        found.add(drawn.randrange(count))
    return frozenset(found)


def _among(count: int, places: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Who of so many people has a place among these."""
    found = np.zeros(count, np.bool_)
    found[places] = True
    return found


def inputs(outcome: Outcome, plan_text: str, rates: RateTable, before: Carried) -> Inputs:
    """What the second engine is given of a run: everything as the run was given it."""
    company, cycle = outcome.given, outcome.standings.cycle
    return Inputs(
        plan=plan_text,
        calendar=cycle.calendar,
        cycle=cycle.code,
        people=company.people,
        orders=company.orders,
        lines=company.lines,
        adjustments=company.adjustments,
        worth=rates.on,
        carried=_frames(before),
        places_whole=company.places_whole,
        past=[_then(one) for one in before.past],
        main=None if before.main is None else _frames(before.main),
    )


def _frames(before: Carried) -> Frames:
    return {one.name: getattr(before, one.name) for one in fields(before) if one.name not in ("main", "past")}


def _then(one: Past) -> Then:
    return Then(one.cycle, one.plan, one.people, _frames(one.carried), one.orders, one.posted, one.parts)


def _lines(outcome: Outcome, result: Result, people: Sequence[int]) -> Iterator[Difference]:
    wanted = set(people)
    ours: dict[PLACE, list[int]] = {}
    units = {code: one.unit for code, one in result.bonuses.items()} | {one.bonus: unit for unit, one in result.caps}
    for settled in outcome.settled:
        units.setdefault(settled.bonus.code, settled.unit.code)
        for place, amount in _ours(outcome, settled, wanted):
            ours.setdefault(place, []).append(amount)
    theirs: dict[PLACE, list[int]] = {}
    for one in result.paid:
        if one.line.payee in wanted:
            theirs.setdefault(_place(one), []).append(one.amount)
    codes, ids = outcome.company.people["code"], outcome.company.orders["order_id"]
    unlike = (one for one in {*ours, *theirs} if ours.get(one) != theirs.get(one))
    for place in sorted(unlike):
        mine, its = sorted(ours.get(place, [])), sorted(theirs.get(place, []))
        if mine == its:
            continue
        payee, bonus, order, source, level, ratio = place
        rate = Fraction(*ratio)
        words = [f"order {ids[order]}"] if order >= 0 else []
        words += [f"of {codes[source]}"] if source >= 0 else []
        words += [f"level {level}"] if level > 0 else []
        words += [f"{rate_text(rate)} %"] if rate >= 0 and level >= 0 else []
        money = [" + ".join(decimal_text(one, digits(units[bonus])) for one in amounts) for amounts in (mine, its)]
        yield Difference(codes[payee], bonus, ", ".join(words), *money)


def _ours(outcome: Outcome, settled: Settled, wanted: set[int]) -> Iterator[tuple[PLACE, int]]:
    lines, place = settled.lines, outcome.standings.place
    rates = [one.as_integer_ratio() for one in (*(Fraction(rate) for rate in lines.rates), AMOUNT)]
    count = outcome.company.people.height
    chosen = np.flatnonzero(_among(count, np.fromiter(wanted, np.int64, len(wanted)))[place[lines.payee]])
    source = np.where(lines.source[chosen] >= 0, place[lines.source[chosen]], -1)
    columns = (place[lines.payee[chosen]], lines.order[chosen], source, lines.level[chosen], lines.rate[chosen])
    amounts = settled.amount[chosen].tolist()
    for payee, order, its_source, level, rate, amount in zip(*(one.tolist() for one in columns), amounts, strict=True):
        paid = NO_RATE if level < 0 else rates[rate]
        yield (payee, settled.bonus.code, order, its_source, level, paid), amount


def _place(one: Paid) -> PLACE:
    line = one.line
    return line.payee, one.bonus, line.order, line.source, line.level, line.rate.as_integer_ratio()


def _standings(outcome: Outcome, result: Result, people: Sequence[int], *, every: bool) -> Iterator[Difference]:
    """Ranks, and of a whole company every KPI."""
    standings, case = outcome.standings, result.case
    node, codes = standings.node.tolist(), outcome.company.people["code"]
    names = [None, *case.plan.ranks]
    paid, career = standings.network.paid.tolist(), standings.network.career.tolist()
    honorary, grace_left = standings.honorary.tolist(), grace.told(outcome.plan, standings.grace)
    kpis = {code: standings.kpi(code).tolist() for code in (case.plan.kpis if every else ())}
    for person in people:
        at = node[person]
        if (at >= 0) != case.there[person]:
            yield Difference(codes[person], "in the tree", "", str(at >= 0), str(case.there[person]))
        if at < 0 or not case.there[person]:
            continue
        ranks = (("rank", paid[at], case.rank(person)), ("career rank", career[at], case.rank(person, "career")))
        honours = ("honorary rank", honorary[at], case.honorary(person))
        yield from (Difference(codes[person], word, "", names[ours] or "", names[theirs] or "")
                    for word, ours, theirs in (*ranks, honours) if ours != theirs)  # fmt: skip
        if (mine := grace_left[at]) != (its := _grace_told(case, person)):
            yield Difference(codes[person], "grace", "", mine or "", its or "")
        for code, column in kpis.items():
            ours, theirs = Fraction(column[at], case.plan.units(code)), case.kpi(person, code)
            if ours != theirs:
                yield Difference(codes[person], f"kpi {code}", "", exact_text(ours), exact_text(theirs))


def _grace_told(case: Case, person: int) -> str | None:
    return " ".join(f"{case.plan.ranks[place - 1]}:{left}" for place, left in case.grace(person).items()) or None
