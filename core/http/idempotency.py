"""The same key with the same request gives the same answer and changes nothing twice.

The answer is stored in the transaction whose change it reports. A twin that comes meanwhile waits for that transaction:
on SQLite because there is one writer, on PostgreSQL because both insert the same key.
"""

import hashlib
import re
from datetime import datetime

from aiohttp import web
from sqlalchemy import delete, select, update

from core.access.model import Caller
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.http.answers import Answer
from core.http.model import KeyInvalid, KeyReused
from core.http.tables import IdempotencyRow

HEADER = "Idempotency-Key"
KEY = re.compile(r"[!-~]{1,200}")
ROWS = IdempotencyRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell


def key_of(request: web.Request) -> str | None:
    """The request's key.

    Raises:
        KeyInvalid: it is empty, too long, or not of printable ASCII characters.
    """
    key = request.headers.get(HEADER)
    if key is not None and not KEY.fullmatch(key):
        raise KeyInvalid
    return key


def fingerprint(request: web.Request, caller: Caller, body: bytes) -> bytes:
    """What makes two requests the same: who asks what of whom."""
    parts = (request.method, request.path_qs, caller.actor, str(caller.chat), hashlib.sha256(body).hexdigest())
    return hashlib.sha256("\n".join(parts).encode()).digest()


async def claim(uow: UnitOfWork, caller: Caller, key: str, request: bytes) -> Answer | None:
    """Take the key for this request, or find the answer that was given under it.

    Args:
        request: the request's `fingerprint`.

    Returns:
        The stored answer; None when the key is new and the request is to be carried out.

    Raises:
        KeyReused: it belongs to another request.
    """
    row = {"fingerprint": request, "status": 0, "location": None, "body": None, "at": uow.now}
    taken = await uow.connection.execute(insert_new(uow, ROWS).values(actor=_scope(caller), key=key, **row))
    if taken.rowcount == 1:
        return None
    found = await uow.connection.execute(
        select(ROWS.c.fingerprint, ROWS.c.status, ROWS.c.location, ROWS.c.body).where(
            ROWS.c.actor == _scope(caller), ROWS.c.key == key
        )
    )
    stored = found.one()
    if stored.fingerprint != request:
        raise KeyReused
    return Answer(stored.status, stored.body, stored.location)


async def store(uow: UnitOfWork, caller: Caller, key: str, answer: Answer) -> None:
    """Keep the answer with the change that it reports."""
    await uow.connection.execute(
        update(ROWS)
        .where(ROWS.c.actor == _scope(caller), ROWS.c.key == key)
        .values(status=answer.status, body=answer.body, location=answer.location)
    )


async def forget_before(uow: UnitOfWork, moment: datetime) -> None:
    """Delete the answers that were given before `moment`; nobody repeats a request that late."""
    await uow.connection.execute(delete(ROWS).where(ROWS.c.at < moment))


def _scope(caller: Caller) -> str:
    """Keys of two callers never meet; all chats are the bot's, which makes keys of its updates' ids."""
    return caller.actor if caller.staff is not None else "service"
