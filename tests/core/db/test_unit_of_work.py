import pytest
from sqlalchemy import text
from sqlmodel import select

from core.db.database import Database
from core.db.tables import CompanyStateRow, EventRow
from core.db.unit_of_work import UnitOfWork
from core.kernel.events import Event
from core.kernel.ids import PersonId


class Renamed(Event):
    kind = "test.renamed"
    name: str


async def test_nothing_is_kept_without_commit(database: Database) -> None:
    async with database.begin() as uow:
        uow.session.add(CompanyStateRow(key="a", value={"n": 1}))
        await uow.emit(Renamed(name="Ana"))
        await uow.flush()
    async with database.read() as questions:
        assert (await questions.session.exec(select(CompanyStateRow))).all() == []
        assert (await questions.session.exec(select(EventRow))).all() == []


async def test_a_change_and_its_event_become_true_together(database: Database) -> None:
    async with database.begin(request_id="r1", actor="staff:1") as uow:
        uow.session.add(CompanyStateRow(key="a", value={"n": 1}))
        await uow.emit(Renamed(person=PersonId(7), name="Ana"))
        await uow.commit()
    async with database.read() as questions:
        [row] = (await questions.session.exec(select(EventRow))).all()
        assert (row.kind, row.person_id, row.facts) == ("test.renamed", 7, {"name": "Ana"})
        assert (row.actor, row.request_id, row.at) == ("staff:1", "r1", database.clock.now())


async def test_an_error_undoes_everything(database: Database) -> None:
    async def fail_halfway() -> None:
        async with database.begin() as uow:
            await uow.connection.execute(text("INSERT INTO company_state VALUES ('a', '{}')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_halfway()
    async with database.read() as questions:
        assert (await questions.connection.execute(text("SELECT count(*) FROM company_state"))).scalar_one() == 0


async def test_a_question_cannot_change_anything(database: Database) -> None:
    async with database.read() as questions:
        with pytest.raises(Exception, match=r"read.?only"):
            await questions.connection.execute(text("DELETE FROM company_state"))


async def test_a_question_sees_one_state_while_others_commit(database: Database) -> None:
    count = text("SELECT count(*) FROM company_state")
    async with database.read() as questions:
        before = (await questions.connection.execute(count)).scalar_one()
        async with database.begin() as uow:
            uow.session.add(CompanyStateRow(key="a", value={}))
            await uow.commit()
        assert (await questions.connection.execute(count)).scalar_one() == before


async def test_time_stands_still_within_a_unit_of_work(uow: UnitOfWork, database: Database) -> None:
    assert uow.now == database.clock.now()
    assert uow.now.tzinfo is not None


async def test_a_question_that_asks_nothing_opens_nothing(database: Database) -> None:
    async with database.read() as questions:
        assert questions.dialect == database.dialect
    assert database.reader.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # our pool can count
    assert database.reader.sync_engine.pool.checkedin() == 0  # type: ignore[attr-defined]  # as above


async def test_every_connection_comes_back(database: Database) -> None:
    for _ in range(30):
        async with database.read() as questions:
            await questions.connection.execute(text("SELECT 1"))
            await questions.session.exec(select(CompanyStateRow))
        async with database.begin() as uow:
            await uow.connection.execute(text("SELECT 1"))
    assert database.reader.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # our pool can count
    assert database.writer.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # as above
