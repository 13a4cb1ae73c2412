"""What the tests of this room share: real time that stands still, and processes that talk to the inbox."""

from datetime import UTC, datetime, timedelta

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.messaging import service
from core.messaging.model import Claims, Exchange, Incoming

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LATER = NOW + service.CHAT_LEASE + timedelta(seconds=1)
BOT = 7


def update(update_id: int, chat_id: int = 1) -> Incoming:
    return Incoming(update_id=update_id, chat_id=chat_id, body={"update_id": update_id})


async def ask(uow: UnitOfWork, holder: str, *, now: datetime = NOW, **wish: object) -> Claims:
    """One exchange of `holder`; fields of `Exchange` by name."""
    return await service.exchange(uow, Exchange.model_validate({"bot": BOT, "holder": holder, **wish}), now)


async def ask_alone(database: Database, holder: str, *, now: datetime = NOW, **wish: object) -> Claims:
    """One exchange in a transaction of its own."""
    async with database.begin() as uow:
        claims = await ask(uow, holder, now=now, **wish)
        await uow.commit()
    return claims


def ids(claims: Claims) -> list[int]:
    return [claimed.update_id for claimed in claims.updates]
