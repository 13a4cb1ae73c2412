"""The company behind a month: the real service on a clock that is moved by hand, and what its staff do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp.test_utils import TestServer

from core.access import service as access
from core.access.model import Permission, Role
from core.app import build_app
from core.client import CoreClient
from core.db.database import Database
from core.demo.paid import Story, Treasury, pay
from core.kernel.ids import PersonId
from core.outreach.model import PlanWish
from core.runs.model import NewRun, Work
from core.runs.service import states
from core.runs.working import work
from tests.support.clock import StillClock
from tests.support.processes import command
from tests.support.talks.stage import KEY, Stage, at_the_bot

TODAY = date(2026, 11, 22)
"""The last day of the demo company's own orders, a Sunday."""
CYCLE, ENDED = "2026-11", datetime.fromisoformat("2026-11-30T23:00+00:00")
PEOPLE = 800
"""Enough for the lines of all five languages."""
APPROVERS = ("Jonas", "Ines")


@dataclass
class Office:
    """What the company does, each at a moment of somebody's own clock."""

    stage: Stage
    database: Database
    clock: StillClock
    core: CoreClient
    session: aiohttp.ClientSession
    zone: ZoneInfo = field(default=ZoneInfo("UTC"))
    """Whose clock moments are told by."""

    def at(self, moment: str) -> str:
        """Let it be that moment; how a page of the month tells it."""
        local = datetime.fromisoformat(moment).replace(tzinfo=self.zone)
        self.clock.moment = local
        return f"{local:%A, %B} {local.day}, {local:%H:%M}"

    async def plan(self) -> None:
        """Have everything planned that is due by now, as a worker does."""
        while (await self.core.plan_outreach(PlanWish(holder="month"))).under_way:
            pass

    async def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """As a member of staff.

        Raises:
            AssertionError: it was refused.
        """
        headers = {"Idempotency-Key": key} if key else {}
        async with self.session.post(path, json=body, headers=headers) as answer:
            told = await answer.json()
            assert answer.status < 300, told
            return told

    async def sell(self, order_id: str, person: str, sku: str, quantity: int) -> None:
        """Take an order that is paid."""
        now = self.clock.moment.isoformat()
        line = {"sku": self.sku(sku, person), "quantity": quantity}
        body = {"order_id": order_id, "person": person, "date": now, "paid_on": now, "lines": [line]}
        await self.post("/v1/orders", body, key=f"sell-{order_id}")

    def sku(self, sku: str, person: str) -> str:
        """The article in the price list of a person's currency."""
        [[currency]] = self.stage.rows("SELECT currency FROM person WHERE code = :code", code=person)
        return f"{sku}-US" if currency == "USD" else sku

    async def announce(self, name: str, words: dict[str, str], language: str) -> None:
        """Send a campaign to those who are spoken to in a language."""
        body = {"name": name, "segment": {"languages": [language]}, "words": {language: words}}
        made = await self.post("/v1/campaigns", body, key=name)
        await self.post(f"/v1/campaigns/{made['number']}/send", {}, key=f"send-{name}")

    async def settle(self) -> int:
        """Have November's run checked, approved by two and released; its number."""
        starter, *approvers = await self._acting(Permission.APPROVE_SETTLEMENT, "Marta", *APPROVERS)
        async with self.database.begin(actor=starter) as uow:
            run = await states.start(uow, NewRun(cycle=CYCLE))
            await uow.commit()
        for step in (Work.PREVIEW, Work.VALIDATE):
            await work(self.database, run, step, actor=starter, tell=_quietly)
        for approver in approvers:
            async with self.database.begin(actor=approver) as uow:
                await states.approve(uow, run)
                await uow.commit()
        await work(self.database, run, Work.RELEASE, actor=starter, tell=_quietly)
        return run

    async def pay(self, run: int) -> None:
        """Pay what the run owes, up to the bank's answer."""
        maker, approver = await self._acting(Permission.MAKE_PAYMENTS, "Lucia", "Pavel")
        [clerk] = await self._acting(Permission.EDIT_BANK_ACCOUNTS, "Noor")
        banked = {PersonId(int(person)) for (person,) in self.stage.rows("SELECT person_id FROM bank_account")}
        await pay(self.database, Treasury(maker, approver, clerk), run, ENDED, (), Story(banked=banked))

    async def _acting(self, permission: Permission, *names: str) -> list[str]:
        async with self.database.read() as questions:
            return [await access.acting(questions, name, permission) for name in names]


def _quietly(_line: str) -> None:
    """What each part is at is of no interest here."""


def _environ(file: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite+aiosqlite:///{file}", "SERVICE_KEY": KEY, "CLOCK_START": f"{TODAY}T15:00+00:00"}


async def found(file: Path) -> None:
    """Found the demo company; each language plays its month on a copy."""
    await command(["migrate"], _environ(file))
    await command(["demo", "--people", str(PEOPLE), "--today", str(TODAY)], _environ(file))


@asynccontextmanager
async def office(file: Path) -> AsyncIterator[Office]:
    """A company that was founded, with its service in this process, and the bot in a sandbox beside it."""
    environ = _environ(file)
    clock = StillClock(datetime.fromisoformat(environ["CLOCK_START"]))
    database = Database(environ["DATABASE_URL"], clock)
    server = TestServer(build_app(database, KEY).build(), access_log=None)
    await server.start_server()
    environ["CORE_URL"] = str(server.make_url("")).rstrip("/")
    core = CoreClient(environ["CORE_URL"], KEY, timeout_s=60)
    token = await _administrator(database)
    headers = {"Authorization": f"Bearer {token}"}
    try:
        async with (
            at_the_bot(file, environ) as stage,
            aiohttp.ClientSession(environ["CORE_URL"], headers=headers) as session,
        ):
            yield Office(stage, database, clock, core, session)
    finally:
        await core.close()
        await server.close()
        await database.close()


async def _administrator(database: Database) -> str:
    async with database.begin(actor="month") as uow:
        token = await access.add_staff(uow, "month", Role.ADMINISTRATOR)
        await uow.commit()
    return token


def later(day: date, days: int) -> str:
    """A day as the interfaces take it."""
    return (day + timedelta(days=days)).isoformat()
