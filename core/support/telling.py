"""What the staff's groups are told: cards, words, alerts and what became of answers, as facts of messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.messaging import outbox, outcomes
from core.messaging.model import Json
from core.support.model import PreviewPlace
from core.support.store import Room
from core.tickets.model import OPEN_PHASES, Delivery, DeliveryState, TicketCard

CARD, WORD, ALERT, ANSWER = "desk.card", "desk.word", "desk.alert", "desk.answer"


@dataclass(frozen=True, slots=True)
class Told:
    """Something for every group: one message in each.

    Attributes:
        key: what happened, so that telling it again changes nothing.
    """

    kind: str
    key: str
    card: TicketCard
    facts: Json


def card(one: TicketCard, change: str, *, anew: bool = False) -> Told:
    """How a ticket stands after a change.

    Args:
        change: which, so that it is told of once.
        anew: as a message of its own, because it belongs into another topic now.
    """
    waiting = one.phase in OPEN_PHASES
    facts: Json = {
        "queue": one.queue,
        "phase": one.phase.value,
        "state_name": one.state_name,
        "priority": one.priority.value,
        "assignee": one.assignee,
        "waiting_since": _written(one.waiting_since if waiting else None),
        "due_at": _written(one.due_at if waiting else None),
        "breached": one.breached and waiting,
    }
    return Told(CARD, change, one, {**facts, **({"anew": True} if anew else {})})


def word(one: TicketCard, changes: Sequence[int]) -> Told:
    """She wrote again, as often as there are changes."""
    return Told(WORD, str(changes[-1]), one, {"count": len(changes)})


def alert_of_target(one: TicketCard, target: str, *, missed: bool, due: datetime) -> Told:
    """A target is about to be missed, or was."""
    what = "missed" if missed else "due"
    key = f"{one.number}:{target}:{what}:{due.isoformat()}"
    return Told(ALERT, key, one, {"what": what, "target": target, "due": due.isoformat()})


def alert_of_answer(one: TicketCard, answer: str, reason: str | None) -> Told:
    """An answer did not arrive."""
    return Told(ALERT, f"answer:{answer}", one, {"what": "undelivered", "reason": reason})


async def put(uow: UnitOfWork, told: Iterable[Told], rooms: Sequence[Room]) -> int:
    """Say it in every group, in the topic of the ticket's queue.

    Returns:
        How many messages were new.
    """
    count = 0
    for one in told:
        for room in rooms:
            facts = {
                "ticket": one.card.number,
                "type_name": one.card.type_name,
                "person": one.card.person,
                "language": one.card.language,
                **one.facts,
            }
            thread = room.threads.get(one.card.queue) if room.forum else None
            if thread is not None:
                facts["thread"] = thread
            key, subject = f"{one.kind}:{one.key}:{room.chat}", f"desk:{one.card.number}"
            if one.kind == CARD and await _shows(uow, room.chat, subject, facts):
                continue
            count += await outbox.put(uow, key, one.kind, None, facts, subject=subject, chat_id=room.chat)
    return count


async def _shows(uow: UnitOfWork, chat: int, subject: str, facts: Json) -> bool:
    """Whether the group's card says exactly this already: an edit without a difference is a fault to the messenger."""
    last = await outcomes.said_last(uow, CARD, chat, subject)
    return last is not None and {**last, "anew": None} == {**facts, "anew": None}


async def put_outcome(uow: UnitOfWork, place: PreviewPlace, person_name: str, became: Delivery) -> bool:
    """Let a preview say what became of its answer, or that it waits for her morning. True when that is new."""
    facts: Json = {
        "ticket": place.ticket,
        "answer": place.answer,
        "person_name": person_name,
        "state": became.state.value,
        "reason": became.reason,
        "at": _written(became.at),
        "edit": place.message,
    }
    key = held_key(place) if became.state is DeliveryState.WAITING else f"{ANSWER}:{place.answer}"
    subject = f"answer:{place.answer}"
    return await outbox.put(uow, key, ANSWER, None, facts, subject=subject, chat_id=place.chat)


def held_key(place: PreviewPlace) -> str:
    """What the outbox knows by that a preview said that its answer waits."""
    return f"{ANSWER}:{place.answer}:held"


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
