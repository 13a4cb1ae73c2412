"""The inbox: stored once, handed out in order, to one holder at a time, until done."""

from datetime import timedelta

from core.db.unit_of_work import UnitOfWork
from core.messaging import service
from core.messaging.model import Incoming, SentStep, Shown, StoredFile
from tests.core.messaging.desk import BOT, LATER, NOW, ask, ids, update


async def test_a_stored_update_is_handed_out_in_the_same_call(uow: UnitOfWork) -> None:
    claims = await ask(uow, "a", updates=[update(1)])
    assert ids(claims) == [1]
    assert claims.updates[0].body == {"update_id": 1}
    assert claims.updates[0].attempt == 1


async def test_an_update_that_comes_twice_is_one(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    await ask(uow, "a", done=[1])
    assert ids(await ask(uow, "a", updates=[update(1)])) == []


async def test_another_update_under_a_known_number_is_new(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    await ask(uow, "a", sent=[SentStep(update_id=1, step="1", chat_id=1, message_id=50)], done=[1])
    other = Incoming(update_id=1, chat_id=1, body={"update_id": 1, "message": "another"})
    [claimed] = (await ask(uow, "a", updates=[other])).updates
    assert (claimed.body, claimed.sent) == (other.body, ())


async def test_all_that_waits_in_a_chat_comes_in_order(uow: UnitOfWork) -> None:
    assert ids(await ask(uow, "a", updates=[update(3), update(1), update(2)])) == [1, 2, 3]


async def test_what_is_in_hand_is_not_handed_out_again(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    assert ids(await ask(uow, "a", updates=[update(2)], holding=[1])) == [2]


async def test_a_lost_answer_is_healed_by_asking_again(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    assert ids(await ask(uow, "a")) == [1]


async def test_a_chat_in_work_is_closed_to_others(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    assert ids(await ask(uow, "b", updates=[update(2), update(9, chat_id=2)])) == [9]


async def test_the_holder_gets_what_another_stored_meanwhile(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    await ask(uow, "b", updates=[update(2)])
    assert ids(await ask(uow, "a", done=[1])) == [2]


async def test_a_chat_with_nothing_left_is_free(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    await ask(uow, "a", done=[1])
    assert ids(await ask(uow, "b", updates=[update(2)])) == [2]


async def test_a_killed_holders_chat_is_taken_over_when_its_lease_ends(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    assert ids(await ask(uow, "b")) == []
    taken = await ask(uow, "b", now=LATER)
    assert ids(taken) == [1]
    assert taken.updates[0].attempt == 2


async def test_a_renewed_lease_keeps_others_out(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    await ask(uow, "a", holding=[1], now=NOW + service.CHAT_LEASE)
    assert ids(await ask(uow, "b", now=LATER)) == []


async def test_who_lost_a_chat_is_told_so(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    await ask(uow, "b", now=LATER)
    assert (await ask(uow, "a", holding=[1], now=LATER)).lost == (1,)


async def test_an_expired_lease_that_nobody_took_is_renewed(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    assert (await ask(uow, "a", holding=[1], now=LATER)).lost == ()
    assert ids(await ask(uow, "b", now=LATER)) == []


async def test_answers_given_come_with_an_update_that_is_handed_out_again(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    step = SentStep(update_id=1, step="1", chat_id=1, message_id=50, shown="x")
    await ask(uow, "a", sent=[step], holding=[1])
    [again] = (await ask(uow, "b", now=LATER)).updates
    assert again.sent == (step,)


async def test_the_latest_fingerprint_of_a_message_is_known(uow: UnitOfWork) -> None:
    for number, fingerprint in enumerate(["old", "new"], start=1):
        step = SentStep(update_id=number, step="1", chat_id=1, message_id=50, shown=fingerprint)
        await ask(uow, "a", sent=[step], now=NOW + timedelta(seconds=number))
    assert (await service.shown(uow, BOT, 1, 50)).shown == "new"
    assert (await service.shown(uow, BOT, 2, 50)).shown is None


async def test_an_update_that_kills_everybody_is_given_up(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    for attempt in range(service.ATTEMPTS_MAX):
        await ask(uow, f"p{attempt}", now=NOW + (attempt + 1) * 2 * service.CHAT_LEASE)
    assert ids(await ask(uow, "z", now=NOW + timedelta(days=1))) == []


async def test_no_more_chats_than_wished_are_taken_oldest_first(uow: UnitOfWork) -> None:
    updates = [update(number, chat_id=9 - number) for number in range(1, 6)]
    assert ids(await ask(uow, "a", updates=updates, chats_max=2)) == [1, 2]
    assert ids(await ask(uow, "b", chats_max=2)) == [3, 4]


async def test_storing_alone_takes_no_work(uow: UnitOfWork) -> None:
    assert ids(await ask(uow, "a", updates=[update(1)], chats_max=0)) == []
    assert ids(await ask(uow, "b")) == [1]


async def test_two_bots_do_not_see_each_others_updates(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    assert ids(await ask(uow, "b", bot=8, updates=[update(1)])) == [1]


async def test_a_week_after_it_was_done_an_update_is_forgotten(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1), update(2, chat_id=2)])
    await ask(uow, "a", done=[1], holding=[2])
    assert await service.tidy(uow, NOW + service.KEPT) == 0
    assert await service.tidy(uow, NOW + service.KEPT + timedelta(seconds=1)) == 1
    assert ids(await ask(uow, "b", now=LATER)) == [2]


def answer(update_id: int, message: int, about: str | None, shown: str = ".x") -> SentStep:
    return SentStep(update_id=update_id, step="1", chat_id=1, message_id=message, shown=shown, about=about)


async def test_what_a_message_is_about_holds_until_it_is_told_otherwise(uow: UnitOfWork) -> None:
    await ask(uow, "a", updates=[update(1)])
    await ask(uow, "a", sent=[answer(1, 50, "ticket:7")], done=[1])
    assert await service.shown(uow, BOT, 1, 50) == Shown(shown=".x", about="ticket:7")
    await ask(uow, "a", sent=[answer(2, 50, None, ".buttons")], now=LATER)
    assert await service.shown(uow, BOT, 1, 50) == Shown(shown=".buttons", about="ticket:7")
    await ask(uow, "a", sent=[answer(3, 50, "", ".menu")], now=LATER + timedelta(seconds=1))
    assert await service.shown(uow, BOT, 1, 50) == Shown(shown=".menu", about="")
    assert await service.shown(uow, BOT, 2, 50) == Shown(shown=None)


async def test_for_ninety_days_a_reply_finds_what_it_is_about(uow: UnitOfWork) -> None:
    await ask(uow, "a", sent=[answer(1, 50, "ticket:7"), answer(2, 51, None)])
    await service.tidy(uow, NOW + service.ABOUT_KEPT)
    assert (await service.shown(uow, BOT, 1, 50)).about == "ticket:7"
    assert (await service.shown(uow, BOT, 1, 51)).shown is None
    await service.tidy(uow, NOW + service.ABOUT_KEPT + timedelta(seconds=1))
    assert (await service.shown(uow, BOT, 1, 50)).about is None


async def test_a_file_uploaded_once_is_known_to_its_bot_alone(uow: UnitOfWork) -> None:
    await ask(uow, "a", files=[StoredFile(key="gauges:1", file_id="AgAC")])
    assert (await service.file_id(uow, BOT, "gauges:1")).file_id == "AgAC"
    assert (await service.file_id(uow, 8, "gauges:1")).file_id is None
