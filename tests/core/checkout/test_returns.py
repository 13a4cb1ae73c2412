"""Goods that come back: however they do, never more than was sold, paid and counted."""

import pytest

from core.checkout import service
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.service import Live
from core.orders.model import Order, VolumeChanged
from tests.core.checkout.shop import NOW, by, found, new, refusal, require_sound, stars, take


@pytest.fixture
async def people(uow: UnitOfWork) -> dict[str, PersonId]:
    return await found(uow)


@pytest.fixture
def live(database: Database) -> Live:
    return Live(database)


async def back(uow: UnitOfWork, live: Live, order_id: str, basket: str, sale: str = "O1", **more: object) -> Order:
    return await take(uow, live, new(order_id, basket, kind="return", returns_order_id=sale, **more))


def counted(uow: UnitOfWork) -> tuple[int, int, int]:
    """CV, QV and points of everything that was announced."""
    events = [event for event in uow.emitted if isinstance(event, VolumeChanged)]
    return sum(one.cv for one in events), sum(one.qv for one in events), sum(one.points for one in events)


async def test_parts_that_come_back_one_by_one_make_up_the_sale_to_the_last_cent(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    sale = await take(uow, live, new(basket="BLENDER 3, TEA 2", payments=by("points 1001"), paid_on=NOW))
    parts = ["BLENDER 1", "TEA 1", "BLENDER 1", "TEA 1, BLENDER 1"]
    returns = [await back(uow, live, f"R{place}", basket) for place, basket in enumerate(parts)]
    assert sum(one.amount_minor for one in returns) == -sale.amount_minor
    assert counted(uow) == (0, 0, 0)
    await require_sound(uow)


@pytest.mark.parametrize("payments", [[], by("points 1000")])
async def test_what_came_back_before_counts_nothing_when_it_comes_back_again(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId], payments: list[dict[str, object]]
) -> None:
    sale = await take(uow, live, new(basket="BLENDER 2", payments=payments, paid_on=NOW))
    first = await back(uow, live, "R1", "BLENDER 1")
    rest = await back(uow, live, "R2", "BLENDER 5")
    assert first.amount_minor + rest.amount_minor == -sale.amount_minor
    assert (await back(uow, live, "R3", "BLENDER 1")).amount_minor == 0
    assert await back(uow, live, "R2", "BLENDER 5") == rest
    assert counted(uow) == (0, 0, 0)
    await require_sound(uow)


async def test_goods_of_a_cancelled_order_count_nothing_when_they_come_back(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    await take(uow, live, new(basket="BLENDER 1", paid_on=NOW))
    await service.cancel_order(uow, "O1")
    assert (await back(uow, live, "R1", "BLENDER 1")).amount_minor == 0
    assert (counted(uow), await stars(uow, people["Ana"])) == ((0, 0, 0), 2000)


async def test_a_product_on_two_lines_comes_back_as_one(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    sale = await take(uow, live, new(basket="BLENDER 1, BLENDER 2", payments=by("points 1500"), paid_on=NOW))
    returned = await back(uow, live, "R1", "BLENDER 2, BLENDER 1")
    assert (returned.amount_minor, returned.points_paid) == (-sale.amount_minor, -1500)
    assert (counted(uow), await stars(uow, people["Ana"])) == ((0, 0, 0), 2000)


async def test_a_return_of_a_return_takes_away_and_adds_nothing(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    await take(uow, live, new(basket="BLENDER 1", payments=by("points 500"), paid_on=NOW))
    await back(uow, live, "R1", "BLENDER 1")
    assert (await back(uow, live, "R2", "BLENDER 1", sale="R1")).amount_minor < 0


async def test_a_return_that_names_somebody_elses_sale_takes_nothing_from_her(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    await take(uow, live, new(basket="BLENDER 1", paid_on=NOW))
    await back(uow, live, "R1", "BLENDER 1", person="Ben")
    assert (await stars(uow, people["Ana"]), await stars(uow, people["Ben"])) == (2047, 0)
    await back(uow, live, "R2", "BLENDER 1")
    assert await stars(uow, people["Ana"]) == 2000
    await require_sound(uow)


async def test_what_nobody_paid_for_is_cancelled_and_not_returned(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    await take(uow, live, new(basket="BLENDER 2", payments=by("points 500")))
    assert await refusal(back(uow, live, "R1", "BLENDER 1")) == "request_invalid"
    await service.cancel_order(uow, "O1")
    assert (counted(uow), await stars(uow, people["Ana"])) == ((0, 0, 0), 2000)
