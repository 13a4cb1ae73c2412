"""The demo company's tickets: some forty of the last months, played by the real services at their moments."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Table, delete, select, text

from core.access import service as access
from core.access.model import Permission, Role, StaffNameTaken
from core.db.database import Database
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.demo.offered import offered
from core.demo.paid import at
from core.demo.stories import Step, Story, canned, incident, moments, stories
from core.incidents import service as incidents
from core.incidents.job import Round
from core.incidents.model import Concerned, NewIncident
from core.kernel.ids import PersonId
from core.people import service as people
from core.plan.model import Phase, Priority
from core.tickets import service
from core.tickets.model import (
    DUE_PHASES,
    CannedAnswer,
    Direction,
    LinkKind,
    NewAnswer,
    NewLink,
    Rating,
    TicketChange,
    Via,
    Words,
)
from core.tickets.service import Member
from core.tickets.service.hand import PERSON
from core.tickets.service.opening import Opening, add_words, first_line, open_ticket
from core.tickets.service.terms import terms
from core.tickets.tables import TicketNewsRow, TicketRow

TICKETS: Table = TicketRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
NEWS: Table = TicketNewsRow.__table__  # type: ignore[attr-defined]  # the same
DAY = timedelta(days=1)
DESK = {"Noor": Role.SUPPORT, "Marta": Role.COMMISSIONS}
"""Who answers: of commissions the second, of all else the first."""
NEXT = text(
    "SELECT id FROM person WHERE language = :language AND kind = 'distributor' AND status = 'active' AND phone IS NOT"
    " NULL ORDER BY id LIMIT 40"
)
LAST_ORDER = text(
    "SELECT order_id FROM customer_order WHERE person_id = :person AND kind = 'sale' AND ordered_at < :now"
    " ORDER BY ordered_at DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Act:
    """One step of one story at its moment; without a step it is the story's first word."""

    moment: datetime
    story: int
    step: Step | None


async def play(database: Database, today: datetime, seed: int, told: Sequence[Story] | None = None) -> int:
    """Let every story happen, in the order of their moments; what it put into the outbox is for the caller to forget.

    Stories of a language that too few people speak are left out.

    Args:
        today: when the company's last day is in its middle.
        seed: the one that the company was founded with.
        told: the stories; all of them unless said.

    Returns:
        How many tickets there are.
    """
    now = database.clock.now() if abs(database.clock.now() - today) < DAY else today
    async with database.begin(actor="demo") as uow:
        members = await _desk(uow)
        who = await _writers(uow, seed)
        spec = await terms(uow)
        await uow.commit()
    told, numbers = stories() if told is None else told, dict[int, int]()
    acts = [
        Act(moment, place, step)
        for place, story in enumerate(told)
        if story.who < len(who[story.language])
        for moment, step in zip(moments(story, spec, today, now), (None, *story.steps), strict=True)
    ]
    for act in sorted(acts, key=lambda act: act.moment):
        story = told[act.story]
        person, member = who[story.language][story.who], members["Marta" if story.type == "commissions" else "Noor"]
        with at(database, act.moment):
            by = member.actor if act.step is not None else f"person:{person}"
            async with database.begin(actor=by) as uow:
                if act.step is None:
                    numbers[act.story] = await _first_word(uow, story, person)
                else:
                    await _go_on(uow, member, person, numbers[act.story], act.step)
                await uow.commit()
    tied = [number for place, number in numbers.items() if told[place].incident]
    concerned = [told[place] for place in numbers if told[place].type == "commissions"]
    writers = {who[story.language][story.who] for story in concerned}
    await _incident(database, members["Noor"], tied, writers)
    await _end(database)
    return len(numbers)


async def _desk(uow: UnitOfWork) -> dict[str, Member]:
    """Those who answer, and what they answer often."""
    for name, role in DESK.items():
        with suppress(StaffNameTaken):  # those who settle and pay are there already
            await access.add_staff(uow, name, role)
    for code, texts in canned().items():
        for language, words in texts.items():
            await service.keep_canned(uow, CannedAnswer(code=code, language=language, text=words))
    return {name: Member(name, await access.acting(uow, name, Permission.ANSWER_TICKETS)) for name in DESK}


async def _writers(uow: UnitOfWork, seed: int) -> dict[str, list[PersonId]]:
    """Distributors by language: those first whom the chat page offers."""
    found: dict[str, list[PersonId]] = {}
    for language in sorted({story.language for story in stories()}):
        others = [PersonId(row[0]) for row in await uow.connection.execute(NEXT, {"language": language})]
        found[language] = others
    for one in reversed(await offered(uow, seed)):
        if one.language in found and one.kind == "distributor":
            person = await people.person_id(uow, one.code)
            found[one.language] = [person, *(other for other in found[one.language] if other != person)]
    return found


async def _first_word(uow: UnitOfWork, story: Story, person: PersonId) -> int:
    opening = Opening(
        person=person,
        type=story.type,
        language=story.language,
        subject=first_line([(story.words, ())]),
        via=Via.CHAT,
        by=PERSON,
        shown_from=uow.now,
    )
    held = await open_ticket(uow, await terms(uow), opening)
    await add_words(held, Direction.IN, [(story.words, ())])
    return held.number


async def _go_on(uow: UnitOfWork, member: Member, person: PersonId, number: int, step: Step) -> None:
    """One step after the first word."""
    said, more = step.said, step.more
    match step.act:
        case "answer":
            await service.answer(uow, member, number, NewAnswer(text=said, solve=more.get("solve", False)))
        case "take":
            await service.change(uow, member, number, TicketChange(assignee=member.name))
        case "solve":
            await service.change(uow, member, number, TicketChange(state=Phase.SOLVED.value))
        case "priority":
            await service.change(uow, member, number, TicketChange(priority=Priority(said)))
        case "note":
            await service.note(uow, member, number, Words(text=said))
        case "link":
            for order in await uow.connection.scalars(LAST_ORDER, {"person": person, "now": microseconds(uow.now)}):
                await service.link(uow, member, number, NewLink(kind=LinkKind.ORDER, id=order))
        case "she" | "reopen":
            await service.add(uow, person, number, Words(text=said))
        case "rate":
            await service.rate(uow, person, number, Rating(stars=said, text=more.get("text", "")))
        case _:
            raise AssertionError(f"no step is called {step.act}")


async def _incident(database: Database, member: Member, tied: Sequence[int], writers: Collection[PersonId]) -> None:
    """What several of them have in common, and whom it concerns; they count as told."""
    if not tied:
        return
    async with database.begin(actor=member.actor) as uow:
        codes = sorted(card.code for card in (await people.cards(uow, sorted(writers))).values())
        new = NewIncident(**incident(), concerned=Concerned(people=tuple(codes)), tickets=tuple(tied))
        await incidents.open_one(uow, new)
        await uow.commit()
    await Round(database).run()


async def _end(database: Database) -> None:
    """Close what was solved long ago; the staff's group is to hear of what waits for it alone."""
    async with database.begin(actor="demo") as uow:
        while await service.sweep(uow):
            pass
        waiting = select(TICKETS.c.number).where(TICKETS.c.phase.in_([phase.value for phase in DUE_PHASES]))
        await uow.connection.execute(delete(NEWS).where(NEWS.c.ticket.not_in(waiting)))
        await uow.commit()
