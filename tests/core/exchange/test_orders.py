from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text

from core.db.database import Database
from core.exchange.model import Outcome
from core.orders import service as orders
from core.orders.model import Means, NewOrder, NewPart, OrderCard, OrderKind, OrderState
from core.people import service as people
from core.plan import service as plans
from core.plan.reading import example
from tests.core.exchange.conftest import Importing
from tests.core.exchange.test_people import faults, notices

PEOPLE = """
    id,sponsor_id,joined_on,country,language,name
    D1,,2026-01-05,GB,en,Ana
    D2,D1,2026-01-05,GB,en,Ben
"""
PRODUCTS = """
    sku,name,price,currency,cv,qv,points
    TEA,Tea,12.50,EUR,,,3
    CUP,Cup,4,EUR,2,5,
    HAT,Hat,10,USD,,,
    POST,Postage,3,EUR,0,0,
"""
HEAD = "order_id,person_id,date,sku,qty,unit_price,kind"
ORDERS = f"""
    {HEAD}
    O1,D1,2026-11-03 10:00:00,TEA,2,12.5000,sale
    O1,D1,2026-11-03 09:58:00,CUP,1,4.00,sale
    O1,D1,2026-11-03 10:00:00,TEA,2,12.5000,sale
    O2,D2,2026-11-04,HAT,3,0.0851,sale
    R1,D1,2026-11-05,TEA,1,12.50,return
    O3,D2,2026-11-05,POST,1,0,sale
"""
RATES = "date,from,to,rate\n2026-11-01,USD,EUR,0.9\n"

Company = Callable[..., Awaitable[Outcome]]


@pytest.fixture
async def company(database: Database, importing: Importing) -> Importing:
    """People, products and rates are there; `await company("orders", …)` imports more."""
    async with database.begin() as uow:
        await plans.activate(uow, example("demo"))
        await uow.commit()
    for kind, file in (("people", PEOPLE), ("products", PRODUCTS), ("rates", RATES)):
        assert (await importing(kind, file)).added > 0
    return importing


async def cards(database: Database, code: str) -> list[OrderCard]:
    async with database.read() as uow:
        person = await people.person_id(uow, code)
        return (await orders.orders_of(uow, person, cursor=None, limit=10)).items


async def test_orders_come_in_with_their_figures(database: Database, company: Importing) -> None:
    outcome = await company("orders", ORDERS)
    assert (outcome.lines, outcome.added, outcome.blocked) == (6, 4, False)
    returned, bought = await cards(database, "D1")
    assert (bought.order_id, bought.ordered_at, bought.state) == (
        "O1",
        datetime(2026, 11, 3, 8, 58, tzinfo=UTC),
        OrderState.PAID,
    )
    assert (bought.amount_minor, bought.cv, bought.qv, bought.line_count) == (5400, 520000, 550000, 3)
    assert (returned.kind, returned.amount_minor, returned.qv) == (OrderKind.RETURN, -1250, -125000)
    _postage, hats = await cards(database, "D2")
    assert (hats.amount_minor, hats.currency, hats.qv) == (26, "USD", 2298)  # 3 x 0.0851 x 0.9 = 0.22977
    async with database.read() as uow:
        assert [line.unit_price for line in (await orders.order(uow, "O2")).lines] == [Decimal("0.0851")]


async def test_what_is_odd_comes_in_with_a_word(company: Importing) -> None:
    assert notices(await company("orders", ORDERS)) == [
        ("import_two_dates", ["2", "4"]),
        ("import_equal_lines", ["4"]),
        ("import_return_without_sale", ["6"]),
        ("import_service_item", ["7"]),
        ("import_price_zero", ["7"]),
    ]


async def test_the_same_file_twice_changes_nothing(database: Database, company: Importing) -> None:
    await company("orders", ORDERS)
    before = await cards(database, "D1")
    again = await company("orders", ORDERS)
    assert (again.added, again.changed, again.unchanged, again.blocked) == (0, 0, 4, False)
    assert await cards(database, "D1") == before
    async with database.read() as uow:
        for table in ("staged_order", "staged_line"):
            left = await uow.connection.execute(text(f"SELECT count(*) FROM {table}"))
            assert left.scalar_one() == 0


async def test_lines_may_come_in_another_order(company: Importing) -> None:
    await company("orders", ORDERS)
    first, *lines = [line for line in ORDERS.splitlines() if line.strip()]
    again = await company("orders", "\n".join([first, *reversed(lines)]))
    assert (again.added, again.unchanged, again.blocked) == (0, 4, False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("O2,D2,", "O2,D1,"),
        ("2026-11-04", "2026-11-06"),
        ("HAT,3", "HAT,4"),
        ("0.0851", "0.0852"),
        ("0.0851,sale", "0.0851,return"),
        ("HAT,3,0.0851,sale", "HAT,3,0.0851,sale\nO2,D2,2026-11-04,HAT,3,0.0851,sale"),
    ],
)
async def test_a_known_order_with_other_content_blocks_the_file(company: Importing, before: str, after: str) -> None:
    await company("orders", ORDERS)
    changed = "\n".join(line.strip() for line in ORDERS.strip().splitlines()).replace(before, after)
    assert faults(await company("orders", changed)) == [("import_order_differs", 5, "order_id")]


async def test_all_faults_are_told_at_once(database: Database, company: Importing) -> None:
    outcome = await company(
        "orders",
        f"""
        {HEAD},cv,paid_on
        O1,D9,2026-02-30,TEE,0,1.1234567,gift,x,soon
        O2,D1,2026-11-03,TEA,1,1,sale,,
        O2,D2,2026-11-03,HAT,1,1,return,,
        O3,D1,2026-10-31,HAT,1,1,sale,,
        ,D1,2026-10-31,TEA,1,,sale,,
        """,
    )
    assert sorted(faults(outcome), key=str) == sorted(
        [
            ("import_person_unknown", 2, "person_id"),
            ("import_time_wrong", 2, "date"),
            ("import_product_unknown", 2, "sku"),
            ("import_quantity_wrong", 2, "qty"),
            ("import_price_wrong", 2, "unit_price"),
            ("import_kind_wrong", 2, "kind"),
            ("import_volume_wrong", 2, "cv"),
            ("import_time_wrong", 2, "paid_on"),
            ("import_order_people", 4, "person_id"),
            ("import_order_kinds", 4, "kind"),
            ("import_order_currencies", 4, "currency"),
            ("import_order_id_unfit", 6, "order_id"),
            ("import_price_wrong", 6, "unit_price"),
        ],
        key=str,
    )
    assert next(one for one in outcome.problems if one.code == "import_product_unknown").facts["nearest"] == ["TEA"]
    assert await cards(database, "D1") == []


async def test_a_missing_rate_is_a_fault_told_once_with_its_first_day(company: Importing) -> None:
    outcome = await company(
        "orders",
        f"{HEAD}\nO1,D1,2026-10-31,HAT,1,1,sale\nO2,D1,2026-10-30,HAT,1,1,sale\nO3,D1,2026-11-01,HAT,1,1,sale\n",
    )
    [fault] = outcome.problems
    assert (fault.code, fault.line, fault.facts["date"], fault.facts["count"]) == (
        "import_rate_missing",
        2,
        "2026-10-30",
        2,
    )


async def test_a_line_beyond_all_measure_is_a_fault(database: Database, company: Importing) -> None:
    """One such line fits into 64 bits, and two of them add up to a number below zero there."""
    line = "O1,D1,2026-11-03,TEA,500,999999999999,sale"
    outcome = await company("orders", f"{HEAD}\n{line}\n{line}\nO2,D1,2026-11-03,TEA,1,12,sale\n")
    assert faults(outcome) == [("import_price_wrong", 2, "unit_price"), ("import_price_wrong", 3, "unit_price")]
    assert await cards(database, "D1") == []


async def test_volume_of_the_line_goes_before_the_catalogue_and_needs_no_rate(
    database: Database, company: Importing
) -> None:
    await company("orders", f"{HEAD},cv,qv\nO1,D1,2026-10-01,HAT,2,1,sale,0.5,7\nO2,D1,2026-10-02,CUP,2,1,sale,,7\n")
    second, first = await cards(database, "D1")
    assert (first.cv, first.qv, second.cv, second.qv) == (10000, 140000, 40000, 140000)


async def test_payment_decides_whether_an_order_counts(database: Database, company: Importing) -> None:
    file = f"{HEAD},paid_on,returns_order_id\nO1,D1,2026-11-03,TEA,1,1,sale,,\nR1,D1,2026-11-04,TEA,1,1,return,,O1\n"
    assert notices(await company("orders", file)) == []
    returned, bought = await cards(database, "D1")
    assert (bought.state, bought.paid_at, returned.state) == (OrderState.OPEN, None, OrderState.PAID)
    paid = await company("orders", file.replace("sale,,", "sale,2026-11-09 08:00,"))
    assert (paid.added, paid.changed, paid.unchanged) == (0, 1, 1)
    _, bought = await cards(database, "D1")
    assert (bought.state, bought.paid_at) == (OrderState.PAID, datetime(2026, 11, 9, 7, tzinfo=UTC))


async def test_a_payment_in_a_file_pays_what_other_means_left_and_wakes_no_cancelled_order(
    database: Database, company: Importing
) -> None:
    unpaid = f"""
        {HEAD},paid_on
        O1,D1,2026-11-03,TEA,2,12.50,sale,
        O2,D1,2026-11-03,TEA,2,12.50,sale,
    """
    await company("orders", unpaid)
    async with database.begin() as uow:
        head = await orders.head_of(uow, "O1")
        await orders.add_payments(uow, head, [NewPart(means=Means.CREDIT, amount=500, value_minor=500)])
        await orders.undo(uow, await orders.head_of(uow, "O2", locked=True))
        await uow.commit()
    paid = unpaid.replace("sale,", "sale,2026-11-06")
    assert (await company("orders", paid)).changed == 1
    async with database.read() as questions:
        assert [one.value_minor for one in (await orders.order(questions, "O1")).payments] == [500, 2000]
        assert await orders.verify(questions) == []
        assert (await orders.order(questions, "O2")).state is OrderState.CANCELLED
    assert (await company("orders", paid)).changed == 0


async def test_a_return_of_a_sale_that_nobody_knows_is_worth_a_word(company: Importing) -> None:
    await company("orders", f"{HEAD}\nO1,D1,2026-11-03,TEA,1,1,sale\n")
    file = f"{HEAD},returns_order_id\nR1,D1,2026-11-04,TEA,1,1,return,O1\nR2,D1,2026-11-04,TEA,1,1,return,O9\n"
    assert notices(await company("orders", file)) == [("import_return_of_unknown_sale", ["3"])]


async def test_a_return_of_another_persons_sale_is_told_wherever_the_sale_is(company: Importing) -> None:
    await company("orders", f"{HEAD}\nO1,D1,2026-11-03,TEA,1,1,sale\n")
    file = f"""
        {HEAD},returns_order_id
        O2,D1,2026-11-03,TEA,1,1,sale,
        R1,D2,2026-11-04,TEA,1,1,return,O1
        R2,D2,2026-11-04,TEA,1,1,return,O2
        R3,D1,2026-11-04,TEA,1,1,return,O2
    """
    assert notices(await company("orders", file)) == [("import_return_of_another", ["3", "4"])]


async def test_an_imported_order_and_a_taken_one_have_the_same_figures(database: Database, company: Importing) -> None:
    await company("orders", f"{HEAD}\nO1,D1,2026-11-03 10:00:00,HAT,7,0.0851,sale\n")
    new = {
        "order_id": "O2",
        "person": "D1",
        "date": datetime(2026, 11, 3, 9, tzinfo=UTC),
        "paid_on": datetime(2026, 11, 3, 9, tzinfo=UTC),
        "lines": [{"sku": "HAT", "quantity": 7, "unit_price": Decimal("0.0851")}],
    }
    async with database.begin() as uow:
        await orders.record_order(uow, NewOrder.model_validate(new))
        await uow.commit()
    taken, imported = await cards(database, "D1")
    assert taken.model_copy(update={"order_id": "O1"}) == imported


async def test_without_a_plan_the_default_plan_comes_into_force_and_is_told(
    database: Database, importing: Importing
) -> None:
    await importing("people", PEOPLE)
    await importing("products", PRODUCTS)
    file = f"{HEAD}\nO1,D1,2026-11-03 10:00:00,TEA,2,12.5,sale\n"
    assert notices(await importing("orders", file, dry_run=True)) == [("import_default_plan", ["1"])]
    assert notices(await importing("orders", file)) == [("import_default_plan", ["1"])]
    async with database.read() as uow:
        plan = await plans.plan_in_force(uow, datetime(2026, 11, 3, tzinfo=UTC))
        assert plan.volume.currency == "EUR"
    [card] = await cards(database, "D1")
    assert card.qv == 250000


async def test_orders_count_by_the_plan_of_their_own_time(database: Database, company: Importing) -> None:
    later = example("demo").replace('version = "', 'version = "next-').replace('qv = "price"', 'qv = "zero"')
    assert later != example("demo")
    async with database.begin() as uow:
        await plans.activate(uow, later, date(2026, 12, 1))
        await uow.commit()
    await company("orders", f"{HEAD}\nO1,D1,2026-11-30,TEA,1,1,sale\nO2,D1,2026-12-01,TEA,1,1,sale\n")
    after, before = await cards(database, "D1")
    assert (before.qv, after.qv) == (10000, 0)
