"""What staff enter by hand: debit and credit notes, corrections of volume, holds; each with reason and author."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, Table

from core.calendar.model import Cycle
from core.db.unit_of_work import UnitOfWork
from core.exchange.rules.fields import is_currency
from core.kernel.ids import PersonId
from core.people import service as people
from core.plan import service as plans
from core.runs.loading.gathering import cycle_of
from core.runs.model import (
    HandEntered,
    HoldCard,
    HoldUnknown,
    Note,
    NoteCurrencyUnknown,
    NoteEmpty,
    NoteUnknown,
    NoteWish,
    RunDecided,
    RunState,
    VolumeWish,
)
from core.runs.store import hands
from core.runs.store import runs as store
from core.runs.store.hands import NOTES, VOLUMES

DECIDED = tuple(state.value for state in (RunState.APPROVED, RunState.RELEASED, RunState.PAID))
KINDS = {"note": NOTES, "volume": VOLUMES}


async def note(uow: UnitOfWork, wish: NoteWish) -> Note:
    """Enter a debit or credit note for a cycle; the next preview of its run has it.

    Raises:
        NoteEmpty: it is about nothing.
        NoteCurrencyUnknown: there is no such currency.
        PersonUnknown: nobody has this code.
        CycleUnknown: the calendar has no such cycle.
        RunDecided: the cycle's run is approved; the note goes into the next cycle.
    """
    if not wish.amount_minor:
        raise NoteEmpty
    if not is_currency(wish.currency):
        raise NoteCurrencyUnknown(currency=wish.currency)
    values = {"currency": wish.currency, "amount_minor": wish.amount_minor}
    return await _enter(uow, "note", wish, values)


async def correct_volume(uow: UnitOfWork, wish: VolumeWish) -> Note:
    """Enter volume by hand for a cycle; it counts as volume of hers, and is no order.

    Raises:
        NoteEmpty, PersonUnknown, CycleUnknown, RunDecided: as `note` does.
    """
    if not wish.cv and not wish.qv:
        raise NoteEmpty
    return await _enter(uow, "volume", wish, {"cv": wish.cv, "qv": wish.qv})


async def withdraw(uow: UnitOfWork, kind: str, number: int) -> Note:
    """Let a note or a correction count no more; a second time changes nothing.

    Args:
        kind: `note` or `volume`.

    Raises:
        NoteUnknown: there is none of this number.
        RunDecided: the cycle's run is approved; the opposite goes into the next cycle.
    """
    table = KINDS[kind]
    found = await _row(uow, table, number)
    await _require_undecided(uow, found["calendar"], found["cycle"])
    if await hands.withdraw(uow, table, number):
        await uow.emit(HandEntered(what=kind, note=number, done="withdrawn"))
    return await _card(uow, await _row(uow, table, number))


async def notes(uow: UnitOfWork, calendar: str | None, cycle: str) -> list[Note]:
    """Everything that was entered by hand for a cycle, withdrawn entries too.

    Raises:
        CycleUnknown: the calendar has no such cycle.
    """
    asked = await _cycle(uow, calendar, cycle)
    found = [one for table in KINDS.values() for one in await hands.of_cycle(uow, table, asked.calendar, asked.code)]
    return await _cards(uow, found)


async def hold(uow: UnitOfWork, code: str, reason: str) -> HoldCard:
    """Have nothing paid to a payee until the hold is lifted; whoever is held stays so for the first reason.

    Raises:
        PersonUnknown: nobody has this code.
    """
    person = await people.person_id(uow, code)
    number = await hands.hold(uow, person, reason)
    if number is not None:
        await uow.emit(HandEntered(person=person, what="hold", note=number, done="entered"))
    held = (await hands.holds(uow, [person]))[person]
    return HoldCard(person=code, reason=held.reason, since=held.since, by=held.by)


async def lift(uow: UnitOfWork, code: str) -> None:
    """Let a payee be paid again.

    Raises:
        PersonUnknown: nobody has this code.
        HoldUnknown: nothing of hers is held.
    """
    person = await people.person_id(uow, code)
    number = await hands.lift(uow, person)
    if number is None:
        raise HoldUnknown(person=code)
    await uow.emit(HandEntered(person=person, what="hold", note=number, done="lifted"))


async def holds(uow: UnitOfWork) -> list[HoldCard]:
    """Whoever is held, the longest first."""
    found = await hands.holds(uow)
    cards = await people.cards(uow, list(found))
    return [
        HoldCard(person=cards[person].code, reason=one.reason, since=one.since, by=one.by)
        for person, one in found.items()
    ]


async def _enter(uow: UnitOfWork, kind: str, wish: NoteWish | VolumeWish, values: dict[str, object]) -> Note:
    cycle = await _cycle(uow, wish.calendar, wish.cycle)
    person = await people.person_id(uow, wish.person)
    await _require_undecided(uow, cycle.calendar, cycle.code)
    about = {"calendar": cycle.calendar, "cycle": cycle.code, "person_id": person, "reason": wish.reason}
    number = await hands.add(uow, KINDS[kind], {**about, **values})
    await uow.emit(HandEntered(person=person, what=kind, note=number, done="entered"))
    return await _card(uow, await _row(uow, KINDS[kind], number))


async def _cycle(uow: UnitOfWork, calendar: str | None, code: str) -> Cycle:
    plan = await plans.plan_in_force(uow, uow.now)
    return cycle_of(plan, calendar or plan.calendar.code, code)


async def _require_undecided(uow: UnitOfWork, calendar: str, cycle: str) -> None:
    """Locks the cycle's run, so that nobody approves it meanwhile."""
    if any(one["state"] in DECIDED for one in await store.of_cycle(uow, calendar, cycle, locked=True)):
        raise RunDecided(cycle=cycle)


async def _row(uow: UnitOfWork, table: Table, number: int) -> RowMapping:
    found = await hands.row(uow, table, number)
    if found is None:
        raise NoteUnknown(note=str(number))
    return found


async def _card(uow: UnitOfWork, found: RowMapping) -> Note:
    [card] = await _cards(uow, [found])
    return card


async def _cards(uow: UnitOfWork, found: Sequence[RowMapping]) -> list[Note]:
    cards = await people.cards(uow, [PersonId(one["person_id"]) for one in found])
    return [
        Note(
            note=one["id"],
            calendar=one["calendar"],
            cycle=one["cycle"],
            person=cards[PersonId(one["person_id"])].code,
            currency=one.get("currency"),
            amount_minor=one.get("amount_minor", 0),
            cv=one.get("cv", 0),
            qv=one.get("qv", 0),
            reason=one["reason"],
            entered_by=one["entered_by"],
            entered_at=one["entered_at"],
            withdrawn=one["withdrawn_at"] is not None,
        )
        for one in found
    ]
