"""Use cases of members of staff who work from a chat: which account of the messenger is whose."""

import secrets

from core.access import rules, store
from core.access.model import (
    AlreadyLinked,
    Caller,
    LinkToken,
    LinkTokenInvalid,
    Member,
    Permission,
    PermissionMissing,
    StaffLinked,
    StaffUnknown,
    StaffUnlinked,
)
from core.db.unit_of_work import UnitOfWork
from core.messaging import outbox

CHAT_MOVED = "access.chat_moved"


async def make_link_token(uow: UnitOfWork, name: str) -> LinkToken:
    """A one-time token by which a member of staff links her account of the messenger; an older unused one ends.

    Raises:
        StaffUnknown: nobody has this name.
    """
    number = next((number for number, known, _ in await store.staff(uow) if known == name), None)
    if number is None:
        raise StaffUnknown(name=name)
    token = LinkToken(token=secrets.token_urlsafe(16).replace("_", "-"), expires_at=uow.now + rules.TOKEN_LIFE)
    await store.add_staff_token(uow, rules.hashed(token.token), number, token.expires_at)
    return token


async def link(uow: UnitOfWork, token: str, user: int) -> Member:
    """Let the member for whom the token was made work from this account; the account she had before is told.

    The same token again from the same account is no error while the link stands.

    Args:
        user: the account, as the messenger numbers it; its private chat has the same number.

    Raises:
        LinkTokenInvalid: the token was never made, is used, is too old, or its member was removed.
    """
    if len(token) > rules.TOKEN_LENGTH_MAX:
        raise LinkTokenInvalid
    found = await store.staff_token(uow, rules.hashed(token))
    if found is None or found.used_by_user not in (None, user) or found.expires_at <= uow.now:
        raise LinkTokenInvalid
    member, before = await store.member(uow, found.staff_id), await store.member_of_user(uow, user)
    if member is None or (found.used_by_user is not None and before != member):
        raise LinkTokenInvalid
    await store.use_staff_token(uow, rules.hashed(token), user)
    if before != member:
        await _move(uow, member, user)
    return member


async def member(uow: UnitOfWork, caller: Caller) -> Member:
    """The calling member of staff.

    Raises:
        PermissionMissing: she was removed a moment ago, and was believed for some seconds more.
    """
    found = None if caller.staff is None else await store.member(uow, caller.staff)
    if found is None:
        raise PermissionMissing(permission=Permission.USE_DESK.value)
    return found


async def unlink(uow: UnitOfWork, user: int) -> None:
    """Nobody works from this account any more; one from which nobody did stays so."""
    number = await store.remove_member_link(uow, user)
    if number is not None:
        await uow.emit(StaffUnlinked(staff=number, user=user))


async def removed(uow: UnitOfWork, number: int) -> None:
    """A member who was removed works from no account, and no token of hers links one."""
    await store.forget_staff_tokens(uow, number)
    user = await store.user_of_member(uow, number)
    if user is not None:
        await unlink(uow, user)


async def who_may(uow: UnitOfWork, permission: Permission) -> list[Member]:
    """Members of staff whose role has a permission, by name."""
    return [one for one in await store.members(uow) if permission in one.permissions]


async def _move(uow: UnitOfWork, member: Member, user: int) -> None:
    former = await store.user_of_member(uow, member.number)
    await unlink(uow, user)
    if former is not None:
        await unlink(uow, former)
        await _tell(uow, member, former)
    if not await store.add_member_link(uow, member.number, user):
        raise AlreadyLinked
    await store.clear_attempts(uow, user)
    await uow.emit(StaffLinked(staff=member.number, user=user))


async def _tell(uow: UnitOfWork, member: Member, former: int) -> None:
    """The account that lost the member's rights must hear of it: if they were taken over, that is how she learns it."""
    key = f"{CHAT_MOVED}:staff:{member.number}:{former}:{uow.now.isoformat()}"
    await outbox.put(uow, key, CHAT_MOVED, None, {"staff": True}, chat_id=former)
