"""Campaigns for staff: write, look at beforehand, send, cancel, and see what became of them."""

from typing import Annotated

from pydantic import Field

from core.access.model import Permission
from core.campaigns import service
from core.campaigns.model import Campaign, CampaignCard, NewCampaign, Number, Preview, SendWish
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Created, Page, read_cursor, write_cursor
from core.http.routes import Routes
from core.live.service import Live

routes = Routes()
WRITES, SEES = Permission.ANNOUNCE, Permission.SEE_MESSAGES
Limit = Annotated[int, Field(ge=1, le=100)]


@routes.post("/v1/campaigns", needs=WRITES)
async def add(uow: UnitOfWork, new: NewCampaign) -> Created[Campaign]:
    """A new campaign, as a draft: nothing of it goes out before it is sent.

    Raises:
        PlanMissing: no plan was ever put in force.
        PersonUnknown: nobody has the code that its segment is below.
        RequestInvalid: it names a rank, country or language that there is not, or says nothing.
    """
    campaign = await service.add(uow, new)
    return Created(campaign, location=f"/v1/campaigns/{campaign.number}")


@routes.get("/v1/campaigns", needs=SEES)
async def campaigns(uow: Questions, cursor: str | None = None, limit: Limit = 20) -> Page[Campaign]:
    """Campaigns, the last one first.

    Raises:
        CursorInvalid: the cursor is none of ours.
    """
    before = None if cursor is None else read_cursor(cursor, int)[0]
    assert before is None or isinstance(before, int), "read_cursor was told so"
    found = await service.campaigns(uow, before, limit + 1)
    more = write_cursor(found[limit - 1].number) if len(found) > limit else None
    return Page[Campaign](items=found[:limit], next=more)


@routes.get("/v1/campaigns/{number}", needs=SEES)
async def campaign(uow: Questions, number: Number) -> CampaignCard:
    """One campaign and what became of its messages.

    Raises:
        CampaignUnknown: there is none of this number.
    """
    return await service.card(uow, number)


@routes.put("/v1/campaigns/{number}", needs=WRITES)
async def change(uow: UnitOfWork, number: Number, new: NewCampaign) -> Campaign:
    """Write a draft anew.

    Raises:
        CampaignUnknown: there is none of this number.
        CampaignFixed: it is no draft.
        PlanMissing, PersonUnknown, RequestInvalid: as for a new one.
    """
    return await service.change(uow, number, new)


@routes.get("/v1/campaigns/{number}/preview", needs=SEES)
async def preview(uow: Questions, live: Live, number: Number) -> Preview:
    """Whom a campaign would reach if it went out now, in which languages, and whom not and why.

    Raises:
        CampaignUnknown: there is none of this number.
    """
    return await service.preview(uow, await live.fresh(), number)


@routes.post("/v1/campaigns/{number}/send", needs=WRITES)
async def send(uow: UnitOfWork, number: Number, wish: SendWish | None = None) -> Campaign:
    """Have a campaign go out now or at a moment; one whose moment has not come may be given another.

    Raises:
        CampaignUnknown: there is none of this number.
        CampaignBegun: it goes out already, or is over.
        RequestInvalid: the moment has passed.
    """
    return await service.send(uow, number, wish.at if wish is not None else None)


@routes.post("/v1/campaigns/{number}/cancel", needs=WRITES)
async def cancel(uow: UnitOfWork, number: Number) -> Campaign:
    """Let nothing more of a campaign go out; what went out stays. A second time changes nothing.

    Raises:
        CampaignUnknown: there is none of this number.
        CampaignOver: nothing of it waits any more.
    """
    return await service.cancel(uow, number)
