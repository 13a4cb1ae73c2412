from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.catalog import service as catalog
from core.catalog.model import Product, ProductUnknown, Rate, RateMissing
from core.db.unit_of_work import UnitOfWork
from core.http.model import CursorInvalid
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.orders import service
from core.orders.model import (
    CurrenciesMixed,
    Habit,
    Means,
    NewOrder,
    NewPart,
    OrderCancelled,
    OrderDiffers,
    OrderKind,
    OrderNotPaid,
    OrderPaid,
    OrderShipped,
    OrderState,
    OrderUnknown,
    VolumeChanged,
)
from core.people.model import PersonUnknown
from core.plan.model import Plan
from core.plan.reading import check, example
from tests.support.planting import plant

MORNING = datetime(2026, 11, 3, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan() -> Plan:
    read, _ = check(example("demo"))
    assert read is not None
    return read


@pytest.fixture
async def people(uow: UnitOfWork) -> dict[str, PersonId]:
    numbers = await plant(uow, "Ana\n  Ben")
    await catalog.record_products(
        uow,
        [
            Product(sku="TEA", name="Tea", price=Decimal("12.50"), currency="EUR", points=3, names={"es": "Té"}),
            Product(sku="CUP", name="Cup", price=Decimal(4), currency="EUR", cv=Decimal(2), qv=Decimal(5)),
            Product(sku="HAT", name="Hat", price=Decimal(10), currency="USD"),
        ],
    )
    await catalog.record_rates(uow, [Rate(since=date(2026, 11, 1), source="USD", target="EUR", rate=Decimal("0.9"))])
    uow.emitted.clear()
    return numbers


def new(order_id: str = "O1", basket: str = "TEA 2, CUP 1", **changes: object) -> NewOrder:
    values: dict[str, object] = {
        "order_id": order_id,
        "person": "Ana",
        "date": MORNING,
        "lines": [{"sku": line.split()[0], "quantity": int(line.split()[1])} for line in basket.split(", ")],
        "paid_on": MORNING,
    }
    return NewOrder.model_validate(values | changes)


async def test_a_paid_order_counts_by_catalogue_and_plan(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    order, is_new = await service.record_order(uow, new(), plan)
    assert is_new
    assert (order.amount_minor, order.cv, order.qv, order.currency) == (2900, 270000, 300000, "EUR")
    assert [(line.sku, line.product, line.amount_minor) for line in order.lines] == [
        ("TEA", {"en": "Tea", "es": "Té"}, 2500),
        ("CUP", {"en": "Cup"}, 400),
    ]
    assert uow.emitted == [
        VolumeChanged(
            person=people["Ana"], person_id=people["Ana"], at=MORNING, cv=270000, qv=300000, points=6, orders=1
        )
    ]


async def test_an_order_counts_when_it_is_paid_in_its_own_time(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    order, _ = await service.record_order(uow, new(paid_on=None), plan)
    assert (order.state, uow.emitted) == (OrderState.OPEN, [])
    paid = await service.pay_order(uow, "O1")
    assert (paid.state, paid.paid_at) == (OrderState.PAID, uow.now)
    await service.pay_order(uow, "O1", paid_on=MORNING)
    [event] = uow.emitted
    assert isinstance(event, VolumeChanged) and event.at == MORNING


async def test_a_return_takes_away_at_once(uow: UnitOfWork, people: dict[str, PersonId], plan: Plan) -> None:
    order, _ = await service.record_order(uow, new(kind="return", paid_on=None, basket="TEA 1"), plan)
    assert (order.kind, order.state, order.amount_minor, order.qv) == (
        OrderKind.RETURN,
        OrderState.PAID,
        -1250,
        -125000,
    )
    [event] = uow.emitted
    assert isinstance(event, VolumeChanged) and (event.qv, event.points, event.orders) == (-125000, -3, 0)


async def test_the_same_order_again_changes_nothing(uow: UnitOfWork, people: dict[str, PersonId], plan: Plan) -> None:
    first, _ = await service.record_order(uow, new(), plan)
    again, is_new = await service.record_order(uow, new(), plan)
    assert (again, is_new, len(uow.emitted)) == (first, False, 1)


async def test_the_same_order_with_its_payment_is_paid(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    await service.record_order(uow, new(paid_on=None), plan)
    order, is_new = await service.record_order(uow, new(), plan)
    assert (order.paid_at, is_new, len(uow.emitted)) == (MORNING, False, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "Ben"},
        {"date": MORNING + timedelta(seconds=1)},
        {"kind": "return"},
        {"returns_order_id": "O0"},
        {"lines": [{"sku": "TEA", "quantity": 2}]},
        {"lines": [{"sku": "TEA", "quantity": 3}, {"sku": "CUP", "quantity": 1}]},
        {"lines": [{"sku": "TEA", "quantity": 2, "unit_price": "12.4"}, {"sku": "CUP", "quantity": 1}]},
        {"lines": [{"sku": "TEA", "quantity": 2, "qv": "1"}, {"sku": "CUP", "quantity": 1}]},
    ],
)
async def test_an_order_id_has_one_content_for_ever(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan, changes: dict[str, Any]
) -> None:
    await service.record_order(uow, new(), plan)
    with pytest.raises(OrderDiffers):
        await service.record_order(uow, new(**changes), plan)


async def test_a_price_that_was_left_to_the_catalogue_may_change_later(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    first, _ = await service.record_order(uow, new(), plan)
    await catalog.record_products(
        uow, [Product(sku="TEA", name="Tea", price=Decimal(13), currency="EUR", points=3, names={"es": "Té"})]
    )
    assert await service.record_order(uow, new(), plan) == (first, False)


async def test_volume_by_price_is_converted_by_the_rate_of_its_day(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    order, _ = await service.record_order(uow, new(basket="HAT 3"), plan)
    assert (order.amount_minor, order.currency, order.qv) == (3000, "USD", 270000)
    with pytest.raises(RateMissing):
        await service.record_order(uow, new("O2", basket="HAT 1", date=datetime(2026, 10, 31, 22, tzinfo=UTC)), plan)


async def test_a_time_without_an_offset_is_company_time(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    order, _ = await service.record_order(uow, new(date=datetime(2026, 7, 1, 0, 30)), plan)  # noqa: DTZ001  # as files have it
    assert order.ordered_at == datetime(2026, 6, 30, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"person": "Nobody"}, PersonUnknown),
        ({"lines": [{"sku": "TEE", "quantity": 1}]}, ProductUnknown),
        ({"lines": [{"sku": "TEA", "quantity": 1}, {"sku": "HAT", "quantity": 1}]}, CurrenciesMixed),
    ],
)
async def test_what_cannot_be_an_order_is_refused(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan, changes: dict[str, Any], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        await service.record_order(uow, new(**changes), plan)
    with pytest.raises(OrderUnknown):
        await service.order(uow, "O1")


async def test_an_unknown_sku_is_told_with_those_that_look_like_it(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    with pytest.raises(ProductUnknown) as refused:
        await service.record_order(uow, new(basket="TEAA 1"), plan)
    assert refused.value.facts == {"sku": "TEAA", "nearest": ["TEA"]}


async def test_an_order_that_is_taken_back_never_counted(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    await service.record_order(uow, new(), plan)
    await service.undo(uow, await service.head_of(uow, "O1", locked=True))
    taken_back = await service.order(uow, "O1")
    assert (taken_back.state, taken_back.paid_at) == (OrderState.CANCELLED, None)
    volume = [one for one in uow.emitted if isinstance(one, VolumeChanged)]
    assert [(one.qv, one.points, one.orders) for one in volume] == [(300000, 6, 1), (-300000, -6, -1)]
    await service.undo(uow, await service.head_of(uow, "O1", locked=True))
    assert len([one for one in uow.emitted if isinstance(one, VolumeChanged)]) == 2
    with pytest.raises(OrderCancelled):
        await service.pay_order(uow, "O1")
    assert await service.habits(uow, [people["Ana"]]) == {}


async def test_a_paid_order_is_sent_and_arrives_and_can_then_only_be_returned(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    await service.record_order(uow, new(paid_on=None), plan)
    with pytest.raises(OrderNotPaid):
        await service.ship_order(uow, "O1")
    await service.pay_order(uow, "O1")
    sent = await service.ship_order(uow, "O1", "1Z999")
    assert (sent.state, sent.tracking) == (OrderState.SHIPPED, "1Z999")
    assert (await service.ship_order(uow, "O1")).tracking == "1Z999"
    with pytest.raises(OrderShipped):
        await service.undo(uow, await service.head_of(uow, "O1", locked=True))
    assert (await service.deliver_order(uow, "O1")).state is OrderState.DELIVERED
    await service.record_order(uow, new("O2", kind="return", paid_on=None), plan)
    with pytest.raises(OrderPaid):
        await service.undo(uow, await service.head_of(uow, "O2", locked=True))


async def test_an_order_of_somebody_else_is_as_good_as_unknown(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    await service.record_order(uow, new(), plan)
    assert (await service.order(uow, "O1", person=people["Ana"])).order_id == "O1"
    with pytest.raises(OrderUnknown):
        await service.order(uow, "O1", person=people["Ben"])


async def test_orders_are_listed_latest_first_page_by_page(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    for number, hours in enumerate([1, 5, 3, 5]):
        await service.record_order(uow, new(f"O{number}", date=MORNING + timedelta(hours=hours)), plan)
    first = await service.orders_of(uow, people["Ana"], cursor=None, limit=3)
    second = await service.orders_of(uow, people["Ana"], cursor=first.next, limit=3)
    assert [card.order_id for card in first.items] == ["O3", "O1", "O2"]
    assert ([card.order_id for card in second.items], second.next) == (["O0"], None)
    with pytest.raises(CursorInvalid):
        await service.orders_of(uow, people["Ana"], cursor="nonsense", limit=3)


async def test_the_usual_order_is_the_median_of_the_last_six_paid_sales(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    for number, quantity in enumerate([90, 1, 2, 3, 4, 5, 6]):
        await service.record_order(
            uow, new(f"O{number}", basket=f"CUP {quantity}", date=MORNING + timedelta(hours=number)), plan
        )
    later = MORNING + timedelta(days=1)
    await service.record_order(uow, new("R", basket="CUP 50", kind="return", date=later), plan)
    await service.record_order(uow, new("U", basket="CUP 50", paid_on=None, date=later), plan)
    everybody = list(people.values())
    assert await service.usual_order(uow, everybody) == {people["Ana"]: 175000}
    assert await service.habits(uow, everybody) == {people["Ana"]: Habit(175000, MORNING + timedelta(hours=6))}


async def test_payments_that_do_not_make_up_the_cost_are_found(
    uow: UnitOfWork, people: dict[str, PersonId], plan: Plan
) -> None:
    await service.record_order(uow, new(), plan)
    head = await service.head_of(uow, "O1")
    await service.add_payments(uow, head, [NewPart(means=Means.CREDIT, amount=2800, value_minor=2800)])
    [problem] = await service.verify(uow)
    assert (problem.code, problem.facts) == ("order_payments_differ", {"order": "O1", "cost": 2900, "paid": 2800})
    await service.add_payments(uow, head, [NewPart(means=Means.MONEY, amount=100, value_minor=100)])
    assert await service.verify(uow) == []
