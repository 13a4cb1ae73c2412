"""What attempts read and found, piece by piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import RowMapping, delete, insert, select
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.runs.store.runs import RUNS
from core.runs.tables import RunPartRow

PARTS = SQLModel.metadata.tables[str(RunPartRow.__tablename__)]
GONE_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A piece: its name, its place among the pieces of that name, and the keys that it spans where it has any."""

    name: str
    position: int
    rows: int
    body: bytes
    first: bytes | None = None
    last: bytes | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the body, as hexadecimal."""
        return sha256(self.body).hexdigest()


async def add(uow: UnitOfWork, run: int, attempt: int, part: Part) -> None:
    """Write a piece."""
    values = {"name": part.name, "position": part.position, "rows": part.rows, "first": part.first, "last": part.last}
    await uow.connection.execute(
        insert(PARTS).values(run=run, attempt=attempt, digest=part.digest, body=part.body, **values)
    )


async def digests(uow: UnitOfWork, run: int, attempt: int, beginning: str = "") -> list[tuple[str, int, str]]:
    """Name, position and digest of every piece whose name begins so, in order."""
    asked = select(PARTS.c.name, PARTS.c.position, PARTS.c.digest).where(
        PARTS.c.run == run, PARTS.c.attempt == attempt, PARTS.c.name.startswith(beginning, autoescape=True)
    )
    found = await uow.connection.execute(asked)
    return sorted((row[0], row[1], row[2]) for row in found)


async def bodies(uow: UnitOfWork, run: int, attempt: int, name: str) -> list[bytes]:
    """The pieces of a name, in order."""
    asked = select(PARTS.c.body).where(PARTS.c.run == run, PARTS.c.attempt == attempt, PARTS.c.name == name)
    found = await uow.connection.execute(asked.order_by(PARTS.c.position))
    return [bytes(row[0]) for row in found]


async def body(uow: UnitOfWork, run: int, attempt: int, name: str, position: int = 0) -> bytes | None:
    """One piece."""
    asked = select(PARTS.c.body).where(PARTS.c.run == run, PARTS.c.attempt == attempt)
    found = await uow.connection.execute(asked.where(PARTS.c.name == name, PARTS.c.position == position))
    content = found.scalar_one_or_none()
    return None if content is None else bytes(content)


async def spanning(uow: UnitOfWork, run: int, attempt: int, name: str, key: bytes) -> list[bytes]:
    """The pieces of a name whose keys go around this one."""
    asked = select(PARTS.c.body).where(
        PARTS.c.run == run, PARTS.c.attempt == attempt, PARTS.c.name == name, PARTS.c.first <= key, PARTS.c.last >= key
    )
    found = await uow.connection.execute(asked.order_by(PARTS.c.position))
    return [bytes(row[0]) for row in found]


async def published(uow: UnitOfWork, run: int) -> int:
    """The attempt that made the preview which counts; 0 where there is none."""
    return int(await uow.connection.scalar(select(RUNS.c.preview).where(RUNS.c.id == run)) or 0)


async def names(uow: UnitOfWork, run: int, attempt: int, beginning: str) -> list[str]:
    """The names that begin so."""
    return list(dict.fromkeys(name for name, _, _ in await digests(uow, run, attempt, beginning)))


async def checked(uow: UnitOfWork, run: int, attempt: int) -> Sequence[RowMapping]:
    """Name, position and stated digest of every piece, with its number of bytes left out."""
    asked = select(PARTS.c.name, PARTS.c.position, PARTS.c.digest)
    found = await uow.connection.execute(asked.where(PARTS.c.run == run, PARTS.c.attempt == attempt))
    return found.mappings().all()


async def forget_some(uow: UnitOfWork, run: int, *, before: int, keep: Sequence[int]) -> bool:
    """Delete some pieces of earlier attempts that are not to be kept; False when nothing was left."""
    some = select(PARTS.c.attempt, PARTS.c.name, PARTS.c.position).where(
        PARTS.c.run == run, PARTS.c.attempt < before, PARTS.c.attempt.not_in(keep)
    )
    found = (await uow.connection.execute(some.limit(GONE_AT_ONCE))).all()
    for attempt, name, position in found:
        await uow.connection.execute(
            delete(PARTS).where(
                PARTS.c.run == run, PARTS.c.attempt == attempt, PARTS.c.name == name, PARTS.c.position == position
            )
        )
    return bool(found)


def in_steps(total: int, step: int) -> Iterator[tuple[int, int]]:
    """Beginning and length of each piece of something so long; one empty piece of nothing."""
    for start in range(0, max(total, 1), step):
        yield start, min(step, total - start)
