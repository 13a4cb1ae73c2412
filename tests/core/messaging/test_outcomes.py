"""What became of messages: by key, and those of which somebody must be told that they did not arrive."""

from sqlalchemy import text

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.messaging.model import OutboxState
from core.messaging.outcomes import Outcome, ended_badly, outcomes, told_of

HER = PersonId(1)


async def put(uow: UnitOfWork, key: str, kind: str = "ticket.answered") -> None:
    await outbox.put(uow, key, kind, HER, {"ticket": 7, "text": "x"}, subject="ticket:7", occasion=key)


async def end(uow: UnitOfWork, key: str, state: OutboxState, reason: str | None = None, message: int = 0) -> None:
    await uow.connection.execute(
        text("UPDATE outbox SET state=:state, reason=:why, ended_at=:at, sent_chat=5, message_id=:said WHERE key=:key"),
        {"state": state.value, "why": reason, "at": microseconds(uow.now), "said": message, "key": key},
    )


async def test_where_messages_stand_is_told_by_their_keys(uow: UnitOfWork) -> None:
    await put(uow, "a")
    await put(uow, "b")
    await end(uow, "b", OutboxState.SENT, message=77)
    found = await outcomes(uow, ["a", "b", "never said"])
    assert found == {
        "a": Outcome(OutboxState.WAITING, None, None, None, None),
        "b": Outcome(OutboxState.SENT, None, uow.now, 5, 77),
    }


async def test_what_did_not_arrive_is_told_until_somebody_knows(uow: UnitOfWork) -> None:
    for key in ("sent", "waits", "undone", "blocked", "lost"):
        await put(uow, key)
    await put(uow, "a nudge", "month_end")
    await end(uow, "sent", OutboxState.SENT)
    await outbox.cancel(uow, "undone")
    await end(uow, "blocked", OutboxState.UNWANTED, "blocked")
    await end(uow, "lost", OutboxState.UNSURE, "worker_lost")
    await end(uow, "a nudge", OutboxState.FAILED, "any")
    found = await ended_badly(uow)
    assert [(one.key, one.reason, one.person) for one in found] == [
        ("blocked", "blocked", HER),
        ("lost", "worker_lost", HER),
    ]
    assert [one.key for one in await ended_badly(uow, limit=1)] == ["blocked"]
    await told_of(uow, [found[0].id])
    assert [one.key for one in await ended_badly(uow)] == ["lost"]
