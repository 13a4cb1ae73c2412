"""Two processes of the operating system tap at the same moment."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
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
Process = subprocess.Popen[str]
Taps = list[tuple[PersonId, str]]


@dataclass(frozen=True, slots=True)
class Phone:
    """A process that taps, in one database."""

    process: Process
    url: str

    async def tap(self, taps: Taps) -> list[str]:
        """Tap all of these at the same time; an order's id or a refusal's code for each."""
        say(self.process, json.dumps([self.url, taps]))
        outcomes: list[str] = json.loads(await asyncio.wait_for(asyncio.to_thread(line, self.process), ANSWER_WITHIN_S))
        return outcomes


def say(process: Process, text: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{text}\n")
    process.stdin.flush()


def line(process: Process) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.fixture(scope="module")
def tapping() -> Iterator[list[Process]]:
    """Two processes for every database: to start one takes longer than all its taps."""
    words = (sys.executable, "-m", "tests.support.tapping", NOW.isoformat())
    started = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [line(process) for process in started] == ["ready\n"] * 2
    yield started
    for process in started:
        process.communicate()
        assert process.returncode == 0


@pytest.fixture
def phones(tapping: list[Process], database_url: str) -> list[Phone]:
    return [Phone(process, database_url) for process in tapping]


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
