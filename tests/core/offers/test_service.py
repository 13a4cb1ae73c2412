import asyncio
from datetime import timedelta

import pytest

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.kernel.words import Model
from core.offers import service
from core.offers.model import OfferChanged, OfferGone
from tests.support.clock import StillClock
from tests.support.planting import plant

KIND = "test.kind"


class Wish(Model):
    amount: int


class Effect(Model):
    offer: str = ""
    amount: int
    left: int


WISH, EFFECT = Wish(amount=3), Effect(amount=3, left=7)


async def test_an_offer_keeps_wish_and_effect_and_its_id_fits_a_button(uow: UnitOfWork) -> None:
    ana = (await plant(uow, "Ana"))["Ana"]
    offer = await service.make(uow, ana, KIND, WISH, EFFECT)
    taken = await service.take(uow, ana, offer, KIND)
    assert len(offer) == 22
    assert (taken.wished(Wish), taken.done(Effect)) == (WISH, None)
    taken.require_same(EFFECT.model_copy(update={"offer": offer}))
    with pytest.raises(OfferChanged):
        taken.require_same(Effect(amount=3, left=6))


async def test_an_offer_that_is_done_answers_again_also_after_its_time(database: Database, clock: StillClock) -> None:
    async with database.begin() as uow:
        ana = (await plant(uow, "Ana"))["Ana"]
        offer = await service.make(uow, ana, KIND, WISH, EFFECT)
        await service.done(uow, await service.take(uow, ana, offer, KIND), EFFECT)
        await uow.commit()
    clock.advance(timedelta(days=1))
    async with database.begin() as uow:
        assert (await service.take(uow, ana, offer, KIND)).done(Effect) == EFFECT


async def test_an_offer_is_its_persons_its_kinds_and_its_times(database: Database, clock: StillClock) -> None:
    async with database.begin() as uow:
        people = await plant(uow, "Ana\n  Ben")
        offer = await service.make(uow, people["Ana"], KIND, WISH, EFFECT)
        for person, asked, kind in (
            (people["Ben"], offer, KIND),
            (people["Ana"], offer, "test.other"),
            (people["Ana"], "never made", KIND),
        ):
            with pytest.raises(OfferGone):
                await service.take(uow, person, asked, kind)
        await uow.commit()
    clock.advance(service.LIFE)
    async with database.begin() as uow:
        with pytest.raises(OfferGone):
            await service.take(uow, people["Ana"], offer, KIND)


async def test_two_who_take_one_offer_at_once_do_it_once(database: Database) -> None:
    async with database.begin() as uow:
        ana = (await plant(uow, "Ana"))["Ana"]
        offer = await service.make(uow, ana, KIND, WISH, EFFECT)
        await uow.commit()
    assert sorted(await asyncio.gather(*(tap(database, ana, offer) for _ in range(4)))) == ["again"] * 3 + ["done"]


async def tap(database: Database, person: PersonId, offer: str) -> str:
    async with database.begin() as uow:
        taken = await service.take(uow, person, offer, KIND)
        if taken.done(Effect) is not None:
            return "again"
        await service.done(uow, taken, EFFECT)
        await uow.commit()
    return "done"


async def test_old_offers_are_forgotten(uow: UnitOfWork) -> None:
    ana = (await plant(uow, "Ana"))["Ana"]
    offer = await service.make(uow, ana, KIND, WISH, EFFECT)
    await service.forget_before(uow, uow.now)
    await service.take(uow, ana, offer, KIND)
    await service.forget_before(uow, uow.now + timedelta(microseconds=1))
    with pytest.raises(OfferGone):
        await service.take(uow, ana, offer, KIND)
