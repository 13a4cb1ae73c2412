"""Points that a settled cycle's bonuses pay, for many people at once."""

from collections.abc import Sequence
from typing import NamedTuple

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import EntryId, Posting, Purpose
from core.points.model import MovementKind
from core.points.rules import days
from core.points.rules import lots as rules
from core.points.service.holding import Hands, give, hold, moved
from core.points.service.programme import RULE, TAKEN_BACK, Programme, available, company, keeping, line, posting
from core.points.store import lots as store
from core.points.store.lots import NewLot


class Award(NamedTuple):
    """What somebody is given, or below zero what is taken from her."""

    occasion: str
    """With the person, what makes it known again."""
    person: PersonId
    points: int
    reason: str
    """The bonus's code."""


async def award(uow: UnitOfWork, some: Sequence[Award]) -> None:
    """Give points and take others back; the caller sees to it that each is done once.

    What is taken comes from the lots that end first; more than she has is taken only where the company's policy lets
    points go below zero.

    Raises:
        WayClosed: the company has no plan, and so no points.
    """
    if not some:
        return
    current = await keeping(uow)
    for people in _each_once([one for one in some if one.points > 0]):
        hands = await hold(uow, current, {one.person for one in people})
        posted = await ledger.post_all(uow, [_given(one) for one in people])
        entries = [one.entry for one in posted]
        await give(uow, hands, [_lot(current, one, entry) for one, entry in zip(people, entries, strict=True)])
    for people in _each_once([one for one in some if one.points < 0]):
        hands = await hold(uow, current, {one.person for one in people})
        await _take(uow, hands, people, may_owe=current.spec.may_go_negative)


def _lot(current: Programme, one: Award, entry: EntryId) -> NewLot:
    ends = days.last_day(current.spec, current.today)
    return NewLot(one.person, entry, MovementKind.RULE, one.points, current.today, ends, rule=one.reason)


def _each_once(some: Sequence[Award]) -> list[list[Award]]:
    """In rounds, nobody twice in one: what a bonus takes stands before the next one looks."""
    rounds: list[list[Award]] = []
    count: dict[PersonId, int] = {}
    for one in some:
        place = count.get(one.person, 0)
        count[one.person] = place + 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(one)
    return rounds


async def _take(uow: UnitOfWork, hands: Hands, some: Sequence[Award], *, may_owe: bool) -> None:
    taken = {one: -one.points if may_owe else min(-one.points, max(0, hands[one.person].available)) for one in some}
    real = [one for one in some if taken[one]]
    posted = await ledger.post_all(uow, [_taken(one, taken[one], may_owe=may_owe) for one in real])
    for one, entry in zip(real, posted, strict=True):
        await store.use(uow, entry.entry, rules.take(hands[one.person].spendable, taken[one]))
    await moved(uow, [one.person for one in real])


def _given(one: Award) -> Posting:
    key = f"{one.occasion}:{one.person}"
    lines = [line(company(Purpose.POINTS_ISSUED), -one.points), line(available(one.person), one.points)]
    return posting(RULE, f"{RULE}:run:{key}", one.reason, ("run", key), lines)


def _taken(one: Award, points: int, *, may_owe: bool) -> Posting:
    key = f"{one.occasion}:{one.person}"
    lines = [line(available(one.person), -points, may_owe=may_owe), line(company(Purpose.POINTS_ISSUED), points)]
    return posting(TAKEN_BACK, f"{TAKEN_BACK}:run:{key}", one.reason, ("run", key), lines)
