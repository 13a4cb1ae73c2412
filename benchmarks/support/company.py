"""The demo company behind a real `python -m core serve`, with chats linked to distributors."""

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import asyncpg
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from benchmarks.support import large
from benchmarks.support.postgres import postgres
from core.access.model import Link
from core.access.store import add_link
from core.db.database import Database
from core.kernel.clock import Clock
from core.kernel.ids import PersonId
from core.people.model import Kind
from core.people.tables import PersonRow
from tests.support.processes import Program, free_port, run_to_end

SERVICE_KEY = "a-service-key-for-benchmarks"
PEOPLE = 3000
FIRST_CHAT = 5_000
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Service:
    """A running service and what a client needs to know of it."""

    url: str
    database_url: str
    program: Program
    chats: dict[int, PersonId]
    staff_token: str

    def headers(self, chat: int) -> dict[str, str]:
        """What the bot sends in the name of a chat."""
        return {"Authorization": f"Bearer {SERVICE_KEY}", "X-Chat": str(chat)}


@asynccontextmanager
async def serving(database_url: str, chats: int, folder: Path) -> AsyncIterator[Service]:
    """The service on a new database with the demo company.

    Args:
        chats: how many distributors have one.
        folder: where its log goes.
    """
    environ = {"DATABASE_URL": database_url}
    await run_to_end(["core", "migrate"], environ)
    await run_to_end(["core", "demo", "--people", str(PEOPLE)], environ)
    await run_to_end(["core", "points", "sweep"], environ)  # which the service would do while it is measured
    async with serving_what_is_there(database_url, chats, folder) as service:
        yield service


@asynccontextmanager
async def serving_large(
    database_url: str, chats: int, folder: Path, *, people: int, month: date
) -> AsyncIterator[Service]:
    """The same with as many people as wanted, whose orders all lie in one month."""
    await run_to_end(["core", "migrate"], {"DATABASE_URL": database_url})
    await large.found(database_url, people, month)
    async with serving_what_is_there(database_url, chats, folder) as service:
        yield service


@asynccontextmanager
async def serving_what_is_there(database_url: str, chats: int, folder: Path) -> AsyncIterator[Service]:
    """The service on a database with a company."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environ = {"DATABASE_URL": database_url, "SERVICE_KEY": SERVICE_KEY, "PORT": str(port)}
    token = (await run_to_end(["core", "staff", "add", "benchmark", "--role", "administrator"], environ)).strip()
    linked = await _linked(database_url, chats)
    program = Program(["core", "serve"], environ, folder / f"serve-{port}.log", f"{url}/ready")
    await program.start()
    try:
        yield Service(url, database_url, program, linked, token)
    finally:
        await program.stop()


def cpu_seconds(program: Program) -> float:
    """What the process has spent so far, in user and system."""
    assert program.process is not None
    fields = Path(f"/proc/{program.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def _linked(database_url: str, chats: int) -> dict[int, PersonId]:
    people = SQLModel.metadata.tables[str(PersonRow.__tablename__)]
    database = Database(database_url, Clock())
    try:
        async with database.begin() as uow:
            asked = select(people.c.id).where(people.c.kind == Kind.DISTRIBUTOR.value).order_by(people.c.id)
            found = await uow.connection.execute(asked.limit(chats))
            linked = {FIRST_CHAT + place: PersonId(row[0]) for place, row in enumerate(found)}
            for chat, person in linked.items():
                await add_link(uow, Link(person=person, chat=chat, linked_at=datetime.now(UTC)))
            await uow.commit()
    finally:
        await database.close()
    return linked


@asynccontextmanager
async def new_database(dialect: str) -> AsyncIterator[str]:
    """The address of an empty database; PostgreSQL is the one that pip installed, with a server of its own."""
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-") as folder:
        if dialect == "sqlite":
            yield f"sqlite+aiosqlite:///{folder}/upline.db"
            return
        os.chmod(folder, 0o755)  # noqa: PTH101  once, before anything runs; the server runs as a user of its own
        with postgres(Path(folder)) as maintenance:
            address = make_url(maintenance).set(drivername="postgresql")
            connection = await asyncpg.connect(address.render_as_string(hide_password=False))
            await connection.execute("CREATE DATABASE benchmark")
            await connection.close()
            own = address.set(drivername="postgresql+asyncpg", database="benchmark")
            yield own.render_as_string(hide_password=False)
