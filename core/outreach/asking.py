"""What would be planned at some moment, told without writing anything."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import orjson

from core.db.database import Database
from core.db.types import EPOCH, MICROSECOND
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.state import State
from core.messaging.model import Ready
from core.outreach.model import Due, DueMessage, KindUnknown
from core.outreach.planning import Audiences, Pass, Planned, due_slots, ground_of, state_at
from core.people import service as people
from core.plan.model import Plan

TOLD_MAX = 1000


async def due(
    database: Database,
    live: State,
    audiences: Audiences,
    *,
    at: datetime | None = None,
    kind: str | None = None,
    person: str | None = None,
) -> tuple[Due, list[Ready]]:
    """What planning would write at a moment, of what is known now; the first messages are told in full.

    Args:
        at: None is now; without an offset it is on the company's clock.
        kind: only this kind.
        person: only to the person with this code.

    Returns:
        What the API answers, and all messages as the outbox would store them.

    Raises:
        KindUnknown: nobody plans this kind.
        PersonUnknown: nobody has this code.
        PlanMissing: no plan was in force then.
    """
    if kind is not None and kind not in audiences:
        raise KindUnknown(kind=kind, known=sorted(audiences))
    wanted = {name: audience for name, audience in audiences.items() if kind in (None, name)}
    async with database.read() as questions:
        questions.now = _aware(at, live.plan) if at is not None else questions.now
        only = None if person is None else await people.person_id(questions, person)
        state = await state_at(database, questions, live)
        ground = await ground_of(questions, state)
        found = Pass(ground, wanted)
        rows: list[tuple[Planned, Ready]] = []
        for slot in await due_slots(questions, state.plan, wanted):
            planned = await found.planned(questions, slot)
            rows += [(planned, row) for row in await asyncio.to_thread(_rows, planned, only)]
        answer = Due(at=questions.now, count=len(rows), messages=await _told(questions, rows[:TOLD_MAX]))
    return answer, [row for _, row in rows]


def _aware(at: datetime, plan: Plan) -> datetime:
    return (at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(plan.calendar.time_zone))).astimezone(UTC)


def _rows(planned: Planned, only: PersonId | None) -> list[Ready]:
    persons = planned.found.persons
    places = range(len(persons)) if only is None else [k for k, one in enumerate(persons) if one == only]
    return planned.rows(places)


async def _told(uow: UnitOfWork, rows: list[tuple[Planned, Ready]]) -> tuple[DueMessage, ...]:
    cards = await people.cards(uow, list({row.person for _, row in rows}))
    return tuple(
        DueMessage(
            kind=planned.audience.kind,
            slot=planned.look.slot.name,
            key=row.key,
            person=cards[row.person].code,
            name=cards[row.person].name,
            state=row.state,
            not_before=EPOCH + row.not_before_us * MICROSECOND,
            lapses_at=None if row.lapses_at_us is None else EPOCH + row.lapses_at_us * MICROSECOND,
            facts=orjson.loads(row.facts_json),
        )
        for planned, row in rows
    )
