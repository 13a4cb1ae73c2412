"""Use cases of campaigns: written, looked at beforehand, sent, cancelled."""

import asyncio
from collections.abc import Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from core.campaigns import reaching, rules, store
from core.campaigns.model import (
    Campaign,
    CampaignBegun,
    CampaignCard,
    CampaignChanged,
    CampaignFixed,
    CampaignOver,
    CampaignState,
    CampaignUnknown,
    NewCampaign,
    Numbers,
    Preview,
    Segment,
    Words,
)
from core.campaigns.reaching import Read
from core.db.unit_of_work import UnitOfWork
from core.http.model import Fault, RequestInvalid
from core.kernel.ids import PersonId
from core.live.state import State
from core.messaging import outbox, tallies
from core.people import service as people
from core.people.model import PersonUnknown
from core.plan import service as plans

KIND = "announcement"
Row = RowMapping


def occasion(number: int) -> str:
    """Why somebody gets a campaign's message, as the outbox keeps it."""
    return f"{KIND}/{number}"


async def add(uow: UnitOfWork, new: NewCampaign) -> Campaign:
    """Write a campaign; nothing of it goes out before it is sent.

    Raises:
        PlanMissing: no plan was ever put in force.
        PersonUnknown: nobody has the code that its segment is below.
        RequestInvalid: it names a rank, country or language that there is not, or says nothing.
    """
    await _require_sound(uow, new)
    number = await store.add(uow, _values(new) | {"made_by": uow.actor, "made_at": uow.now})
    return await _changed(uow, number)


async def change(uow: UnitOfWork, number: int, new: NewCampaign) -> Campaign:
    """Write a draft anew.

    Raises:
        CampaignUnknown: there is none of this number.
        CampaignFixed: it is no draft.
        And what `add` raises.
    """
    row = await _row(uow, number, locked=True)
    if row["at"] is not None or row["cancelled_at"] is not None:
        raise CampaignFixed(campaign=str(number), state=(await _state(uow, row)).value)
    await _require_sound(uow, new)
    await store.change(uow, number, _values(new))
    return await _changed(uow, number)


async def send(uow: UnitOfWork, number: int, at: datetime | None) -> Campaign:
    """Have a campaign go out at a moment, or now; one whose moment has not come may be given another.

    Safe to repeat: what goes out already, and is to go out now, is left as it is.

    Args:
        at: company time where it has no offset.

    Raises:
        CampaignUnknown: there is none of this number.
        CampaignBegun: it goes out or is over, and cannot go out at another moment.
        RequestInvalid: the moment has passed.
    """
    row = await _row(uow, number, locked=True)
    state = await _state(uow, row)
    if state is CampaignState.SENDING and at is None:
        return await campaign(uow, number)
    if state not in (CampaignState.DRAFT, CampaignState.SCHEDULED):
        raise CampaignBegun(campaign=str(number), state=state.value)
    moment = uow.now if at is None else await _in_company_time(uow, at)
    if moment < uow.now:
        raise RequestInvalid([Fault(place="body.at", code="past", expected="a moment that has not passed")])
    await store.change(uow, number, {"at": moment, "sent_by": uow.actor})
    return await _changed(uow, number)


async def cancel(uow: UnitOfWork, number: int) -> Campaign:
    """Let nothing more of a campaign go out; what went out stays. A second time changes nothing.

    Raises:
        CampaignUnknown: there is none of this number.
        CampaignOver: nothing of it waits any more.
    """
    row = await _row(uow, number, locked=True)
    state = await _state(uow, row)
    if state is CampaignState.SENT:
        raise CampaignOver(campaign=str(number))
    if state is CampaignState.CANCELLED:
        return await campaign(uow, number)
    await store.change(uow, number, {"cancelled_by": uow.actor, "cancelled_at": uow.now})
    await outbox.cancel(uow, occasion(number))
    return await _changed(uow, number)


async def campaign(uow: UnitOfWork, number: int) -> Campaign:
    """One campaign.

    Raises:
        CampaignUnknown: there is none of this number.
    """
    row = await _row(uow, number)
    return _campaign(row, await _state(uow, row))


async def card(uow: UnitOfWork, number: int) -> CampaignCard:
    """One campaign and what became of its messages.

    Raises:
        CampaignUnknown: there is none of this number.
    """
    found = await campaign(uow, number)
    if found.at is None:
        return CampaignCard(**dict(found), numbers=Numbers(by_state={}, tapped=0))
    by_state, tapped = await tallies.tally(uow, occasion(number), found.at)
    return CampaignCard(**dict(found), numbers=Numbers(by_state=by_state, tapped=tapped))


async def campaigns(uow: UnitOfWork, before: int | None, limit: int) -> list[Campaign]:
    """Campaigns below a number, the last one first."""
    rows = await store.page(uow, before, limit)
    waiting = await tallies.waiting(uow, [occasion(row["id"]) for row in rows if row["planned_at"] is not None])
    return [_campaign(row, _state_in(row, uow.now, waits=occasion(row["id"]) in waiting)) for row in rows]


async def preview(uow: UnitOfWork, state: State, number: int) -> Preview:
    """What a campaign would do if it went out now.

    Raises:
        CampaignUnknown: there is none of this number.
    """
    found = await campaign(uow, number)
    figures = reaching.figures_of(state, found.segment, await _top(uow, found.segment))
    everybody = await reaching.read(uow)
    return await asyncio.to_thread(
        lambda: rules.preview(found.segment, found.words, reaching.people_of(everybody), figures)
    )


async def meant(uow: UnitOfWork, number: int) -> tuple[Segment, PersonId | None, Read]:
    """What whoever plans a campaign's messages needs: its segment, the person that it is below, and everybody."""
    segment = (await campaign(uow, number)).segment
    return segment, await _top(uow, segment), await reaching.read(uow)


async def going_out(uow: UnitOfWork, after: datetime) -> list[tuple[int, datetime]]:
    """Number and moment of campaigns that go out after a moment, and were not cancelled."""
    return await store.going_out(uow, after)


async def may_go_on(uow: UnitOfWork, number: int) -> bool:
    """Whether more of a campaign may be planned; nobody can cancel it until the transaction ends."""
    row = await store.row(uow, number, locked=True)
    return row is not None and row["cancelled_at"] is None


async def planned(uow: UnitOfWork, number: int) -> None:
    """Note that all messages of a campaign are made."""
    row = await _row(uow, number, locked=True)
    by_state, _ = await tallies.tally(uow, occasion(number), row["at"])
    await store.change(uow, number, {"planned_at": uow.now, "planned": sum(by_state.values())})


async def words(uow: UnitOfWork, numbers: Collection[int]) -> Mapping[int, Mapping[str, Words]]:
    """What campaigns say, by number and language, but for those that were cancelled."""
    rows = await store.rows(uow, numbers)
    return {row["id"]: _words(row) for row in rows if row["cancelled_at"] is None}


async def _require_sound(uow: UnitOfWork, new: NewCampaign) -> None:
    plan = await plans.plan_in_force(uow, uow.now)
    found = list(rules.faults(new, [rank.code for rank in plan.ranks]))
    if found:
        raise RequestInvalid(found)
    if new.segment.below is not None:
        await people.person_id(uow, new.segment.below)


def _values(new: NewCampaign) -> dict[str, object]:
    return new.model_dump(mode="json", include={"name", "segment", "words"})


async def _top(uow: UnitOfWork, segment: Segment) -> PersonId | None:
    try:
        return None if segment.below is None else await people.person_id(uow, segment.below)
    except PersonUnknown:
        return None


async def _row(uow: UnitOfWork, number: int, *, locked: bool = False) -> Row:
    row = await store.row(uow, number, locked=locked)
    if row is None:
        raise CampaignUnknown(campaign=str(number))
    return row


async def _state(uow: UnitOfWork, row: Row) -> CampaignState:
    waits = bool(await tallies.waiting(uow, [occasion(row["id"])]))
    return _state_in(row, uow.now, waits=waits)


def _state_in(row: Row, now: datetime, *, waits: bool) -> CampaignState:
    return rules.state_of(
        is_cancelled=row["cancelled_at"] is not None,
        has_moment=row["at"] is not None,
        has_come=row["at"] is not None and row["at"] <= now,
        is_planned=row["planned_at"] is not None,
        waits=waits,
    )


def _words(row: Row) -> dict[str, Words]:
    return {language: Words.model_validate(words) for language, words in sorted(row["words"].items())}


def _campaign(row: Row, state: CampaignState) -> Campaign:
    names = ("name", "made_by", "made_at", "sent_by", "at", "planned", "cancelled_by", "cancelled_at")
    return Campaign(
        **{name: row[name] for name in names},
        number=row["id"],
        state=state,
        segment=Segment.model_validate(row["segment"]),
        words=_words(row),
    )


async def _changed(uow: UnitOfWork, number: int) -> Campaign:
    found = await campaign(uow, number)
    await uow.emit(CampaignChanged(campaign=number, state=found.state, at=found.at))
    return found


async def _in_company_time(uow: UnitOfWork, at: datetime) -> datetime:
    if at.tzinfo is not None:
        return at
    return at.replace(tzinfo=ZoneInfo((await plans.plan_in_force(uow, uow.now)).calendar.time_zone))
