"""Two processes of the operating system tap at the same moment."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from core.catalog import service as catalog
from core.checkout import service
from core.checkout.model import RedemptionWish
from core.db.database import Database
from core.kernel.ids import PersonId
from core.points import service as points
from core.points.model import Adjustment
from tests.core.checkout.shop import BLENDER, NOW, found, require_sound, stars, stock

ROUNDS = 3
ANSWER_WITHIN_S = 60.0
Taps = list[tuple[PersonId, str]]


@dataclass(frozen=True, slots=True)
class Phone:
    """A process that taps."""

    process: asyncio.subprocess.Process

    async def tap(self, taps: Taps) -> list[str]:
        """Tap all of these at the same time; an order's id or a refusal's code for each."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(taps).encode() + b"\n")
        outcomes: list[str] = json.loads(await self.line())
        return outcomes

    async def line(self) -> str:
        assert self.process.stdout is not None
        return (await asyncio.wait_for(self.process.stdout.readline(), ANSWER_WITHIN_S)).decode()


@pytest.fixture
async def phones(database: Database) -> AsyncIterator[list[Phone]]:
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.support.tapping",
            database.url.render_as_string(hide_password=False),
            NOW.isoformat(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    phones = [Phone(process) for process in started]
    assert [await phone.line() for phone in phones] == ["ready\n"] * 2
    yield phones
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
        assert await process.wait() == 0


async def offers(database: Database, *wishes: tuple[PersonId, RedemptionWish]) -> Taps:
    async with database.begin() as uow:
        made = [(person, (await service.offer_redemption(uow, person, wish)).offer) for person, wish in wishes]
        await uow.commit()
        return made


async def both(phones: list[Phone], *taps: Taps) -> list[str]:
    """What comes of taps on two phones at the same moment."""
    answers = await asyncio.gather(*(phone.tap(some) for phone, some in zip(phones, taps, strict=True)))
    return [outcome for answer in answers for outcome in answer]


@pytest.mark.processes
async def test_two_phones_at_once_redeem_once_and_overdraw_nothing(database: Database, phones: list[Phone]) -> None:
    async with database.begin() as uow:
        people = await found(uow)
        await catalog.record_products(uow, [BLENDER.model_copy(update={"stock": 2 * ROUNDS + 1})])
        await points.adjust(uow, Adjustment(person="Ben", amount=1000, reason="Welcome"))
        await uow.commit()
    ana, ben = people["Ana"], people["Ben"]
    one = RedemptionWish(sku="BLENDER")

    for _ in range(ROUNDS):  # the same offer on both phones, twice on each: one order, and everybody hears of it
        [(_, offer)] = await offers(database, (ana, one))
        outcomes = await both(phones, [(ana, offer)] * 2, [(ana, offer)] * 2)
        assert len(set(outcomes)) == 1 and outcomes[0].startswith("R")
        await cancel(database, outcomes[0])

    for _ in range(ROUNDS):  # two offers that are each affordable, but not both
        first, second = await offers(
            database, (ana, RedemptionWish(sku="BLENDER", quantity=2)), (ana, RedemptionWish(sku="BLENDER"))
        )
        outcomes = await both(phones, [first], [second])
        assert sorted(one.startswith("R") for one in outcomes) == [False, True], outcomes
        assert {"offer_changed", "points_too_few"} & set(outcomes)
        await cancel(database, next(one for one in outcomes if one.startswith("R")))

    async with database.begin() as uow:  # two people, one piece
        await catalog.take_stock(uow, {"BLENDER": 2 * ROUNDS})
        await uow.commit()
    taps = await offers(database, (ana, one), (ben, one))
    outcomes = await both(phones, taps[:1], taps[1:])
    assert sorted(one.startswith("R") for one in outcomes) == [False, True]
    assert "out_of_stock" in outcomes

    async with database.begin() as uow:
        assert (await stock(uow), await stars(uow, ana) + await stars(uow, ben)) == (0, 2000)
        await require_sound(uow)


async def cancel(database: Database, order_id: str) -> None:
    async with database.begin() as uow:
        await service.cancel_order(uow, order_id)
        await uow.commit()
