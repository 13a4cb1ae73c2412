"""Whatever people, shop, staff and time do, in any order and with crashes between: no invariant breaks, no value grows.

A crash is an end without a commit: what was done so far is undone, and then done again, as a repeated request does.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.checkout import service as checkout
from core.checkout.model import RedemptionOffer, RedemptionWish
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.kernel.money import minor_digits
from core.ledger import service as ledger
from core.ledger.model import POINTS, Purpose
from core.live.service import Live
from core.live.state import State
from core.orders.model import NewLine, NewOrder, OrderKind, OrderState
from core.points import service as points
from core.points.model import Adjustment, ConversionOffer, ConversionWish, Purse, TransferOffer, TransferWish
from tests.core.points.companies import POINTS_PLAN, found, require_sound, time_passes

PEOPLE = ("Ana", "Ben", "Cleo")
SKUS = ("TEA", "SOAP")
WORTH = {"EUR": Fraction(1), "USD": Fraction("0.9"), "JPY": min(Fraction("0.006"), 1 / Fraction(170))}
"""What the company gives for a currency: as a quote of the rates in `companies` has it."""
DEAREST = Fraction(5)
"""EUR cents for which the company sells a point."""
PRICE = {"TEA": 80, "SOAP": 400}
LOOSE = POINTS_PLAN.replace("most = 500\ndaily = 600\n", "").replace("safe_after_days = 14", "safe_after_days = 3")

who, which = st.sampled_from(PEOPLE), st.integers(0, 9)
DEEDS = st.one_of(
    st.tuples(st.just("order"), who, st.sampled_from(SKUS), st.integers(1, 300)),
    st.tuples(st.just("order"), who, st.just("SOAP"), st.integers(100, 300)),
    st.tuples(st.just("return"), which, st.integers(1, 100)),
    st.tuples(st.just("redeem"), who, st.sampled_from(SKUS), st.integers(1, 3)),
    st.tuples(st.just("cancel"), which),
    st.tuples(st.just("transfer"), who, who, st.none() | st.integers(10, 400)),
    st.tuples(
        st.just("convert"), who, st.sampled_from(list(Purse)), st.sampled_from(list(Purse)),
        st.none() | st.integers(10, 20_000), st.sampled_from(list(WORTH)), st.sampled_from(list(WORTH)),
    ),
    st.tuples(st.just("adjust"), who, st.integers(-200, 400), st.sampled_from([None, "EUR"])),
    st.tuples(st.just("days"), st.integers(1, 40)),
    st.tuples(st.just("sweep")),
)  # fmt: skip
STEPS = st.lists(st.tuples(DEEDS, st.booleans()), max_size=14)
GIVES = {"order", "adjust", "return"}
"""Deeds after which there may be more value than before; a return gives money back outside the book."""


@dataclass
class Company:
    """The company under test, and what the test remembers of it."""

    uow: UnitOfWork
    live: Live
    people: dict[str, PersonId]
    sales: list[tuple[str, str, str, int]] = field(default_factory=list)
    redeemed: list[tuple[str, str, str, int]] = field(default_factory=list)
    count: int = 0

    async def value(self) -> Fraction:
        """What all people have, in EUR cents, points at the dearest price, and what they redeemed and can give back."""
        total = Fraction(0)
        for person in self.people.values():
            for one in await ledger.balances(self.uow, person):
                if one.unit == POINTS:
                    total += one.amount * DEAREST
                elif one.purpose is Purpose.CREDIT:
                    total += one.amount * WORTH[one.unit] * 100 / 10 ** minor_digits(one.unit)
        return total + sum(PRICE[sku] * quantity * DEAREST for _, _, sku, quantity in self.redeemed)

    async def order(self, name: str, sku: str, quantity: int) -> None:
        await self._take(name, sku, quantity, None)
        self.sales.append((f"o{self.count}", name, sku, quantity))

    async def give_back(self, index: int, quantity: int) -> None:
        """Some of a sale, or of what was redeemed, comes back."""
        known = [*self.sales, *self.redeemed]
        if known:
            sale, name, sku, sold = known[index % len(known)]
            await self._take(name, sku, min(quantity, sold), sale)

    async def _take(self, name: str, sku: str, quantity: int, returns: str | None) -> None:
        self.count += 1
        new = NewOrder(
            order_id=f"o{self.count}",
            person=name,
            date=self.uow.now,
            kind=OrderKind.RETURN if returns else OrderKind.SALE,
            lines=(NewLine(sku=sku, quantity=quantity),),
            paid_on=self.uow.now,
            returns_order_id=returns,
        )
        await checkout.take_order(self.uow, new, self.live)

    async def redeem(self, name: str, sku: str, quantity: int) -> None:
        person, wish = self.people[name], RedemptionWish(sku=sku, quantity=quantity)
        offer: RedemptionOffer = await checkout.offer_redemption(self.uow, person, wish)
        done = await checkout.redeem(self.uow, person, offer.offer, None)
        assert await checkout.redeem(self.uow, person, offer.offer, None) == done
        self.redeemed.append((done.order.order_id, name, sku, quantity))

    async def cancel(self, index: int) -> None:
        if not self.redeemed:
            return
        order_id, name, _, _ = self.redeemed[index % len(self.redeemed)]
        done = await checkout.cancel_order(self.uow, order_id, person=self.people[name])
        assert done.state is OrderState.CANCELLED
        self.redeemed = [one for one in self.redeemed if one[0] != order_id]

    async def transfer(self, giver: str, to: str, amount: int | None) -> None:
        person, everybody = self.people[giver], Everybody()
        wish = TransferWish(to=to, points=amount)
        offer: TransferOffer = await points.offer_transfer(self.uow, everybody, person, wish)
        done = await points.transfer(self.uow, everybody, person, offer.offer)
        assert done == offer == await points.transfer(self.uow, everybody, person, offer.offer)

    async def convert(self, name: str, wish: ConversionWish) -> None:
        person = self.people[name]
        offer: ConversionOffer = await points.offer_conversion(self.uow, person, wish)
        done = await points.convert(self.uow, person, offer.offer)
        assert done == offer == await points.convert(self.uow, person, offer.offer)

    async def sweep(self) -> None:
        await time_passes(self.uow)


class Everybody(State):
    """Figures of a line in which everybody stands below everybody else, so that all transfers are allowed."""

    def __init__(self) -> None:
        """Nothing to lay out."""

    def find(self, person: PersonId) -> int | None:
        return person

    def is_below(self, top: int, index: int) -> bool:
        return top != index

    def parent(self, index: int) -> int | None:
        return None


async def deed_of(company: Company, deed: tuple[Any, ...]) -> None:
    match deed:
        case ("order", name, sku, quantity):
            await company.order(name, sku, quantity)
        case ("return", index, quantity):
            await company.give_back(index, quantity)
        case ("redeem", name, sku, quantity):
            await company.redeem(name, sku, quantity)
        case ("cancel", index):
            await company.cancel(index)
        case ("transfer", name, to, amount):
            await company.transfer(name, to, amount)
        case ("convert", name, source, target, amount, currency, other):
            wish = ConversionWish(source=source, target=target, amount=amount, currency=currency)
            both = source is target is Purse.CREDIT
            await company.convert(name, wish.model_copy(update={"target_currency": other}) if both else wish)
        case ("adjust", name, amount, currency):
            given = Adjustment(person=name, amount=amount, currency=currency, reason="test")
            await points.adjust(company.uow, given)
        case ("days", count):
            company.uow.now += timedelta(days=count)
        case ("sweep",):
            await company.sweep()


async def tried(company: Company, deed: tuple[Any, ...], *, crash: bool) -> None:
    """Do it as a request would: whole, or after a refusal or a crash not at all."""
    remembered = (list(company.sales), list(company.redeemed), company.count, company.uow.now)
    saved = await company.uow.connection.begin_nested()
    try:
        await deed_of(company, deed)
    except DomainError:
        crash, undone = False, True
    else:
        undone = crash
    if not undone:
        await saved.commit()
        return
    await saved.rollback()
    company.sales, company.redeemed, company.count, company.uow.now = remembered
    if crash:
        await tried(company, deed, crash=False)


@given(steps=STEPS)
@settings(max_examples=settings().max_examples // 6, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nothing_breaks_the_book_or_the_lots(
    database: Database, steps: list[tuple[tuple[Any, ...], bool]]
) -> None:
    async with database.begin() as uow:  # each example is rolled back
        company = Company(uow, Live(database), {})
        company.people = {name: one for name, one in (await found(uow, LOOSE)).items() if name in PEOPLE}
        for name in PEOPLE:
            await points.adjust(uow, Adjustment(person=name, amount=900, reason="start"))
            await points.adjust(uow, Adjustment(person=name, amount=5_000, currency="EUR", reason="start"))
        for deed, crash in steps:
            before = await company.value()
            await tried(company, deed, crash=crash)
            if deed[0] not in GIVES:
                assert await company.value() <= before
        await require_sound(uow)
        await require_shown(uow, company.people)


async def require_shown(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    """What she is shown adds up to what the book says."""
    await time_passes(uow)
    await require_sound(uow)
    for person in people.values():
        card, ends = await points.card(uow, person), (await points.expiries(uow, person)).expiries
        balances = {one.purpose: one.amount for one in await ledger.balances(uow, person) if one.unit == POINTS}
        assert card.available == balances.get(Purpose.POINTS_AVAILABLE, 0)
        assert sum(one.points for one in ends) == max(0, card.available)
        history = await points.movements(uow, person, cursor=None, limit=50)
        if history.next is None:
            assert sum(one.points for one in history.items) == card.available + card.pending
