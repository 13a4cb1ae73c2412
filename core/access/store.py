"""Reading and writing staff, links, link tokens and attempts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, Select, column, delete, insert, select, table, update

from core.access.model import ROLES, Link, Member, Role
from core.access.tables import ChatLinkRow, LinkAttemptRow, LinkTokenRow, StaffChatRow, StaffRow, StaffTokenRow
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId

STAFF = StaffRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
LINKS = ChatLinkRow.__table__  # type: ignore[attr-defined]  # as above
TOKENS = LinkTokenRow.__table__  # type: ignore[attr-defined]  # as above
ATTEMPTS = LinkAttemptRow.__table__  # type: ignore[attr-defined]  # as above
STAFF_CHATS = StaffChatRow.__table__  # type: ignore[attr-defined]  # as above
STAFF_TOKENS = StaffTokenRow.__table__  # type: ignore[attr-defined]  # as above
STAFF_GROUPS = table("staff_group", column("chat_id", BigInteger))
"""The groups in which staff work, read only: the support room owns them."""


async def add_staff(uow: UnitOfWork, name: str, role: Role, token_hash: bytes) -> int | None:
    """The new member's number; None when the name is taken."""
    row = {"name": name, "role": role.value, "token_hash": token_hash, "added_at": uow.now}
    added = await uow.connection.execute(insert_new(uow, STAFF).values(**row).returning(STAFF.c.id))
    number: int | None = added.scalar_one_or_none()
    return number


async def staff(uow: UnitOfWork) -> list[tuple[int, str, Role]]:
    """Everybody who was not removed, by name."""
    found = await uow.connection.execute(
        select(STAFF.c.id, STAFF.c.name, STAFF.c.role).where(STAFF.c.removed_at.is_(None)).order_by(STAFF.c.name)
    )
    return [(row.id, row.name, Role(row.role)) for row in found]


async def names(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, str]:
    """Names of members of staff by number, of those who were removed too."""
    found = await uow.connection.execute(select(STAFF.c.id, STAFF.c.name).where(STAFF.c.id.in_(sorted(numbers))))
    return {row.id: row.name for row in found}


async def staff_by_token(uow: UnitOfWork, token_hash: bytes) -> tuple[int, Role] | None:
    """Number and role of the member whose token it is."""
    found = await uow.connection.execute(
        select(STAFF.c.id, STAFF.c.role).where(STAFF.c.token_hash == token_hash, STAFF.c.removed_at.is_(None))
    )
    row = found.one_or_none()
    return None if row is None else (row.id, Role(row.role))


async def remove_staff(uow: UnitOfWork, name: str) -> int | None:
    """The number of the member who was removed; None when there is none of this name."""
    changed = await uow.connection.execute(
        update(STAFF)
        .where(STAFF.c.name == name, STAFF.c.removed_at.is_(None))
        .values(removed_at=uow.now)
        .returning(STAFF.c.id)
    )
    number: int | None = changed.scalar_one_or_none()
    return number


async def link_of_chat(uow: UnitOfWork, chat: int) -> Link | None:
    """Whose chat it is."""
    return await _link(uow, LINKS.c.chat_id == chat)


async def link_of_person(uow: UnitOfWork, person: PersonId) -> Link | None:
    """The person's chat."""
    return await _link(uow, LINKS.c.person_id == person)


async def linked(uow: UnitOfWork, people: Collection[PersonId]) -> set[PersonId]:
    """Those of them who have a chat."""
    found = await uow.connection.execute(select(LINKS.c.person_id).where(LINKS.c.person_id.in_(people)))
    return {PersonId(row.person_id) for row in found}


async def _link(uow: UnitOfWork, condition: Any) -> Link | None:
    found = await uow.connection.execute(select(LINKS).where(condition))
    row = found.one_or_none()
    return None if row is None else Link(person=row.person_id, chat=row.chat_id, linked_at=row.linked_at)


async def add_link(uow: UnitOfWork, link: Link) -> bool:
    """False when chat or person has a link already, made meanwhile by somebody else."""
    row = {"chat_id": link.chat, "person_id": link.person, "linked_at": link.linked_at}
    return (await uow.connection.execute(insert_new(uow, LINKS).values(**row))).rowcount == 1


async def move_link(uow: UnitOfWork, old: int, new: int) -> None:
    """Give whoever has chat `old` the chat `new` in its place."""
    await uow.connection.execute(update(LINKS).where(LINKS.c.chat_id == old).values(chat_id=new))


async def remove_link(uow: UnitOfWork, chat: int) -> None:
    """Take the chat from whoever has it."""
    await uow.connection.execute(delete(LINKS).where(LINKS.c.chat_id == chat))


async def add_token(uow: UnitOfWork, token_hash: bytes, person: PersonId, expires_at: datetime) -> None:
    """Keep a token by its hash; the person's unused ones end."""
    await uow.connection.execute(delete(TOKENS).where(TOKENS.c.person_id == person, TOKENS.c.used_by_chat.is_(None)))
    await uow.connection.execute(insert(TOKENS).values(token_hash=token_hash, person_id=person, expires_at=expires_at))


async def token(uow: UnitOfWork, token_hash: bytes) -> Row[Any] | None:
    """Person, expiry and user of a token, locked until the transaction ends."""
    found = await uow.connection.execute(select(TOKENS).where(TOKENS.c.token_hash == token_hash).with_for_update())
    return found.one_or_none()


async def use_token(uow: UnitOfWork, token_hash: bytes, chat: int) -> None:
    """A token is used once."""
    await uow.connection.execute(update(TOKENS).where(TOKENS.c.token_hash == token_hash).values(used_by_chat=chat))


async def forget_tokens(uow: UnitOfWork, moment: datetime) -> None:
    """Delete tokens that were too old at `moment`."""
    await uow.connection.execute(delete(TOKENS).where(TOKENS.c.expires_at <= moment))
    await uow.connection.execute(delete(STAFF_TOKENS).where(STAFF_TOKENS.c.expires_at <= moment))


async def attempts(uow: UnitOfWork, chat: int) -> tuple[int, datetime] | None:
    """How often the chat tried, and since when."""
    found = await uow.connection.execute(
        select(ATTEMPTS.c.tries, ATTEMPTS.c.since).where(ATTEMPTS.c.chat_id == chat).with_for_update()
    )
    row = found.one_or_none()
    return None if row is None else (row.tries, row.since)


async def set_attempts(uow: UnitOfWork, chat: int, tries: int, since: datetime) -> None:
    """Write the count anew."""
    await clear_attempts(uow, chat)
    await uow.connection.execute(insert_new(uow, ATTEMPTS).values(chat_id=chat, tries=tries, since=since))


async def clear_attempts(uow: UnitOfWork, chat: int) -> None:
    """Forget that the chat tried."""
    await uow.connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.chat_id == chat))


async def forget_attempts(uow: UnitOfWork, moment: datetime) -> None:
    """Delete counts that began at `moment` or before."""
    await uow.connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.since <= moment))


async def member(uow: UnitOfWork, number: int) -> Member | None:
    """A member of staff by number; None for one who was removed."""
    return await _member(uow, select(STAFF).where(STAFF.c.id == number, STAFF.c.removed_at.is_(None)))


async def member_of_user(uow: UnitOfWork, user: int) -> Member | None:
    """The member of staff who works from this account of the messenger; None for one who was removed."""
    joined = select(STAFF).join(STAFF_CHATS, STAFF_CHATS.c.staff_id == STAFF.c.id)
    return await _member(uow, joined.where(STAFF_CHATS.c.user_id == user, STAFF.c.removed_at.is_(None)))


async def members(uow: UnitOfWork) -> list[Member]:
    """Everybody who was not removed, by name."""
    found = await uow.connection.execute(select(STAFF).where(STAFF.c.removed_at.is_(None)).order_by(STAFF.c.name))
    return [_as_member(row) for row in found]


async def _member(uow: UnitOfWork, question: Select[Any]) -> Member | None:
    row = (await uow.connection.execute(question)).one_or_none()
    return None if row is None else _as_member(row)


def _as_member(row: Row[Any]) -> Member:
    role = Role(row.role)
    return Member(number=row.id, name=row.name, role=role, permissions=tuple(sorted(ROLES[role])))


async def user_of_member(uow: UnitOfWork, number: int) -> int | None:
    """The account of the messenger from which a member of staff works."""
    found = await uow.connection.execute(select(STAFF_CHATS.c.user_id).where(STAFF_CHATS.c.staff_id == number))
    user: int | None = found.scalar_one_or_none()
    return user


async def is_staff_group(uow: UnitOfWork, chat: int) -> bool:
    """Whether staff work in this group."""
    found = await uow.connection.execute(select(STAFF_GROUPS.c.chat_id).where(STAFF_GROUPS.c.chat_id == chat))
    return found.one_or_none() is not None


async def add_member_link(uow: UnitOfWork, number: int, user: int) -> bool:
    """False when member or account has a link already, made meanwhile by somebody else."""
    row = {"user_id": user, "staff_id": number, "linked_at": uow.now}
    return (await uow.connection.execute(insert_new(uow, STAFF_CHATS).values(**row))).rowcount == 1


async def remove_member_link(uow: UnitOfWork, user: int) -> int | None:
    """The number of the member who worked from this account until now; None when nobody did."""
    gone = await uow.connection.execute(
        delete(STAFF_CHATS).where(STAFF_CHATS.c.user_id == user).returning(STAFF_CHATS.c.staff_id)
    )
    number: int | None = gone.scalar_one_or_none()
    return number


async def add_staff_token(uow: UnitOfWork, token_hash: bytes, number: int, expires_at: datetime) -> None:
    """Keep a member's token by its hash; her unused ones end."""
    await forget_staff_tokens(uow, number)
    row = {"token_hash": token_hash, "staff_id": number, "expires_at": expires_at}
    await uow.connection.execute(insert(STAFF_TOKENS).values(**row))


async def staff_token(uow: UnitOfWork, token_hash: bytes) -> Row[Any] | None:
    """Member, expiry and user of a token, locked until the transaction ends."""
    question = select(STAFF_TOKENS).where(STAFF_TOKENS.c.token_hash == token_hash).with_for_update()
    return (await uow.connection.execute(question)).one_or_none()


async def use_staff_token(uow: UnitOfWork, token_hash: bytes, user: int) -> None:
    """A token is used once."""
    changed = update(STAFF_TOKENS).where(STAFF_TOKENS.c.token_hash == token_hash).values(used_by_user=user)
    await uow.connection.execute(changed)


async def forget_staff_tokens(uow: UnitOfWork, number: int) -> None:
    """Delete a member's tokens that nobody used."""
    await uow.connection.execute(
        delete(STAFF_TOKENS).where(STAFF_TOKENS.c.staff_id == number, STAFF_TOKENS.c.used_by_user.is_(None))
    )
