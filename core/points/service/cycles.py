"""Rules about a closed cycle, asked of everybody at once."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.calendar import rules as calendars
from core.calendar import service as calendar
from core.calendar.model import Cycle
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Purpose
from core.live.line import ACTIVE, PERSON
from core.live.state import State
from core.plan.expressions.columns import Texts
from core.plan.expressions.evaluation import truths, wholes
from core.plan.expressions.vocabulary import CYCLES_MAX
from core.plan.model.points import Occasion, PointsRule
from core.points.model import POINTS_MAX, MovementKind
from core.points.rules import days
from core.points.service.cases import rung
from core.points.service.earning import NOT_POSTED, receivers_of
from core.points.service.holding import give, hold
from core.points.service.programme import RULE, Programme, available, company, keeping, line, posting, programme_at
from core.points.store import asked, facts
from core.points.store.facts import PersonFacts
from core.points.store.lots import NewLot

LAST_MOMENT = timedelta(microseconds=1)
Column = NDArray[Any] | Texts | dict[int, NDArray[Any]]


class Due(NamedTuple):
    """A closed cycle whose rules are to be asked, and the programme that was in force at its end."""

    cycle: Cycle
    programme: Programme


class Earned(NamedTuple):
    """What a rule gives because of somebody."""

    about: PersonId
    rule: PointsRule
    points: int


async def due_cycles(uow: UnitOfWork) -> list[Due]:
    """Closed cycles of the main calendar whose rules were not asked of everybody yet, the first one first."""
    current = await programme_at(uow, uow.now)
    if current is None:
        return []
    closed = await calendar.closed_cycles(uow, current.plan)
    done = await asked.cycles_done(uow, current.plan.calendar.code)
    found = []
    for one in closed:
        programme = await programme_at(uow, one.ends_at - LAST_MOMENT) if one.code not in done else None
        if programme is not None and _rules(programme) and _counts(programme, one.ends_at):
            found.append(Due(calendars.cycle_at(current.plan.calendar, one.starts_at), programme))
    return found


def _counts(programme: Programme, ends_at: datetime) -> bool:
    since = programme.spec.since
    return since is None or days.company_day(ends_at - LAST_MOMENT, programme.zone) >= since


def _rules(programme: Programme) -> list[PointsRule]:
    return [rule for rule in programme.spec.rules if rule.on is Occasion.CYCLE]


async def earned(uow: UnitOfWork, due: Due, state: State) -> list[Earned]:
    """What the rules of a cycle give, person by person.

    Args:
        state: the cycle's figures as it ended.
    """
    rules = _rules(due.programme)
    names = frozenset().union(*(rule.when.names | rule.points.names for rule in rules))
    looks_back = [call.argument for rule in rules for part in (rule.when, rule.points) for call in part.calls]
    columns = await _columns(uow, due, state, names, [back for back in looks_back if isinstance(back, int)])
    people, somebody = state.persons, (state.flags & PERSON) != 0
    found = []
    for rule in rules:
        holds = truths(rule.when, columns, state.count) & somebody
        points = wholes(rule.points, columns, state.count)
        found += [
            Earned(PersonId(int(people[index])), rule, min(POINTS_MAX, int(points[index])))
            for index in np.flatnonzero(holds).tolist()
            if points[index] >= 1
        ]
    return sorted(found, key=lambda one: one.about)


async def _columns(
    uow: UnitOfWork, due: Due, state: State, names: frozenset[str], looks_back: Collection[int]
) -> dict[str, Column]:
    """A value for everybody of the cycle's tree, of every word that the rules ask for."""
    columns: dict[str, Column] = {"rank": state.ranks.astype(np.int64)}
    columns["active"] = (state.flags & ACTIVE) != 0
    columns |= {name: state.column(name.removeprefix("kpi.")) for name in names if name.startswith("kpi.")}
    if any(name.startswith("person.") or name == "career_rank" for name in names):
        columns |= _of_people(due, state, await facts.everybody(uow))
    brought = await _brought(uow, state) if any(name.startswith("refer") for name in names) else []
    if names & {"ordered_cycles", "referrals_ordered"}:
        furthest = CYCLES_MAX if "ordered_cycles" in names else max(looks_back)
        ordered = await _ordered(uow, due, furthest)
        bits = [ordered.get(PersonId(person), 0) for person in state.persons.tolist()]
        columns["ordered_cycles"] = np.array([_run(one, furthest) for one in bits], np.int64)
        columns["referrals_ordered"] = {back: _faithful(state, brought, bits, back, furthest) for back in looks_back}
    columns["referred"] = _count(state, [index for index, _ in brought]) > 0
    columns["referrals"] = _count(state, [by for _, by in brought])
    columns["referrals_active"] = _count(state, [by for index, by in brought if state.active(index)])
    return columns


def _of_people(due: Due, state: State, people: dict[PersonId, PersonFacts]) -> dict[str, Column]:
    plan, last = due.programme.plan, days.company_day(due.cycle.period.end - LAST_MOMENT, due.programme.zone)
    nobody = PersonFacts("", "", "", "", last, None)
    known = [people.get(PersonId(person), nobody) for person in state.persons.tolist()]
    rungs = {one.code: rung(plan, one.code) for one in plan.ranks}
    return {
        "person.kind": _texts([one.kind for one in known]),
        "person.country": _texts([one.country for one in known]),
        "person.language": _texts([one.language for one in known]),
        "person.status": _texts([one.status for one in known]),
        "person.joined_days": np.array([max(0, (last - one.joined_on).days) for one in known], np.int64),
        "career_rank": np.array([rungs.get(one.career_rank or "", 0) for one in known], np.int64),
    }


def _texts(values: Sequence[str]) -> Texts:
    words = tuple(sorted(set(values)))
    codes = {word: code for code, word in enumerate(words)}
    return Texts(np.array([codes[value] for value in values], np.int32), words)


async def _brought(uow: UnitOfWork, state: State) -> list[tuple[int, int]]:
    """Pairs of indices in the tree: somebody, and who brought her; of a referrer who has left nobody knows."""
    pairs = ((state.find(person), state.find(by)) for person, by in (await facts.referrers(uow, None)).items())
    return [(index, -1 if by is None else by) for index, by in pairs if index is not None]


def _count(state: State, indices: Sequence[int]) -> NDArray[Any]:
    known = np.array([index for index in indices if index >= 0], np.int64)
    return np.bincount(known, minlength=state.count).astype(np.int64)


async def _ordered(uow: UnitOfWork, due: Due, furthest: int) -> dict[PersonId, int]:
    """In which of the last cycles people ordered, the cycle itself the highest bit of so many."""
    spec, cycle = due.programme.plan.calendar, due.cycle
    starts = [cycle.period.end, cycle.period.start]
    for _ in range(furthest - 1):
        cycle = calendars.previous(spec, cycle)
        starts.append(cycle.period.start)
    return await facts.ordered_in(uow, starts[::-1])


def _run(bits: int, furthest: int) -> int:
    """In how many cycles up to the last one, without a gap."""
    count = 0
    while count < furthest and bits >> (furthest - 1 - count) & 1:
        count += 1
    return count


def _faithful(
    state: State, brought: Sequence[tuple[int, int]], bits: Sequence[int], back: int, furthest: int
) -> NDArray[Any]:
    """How many of whom each brought ordered in each of the last so many cycles."""
    return _count(state, [by for index, by in brought if _run(bits[index], furthest) >= back])


async def give_some(uow: UnitOfWork, due: Due, found: Sequence[Earned], limit: int) -> tuple[int, bool]:
    """Give what a cycle earned to some more people; safe to repeat after any stop.

    Returns:
        How many points were given, and whether that was all.
    """
    done_to = await asked.cycle_done_to(uow, due.cycle)
    if done_to is None:
        return 0, True
    left = [one for one in found if one.about > done_to]
    some = left[:limit]
    some += [one for one in left[limit:] if one.about == some[-1].about]
    points = await _give(uow, due, some)
    is_all = len(some) == len(left)
    await asked.record_cycle(uow, due.cycle, some[-1].about if some else done_to, uow.now if is_all else None)
    return points, is_all


async def _give(uow: UnitOfWork, due: Due, some: Sequence[Earned]) -> int:
    receivers = await receivers_of(uow, [(one.rule.to, one.about) for one in some])
    lots, postings = [], []
    for one in some:
        receiver = receivers.get((one.rule.to, one.about))
        if receiver is None or (
            one.rule.once and not await asked.claim_once(uow, (one.rule.code, receiver, one.about))
        ):
            continue
        lots.append(_lot(due, one, receiver))
        occasion = f"{one.rule.code}:{due.cycle.calendar}:{due.cycle.code}:{one.about}"
        lines = [line(company(Purpose.POINTS_ISSUED), -one.points), line(available(receiver), one.points)]
        postings.append(posting(RULE, f"{RULE}:{occasion}", one.rule.code, ("rule", occasion), lines))
    hands = await hold(uow, await keeping(uow), {lot.person for lot in lots})
    posted = await ledger.post_all(uow, postings)
    await give(uow, hands, [lot._replace(entry=one.entry) for lot, one in zip(lots, posted, strict=True) if one.is_new])
    return sum(lot.points for lot in lots)


def _lot(due: Due, one: Earned, receiver: PersonId) -> NewLot:
    today = due.programme.today
    return NewLot(
        person=receiver,
        entry=NOT_POSTED,
        origin=MovementKind.RULE,
        points=one.points,
        earned_on=today,
        expires_on=days.last_day(due.programme.spec, today),
        rule=one.rule.code,
        about=one.about if one.about != receiver else None,
    )
