"""A released run: everybody whom it gives something hears that her statement is there, with its sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import BigInteger, Table, and_, cast, or_, select
from sqlmodel import SQLModel

from core.access.tables import ChatLinkRow
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Ints
from core.live.reading import columns
from core.messaging.model import Json
from core.outreach.audience import Audience, Found, Ground, Look, Occasion, Occasions, When
from core.outreach.columns import ranks_of
from core.outreach.telling import rank_names
from core.people.model import Status
from core.people.tables import PersonRow
from core.plan.model import NotificationsSpec, Plan
from core.runs import service as runs
from core.runs.model import ReleasedRun
from core.runs.tables import RunPayoutRow


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


PAYOUTS, PEOPLE, LINKS = _table(RunPayoutRow), _table(PersonRow), _table(ChatLinkRow)
KIND = "run.released"
LATE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a run gives to whom."""

    cycle: str
    names: Json
    """What the company calls its ranks, by code."""
    sums: Mapping[str, tuple[Ints, Ints]]
    """By currency whom it gives something, and how much, in minor units."""
    ranks: tuple[Ints, Ints]
    """People and the places on today's ladder of the ranks that they are paid by."""
    left: Ints
    """People who have left and can still be told, for a payout is theirs nevertheless."""


def when(_spec: NotificationsSpec) -> tuple[When, ...]:
    """Whenever one is released."""
    return (Occasions(source),)


async def source(uow: UnitOfWork, _plan: Plan, after: datetime) -> list[Occasion]:
    """Runs that were released since."""
    released = await runs.released(uow)
    return [Occasion(str(one.number), one.released_at) for one in released if after < one.released_at <= uow.now]


async def load(uow: UnitOfWork, ground: Ground, cause: str) -> Loaded:
    """Sums by currency, column by column."""
    run = await _run(uow, int(cause))
    its = and_(PAYOUTS.c.run == run.number, or_(PAYOUTS.c.earned != 0, PAYOUTS.c.paid != 0))
    currencies = (await uow.connection.execute(select(PAYOUTS.c.currency).where(its).distinct())).scalars()
    sums = {}
    for currency in sorted(currencies):
        asked = select(
            cast(PAYOUTS.c.person_id, BigInteger), cast(PAYOUTS.c.earned + PAYOUTS.c.adjustments, BigInteger)
        )
        persons, amounts = await columns(uow, asked.where(its, PAYOUTS.c.currency == currency))
        sums[currency] = persons, amounts
    is_main = run.calendar == ground.plan.calendar.code
    nobody = np.zeros(0, np.int64), np.zeros(0, np.int64)
    ranks = await ranks_of(uow, ground.plan, [run.cycle]) if is_main else nobody
    return Loaded(run.cycle, rank_names(ground.plan), sums, ranks, await _left(uow))


async def _run(uow: UnitOfWork, number: int) -> ReleasedRun:
    return next(one for one in await runs.released(uow) if one.number == number)


async def _left(uow: UnitOfWork) -> Ints:
    """Whoever has left, and has a chat or an e-mail address."""
    linked = PEOPLE.c.id.in_(select(LINKS.c.person_id))
    reached = and_(PEOPLE.c.notifications, or_(linked, PEOPLE.c.email.is_not(None)))
    asked = select(cast(PEOPLE.c.id, BigInteger)).where(PEOPLE.c.status == Status.TERMINATED.value, reached)
    return (await columns(uow, asked))[0]


def find(look: Look) -> Found:
    """Whom the run gives something and a message reaches, each with all her sums."""
    loaded: Loaded = look.loaded
    totals: dict[int, list[Json]] = {}
    for currency, (persons, amounts) in loaded.sums.items():
        told = look.reached(persons) | np.isin(persons, loaded.left)
        for person, amount in zip(persons[told].tolist(), amounts[told].tolist(), strict=True):
            totals.setdefault(person, []).append({"amount": amount, "currency": currency})
    ladder = [None, *loaded.names.values()]
    ranks = dict(zip(*(column.tolist() for column in loaded.ranks), strict=True))
    people = sorted(totals)
    facts = [
        {"cycle": loaded.cycle, "totals": totals[person], "rank": ladder[ranks.get(person, 0)]} for person in people
    ]
    return Found(people, facts)


AUDIENCE = Audience(KIND, when, LATE, find, load=load)
