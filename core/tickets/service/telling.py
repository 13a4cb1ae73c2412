"""What she is told: answers, their files, and each step of her ticket. Rows of the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.attachments.model import Attachment
from core.messaging import outbox
from core.messaging.kinds import Priority
from core.messaging.model import Json, OutboxState
from core.messaging.outcomes import Outcome
from core.tickets.model import Delivery, DeliveryState
from core.tickets.service.hand import PERSON, SYSTEM, Hand, within

ANSWERED, FILE, UPDATED = "ticket.answered", "ticket.file", "ticket.updated"
SHE_IS_THERE = timedelta(hours=1)
"""Whoever wrote so lately wants the answer at any hour."""


def subject(number: int) -> str:
    """What messages about a ticket are about; a reply to one of them finds the ticket by it."""
    return f"ticket:{number}"


def occasion(message: int) -> str:
    """What everything that belongs to one answer is taken back by."""
    return f"answer:{message}"


def keys_of(message: int, files: Sequence[int]) -> list[str]:
    """What the outbox knows an answer by: its words and each of its files."""
    return [f"{ANSWERED}:{message}", *(f"{FILE}:{message}:{file}" for file in files)]


async def tell_answer(hand: Hand, message: int, text: str, files: Sequence[Attachment], goes_at: datetime) -> None:
    """Send her an answer and its files; at once, however late it is, where she is waiting for it."""
    urgent = Priority.URGENT if within(hand.row["heard_at"], hand.uow.now, SHE_IS_THERE) else None
    facts: Json = {"ticket": hand.number, "title": hand.row["subject"], "text": text, "by": hand.by}
    facts |= {"files": len(files), "opened": hand.row["heard_at"] is None and hand.row["opened_by"] != PERSON}
    rows = [(ANSWERED, facts)]
    rows += [(FILE, {"ticket": hand.number, "file": file.id, **file.model_dump(exclude={"id"})}) for file in files]
    for key, (kind, said) in zip(keys_of(message, [file.id for file in files]), rows, strict=True):
        await outbox.put(
            hand.uow,
            key,
            kind,
            hand.person,
            said,
            subject=subject(hand.number),
            occasion=occasion(message),
            not_before=goes_at,
            priority=urgent,
        )


async def tell_step(
    hand: Hand,
    step: str,
    change: int,
    *,
    by: str | None = None,
    into: int | None = None,
    after: tuple[int, datetime] | None = None,
) -> None:
    """Tell her of a step that somebody else took: taken, solved, closed, reopened, merged or split.

    Args:
        change: the line of history that tells of it.
        by: who took it, where that is not who changes it.
        into: the ticket that it goes on in.
        after: the answer that it belongs to, and when that goes out: it follows it, and is taken back with it.
    """
    facts: Json = {"ticket": hand.number, "title": hand.row["subject"], "state": step}
    who = by or hand.by
    facts |= {"by": who} if who not in (PERSON, SYSTEM) else {}
    facts |= {"anew": True} if step != "taken" else {}
    facts |= {"into": into} if into is not None else {}
    await outbox.put(
        hand.uow,
        f"{UPDATED}:{change}",
        UPDATED,
        hand.person,
        facts,
        subject=subject(hand.number),
        occasion=occasion(after[0]) if after else None,
        not_before=after[1] if after else None,
    )


def delivery(message: int, files: Sequence[int], found: Mapping[str, Outcome]) -> Delivery | None:
    """How far an answer has come with all that belongs to it; None where it was never to be sent."""
    told = [found[key] for key in keys_of(message, files) if key in found]
    if not told:
        return None
    bad = next((one for one in told if one.is_bad), None)
    if bad is not None:
        return Delivery(state=DeliveryState.FAILED, reason=bad.reason, at=bad.ended_at)
    if any(one.state is OutboxState.WAITING for one in told):
        return Delivery(state=DeliveryState.WAITING, reason=next((one.reason for one in told if one.reason), None))
    ends = [one.ended_at for one in told if one.ended_at is not None]
    return Delivery(state=DeliveryState.SENT, at=max(ends, default=None))
