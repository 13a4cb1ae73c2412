"""A company behind the real service for the state machine, with a cord between service and database that can be cut."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from core.access.model import Role
from core.app import build_app
from core.catalog import service as catalog
from core.catalog.model import Product, Rate
from core.db.database import Database
from core.db.model import DatabaseAway
from core.db.unit_of_work import SYSTEM, UnitOfWork
from core.genealogy import service as genealogy
from core.incentives import service as incentives
from core.incentives.model import NewCoupon, NewCreditNote
from core.kernel.clock import Clock
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import POINTS, Account, Document, Line, Posting, Purpose
from core.live.warming import warm
from core.people.model import NewPerson
from core.plan import service as plans
from core.points import service as points
from core.points.job import sweep
from core.points.model import Adjustment
from tests.core.plan.plans import SMALL
from tests.support.api import SERVICE_KEY, Api, Asker, Reply
from tests.support.clock import StillClock

BEGIN = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLAN = (
    SMALL
    + """
[points]
safe_after_days = 3
expire_after_months = 2
expire_at = "day"

[points.redeem]
mixed = true
points_share_least = "25 %"

[points.transfer]

[points.convert]
to_credit = 0.04
from_credit = 0.05
from_commissions = 0.05
to_commissions = 0.03

[[points.rules]]
code = "both"
label = "Tea and soap together"
on = "order"
when = 'bought("TEA") >= 1 and bought("SOAP") >= 1'
points = 30

[[points.rules]]
code = "team"
label = "An order in your team"
on = "order"
when = "order.points >= 50"
points = "order.points / 10"
to = "sponsor"
"""
)
PRICES = {"TEA": (1, 80), "SOAP": (5, 400), "MUG": (3, 150)}
"""EUR, which are also the points that it earns, and redeem points."""
FIRST_POINTS, FIRST_CENTS, NOTE_CENTS = 1500, 2000, 500
PURSES = {
    (Purpose.CREDIT, "EUR"): "credit EUR",
    (Purpose.CREDIT, "USD"): "credit USD",
    (Purpose.COMMISSIONS_PAYABLE, "EUR"): "commissions EUR",
    (Purpose.CREDIT_NOTES, "EUR"): "notes EUR",
}


class Cord(Database):
    """A database whose next commit can fail, or succeed without an answer."""

    def __init__(self, url: str, clock: Clock) -> None:
        super().__init__(url, clock)
        self.cut: str | None = None
        """`before` or `after` the next commit."""

    @asynccontextmanager
    async def begin(self, *, request_id: str = "", actor: str = SYSTEM) -> AsyncIterator[UnitOfWork]:
        async with super().begin(request_id=request_id, actor=actor) as uow:
            commit = uow.commit

            async def torn() -> None:
                cut, self.cut = self.cut, None
                if cut != "before":
                    await commit()
                if cut is not None:
                    raise DatabaseAway

            uow.commit = torn  # type: ignore[method-assign]  # the cord
            yield uow


class Company:
    """The running service and whoever uses it; each `begin` brings new people into the same company."""

    def __init__(self, database: Cord, clock: StillClock, api: Api, staff: Asker) -> None:
        self.database, self.clock, self.api, self.staff = database, clock, api, staff
        self.people: dict[str, PersonId] = {}
        self.chats: dict[str, Asker] = {}
        self.count = 0

    async def begin(self) -> None:
        """Ana, and Ben and Cleo below her, on the first day: each with points, credit, a credit note and a coupon."""
        self.count += 1
        self.clock.moment = BEGIN
        self.people, self.chats = {}, {}
        async with self.database.begin() as uow:
            for name, sponsor in (("Ana", None), ("Ben", "Ana"), ("Cleo", "Ana")):
                above = "ROOT" if sponsor is None else self.code(sponsor)
                self.people[name] = await genealogy.enrol(uow, _newcomer(self.code(name), above))
                await self._endow(uow, name)
            await catalog.record_products(uow, [_product(self.sku("MUG"), "MUG", stock=3)])
            await uow.commit()
        for name, person in self.people.items():
            self.chats[name] = await self.api.person(person, 1000 + person)

    async def _endow(self, uow: UnitOfWork, name: str) -> None:
        who, why = self.code(name), "Welcome"
        await points.adjust(uow, Adjustment(person=who, amount=FIRST_POINTS, reason=why))
        await points.adjust(uow, Adjustment(person=who, amount=FIRST_CENTS, currency="EUR", reason=why))
        number, amount = self.note(name), NOTE_CENTS
        note = NewCreditNote(person=who, number=number, amount_minor=amount, currency="EUR", reason=why)
        await incentives.give_credit_note(uow, note)
        coupon = NewCoupon(person=who, code=self.coupon(name), label={"en": "Ten"}, percent=Decimal(10))
        await incentives.give_coupon(uow, coupon)

    def note(self, name: str) -> str:
        """The number of somebody's credit note."""
        return f"N{self.count}{name.upper()}"

    def coupon(self, name: str) -> str:
        """The code of the coupon that takes a tenth off."""
        return f"C{self.count}{name.upper()}"

    def code(self, name: str) -> str:
        return f"{name}{self.count}"

    def sku(self, name: str) -> str:
        return f"MUG{self.count}" if name == "MUG" else name

    async def ask(self, who: str | None, path: str, body: Mapping[str, Any] | None, cut: str | None) -> Reply:
        """Send a request as somebody, or as staff; where the cord is cut on the way, send it once more."""
        asker = self.staff if who is None else self.chats[who]
        headers = {"Idempotency-Key": f"{datetime.now(UTC).timestamp()}-{path}"} if who is None else {}
        self.database.cut = cut
        reply = await asker.post(path, body, headers=headers)
        if reply.status == 503:
            reply = await asker.post(path, body, headers=headers)
        self.database.cut = None
        return reply

    async def sweep(self, cut: str | None) -> None:
        """What is due to points; where the cord is cut between two steps, once more."""
        self.database.cut = cut
        try:
            await sweep(self.database)
        except DatabaseAway:
            await sweep(self.database)
        self.database.cut = None

    async def commission(self, who: str, cents: int, key: str) -> None:
        """What a settlement pays out."""
        lines = [(self.people[who], Purpose.COMMISSIONS_PAYABLE, cents), (None, Purpose.COMMISSIONS, -cents)]
        posting = Posting(
            key=key,
            kind="test.commission",
            reason="a test",
            document=Document(kind="test", id=key),
            lines=tuple(
                Line(account=Account(person=one, purpose=purpose, unit="EUR"), amount=amount)
                for one, purpose, amount in lines
            ),
        )
        async with self.database.begin() as uow:
            await ledger.post(uow, posting)
            await uow.commit()

    async def faults(self) -> list[Any]:
        """What is wrong with book and lots."""
        async with self.database.read() as questions:
            return [*await ledger.verify(questions), *await points.verify(questions)]

    async def purses(self, who: str) -> dict[str, int]:
        """What somebody has by the book, purses of nothing left out."""
        async with self.database.read() as questions:
            found = await ledger.balances(questions, self.people[who])
        return {_purse(one.purpose, one.unit): one.amount for one in found if one.amount}

    async def stock(self) -> int | None:
        async with self.database.read() as questions:
            sku = self.sku("MUG")
            return (await catalog.products(questions, [sku]))[sku].stock


@asynccontextmanager
async def company(url: str) -> AsyncIterator[Company]:
    """A running one, with a plan, a root and goods."""
    clock = StillClock(BEGIN)
    database = Cord(url, clock)
    async with database.begin() as uow:
        await plans.activate(uow, PLAN)
        await genealogy.enrol(uow, _newcomer("ROOT", None))
        await catalog.record_products(uow, [_product(name, name) for name in ("TEA", "SOAP")])
        first = date(2026, 1, 1)
        rates = (("USD", "EUR", "0.9"), ("EUR", "USD", "1.1"))
        await catalog.record_rates(
            uow, [Rate(since=first, source=a, target=b, rate=Decimal(rate)) for a, b, rate in rates]
        )
        await uow.commit()
    warm()  # here and now: two threads that read source at once are more than Python 3.11 can bear
    app = build_app(database, SERVICE_KEY)
    async with TestClient(TestServer(app.build(), access_log=None)) as client:
        api = Api(client, database)
        yield Company(database, clock, api, await api.staff(Role.ADMINISTRATOR))
    await database.close()


def _newcomer(code: str, sponsor: str | None) -> NewPerson:
    day = date(2026, 1, 5)
    return NewPerson(code=code, sponsor=sponsor, name=f"{code} Doe", joined_on=day, country="ES", language="en")


def _product(sku: str, name: str, stock: int | None = None) -> Product:
    price, redeem = PRICES[name]
    return Product(
        sku=sku, name=name, price=Decimal(price), currency="EUR", points=price, redeem_points=redeem, stock=stock
    )


def _purse(purpose: Purpose, unit: str) -> str:
    return purpose.value.removeprefix("points_") if unit == POINTS else PURSES[purpose, unit]
