"""Whatever she, staff and time do, in any order: a ticket and its history agree, and nothing that was written is lost.

Every step goes through the service and is committed. A plain record of hers beside it says where each ticket must be.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.plan import service as plans
from core.plan.model import Phase, Priority
from core.tickets import service
from core.tickets.model import (
    DUE_PHASES,
    OPEN_PHASES,
    DraftPart,
    NewAnswer,
    NewTicket,
    Rating,
    Split,
    TicketChange,
    What,
    Words,
)
from core.tickets.rules.history import replayed
from core.tickets.rules.machine import Machine as Moves
from core.tickets.rules.targets import NEVER_DUE
from core.tickets.store.rows import LINKS, MESSAGES, NEWS, TICKETS, Row
from tests.core.tickets.desks import DESK_PLAN
from tests.support.clock import StillClock
from tests.support.planting import plant

T = TypeVar("T")
SAM = service.Member("sam", "staff:1")
NO_SOURCES: Any = None
"""Nothing is named, so nothing is looked up."""
BEGIN = datetime(2026, 11, 16, 9, tzinfo=UTC)
states = st.sampled_from([*(phase.value for phase in Phase), "at_warehouse", "nowhere"])
tickets, times = st.integers(0, 3), st.sampled_from([timedelta(seconds=5), timedelta(hours=7), timedelta(days=6)])
WORDS = ("Ana's order", "¿Dónde está?", "🙏", "<b>&amp;", "\u202eعربي\u202c", "x" * 4097)
texts = st.sampled_from(WORDS)


class Company:
    """One database for all runs; each run is of a person of its own."""

    def __init__(self, database: Database, clock: StillClock) -> None:
        self.database, self.clock, self.count = database, clock, 0

    async def begin(self) -> PersonId:
        self.count += 1
        async with self.database.begin() as uow:
            if self.count == 1:
                await plans.activate(uow, DESK_PLAN)
            code = f"maria{self.count}"
            person = (await plant(uow, code))[code]
            await uow.commit()
        return person

    async def act(self, deed: Callable[[UnitOfWork], Awaitable[T]]) -> T | str:
        """The deed, committed; a refusal by its code, and then nothing happened."""
        async with self.database.begin() as uow:
            try:
                done = await deed(uow)
            except DomainError as refusal:
                return refusal.code
            await uow.commit()
        return done


class Machine(RuleBasedStateMachine):
    """Her tickets in the book, and what was written to them beside it."""

    runner: asyncio.Runner
    company: Company

    def __init__(self) -> None:
        super().__init__()
        self.me = self.runner.run(self.company.begin())
        self.numbers: list[int] = []
        self.written: Counter[str] = Counter()
        self.parts = 0
        self.answers: list[tuple[int, int, datetime]] = []

    def do(self, deed: Callable[[UnitOfWork], Awaitable[T]]) -> T | str:
        return self.runner.run(self.company.act(deed))

    def ticket(self, index: int) -> int:
        return self.numbers[index % len(self.numbers)] if self.numbers else 0

    def phase(self, number: int) -> Phase | None:
        row = self.rows().get(number)
        return None if row is None else Phase(row["phase"])

    def rows(self) -> dict[int, Row]:
        async def read() -> dict[int, Row]:
            async with self.company.database.read() as questions:
                asked = select(TICKETS).where(TICKETS.c.person_id == self.me)
                return {row["number"]: row for row in (await questions.connection.execute(asked)).mappings()}

        return self.runner.run(read())

    @rule(said=st.lists(texts, min_size=1, max_size=2), ticket=st.none() | tickets)
    def write(self, said: list[str], ticket: int | None) -> None:
        to = self.ticket(ticket) if ticket is not None and self.numbers else None
        draft: Any = None
        for text in said:
            self.parts += 1
            part = DraftPart(part=f"{self.me}.{self.parts}", text=text, ticket=to)
            draft = self.do(lambda uow, part=part: service.add_to_draft(uow, self.me, part, NO_SOURCES))  # type: ignore[misc]  # bound at once
            again = self.do(lambda uow, part=part: service.add_to_draft(uow, self.me, part, NO_SOURCES))  # type: ignore[misc]  # as above
            assert again == draft
            if isinstance(draft, str):
                assert draft in ("ticket_closed", "ticket_merged", "ticket_unknown"), draft
                return
        twice = [self.do(lambda uow: service.send_draft(uow, self.me, draft.id)) for _ in range(2)]
        assert not isinstance(twice[0], str), twice
        assert [one.number for one in twice] == [twice[0].number] * 2  # type: ignore[union-attr]  # seen above
        self.written.update(said)
        if to is None:
            self.numbers.append(twice[0].number)

    @rule(index=tickets, text=texts)
    def add(self, index: int, text: str) -> None:
        before = self.phase(number := self.ticket(index))
        code = self.do(lambda uow: service.add(uow, self.me, number, Words(text=text)))
        assert code in (None, "ticket_unknown", "ticket_merged", "ticket_closed"), code
        if code is None:
            self.written[text] += 1
            after = {Phase.WAITING_PERSON: Phase.WAITING_US, Phase.SOLVED: Phase.REOPENED, Phase.CLOSED: Phase.REOPENED}
            assert before is not None and self.phase(number) is after.get(before, before)

    @rule(index=tickets)
    def close(self, index: int) -> None:
        code = self.do(lambda uow: service.close(uow, self.me, self.ticket(index)))
        assert code in (None, "ticket_unknown", "ticket_merged"), code
        assert code or self.phase(self.ticket(index)) is Phase.CLOSED

    @rule(index=tickets)
    def reopen(self, index: int) -> None:
        before = self.phase(self.ticket(index))
        code = self.do(lambda uow: service.reopen(uow, self.me, self.ticket(index), ""))
        assert code in (None, "ticket_unknown", "ticket_merged", "ticket_closed"), code
        if code is None:
            assert self.phase(self.ticket(index)) is (before if before in OPEN_PHASES else Phase.REOPENED)

    @rule(index=tickets, stars=st.integers(1, 5))
    def rate(self, index: int, stars: int) -> None:
        before = self.rows().get(self.ticket(index))
        code = self.do(lambda uow: service.rate(uow, self.me, self.ticket(index), Rating(stars=stars)))
        assert code in (None, "ticket_unknown", "ticket_merged", "ticket_not_done", "ticket_rated"), code
        if code == "ticket_rated":
            assert before is not None and before["rating"] not in (None, stars)

    @rule(index=tickets, text=texts.filter(lambda text: len(text) < 3500), solve=st.booleans())
    def answer(self, index: int, text: str, solve: bool) -> None:
        number = self.ticket(index)
        before = self.phase(number)
        done = self.do(lambda uow: service.answer(uow, SAM, number, NewAnswer(text=text, solve=solve)))
        if isinstance(done, str):
            assert done in ("ticket_unknown", "ticket_merged", "ticket_closed"), done
            return
        self.written[text] += 1
        self.answers.append((number, done.id, done.goes_at))
        stays = Phase.SOLVED if before is Phase.SOLVED else Phase.WAITING_PERSON
        assert self.phase(number) is (Phase.SOLVED if solve else stays)

    @rule(text=texts.filter(lambda text: len(text) < 3500), delay=st.sampled_from([0, 10]))
    def open_towards(self, text: str, delay: int) -> None:
        new = NewTicket(person=f"maria{self.company.count}", type="network", text=text, delay_s=delay)
        done = self.do(lambda uow: service.open_towards(uow, SAM, new))
        assert not isinstance(done, str), done
        self.written[text] += 1
        self.numbers.append(done.ticket)
        self.answers.append((done.ticket, done.id, done.goes_at))

    @rule(index=tickets, text=texts.filter(lambda text: len(text) < 3500))
    def note(self, index: int, text: str) -> None:
        done = self.do(lambda uow: service.note(uow, SAM, self.ticket(index), Words(text=text)))
        if isinstance(done, str):
            assert done in ("ticket_unknown", "ticket_merged"), done
        else:
            self.written[text] += 1

    @rule(index=tickets)
    def take_back(self, index: int) -> None:
        """Nobody delivers here, so whatever was not taken back before can be."""
        if not self.answers:
            return
        place = index % len(self.answers)
        number, answer, _goes_at = self.answers[place]
        code = self.do(lambda uow: service.take_back(uow, SAM, number, answer))
        assert code in (None, "answer_gone"), code
        again = self.do(lambda uow: service.take_back(uow, SAM, number, answer))
        assert again == "answer_gone"

    @rule(index=tickets, state=states)
    def move(self, index: int, state: str) -> None:
        number, before = self.ticket(index), self.rows()
        code = self.do(lambda uow: service.change(uow, SAM, number, TicketChange(state=state)))
        if code is None:
            assert self.rows()[number]["state"] == state
        elif code == "ticket_move_impossible":
            row, spec = before[number], plans.parsed(DESK_PLAN).tickets
            assert state not in Moves.of(spec).choices(row["state"], Phase(row["phase"]))
        else:
            assert code in ("ticket_unknown", "ticket_merged") or (
                code == "ticket_state_unknown" and state == "nowhere"
            )

    @rule(index=tickets, priority=st.sampled_from(Priority), kind=st.sampled_from(["network", "other", None]))
    def sort(self, index: int, priority: Priority, kind: str | None) -> None:
        wish = TicketChange(priority=priority, type=kind, assignee="me" if kind else "")
        code = self.do(lambda uow: service.change(uow, SAM, self.ticket(index), wish))
        assert code in (None, "ticket_unknown", "ticket_merged"), code

    @rule(index=tickets, into=tickets)
    def merge(self, index: int, into: int) -> None:
        code = self.do(lambda uow: service.merge(uow, SAM, self.ticket(index), self.ticket(into)))
        known = ("ticket_unknown", "ticket_merged", "ticket_closed", "ticket_person_differs")
        assert code in (None, *known), code
        if code is None:
            gone, stays = self.ticket(index), self.ticket(into)
            self.answers = [(stays if at == gone else at, message, goes) for at, message, goes in self.answers]

    @rule(index=tickets, count=st.integers(1, 2))
    def split(self, index: int, count: int) -> None:
        number = self.ticket(index)
        chosen = tuple(self.messages(number))[:count]
        if not chosen:
            return
        done = self.do(lambda uow: service.split(uow, SAM, number, Split(messages=chosen)))
        if isinstance(done, str):
            assert done in ("ticket_merged", "ticket_split_whole"), done
            return
        self.numbers.append(done)
        self.answers = [(done if message in chosen else at, message, goes) for at, message, goes in self.answers]

    @rule(by=times)
    def time_passes(self, by: timedelta) -> None:
        self.company.clock.advance(by)
        self.do(service.sweep)
        self.do(service.escalate)

    def messages(self, number: int) -> list[int]:
        async def read() -> list[int]:
            async with self.company.database.read() as questions:
                asked = select(MESSAGES.c.id).where(MESSAGES.c.ticket == number).order_by(MESSAGES.c.id)
                return list((await questions.connection.execute(asked)).scalars())

        return self.runner.run(read())

    @invariant()
    def row_and_history_agree(self) -> None:
        self.runner.run(self._agree())

    async def _agree(self) -> None:
        spec = plans.parsed(DESK_PLAN).tickets
        async with self.company.database.read() as questions:
            asked = select(TICKETS).where(TICKETS.c.person_id == self.me)
            rows = {row["number"]: row for row in (await questions.connection.execute(asked)).mappings()}
            assert set(rows) == set(self.numbers)
            for number, row in rows.items():
                changes = await service.history(questions, number)
                told = replayed(changes)
                for field in ("state", "type", "priority", "queue", "assignee", "rating", "merged_into"):
                    value = row[field]
                    assert told.get(field, value) == (None if value is None else str(value)), (field, changes)
                phase = Phase(row["phase"])
                assert Moves.of(spec).phase(row["state"]) is phase
                assert (row["waiting_since"] is not None) is (phase in DUE_PHASES)
                assert row["due_at"] is None or phase in DUE_PHASES
                assert (row["due_order"] == NEVER_DUE) is (row["due_at"] is None)
                assert (row["closed_at"] is not None) is (phase is Phase.CLOSED)
                assert phase is not Phase.SOLVED or row["solved_at"] is not None
                assert sum(change.what is What.RATED for change in changes) == (row["rating"] is not None)
                assert [change.at for change in changes] == sorted(change.at for change in changes)
            await self._nothing_is_lost(questions, list(rows))

    async def _nothing_is_lost(self, questions: UnitOfWork, numbers: list[int]) -> None:
        hers = select(MESSAGES.c.text).where(MESSAGES.c.ticket.in_(numbers))
        assert Counter((await questions.connection.execute(hers)).scalars()) == self.written
        links = select(func.count()).select_from(LINKS).where(LINKS.c.ticket.in_(numbers))
        assert (await questions.connection.execute(links)).scalar_one() == 0
        news = select(NEWS.c.change_id).where(NEWS.c.ticket.in_(numbers))
        assert len(set((await questions.connection.execute(news)).scalars())) >= len(numbers)


@pytest.mark.hypothesis
def test_a_ticket_and_its_history_agree_in_any_order(database_url: str) -> None:
    """Few runs in the suite, of which PostgreSQL gets one: rows are written alike on both."""
    fuzz = settings.get_current_profile_name() == "fuzz"
    is_sqlite = database_url.startswith("sqlite")
    few = settings(max_examples=300 if fuzz else 3 if is_sqlite else 1, stateful_step_count=60 if fuzz else 20)
    clock = StillClock(BEGIN)
    with asyncio.Runner() as runner:
        database = runner.run(_opened(database_url, clock))
        try:
            tried = type("Tried", (Machine,), {"runner": runner, "company": Company(database, clock)})
            run_state_machine_as_test(tried, settings=few)
        finally:
            runner.run(database.close())


async def _opened(url: str, clock: StillClock) -> Database:
    return Database(url, clock)
