from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.unit_of_work import UnitOfWork
from core.http.model import RequestInvalid
from core.incentives import service
from core.incentives.model import (
    HoldingKind,
    HoldingState,
    HoldingTaken,
    HoldingUnknown,
    HoldingUsed,
    NewCoupon,
    NewCreditNote,
    NoteTooSmall,
)
from core.incentives.rules import Bill
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Account, Document, Purpose
from core.orders import service as orders
from core.orders.model import NewOrder
from core.plan import service as plans
from core.plan.reading import example
from tests.support.planting import plant

BILL = Bill(day=datetime(2026, 11, 22, tzinfo=UTC).date(), currency="EUR", amount_minor=2000)
ORDER = Document(kind="order", id="O1")
COUPON = NewCoupon(person="Ana", code="ten", label={"en": "Ten off"}, percent=Decimal("10.00"))
NOTE = NewCreditNote(person="Ana", number="CN-1", amount_minor=3000, currency="EUR", reason="Broken cup")


@pytest.fixture
async def people(uow: UnitOfWork) -> dict[str, PersonId]:
    await plans.activate(uow, example("demo"))
    numbers = await plant(uow, "Ana\n  Ben")
    await catalog.record_products(uow, [Product(sku="TEA", name="Tea", price=Decimal(20), currency="EUR")])
    return numbers


async def order_ref(uow: UnitOfWork) -> int:
    new = {"order_id": "O1", "person": "Ana", "date": uow.now, "lines": [{"sku": "TEA", "quantity": 1}]}
    await orders.record_order(uow, NewOrder.model_validate(new))
    return (await orders.head_of(uow, "O1")).ref


async def owed(uow: UnitOfWork, person: PersonId) -> int:
    return await ledger.balance(uow, Account(person=person, purpose=Purpose.CREDIT_NOTES, unit="EUR"))


async def test_a_coupon_is_used_once_and_comes_back_with_its_order(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    ana = people["Ana"]
    given = await service.give_coupon(uow, COUPON)
    assert (given.code, given.percent, given.uses_left, given.state) == ("TEN", Decimal(10), 1, HoldingState.USABLE)
    order = await order_ref(uow)
    await service.use_coupon(uow, ana, "Ten", BILL, order, 200)
    with pytest.raises(HoldingUsed):
        await service.usable(uow, ana, "TEN", HoldingKind.COUPON, BILL)
    await service.give_back(uow, "TEN", order, document=ORDER)
    await service.give_back(uow, "TEN", order, document=ORDER)
    assert (await service.holding(uow, ana, "TEN")).uses_left == 1


async def test_a_credit_note_pays_bit_by_bit_and_the_book_knows_what_is_left(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    ana = people["Ana"]
    await service.give_credit_note(uow, NOTE)
    assert await owed(uow, ana) == 3000
    order = await order_ref(uow)
    with pytest.raises(NoteTooSmall):
        await service.use_note(uow, ana, "CN-1", BILL, order, 3001, ORDER)
    await service.use_note(uow, ana, "CN-1", BILL, order, 2000, ORDER)
    await service.give_back(uow, "CN-1", order, document=Document(kind="return", id="R1"), amount_minor=500)
    assert ((await service.holding(uow, ana, "CN-1")).left_minor, await owed(uow, ana)) == (1500, 1500)
    await service.give_back(uow, "CN-1", order, document=ORDER)
    assert ((await service.holding(uow, ana, "CN-1")).left_minor, await owed(uow, ana)) == (3000, 3000)
    assert await service.verify(uow) == []
    withdrawn = await service.withdraw(uow, "cn-1")
    assert (withdrawn.state, await owed(uow, ana)) == (HoldingState.WITHDRAWN, 0)
    assert await service.withdraw(uow, "cn-1") == withdrawn
    assert await service.verify(uow) == []


async def test_a_document_is_its_persons_and_its_code_is_taken_once(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await service.give_coupon(uow, COUPON)
    with pytest.raises(HoldingTaken):
        await service.give_credit_note(uow, NOTE.model_copy(update={"number": "TEN"}))
    with pytest.raises(HoldingUnknown):
        await service.usable(uow, people["Ben"], "TEN", HoldingKind.COUPON, BILL)
    with pytest.raises(HoldingUnknown):
        await service.usable(uow, people["Ana"], "TEN", HoldingKind.CREDIT_NOTE, BILL)
    assert [one.code for one in (await service.holdings(uow, people["Ana"])).items] == ["TEN"]
    assert (await service.holdings(uow, people["Ben"])).items == ()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"percent": None}, "body.percent"),
        ({"amount_minor": 5, "currency": "EUR"}, "body.percent"),
        ({"order_least_minor": 5}, "body.currency"),
        ({"valid_from": "2026-11-03", "valid_until": "2026-11-02"}, "body.valid_until"),
    ],
)
async def test_a_coupon_that_contradicts_itself_is_refused(
    uow: UnitOfWork, people: dict[str, PersonId], changes: dict[str, object], place: str
) -> None:
    with pytest.raises(RequestInvalid) as refused:
        await service.give_coupon(uow, NewCoupon.model_validate(COUPON.model_dump() | changes))
    assert refused.value.facts["places"] == [place]
