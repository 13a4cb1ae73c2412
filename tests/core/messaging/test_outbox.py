"""The outbox: said once, in time, to whom it concerns, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.messaging.kinds import Priority, Topic
from core.messaging.model import Delivered, MessageUnknown, NotDelivered, OutboxState, OutgoingClaim, Ready
from tests.core.messaging.desk import NOW, ask, update

CHAT = 500
NOW_IN_COMPANY = datetime(2026, 11, 22, 12, tzinfo=UTC)
AFTER_LEASE = NOW + outbox.LEASE + timedelta(seconds=1)


async def say(uow: UnitOfWork, key: str = "k", **more: object) -> bool:
    given = {"person": None, "chat_id": CHAT, **more}
    return await outbox.put(uow, key, "announcement", facts={"k": key}, **given)  # type: ignore[arg-type]  # fields by name


async def claim(uow: UnitOfWork, holder: str = "w", *, now: datetime = NOW) -> list[str]:
    batch = await outbox.claim(uow, OutgoingClaim(holder=holder), now)
    return [message.parts[0].facts["k"] for message in batch.messages]


async def first(uow: UnitOfWork, holder: str = "w", *, now: datetime = NOW) -> int:
    batch = await outbox.claim(uow, OutgoingClaim(holder=holder), now)
    return batch.messages[0].id


async def test_the_same_key_says_it_once(uow: UnitOfWork) -> None:
    assert await say(uow) is True
    assert await say(uow) is False
    assert await claim(uow) == ["k"]


async def test_a_message_in_one_workers_hands_is_not_in_anothers(uow: UnitOfWork) -> None:
    await say(uow)
    assert await claim(uow, "a") == ["k"]
    assert await claim(uow, "b") == []


async def test_a_killed_workers_message_is_taken_over(uow: UnitOfWork) -> None:
    await say(uow)
    await claim(uow, "a")
    assert await claim(uow, "b", now=AFTER_LEASE) == ["k"]


async def test_a_message_waits_for_its_time(uow: UnitOfWork) -> None:
    await say(uow, not_before=uow.now + timedelta(hours=1))
    assert await claim(uow) == []
    uow.now += timedelta(hours=1)
    assert await claim(uow) == ["k"]


async def test_a_stale_message_lapses(uow: UnitOfWork) -> None:
    await say(uow, lapses_at=uow.now + timedelta(hours=1))
    uow.now += timedelta(hours=1)
    assert await claim(uow) == []


async def test_urgent_goes_before_normal_and_bulk(uow: UnitOfWork) -> None:
    for priority in (Priority.BULK, Priority.NORMAL, Priority.URGENT):
        await say(uow, priority.value, priority=priority)
    assert await claim(uow) == ["urgent", "normal", "bulk"]


async def test_what_went_out_is_closed(uow: UnitOfWork) -> None:
    await say(uow)
    await outbox.delivered(uow, await first(uow), Delivered(holder="w", message_id=9))
    assert await claim(uow, now=AFTER_LEASE) == []


async def test_only_the_holder_may_close_a_message(uow: UnitOfWork) -> None:
    await say(uow)
    message = await first(uow)
    with pytest.raises(MessageUnknown):
        await outbox.delivered(uow, message, Delivered(holder="other", message_id=9))


async def test_another_try_waits_for_its_time(uow: UnitOfWork) -> None:
    await say(uow)
    report = NotDelivered(holder="w", reason="slow", permanent=False, retry_in_s=30)
    await outbox.not_delivered(uow, await first(uow), report, NOW)
    assert await claim(uow, now=NOW + timedelta(seconds=29)) == []
    assert await claim(uow, now=NOW + timedelta(seconds=30)) == ["k"]


async def test_a_chat_that_blocked_us_gets_nothing_until_it_writes_again(uow: UnitOfWork) -> None:
    await say(uow)
    report = NotDelivered(holder="w", reason="blocked", permanent=True, chat_gone=True)
    await outbox.not_delivered(uow, await first(uow), report, NOW)

    await say(uow, "next")
    [silent] = (await outbox.claim(uow, OutgoingClaim(holder="w"), NOW)).messages
    assert silent.chat_id is None

    await ask(uow, "bot", updates=[update(1, chat_id=CHAT)])
    [heard] = (await outbox.claim(uow, OutgoingClaim(holder="w"), AFTER_LEASE)).messages
    assert heard.chat_id == CHAT


async def test_a_message_that_nobody_can_write_closes_no_chat(uow: UnitOfWork) -> None:
    await say(uow)
    report = NotDelivered(holder="w", reason="kind_unknown", permanent=True)
    await outbox.not_delivered(uow, await first(uow), report, NOW)
    await say(uow, "next")
    [message] = (await outbox.claim(uow, OutgoingClaim(holder="w"), NOW)).messages
    assert (message.parts[0].facts, message.chat_id) == ({"k": "next"}, CHAT)


async def test_a_message_to_a_person_goes_to_the_chat_she_has_now(uow: UnitOfWork) -> None:
    await outbox.put(uow, "k", "announcement", PersonId(3), {})
    [message] = (await outbox.claim(uow, OutgoingClaim(holder="w"), NOW)).messages
    assert message.chat_id is None


async def test_nothing_is_said_when_the_transaction_is_undone(uow: UnitOfWork) -> None:
    await uow.connection.execute(text("SAVEPOINT before"))
    await say(uow)
    await uow.connection.execute(text("ROLLBACK TO SAVEPOINT before"))
    assert await claim(uow) == []


async def test_a_message_that_ended_is_known_for_more_than_a_year_and_one_that_waits_for_ever(uow: UnitOfWork) -> None:
    await say(uow, "said")
    await outbox.delivered(uow, await first(uow), Delivered(holder="w", message_id=9))
    await say(uow, "waits", not_before=uow.now + 3 * outbox.KEPT)
    uow.now += outbox.KEPT
    assert await outbox.tidy(uow) == 0
    assert not await outbox.put(uow, "said", "announcement", None, {}, chat_id=CHAT)
    uow.now += timedelta(seconds=1)
    assert await outbox.tidy(uow) == 1
    assert not await outbox.put(uow, "waits", "announcement", None, {}, chat_id=CHAT)


def ready(key: str, person: int = 1, state: OutboxState = OutboxState.WAITING) -> Ready:
    return Ready(key, PersonId(person), '{"n": 1}', "slot", microseconds(NOW_IN_COMPANY), None, state)


async def test_of_many_at_once_those_with_known_keys_change_nothing(uow: UnitOfWork) -> None:
    rows = [ready("a"), ready("b", person=2, state=OutboxState.WITHHELD), ready("a", person=3)]
    assert await outbox.put_all(uow, "month_end", rows) == 2
    assert await outbox.put_all(uow, "month_end", [*rows, ready("c")]) == 1
    assert await outbox.put_all(uow, "month_end", []) == 0
    [first, second] = await outbox.history(uow, PersonId(1), None, 10)
    assert (first.facts, first.occasion, first.topic) == ({"n": 1}, "slot", Topic.MONTH_END)
    assert first.lapses_at == NOW_IN_COMPANY + timedelta(days=1), "as its kind says"
    assert await outbox.history(uow, PersonId(1), first.id, 10) == [second]
    [withheld] = await outbox.history(uow, PersonId(2), None, 10)
    assert (withheld.state, withheld.reason) == (OutboxState.WITHHELD, "held_out")


async def test_what_waits_of_an_occasion_is_taken_back_and_what_is_in_hand_is_not(uow: UnitOfWork) -> None:
    await say(uow, "in hand", occasion="campaign:1")
    await claim(uow)
    await say(uow, "waits", occasion="campaign:1")
    await say(uow, "another's", occasion="campaign:2")
    assert await outbox.cancel(uow, "campaign:1") == 1
    assert await claim(uow) == ["another's"]


async def test_a_tap_counts_under_her_own_message_that_went_out(uow: UnitOfWork) -> None:
    await say(uow, person=3, chat_id=None)
    message = await first(uow)
    assert not await outbox.tapped(uow, message, PersonId(3))
    await outbox.delivered(uow, message, Delivered(holder="w", message_id=9))
    assert not await outbox.tapped(uow, message, PersonId(4))
    assert await outbox.tapped(uow, message, PersonId(3))
    uow.now += timedelta(days=1)
    assert await outbox.tapped(uow, message, PersonId(3))
    [told] = await outbox.history(uow, PersonId(3), None, 1)
    assert told.tapped_at == uow.now - timedelta(days=1), "the first tap"
