"""Leases by name, and what the bot keeps of a chat."""

from datetime import timedelta

from core.db.unit_of_work import UnitOfWork
from core.messaging import service
from core.messaging.model import ChatState, Lease, LeaseWish
from tests.core.messaging.desk import NOW


async def wish(uow: UnitOfWork, holder: str, *, after_s: float = 0, seconds: float = 10) -> Lease:
    return await service.lease(
        uow, "poller", LeaseWish(holder=holder, seconds=seconds), NOW + timedelta(seconds=after_s)
    )


async def test_one_holds_it_and_the_other_stands_by(uow: UnitOfWork) -> None:
    assert (await wish(uow, "a")).held
    standing_by = await wish(uow, "b", after_s=5)
    assert (standing_by.held, standing_by.holder) == (False, "a")


async def test_a_new_holder_has_a_higher_fence(uow: UnitOfWork) -> None:
    before = await wish(uow, "a")
    assert (await wish(uow, "a", after_s=5)).fence == before.fence
    assert (await wish(uow, "b", after_s=16)).fence == before.fence + 1


async def test_a_lease_that_is_given_back_is_free_at_once(uow: UnitOfWork) -> None:
    await wish(uow, "a")
    await wish(uow, "a", after_s=1, seconds=0.001)
    assert (await wish(uow, "b", after_s=1.1)).held


async def test_a_chats_state_is_kept_and_replaced(uow: UnitOfWork) -> None:
    assert (await service.chat_state(uow, 5)).state == {}
    await service.keep_chat_state(uow, 5, ChatState(state={"language": "es"}))
    await service.keep_chat_state(uow, 5, ChatState(state={"language": "de"}))
    assert (await service.chat_state(uow, 5)).state == {"language": "de"}
