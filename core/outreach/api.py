"""What the worker asks of core: messages to deliver, and what it reports of them; and what staff see of both."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated

from aiohttp import web
from pydantic import BeforeValidator, Field

from core.access.model import Caller, Permission
from core.attachments import service as attachments
from core.db.database import Database
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Page
from core.http.routes import Routes
from core.kernel.logs import REQUEST_ID
from core.live.model import TreeBroken
from core.live.service import Live
from core.live.state import State
from core.messaging import claims, reports
from core.messaging.kinds import Topic
from core.messaging.model import (
    Delivered,
    Holder,
    MessageCard,
    NotDelivered,
    Number,
    OutgoingBatch,
    OutgoingClaim,
    Sending,
    Unsure,
)
from core.outreach import asking, claiming, effects, metrics, reporting, seeing
from core.outreach.job import Planner
from core.outreach.model import Due, Effects, Planned, PlanWish
from core.outreach.settings import Settings
from core.outreach.truth import Truths
from core.plan.model import PlanMissing

routes = Routes()
SEEN_BY = {Topic.PAYOUT: Permission.SEE_PAYOUTS, Topic.TICKETS: Permission.SEE_TICKETS}
"""What staff need besides, to see what was said of a topic."""
PLAN_WAIT_S = 10.0
"""How long a worker waits for the end of what it asked to plan."""
NEEDS = Permission.PROCESS_MESSAGES
Limit = Annotated[int, Field(ge=1, le=100)]
MOMENT = re.compile(r"(\d{4})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
YEARS = range(1970, 3000)


def _moment(text: str) -> datetime:
    """Takes a time as a person writes it; one without an offset is company time."""
    found = MOMENT.fullmatch(text)
    if found is None or int(found[1]) not in YEARS:
        raise ValueError("a time such as 2026-11-22T10:30 or 2026-11-22T10:30:00Z")
    return datetime.fromisoformat(text)


At = Annotated[datetime, BeforeValidator(_moment)]


@routes.post("/v1/outreach/plan", needs=NEEDS)
async def plan(planner: Planner, wish: PlanWish) -> Planned:
    """Have planned what is due by now. Any number of workers may ask: each slot is planned once."""
    slots, under_way = await planner.plan(wish.holder, PLAN_WAIT_S)
    return Planned(slots=tuple(slots), under_way=under_way)


@routes.get("/v1/outreach/due", needs=NEEDS)
async def due(
    database: Database,
    live: Live,
    planner: Planner,
    at: At | None = None,
    kind: str | None = None,
    person: str | None = None,
) -> Due:
    """What planning at a moment would write, with the figures that are known now; nothing is written.

    Raises:
        KindUnknown: nobody plans this kind.
        PersonUnknown: nobody has this code.
        PlanMissing: no plan was in force then.
    """
    answer, _ = await asking.due(database, await live.fresh(), planner.audiences, at=at, kind=kind, person=person)
    return answer


@routes.get("/v1/outreach/report", needs=Permission.SEE_MESSAGES)
async def report(uow: Questions, since: At, kind: str | None = None) -> Effects:
    """What messages did whose time came since a moment: sent, tapped, ordered within three days, against withheld."""
    return await effects.effects(uow, kind, since if since.tzinfo else since.replace(tzinfo=UTC))


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
    """Note that a message is about to go: its lease runs anew, and the fate of what must not go twice is unknown.

    Raises:
        MessageUnknown: somebody else has it by now, or it is closed. It must not be sent.
    """
    await reports.sending(uow, message, report, _real_time())


@routes.get("/v1/outbox/{message}/file", needs=NEEDS)
async def file(uow: Questions, message: Number, holder: Holder) -> web.Response:
    """What is in the file that a message in the asker's hands carries.

    Raises:
        MessageUnknown: somebody else has it by now, it is closed, or it carries none.
        AttachmentUnknown: the file is gone.
    """
    found = await attachments.content(uow, await reports.file_of(uow, message, holder))
    return web.Response(body=found.content, content_type=found.attachment.media_type)


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

    What concerns payouts or tickets is told without its amounts and words to staff who may not see these.

    Raises:
        PersonUnknown: nobody has this code.
        CursorInvalid: the cursor is none of ours.
    """
    bare = [topic for topic, needs in SEEN_BY.items() if needs not in caller.permissions]
    return await seeing.messages_of(uow, code, cursor, limit, bare=bare)


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
