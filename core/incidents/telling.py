"""What everybody whom an incident concerns is told: one message for each piece of news, once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import orjson

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.incidents import store
from core.incidents.model import IncidentState
from core.incidents.store import Row
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText
from core.messaging import outbox
from core.messaging.model import Ready

KIND = "incident.updated"
AT_ONCE = 4_000
"""People of one transaction."""


@dataclass(frozen=True, slots=True)
class News:
    """What a piece of news says, by language."""

    title: CompanyText
    state: IncidentState
    words: CompanyText


async def news(uow: UnitOfWork, numbers: Collection[int]) -> Mapping[int, News]:
    """Pieces of news by their numbers."""
    rows = await store.said(uow, numbers)
    return {row["id"]: News(row["title"], IncidentState(row["state"]), row["words"]) for row in rows}


async def put(uow: UnitOfWork, update: Row, people: Sequence[PersonId]) -> int:
    """Put a piece of news to people; how many had not got it.

    It edits what was told of the incident before; that it is solved is told in a message of its own.
    """
    number = update["incident"]
    facts = {"incident": number, "news": update["id"], "anew": update["state"] == IncidentState.SOLVED}
    told, subject, now_us = orjson.dumps(facts).decode(), f"incident:{number}", microseconds(uow.now)
    rows = [
        Ready(f"{KIND}:{one}:{number}:{update['id']}", one, told, subject, now_us, None, subject=subject)
        for one in people
    ]
    return await outbox.put_all(uow, KIND, rows)


async def tell_some(uow: UnitOfWork, number: int, at_once: int) -> bool:
    """Put a piece of news to the next people; False where that has to wait until it is known whom it concerns."""
    update = await store.one_update(uow, number)
    incident = await store.row(uow, update["incident"])
    assert incident is not None, "news has an incident"
    if update["told_at"] is not None or incident["gathered_at"] is None:
        return False
    people = await store.people_after(uow, update["incident"], update["mark"], at_once)
    if people:
        new = await put(uow, update, people)
        await store.move_on(uow, number, people[-1], new)
    else:
        await store.end_telling(uow, number)
    return True


async def catch_up(uow: UnitOfWork, incident: Row, person: PersonId) -> None:
    """Tell somebody whom an incident concerns only now what is new, where telling everybody has passed her place."""
    update = await store.last_update(uow, incident["number"])
    if await store.add_person(uow, incident["number"], person) and (update["told_at"] or update["mark"] >= person):
        await put(uow, update, [person])
