"""Messages on their way into a worker's hands; who gets them is judged by the room that asks.

What chooses belongs to one short transaction that began with `begin`: one claim at a time. What was taken is then in
the worker's hands, so that it can be looked at without holding anybody up.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.kinds import ORDER
from core.messaging.model.waiting import Ended, LastSaid, Postponed, Said, Taken, Waiting
from core.messaging.store import claims as store
from core.messaging.store import reports


@dataclass(slots=True)
class Seen:
    """Whom and what this claim has looked at already."""

    people: set[PersonId] = field(default_factory=set)
    chats: set[int] = field(default_factory=set)
    """Chats by name; of all that waits for one only the first are looked at, so that a full group delays nobody."""


async def is_anything_due(uow: UnitOfWork, now: datetime) -> bool:
    """Whether a claim would find anything; a question, so that idle workers hold nobody up. `now` is real time."""
    return await store.is_anything_due(uow, now)


async def begin(uow: UnitOfWork, now: datetime) -> list[Ended]:
    """Hold back other claims, and take back what workers held too long (`now` is real time).

    Returns:
        Messages that ended because nobody knows whether they went out.
    """
    await store.lock(uow)
    return await store.run_out(uow, now)


async def due(uow: UnitOfWork, now: datetime, seen: Seen, limit: int) -> list[Waiting] | None:
    """Everything that waits for the next people in line, and for chats by name; all of a person's or nothing.

    People who have a message in hand are left for later. Whoever was looked at is in `seen` afterwards.

    Args:
        limit: about how many messages to look at.

    Returns:
        In the order in which people and chats stand in line; None at the end of the line.
    """
    found: list[tuple[int, PersonId | None]] = []
    for priority in sorted(ORDER.values()):
        if len(found) < limit:
            some = await store.due(uow, priority, now, (seen.people, seen.chats), limit - len(found))
            seen.chats.update(chat for _, person, chat in some if person is None and chat is not None)
            found += [(number, person) for number, person, _ in some]
    people = list(dict.fromkeys(person for _, person in found if person is not None))
    alone = [number for number, person in found if person is None]
    seen.people.update(people)
    if not found:
        return None
    free = set(people) - await store.busy(uow, people)
    waiting = await store.of_people(uow, free, now) + await store.by_number(uow, alone, now)
    line = {number: place for place, (number, _) in enumerate(found)}
    first = {person: place for place, (_, person) in reversed(list(enumerate(found))) if person is not None}
    return sorted(waiting, key=lambda one: (line[one.id] if one.person is None else first[one.person], one.id))


async def oldest_s(uow: UnitOfWork) -> float:
    """How long the first in line has been waiting since its time came, by the company's clock; 0 for nobody."""
    moment = await store.oldest(uow)
    return 0.0 if moment is None else (uow.now - moment) / timedelta(seconds=1)


async def said(uow: UnitOfWork, people: Collection[PersonId], within: timedelta) -> dict[PersonId, list[Said]]:
    """What each of `people` heard of late."""
    found: dict[PersonId, list[Said]] = {}
    for one in await store.said(uow, people, uow.now - within):
        found.setdefault(one.person, []).append(one)
    return found


async def last_about(uow: UnitOfWork, one: Waiting) -> LastSaid | None:
    """The newest message of the kind and subject of `one` that went to whom it goes to."""
    return await store.last_about(uow, one)


async def is_held_up(uow: UnitOfWork, one: Waiting) -> bool:
    """Whether something waits that was put before `one` to the same person for the same occasion."""
    return one.occasion is not None and await store.waits_before(uow, one)


async def settle(uow: UnitOfWork, ended: Sequence[Ended], postponed: Sequence[Postponed]) -> None:
    """Close what does not go out, in a worker's hands or not, and let wait what goes later."""
    await store.end(uow, ended)
    await store.postpone(uow, postponed)


async def take(uow: UnitOfWork, messages: Sequence[Waiting], holder: str, until: datetime) -> None:
    """Put messages into a worker's hands until its lease ends; `address` says how they go out."""
    if messages:
        await store.take(uow, [one.id for one in messages], holder, until)


async def still_held(uow: UnitOfWork, messages: Collection[int], holder: str) -> set[int]:
    """Those of the messages that `holder` still has: meanwhile staff may have taken them back."""
    return await store.still_held(uow, messages, holder) if messages else set()


async def address(uow: UnitOfWork, taken: Sequence[Taken], holder: str) -> None:
    """Note how messages in a worker's hands go out."""
    await store.address(uow, taken, holder)


async def give_back(uow: UnitOfWork, messages: Sequence[int], reason: str, retry_at: datetime) -> None:
    """Let messages that a worker just got wait until a moment of real time, as if it had not got them."""
    if messages:
        await reports.give_back(uow, messages, retry_at=retry_at, reason=reason, counts=False)
