"""The outbox's rows: said once, taken back by occasion, and known for long enough."""

from datetime import timedelta

from sqlalchemy import text

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.messaging.kinds import Topic
from core.messaging.model import MessageCard, OutboxState, Ready

HER = PersonId(1)


async def say(uow: UnitOfWork, key: str = "k", person: PersonId = HER, **more: object) -> bool:
    return await outbox.put(uow, key, "announcement", person, {"k": key}, **more)  # type: ignore[arg-type]  # by name


async def end(uow: UnitOfWork, key: str, state: OutboxState = OutboxState.SENT) -> None:
    await uow.connection.execute(
        text("UPDATE outbox SET state = :state, ended_at = :at WHERE key = :key"),
        {"state": state.value, "at": microseconds(uow.now), "key": key},
    )


async def messages(uow: UnitOfWork, person: PersonId = HER) -> list[MessageCard]:
    return await outbox.history(uow, person, None, 100)


async def test_the_same_key_says_it_once(uow: UnitOfWork) -> None:
    assert await say(uow) is True
    assert await say(uow) is False
    assert len(await messages(uow)) == 1


async def test_what_is_not_said_of_a_message_its_kind_says(uow: UnitOfWork) -> None:
    await say(uow, subject="s", occasion="campaign:1", not_before=uow.now + timedelta(hours=1))
    [one] = await messages(uow)
    assert (one.topic, one.subject, one.occasion) == (Topic.ANNOUNCEMENTS, "s", "campaign:1")
    assert one.lapses_at == uow.now + timedelta(hours=1, days=7)


async def test_nothing_is_said_when_the_transaction_is_undone(uow: UnitOfWork) -> None:
    await uow.connection.execute(text("SAVEPOINT before"))
    await say(uow)
    await uow.connection.execute(text("ROLLBACK TO SAVEPOINT before"))
    assert await messages(uow) == []


async def test_a_message_that_ended_is_known_for_more_than_a_year_and_one_that_waits_for_ever(uow: UnitOfWork) -> None:
    await say(uow, "said")
    await end(uow, "said")
    await say(uow, "waits", not_before=uow.now + 3 * outbox.KEPT)
    uow.now += outbox.KEPT
    assert await outbox.tidy(uow) == 0
    assert not await say(uow, "said")
    uow.now += timedelta(seconds=1)
    assert await outbox.tidy(uow) == 1
    assert not await say(uow, "waits")


async def test_of_many_at_once_those_with_known_keys_change_nothing(uow: UnitOfWork) -> None:
    def ready(key: str, person: int = 1, state: OutboxState = OutboxState.WAITING) -> Ready:
        return Ready(key, PersonId(person), '{"n": 1}', "slot", microseconds(uow.now), None, state)

    rows = [ready("a"), ready("b", person=2, state=OutboxState.WITHHELD), ready("a", person=3)]
    assert await outbox.put_all(uow, "month_end", rows) == 2
    assert await outbox.put_all(uow, "month_end", [*rows, ready("c")]) == 1
    assert await outbox.put_all(uow, "month_end", []) == 0
    [second, first] = await messages(uow)
    assert (first.facts, first.occasion, first.topic) == ({"n": 1}, "slot", Topic.MONTH_END)
    assert first.lapses_at == uow.now + timedelta(days=1), "as its kind says"
    assert await outbox.history(uow, HER, second.id, 10) == [first]
    [withheld] = await messages(uow, PersonId(2))
    assert (withheld.state, withheld.reason, withheld.ended_at) == (OutboxState.WITHHELD, "held_out", uow.now)
    assert await messages(uow, PersonId(3)) == []


async def test_what_waits_of_an_occasion_is_taken_back_and_nothing_else(uow: UnitOfWork) -> None:
    await say(uow, "waits", occasion="campaign:1")
    await say(uow, "went out", occasion="campaign:1")
    await end(uow, "went out")
    await say(uow, "another's", occasion="campaign:2")
    assert await outbox.cancel(uow, "campaign:1") == 1
    states = [(one.facts["k"], one.state.value, one.reason) for one in reversed(await messages(uow))]
    assert states == [("waits", "cancelled", "cancelled"), ("went out", "sent", None), ("another's", "waiting", None)]


async def test_a_tap_counts_under_her_own_message_that_went_out(uow: UnitOfWork) -> None:
    await say(uow)
    [message] = await messages(uow)
    assert not await outbox.tapped(uow, message.id, HER)
    await end(uow, "k")
    assert not await outbox.tapped(uow, message.id, PersonId(4))
    assert await outbox.tapped(uow, message.id, HER)
    uow.now += timedelta(days=1)
    assert await outbox.tapped(uow, message.id, HER)
    [told] = await messages(uow)
    assert told.tapped_at == uow.now - timedelta(days=1), "the first tap"
