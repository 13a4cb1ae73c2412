"""Reading and writing the rows of files."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import RowMapping, Table, delete, func, select

from core.attachments.model import Attachment, Content
from core.attachments.tables import AttachmentContentRow, AttachmentRow
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new

FILES: Table = AttachmentRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
CONTENTS: Table = AttachmentContentRow.__table__  # type: ignore[attr-defined]  # the same
SHOWN = (FILES.c.id, FILES.c.name, FILES.c.media_type, FILES.c.size)


async def find(uow: UnitOfWork, owner: str, digest: bytes, name: str) -> Attachment | None:
    """The file that this owner sent before under this name with this content."""
    asked = select(*SHOWN).where(FILES.c.owner == owner, FILES.c.sha256 == digest, FILES.c.name == name)
    row = (await uow.connection.execute(asked)).mappings().first()
    return None if row is None else _attachment(row)


async def add(uow: UnitOfWork, owner: str, digest: bytes, content: bytes, name: str, media_type: str) -> Attachment:
    """Write a file; of two at once who send the same, both get the one row."""
    await uow.connection.execute(insert_new(uow, CONTENTS).values(owner=owner, sha256=digest, content=content))
    values = {"owner": owner, "sha256": digest, "name": name, "media_type": media_type, "size": len(content)}
    await uow.connection.execute(insert_new(uow, FILES).values(at=uow.now, **values))
    found = await find(uow, owner, digest, name)
    assert found is not None, "the row was written or was there"
    return found


async def sent_since(uow: UnitOfWork, owner: str, moment: datetime) -> int:
    """How many files an owner sent since a moment."""
    asked = select(func.count()).where(FILES.c.owner == owner, FILES.c.at > moment)
    return int((await uow.connection.execute(asked)).scalar_one())


async def some(uow: UnitOfWork, numbers: Collection[int], owner: str | None) -> dict[int, Attachment]:
    """Files by number, with `owner` only that one's."""
    asked = select(*SHOWN).where(FILES.c.id.in_(numbers))
    asked = asked if owner is None else asked.where(FILES.c.owner == owner)
    found = await uow.connection.execute(asked)
    return {row["id"]: _attachment(row) for row in found.mappings()}


async def content(uow: UnitOfWork, number: int) -> Content | None:
    """A file with what is in it."""
    same = (CONTENTS.c.owner == FILES.c.owner) & (CONTENTS.c.sha256 == FILES.c.sha256)
    asked = select(*SHOWN, CONTENTS.c.content).join_from(FILES, CONTENTS, same).where(FILES.c.id == number)
    row = (await uow.connection.execute(asked)).mappings().first()
    return None if row is None else Content(_attachment(row), bytes(row["content"]))


async def forget(uow: UnitOfWork, numbers: Collection[int]) -> None:
    """Delete files, and of what was in them that which stands under no other name."""
    found = await uow.connection.execute(select(FILES.c.owner, FILES.c.sha256).where(FILES.c.id.in_(numbers)))
    digests = {(owner, digest) for owner, digest in found}
    await uow.connection.execute(delete(FILES).where(FILES.c.id.in_(numbers)))
    for owner, digest in sorted(digests):
        used = select(FILES.c.id).where(FILES.c.owner == owner, FILES.c.sha256 == digest).exists()
        this = (CONTENTS.c.owner == owner) & (CONTENTS.c.sha256 == digest)
        await uow.connection.execute(delete(CONTENTS).where(this, ~used))


def _attachment(row: RowMapping) -> Attachment:
    return Attachment(id=row["id"], name=row["name"], media_type=row["media_type"], size=row["size"])
