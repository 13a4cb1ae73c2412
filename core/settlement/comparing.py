"""Both engines' results held against each other: every line, rank and figure that differs, with where it stands."""

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from fractions import Fraction
from random import Random

import numpy as np
from numpy.typing import NDArray

from core.bonuses.arrays import Settled
from core.catalog.rules import RateTable
from core.ranks.rules import grace
from core.settlement.lines.numbers import decimal_text, exact_text, rate_text
from core.settlement.model import Carried
from core.settlement.running import Outcome
from core.settlement.second.carried import Left
from core.settlement.second.case import Case
from core.settlement.second.days import Cycle
from core.settlement.second.engine import Result, settle
from core.settlement.second.model import AMOUNT, Inputs, Paid
from core.settlement.second.units import digits

WHOLE_UP_TO, SAMPLE = 20_000, 1_000
HIGHEST, OF_EACH = 3, 10
"""Of a sample: the highest earners, and people of every bonus."""
PLACE = tuple[int, str, int, int, int, tuple[int, int]]
"""Payee, bonus, order, source, level, rate as a ratio: where an amount stands."""

NO_RATE = (0, 1)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the second engine finds otherwise; "" is nothing there."""

    person: str
    bonus: str
    """Code of a bonus or cap, `kpi CODE`, `rank`, `career rank` or `honorary rank`."""
    line: str
    ours: str
    theirs: str

    @property
    def told(self) -> str:
        """One line about it."""
        where = f"{self.person}, {self.bonus}" + (f", {self.line}" if self.line else "")
        return f"{where}: {self.ours or 'nothing'}, by the second engine {self.theirs or 'nothing'}"


def compare(
    outcome: Outcome,
    plan_text: str,
    rates: RateTable,
    carried: Carried,
    *,
    whole_up_to: int = WHOLE_UP_TO,
    sample: int = SAMPLE,
) -> list[Difference]:
    """What the second engine finds otherwise, by person; nothing when every line, rank and figure agrees.

    Args:
        plan_text: the plan's file, which the second engine reads for itself.
        whole_up_to: of a company of more people only some are looked at, each with all her lines.
        sample: how many.
    """
    people = None if outcome.company.people.height <= whole_up_to else chosen(outcome, plan_text, sample)
    with _uncollected():
        return differences(outcome, settle(inputs(outcome, plan_text, rates, carried), people), people)


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


def differences(outcome: Outcome, result: Result, people: frozenset[int] | None = None) -> list[Difference]:
    """What of a run the second engine found otherwise, of these people or of everybody."""
    looked_at = range(outcome.company.people.height) if people is None else sorted(people)
    found = [*_lines(outcome, result, looked_at), *_standings(outcome, result, looked_at, every=people is None)]
    if people is None:
        found += _carried(outcome, result)
    order = {code: place for place, code in enumerate(outcome.company.people["code"].to_list())} if found else {}
    return sorted(found, key=lambda one: order.get(one.person, -1))


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


def inputs(outcome: Outcome, plan_text: str, rates: RateTable, carried: Carried) -> Inputs:
    """What the second engine is given of a run."""
    company, cycle = outcome.company, outcome.standings.cycle
    return Inputs(
        plan=plan_text,
        calendar=cycle.calendar,
        cycle=cycle.code,
        people=company.people,
        orders=company.orders,
        lines=company.lines,
        adjustments=company.adjustments,
        worth=rates.on,
        carried={one.name: getattr(carried, one.name) for one in fields(carried) if one.name != "main"},
        late=frozenset(outcome.late),
        places_whole=company.places_whole,
    )


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


def _carried(outcome: Outcome, result: Result) -> Iterator[Difference]:
    """What the next cycle is given."""
    ours, theirs = _left(outcome, result), result.left
    for key in sorted({*ours, *theirs}):
        mine, its = ours.get(key, Fraction(0)), theirs.get(key, Fraction(0))
        if mine != its:
            what, bonus, person, *more = (*key, "") if len(key) == len(("pools", "bonus")) else key
            yield Difference(person, f"{bonus}: carried {what}", ", ".join(more), exact_text(mine), exact_text(its))


def _left(outcome: Outcome, result: Result) -> Left:
    """What the run leaves of its bonuses to people in the tree, by codes and first days of cycles."""
    case, frames, found = result.case, outcome.remembered, Left()
    there = {code for code, there in zip(case.people.code, case.there, strict=True) if there}

    def day(cycle: str) -> str:
        return str(Cycle.named(case.cycle.kind, case.cycle.zone.key, cycle).first)

    for row in frames["had"].iter_rows(named=True):
        found["had", row["bonus"], row["person_id"], row["what"]] = Fraction(1)
    for row in frames["due"].iter_rows(named=True):
        key: tuple[str, ...] = ("due", row["bonus"], row["person_id"], row["origin"], str(row["part"]), day(row["due"]))
        found[key] = Fraction(row["exact"])
    for row in frames["volumes"].iter_rows(named=True):
        key = ("volumes", row["bonus"], row["person_id"], row["side"], day(row["cycle"]))
        found[key] = Fraction(row["volume"])
    for row in frames["pools"].iter_rows(named=True):
        found["pools", row["bonus"]] = Fraction(row["exact"])
    kept = {key: value for key, value in found.items() if key[1] in result.bonuses}
    return {key: value for key, value in kept.items() if key[0] in ("pools", "due") or key[2] in there}
