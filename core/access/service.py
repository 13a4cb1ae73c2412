"""Use cases of access: staff, link tokens, and tying a chat to a person."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from core.access import members, rules, store
from core.access.model import (
    ROLES,
    AlreadyLinked,
    Caller,
    CallerKind,
    ChatLinked,
    ChatUnlinked,
    Link,
    LinkToken,
    LinkTokenInvalid,
    Permission,
    PermissionMissing,
    PhoneAmbiguous,
    PhoneUnknown,
    Role,
    StaffChanged,
    StaffNameTaken,
    StaffUnknown,
    TooManyAttempts,
)
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.people import service as people

CHAT_MOVED = "access.chat_moved"


async def add_staff(uow: UnitOfWork, name: str, role: Role) -> str:
    """A new member of staff.

    Returns:
        Her token, which is stored nowhere and cannot be shown again.

    Raises:
        StaffNameTaken: somebody of this name exists, perhaps removed.
    """
    token = secrets.token_urlsafe(32)
    number = await store.add_staff(uow, name, role, rules.hashed(token))
    if number is None:
        raise StaffNameTaken(name=name)
    await uow.emit(StaffChanged(staff=number, role=role))
    return token


async def remove_staff(uow: UnitOfWork, name: str) -> None:
    """Her token and her chat are worth nothing from a few seconds later.

    Raises:
        StaffUnknown: nobody has this name.
    """
    number = await store.remove_staff(uow, name)
    if number is None:
        raise StaffUnknown(name=name)
    await members.removed(uow, number)
    await uow.emit(StaffChanged(staff=number, role=None))


async def acting(uow: UnitOfWork, name: str, needs: Permission) -> str:
    """How events name a member of staff who acts by the command line.

    Args:
        needs: what her role must allow for what she is about to do.

    Raises:
        StaffUnknown: nobody has this name.
        PermissionMissing: her role does not allow it.
    """
    found = next(((number, role) for number, known, role in await store.staff(uow) if known == name), None)
    if found is None:
        raise StaffUnknown(name=name)
    number, role = found
    if needs not in ROLES[role]:
        raise PermissionMissing(permission=needs.value)
    return Caller(CallerKind.STAFF, ROLES[role], staff=number).actor


async def able(uow: UnitOfWork, actors: Collection[str], needs: Permission) -> set[str]:
    """Those of them, as events name them, who are members of staff today and whose role allows it."""
    found = {
        Caller(CallerKind.STAFF, ROLES[role], staff=number).actor
        for number, _, role in await store.staff(uow)
        if needs in ROLES[role]
    }
    return found & set(actors)


async def named(uow: UnitOfWork, actors: Collection[str]) -> dict[str, str]:
    """How people call whom events name: `staff:4` is Dora; whoever has no name here stays as she is."""
    kind = f"{CallerKind.STAFF.value}:"
    told = {one: one.removeprefix(kind) for one in actors if one.startswith(kind)}
    numbers = {int(number): one for one, number in told.items() if number.isdecimal()}
    names = await store.names(uow, numbers)
    return {one: one for one in actors} | {numbers[number]: name for number, name in names.items()}


async def make_link_token(uow: UnitOfWork, person: PersonId, life: timedelta = rules.TOKEN_LIFE) -> LinkToken:
    """A one-time token to link the person's chat with; an older unused one of hers ends.

    Returns:
        The token, 22 letters that fit into Telegram's start parameter.
    """
    word = secrets.token_urlsafe(16).replace("_", "-")  # start parameters with a low line are invitations ("r_…")
    token = LinkToken(token=word, expires_at=uow.now + life)
    await store.add_token(uow, rules.hashed(token.token), person, token.expires_at)
    return token


async def count_attempt(uow: UnitOfWork, chat: int) -> None:
    """Count one try of a chat to link itself; in a transaction of its own, which a failed try does not undo.

    Raises:
        TooManyAttempts: it tried too often, and has to wait.
    """
    tries, since = await store.attempts(uow, chat) or (0, uow.now)
    minutes = rules.minutes_to_wait(tries, since, uow.now)
    if minutes:
        raise TooManyAttempts(minutes=minutes)
    if uow.now - since >= rules.TRIES_WITHIN:
        tries, since = 0, uow.now
    await store.set_attempts(uow, chat, tries + 1, since)


async def link_by_token(uow: UnitOfWork, token: str, chat: int) -> Link:
    """Tie the chat to the person for whom the company made the token; her former chat is told.

    Raises:
        LinkTokenInvalid: the token was never made, is used by another chat, or is too old.
    """
    if len(token) > rules.TOKEN_LENGTH_MAX:
        raise LinkTokenInvalid
    found = await store.token(uow, rules.hashed(token))
    if found is None or found.used_by_chat not in (None, chat) or found.expires_at <= uow.now:
        raise LinkTokenInvalid
    before = await store.link_of_chat(uow, chat)
    if before is not None and before.person == found.person_id:
        await store.use_token(uow, rules.hashed(token), chat)
        return before
    if found.used_by_chat is not None:  # it linked this chat once, and that link has ended since
        raise LinkTokenInvalid
    await store.use_token(uow, rules.hashed(token), chat)
    return await _link(uow, found.person_id, chat)


async def link_by_phone(uow: UnitOfWork, phone: str, chat: int) -> Link:
    """Tie the chat to the one person who has this number.

    Args:
        phone: the sender's own contact, of which the messenger proved that it is hers.

    Raises:
        PhoneUnknown: nobody has it.
        PhoneAmbiguous: two people have it, so it proves neither.
        AlreadyLinked: she has another chat, or this chat is another person's; a one-time link is needed.
    """
    found = await people.with_phone(uow, rules.e164(phone))
    if not found:
        raise PhoneUnknown
    if len(found) > 1:
        raise PhoneAmbiguous
    of_chat, of_person = await store.link_of_chat(uow, chat), await store.link_of_person(uow, found[0])
    if of_chat is not None and of_chat == of_person:
        return of_chat
    if of_chat is not None or of_person is not None:
        raise AlreadyLinked
    return await _link(uow, found[0], chat)


async def unlink(uow: UnitOfWork, chat: int) -> None:
    """The chat is nobody's from now on; one that is nobody's already stays so."""
    link = await store.link_of_chat(uow, chat)
    if link is not None:
        await store.remove_link(uow, chat)
        await uow.emit(ChatUnlinked(person=link.person, chat=chat))


async def link_of_person(uow: UnitOfWork, person: PersonId) -> Link | None:
    """The person's chat, or None."""
    return await store.link_of_person(uow, person)


async def linked(uow: UnitOfWork, people: Collection[PersonId]) -> set[PersonId]:
    """Those of a few thousand people who have a chat, and so can be told something."""
    return await store.linked(uow, people)


async def follow_chat(uow: UnitOfWork, old: int, new: int) -> None:
    """A chat goes on under another number: whoever has it has that one."""
    link = await store.link_of_chat(uow, old)
    if link is not None and await store.link_of_chat(uow, new) is None:
        await store.move_link(uow, old, new)
        await uow.emit(ChatLinked(person=link.person, chat=new, moved_from=old))


async def tidy(uow: UnitOfWork) -> None:
    """Forget tokens that are too old to link anybody, used or not, and tries that no longer count."""
    await store.forget_tokens(uow, uow.now)
    await store.forget_attempts(uow, uow.now - rules.TRIES_WITHIN)


async def _link(uow: UnitOfWork, person: PersonId, chat: int) -> Link:
    former = await store.link_of_person(uow, person)
    await unlink(uow, chat)
    if former is not None:
        await store.remove_link(uow, former.chat)
        await _tell(uow, former)
    link = Link(person=person, chat=chat, linked_at=uow.now)
    if not await store.add_link(uow, link):
        raise AlreadyLinked
    await store.clear_attempts(uow, chat)
    await uow.emit(ChatLinked(person=person, chat=chat, moved_from=former.chat if former else None))
    return link


async def _tell(uow: UnitOfWork, former: Link) -> None:
    """The chat that lost the account must hear of it: if it was taken over, that is how she learns it."""
    key = f"{CHAT_MOVED}:{former.person}:{former.chat}:{uow.now.isoformat()}"
    await outbox.put(uow, key, CHAT_MOVED, None, {}, chat_id=former.chat)
