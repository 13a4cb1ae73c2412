"""Answers are given again as long as nothing has happened, and not one question longer."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import orjson
import pytest

from core.access.model import ChatUnlinked
from core.calendar import service as calendar
from core.db.database import Database
from core.db.unit_of_work import Questions
from core.kernel.ids import PersonId
from core.kernel.words import Model
from core.live import happened
from core.live.answers import Answers
from core.live.service import Live
from core.live.state import State
from core.orders.model import VolumeChanged
from core.people.model import PersonUnknown
from core.plan.reading import example
from tests.support.clock import StillClock
from tests.support.planting import plant

TREE = """
ana
  bea
  carl
    dora
"""


class Note(Model):
    """An answer that tells how often it was worked out, and for how many people."""

    times: int
    people: int


class Clerk:
    """Works answers out and counts; `meanwhile` happens in the middle of it."""

    def __init__(self) -> None:
        self.times = 0
        self.meanwhile: list[Callable[[], Awaitable[None]]] = []

    async def work(self, _questions: Questions, state: State) -> Note:
        self.times += 1
        people = state.count
        if self.meanwhile:
            await self.meanwhile.pop()()
        return Note(times=self.times, people=people)


@pytest.fixture
async def live(database: Database) -> Live:
    async with database.begin() as uow:
        await calendar.activate_plan(uow, example("demo"), None)
        await plant(uow, "root")
        await uow.commit()
    live = Live(database)
    await live.start()
    return live


async def happen(database: Database) -> None:
    """Something of which the figures know nothing."""
    async with database.begin() as uow:
        await uow.emit(ChatUnlinked(person=None, chat=1))
        await uow.commit()


async def order(database: Database, person: PersonId) -> None:
    async with database.begin() as uow:
        await uow.emit(VolumeChanged(person_id=person, at=uow.now, cv=1, qv=1, points=0, orders=1))
        await uow.commit()


async def told(answers: Answers, clerk: Clerk, key: str = "note", of: PersonId | None = None) -> Note:
    finished = await answers.finished(key, clerk.work, of=of)
    return Note.model_validate(orjson.loads(finished.body))


async def test_an_answer_is_worked_out_once_while_nothing_happens(live: Live, database: Database) -> None:
    answers, clerk = Answers(live, database), Clerk()
    notes = [await told(answers, clerk, key) for key in ("ana", "bea", "ana", "bea")]
    assert [note.times for note in notes] == [1, 2, 1, 2]


async def test_whatever_happens_makes_an_answer_be_worked_out_anew(live: Live, database: Database) -> None:
    answers, clerk = Answers(live, database), Clerk()
    await told(answers, clerk)
    await happen(database)
    assert (await told(answers, clerk)).times == 2


async def test_an_order_voids_the_answers_of_its_buyer_and_her_upline_alone(database: Database, live: Live) -> None:
    async with database.begin() as uow:
        numbers = await plant(uow, TREE)
        await uow.commit()
    answers, clerk = Answers(live, database), Clerk()
    for who in ("ana", "bea", "carl", "dora"):
        await told(answers, clerk, who, numbers[who])
    await told(answers, clerk, "everybody")
    await order(database, numbers["carl"])
    anew = [(await told(answers, clerk, who, numbers[who])).times > 5 for who in ("ana", "bea", "carl", "dora")]
    assert anew == [True, False, True, False]
    assert (await told(answers, clerk, "everybody")).times > 5


async def test_more_orders_than_are_told_apart_void_every_answer(
    database: Database, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.begin() as uow:
        numbers = await plant(uow, TREE)
        await uow.commit()
    answers, clerk = Answers(live, database), Clerk()
    monkeypatch.setattr(happened, "REMEMBERED_MAX", 3)
    times = []
    for _ in range(6):
        times.append((await told(answers, clerk, "bea", numbers["bea"])).times)
        await order(database, numbers["carl"])
    assert times == [1, 1, 1, 1, 2, 2]


async def test_midnight_in_company_time_makes_an_answer_be_worked_out_anew(
    live: Live, database: Database, clock: StillClock
) -> None:
    answers, clerk = Answers(live, database), Clerk()
    times = []
    for _ in range(25):
        times.append((await told(answers, clerk)).times)
        clock.advance(timedelta(hours=1))
    assert times[0] == 1
    assert times[-1] == 2


async def test_all_who_ask_at_once_get_one_answer(live: Live, database: Database) -> None:
    answers, clerk = Answers(live, database), Clerk()
    clerk.meanwhile = [lambda: asyncio.sleep(0.01)]
    notes = await asyncio.gather(*(told(answers, clerk) for _ in range(5)))
    assert [note.times for note in notes] == [1] * 5


async def test_a_question_does_not_join_an_answer_that_was_begun_before_a_change(
    live: Live, database: Database
) -> None:
    answers, clerk = Answers(live, database), Clerk()
    later: list[asyncio.Task[Note]] = []

    async def change_and_ask() -> None:
        await happen(database)
        later.append(asyncio.create_task(told(answers, clerk)))
        await later[0]

    clerk.meanwhile = [change_and_ask]
    earlier = await told(answers, clerk)
    assert (later[0].result().times, earlier.times) == (2, 3)


async def test_an_answer_in_whose_middle_something_happened_is_worked_out_again(live: Live, database: Database) -> None:
    async def enrol_and_look() -> None:
        async with database.begin() as uow:
            await plant(uow, "newcomer")
            await uow.commit()
        await live.fresh()

    answers, clerk = Answers(live, database), Clerk()
    before = (await told(answers, clerk, "before")).people
    clerk.meanwhile = [enrol_and_look]
    found = await told(answers, clerk, "during")
    state = await live.fresh()
    assert before < state.count == found.people


async def test_a_refusal_is_not_kept(live: Live, database: Database) -> None:
    answers, clerk = Answers(live, database), Clerk()

    async def refuse() -> None:
        raise PersonUnknown

    clerk.meanwhile = [refuse]
    with pytest.raises(PersonUnknown):
        await told(answers, clerk)
    assert (await told(answers, clerk)).times == 2


async def test_what_was_kept_longest_goes_first_when_there_is_no_room(live: Live, database: Database) -> None:
    clerk = Clerk()
    answers = Answers(live, database, bytes_max=2 * len(Note(times=1, people=1).model_dump_json()))
    for key in ("ana", "bea", "cai"):
        await told(answers, clerk, key)
    assert [(await told(answers, clerk, key)).times for key in ("cai", "bea", "ana")] == [3, 2, 4]
