"""Returns that come in bulk count and give back what those do that are taken one by one."""

import pytest
from sqlalchemy import text

from core.checkout.job import settle_returns
from core.checkout.service import settle_return
from core.db.database import Database
from core.kernel.ids import PersonId
from core.ledger.model import Purpose
from core.live.service import Live
from core.orders import service as orders
from core.orders.model import Order
from core.points.job import Swept, sweep
from tests.core.checkout.shop import NOW, by, found, money, new, require_sound, stars, take, told
from tests.core.exchange.conftest import Importing
from tests.core.exchange.test_people import notices

HEAD = "order_id,person_id,date,sku,qty,unit_price,kind,returns_order_id\n"


@pytest.fixture
async def ana(database: Database) -> PersonId:
    """She paid three blenders by 1000 points, a credit note and credit: 80.00 are left after the points."""
    async with database.begin() as uow:
        people = await found(uow)
        payments = by("points 1000", "credit_note CN1", "credit")
        sale = await take(uow, Live(database), new(basket="BLENDER 3", payments=payments, paid_on=NOW))
        assert told(sale.payments) == [
            "points 1000 4000 0",
            "credit_note 1500 1500 0",
            "credit 3000 3000 0",
            "money 3500 3500 0",
        ]
        assert (await stars(uow, people["Ana"]), await money(uow, people["Ana"])) == (1000 + 80 + 7, 0)
        await uow.commit()
    return people["Ana"]


def returned(*ids: str, pieces: int = 1, sale: str = "O1") -> str:
    return HEAD + "".join(f"{one},Ana,2026-11-22 13:00:00,BLENDER,{pieces},40,return,{sale}\n" for one in ids)


async def shown(database: Database, order_id: str) -> Order:
    async with database.read() as questions:
        return await orders.order(questions, order_id)


async def has(database: Database, person: PersonId) -> tuple[int, int]:
    """Her points and her credit; the books are sound."""
    async with database.begin() as uow:
        await require_sound(uow)
        return await stars(uow, person), await money(uow, person)


async def test_imported_returns_count_what_was_paid_and_give_it_back(
    database: Database, ana: PersonId, importing: Importing
) -> None:
    assert (await importing("orders", returned("R1", "R2", "R3", "R4"))).added == 4
    back = [await shown(database, f"R{number}") for number in (1, 2, 3, 4)]
    assert [one.amount_minor for one in back] == [-2667, -2666, -2667, 0]
    assert sum(one.cv for one in back) == -(await shown(database, "O1")).cv
    assert await settle_returns(database) == 4
    assert told((await shown(database, "O1")).payments) == [
        "points 1000 4000 1000",
        "credit_note 1500 1500 1500",
        "credit 3000 3000 3000",
        "money 3500 3500 0",
    ]
    assert await sweep(database) == Swept(orders=4, points=87)
    assert await has(database, ana) == (2000, 3000)
    assert (await settle_returns(database), await sweep(database)) == (0, Swept())


async def test_settling_goes_on_where_it_was_stopped(database: Database, ana: PersonId, importing: Importing) -> None:
    await importing("orders", returned("R1", "R2"))
    async with database.begin() as uow:  # killed before the commit: as if it had never been
        [(first, order_id), _] = await orders.returns_due(uow, 0, 10)
        assert await settle_return(uow, first, order_id)
    assert await settle_returns(database, iter((False, True)).__next__) == 1
    assert await has(database, ana) == (1087 + 333, 999)
    async with database.begin() as uow:
        assert not await settle_return(uow, first, order_id)
    assert await settle_returns(database) == 1
    assert await has(database, ana) == (1087 + 666, 1999)


async def test_a_return_taken_meanwhile_and_an_imported_one_share_what_is_left(
    database: Database, ana: PersonId, importing: Importing
) -> None:
    await importing("orders", returned("R1", pieces=2))
    async with database.begin() as uow:
        await take(uow, Live(database), new("R2", "BLENDER 2", kind="return", returns_order_id="O1"))
        await uow.commit()
    assert [(await shown(database, one)).amount_minor for one in ("R1", "R2")] == [-5333, -2667]
    assert await settle_returns(database) == 1
    await sweep(database)
    assert await has(database, ana) == (2000, 3000)


async def test_more_than_was_sold_or_what_was_cancelled_counts_nothing(
    database: Database, ana: PersonId, importing: Importing
) -> None:
    async with database.begin() as uow:
        await take(uow, Live(database), new("O2", "TEA 2", paid_on=NOW))
        await take(uow, Live(database), new("R0", "TEA 1", kind="return", returns_order_id="O2"))
        await uow.connection.execute(text("UPDATE customer_order SET state = 'cancelled' WHERE order_id = 'O1'"))
        await uow.commit()
    tea = returned("R2", pieces=5, sale="O2").replace("BLENDER", "TEA").replace(",40,", ",10,")
    await importing("orders", tea + returned("R1").removeprefix(HEAD))
    assert [(await shown(database, one)).amount_minor for one in ("R0", "R1", "R2")] == [-1000, 0, -1000]


async def test_an_imported_return_names_its_own_sale_of_the_same_file(
    database: Database, ana: PersonId, importing: Importing
) -> None:
    sale = HEAD + "S1,Ana,2026-11-22 10:00:00,BOOK,1,20,sale,\n"
    await importing("orders", sale + "R1,Ana,2026-11-22 11:00:00,BOOK,1,20,return,S1\n")
    assert (await settle_returns(database), (await sweep(database)).points) == (0, 2 * 27)
    assert await has(database, ana) == (1087, 0)
    async with database.read() as questions:
        assert await money(questions, ana, Purpose.COMMISSIONS_PAYABLE) == 0


async def test_returns_of_one_file_count_up_to_their_sale_as_those_of_two_do(
    database: Database, ana: PersonId, importing: Importing
) -> None:
    sales = "".join(f"S{number},Ana,2026-11-22 10:00:00,BOOK,1,20,sale,\n" for number in (1, 2))
    back = [f"R{n}{m},Ana,2026-11-22 1{m}:00:00,BOOK,1,12,return,S{n}\n" for n in (1, 2) for m in (3, 2)]
    done = await importing("orders", HEAD + sales + "".join(back[:2]))
    assert ("import_return_too_much", ["4"]) in notices(done)
    assert [(await shown(database, one)).amount_minor for one in ("R12", "R13")] == [-1200, -800]
    await importing("orders", HEAD + back[3])
    assert ("import_return_too_much", ["2"]) in notices(await importing("orders", HEAD + back[2]))
    assert [(await shown(database, one)).amount_minor for one in ("R22", "R23")] == [-1200, -800]
