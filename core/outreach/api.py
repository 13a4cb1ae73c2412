"""What the worker asks of core: messages to deliver, and what it reports of them; and what staff see of both."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from core.access.model import Caller, Permission
from core.db.database import Database
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Page
from core.http.routes import Routes
from core.kernel.logs import REQUEST_ID
from core.live.model import TreeBroken
from core.live.service import Live
from core.live.state import State
from core.messaging import claims, reports
from core.messaging.model import (
    Delivered,
    MessageCard,
    NotDelivered,
    Number,
    OutgoingBatch,
    OutgoingClaim,
    Sending,
    Unsure,
)
from core.outreach import claiming, metrics, reporting, seeing
from core.outreach.settings import Settings
from core.outreach.truth import Truths
from core.plan.model import PlanMissing

routes = Routes()
NEEDS = Permission.PROCESS_MESSAGES
Limit = Annotated[int, Field(ge=1, le=100)]


@routes.post("/v1/outreach/claim", needs=NEEDS)
async def claim(caller: Caller, database: Database, live: Live, truths: Truths, wish: OutgoingClaim) -> OutgoingBatch:
    """Messages that may go now, for this worker alone for a minute, each with its turn.

    What waits is judged on the way: what nobody wants, what is no longer true and what is late ends here.
    """
    async with database.read() as questions:
        if not await claims.is_anything_due(questions, _real_time()):
            metrics.waited(0.0)
            return OutgoingBatch(messages=())
    state = await _figures(live)
    settings = Settings.of(state.plan if state is not None else None)
    async with database.begin(request_id=REQUEST_ID.get(), actor=caller.actor) as uow:
        one = await claiming.choose(uow, wish, settings, _real_time())
        await uow.commit()
    batch = OutgoingBatch(messages=())
    if one.messages:
        async with database.read() as questions:
            await claiming.check(questions, one, truths, state)
        one.now = _real_time()
        async with database.begin(request_id=REQUEST_ID.get(), actor=caller.actor) as uow:
            batch = await claiming.hand_out(uow, one)
            await uow.commit()
    metrics.count(one.outcomes)
    metrics.waited(one.oldest_s)
    return batch


@routes.post("/v1/outbox/{message}/sending", needs=NEEDS)
async def sending(uow: UnitOfWork, message: Number, report: Sending) -> None:
    """Note that a message is about to go: from now on its fate is unknown until it is reported.

    Raises:
        MessageUnknown: somebody else has it by now, or it is closed. It must not be sent.
    """
    await reports.sending(uow, message, report, _real_time())


@routes.post("/v1/outbox/{message}/delivered", needs=NEEDS)
async def delivered(caller: Caller, database: Database, message: Number, report: Delivered) -> None:
    """Close a message that went out.

    Raises:
        MessageUnknown: somebody else has it by now, or it is closed.
    """
    await _report(caller, database, lambda uow: reports.delivered(uow, message, report))
    metrics.went_out()


@routes.post("/v1/outbox/{message}/not-delivered", needs=NEEDS)
async def not_delivered(caller: Caller, database: Database, message: Number, report: NotDelivered) -> None:
    """Have a message tried again later, by another way where this one is gone, or close it where that is no use.

    Raises:
        MessageUnknown: as for `delivered`.
    """
    await _report(caller, database, lambda uow: reporting.not_delivered(uow, message, report, _real_time()))


@routes.post("/v1/outbox/{message}/unsure", needs=NEEDS)
async def unsure(caller: Caller, database: Database, message: Number, report: Unsure) -> None:
    """Nobody knows whether a message went out: its kind says whether it goes again.

    Raises:
        MessageUnknown: as for `delivered`.
    """
    await _report(caller, database, lambda uow: reports.unsure(uow, message, report, _real_time()))


@routes.get("/v1/people/{code}/messages", needs=Permission.SEE_MESSAGES)
async def messages_of(
    uow: Questions, caller: Caller, code: str, cursor: str | None = None, limit: Limit = 20
) -> Page[MessageCard]:
    """What a person was told and why, and what she was not told and why not; newest first.

    What concerns payouts is told without its amounts to staff who may not see payouts.

    Raises:
        PersonUnknown: nobody has this code.
        CursorInvalid: the cursor is none of ours.
    """
    return await seeing.messages_of(uow, code, cursor, limit, all_facts=Permission.SEE_PAYOUTS in caller.permissions)


async def _report(
    caller: Caller, database: Database, tell: Callable[[UnitOfWork], Awaitable[reports.Outcomes]]
) -> None:
    """Tell the outbox, and count what came of it once it holds."""
    async with database.begin(request_id=REQUEST_ID.get(), actor=caller.actor) as uow:
        outcomes = await tell(uow)
        await uow.commit()
    metrics.count(outcomes)


async def _figures(live: Live) -> State | None:
    """The live figures; None where there are none, so that what needs none goes out nevertheless."""
    try:
        return await live.fresh()
    except (PlanMissing, TreeBroken):
        return None


def _real_time() -> datetime:
    return datetime.now(UTC)
