"""Proving who asks, from memory whenever possible."""

import hmac
import re
import time

from aiohttp import web

from core.access import rules, store
from core.access.model import (
    PERSON,
    ROLES,
    SERVICE,
    STRANGER,
    Caller,
    CallerKind,
    ChatLinked,
    ChatUnlinked,
    NotAuthenticated,
)
from core.db.database import Database
from core.db.events import Mark

CHAT = re.compile(r"-?[0-9]{1,15}")
STAFF_LIFE_S = 5.0
"""How long a member who was looked up is believed to be one; a removed member works on for so long at most."""
LINKS_LIFE_S = 1.0
"""How long a chat that lost its link elsewhere is believed to have it."""
REMEMBERED_MAX = 200_000
SERVICE_CALLER = Caller(CallerKind.SERVICE, SERVICE)
NO_MEMBER = Caller(CallerKind.STAFF, frozenset())
"""Somebody in a staff's chat who is no member, or no longer: known to the messenger, allowed nothing here."""


class Authentication:
    """Knows the service key, looks up staff and chats, and remembers both for a short while."""

    def __init__(self, database: Database, service_key: str) -> None:
        self._database = database
        self._service_key = f"Bearer {service_key}".encode()
        self._staff: dict[bytes, tuple[Caller, float]] = {}
        self._members: dict[tuple[str, str], tuple[Caller, float]] = {}
        self._chats: dict[str, Caller] = {}
        self._forgotten = 0
        self._mark: Mark | None = None
        self._checked = 0.0

    async def identify(self, request: web.Request) -> Caller:
        """The caller that key or token, and the chat or the member of staff that a service speaks for, prove.

        Raises:
            NotAuthenticated: no key or token, or an unknown one, or a chat or an account that is no number.
        """
        proof = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if hmac.compare_digest(proof, self._service_key):
            user, chat = request.headers.get("X-Member"), request.headers.get("X-Chat")
            if user is not None:
                return await self._member_of_user(user, chat or user)
            if chat is None:
                return SERVICE_CALLER
            known = self._chats.get(chat) if self._links_believed() else None
            return known or await self._chat(chat)
        if not proof.startswith(b"Bearer ") or len(proof) > 200:
            raise NotAuthenticated
        return await self._member(proof.removeprefix(b"Bearer "))

    def forget(self, chat: int) -> None:
        """The chat's link has changed; a look at it that is under way must not be remembered either."""
        self._chats.pop(str(chat), None)
        self._forgotten += 1

    def forget_member(self, user: int) -> None:
        """Whose account it is has changed."""
        for known in [known for known in self._members if known[0] == str(user)]:
            del self._members[known]

    async def _member_of_user(self, user: str, chat: str) -> Caller:
        """The member of staff who works from an account of the messenger; somebody without rights where none does.

        Args:
            chat: where she does it: her private chat, or a group, in which she has rights only if it is the staff's.
        """
        if not (CHAT.fullmatch(user) and CHAT.fullmatch(chat)):
            raise NotAuthenticated
        known = self._members.get((user, chat))
        if known is not None and time.monotonic() - known[1] < STAFF_LIFE_S:
            return known[0]
        async with self._database.read() as questions:
            member = await store.member_of_user(questions, int(user))
            hers = chat == user or await store.is_staff_group(questions, int(chat))
        if member is None or not hers:
            self._members.pop((user, chat), None)
            return NO_MEMBER
        caller = Caller(CallerKind.STAFF, ROLES[member.role], chat=int(user), staff=member.number)
        self._members[user, chat] = (caller, time.monotonic())
        return caller

    async def _chat(self, text: str) -> Caller:
        if not CHAT.fullmatch(text):
            raise NotAuthenticated
        chat = int(text)
        await self._forget_changed()
        known = self._chats.get(str(chat))
        if known is not None:
            return known
        forgotten = self._forgotten
        async with self._database.read() as questions:
            link = await store.link_of_chat(questions, chat)
        if link is None:  # not remembered: she may link herself any moment
            return Caller(CallerKind.CHAT, STRANGER, chat=chat)
        caller = Caller(CallerKind.CHAT, PERSON, person=link.person, chat=chat)
        if forgotten == self._forgotten:
            self._remember(caller)
        return caller

    def _remember(self, caller: Caller) -> None:
        if len(self._chats) >= REMEMBERED_MAX:
            self._chats.clear()
        self._chats[str(caller.own_chat)] = caller

    def _links_believed(self) -> bool:
        return time.monotonic() - self._checked < LINKS_LIFE_S

    async def _forget_changed(self) -> None:
        """Drop what the event log says has changed since the last look."""
        if self._links_believed():
            return
        if self._mark is None:
            async with self._database.read() as questions:
                self._mark = await self._database.events.mark(questions)
        events, self._mark = await self._database.events.read_after(self._mark)
        for event in events:
            if event.kind == ChatUnlinked.kind:
                self.forget(event.facts["chat"])
            if event.kind == ChatLinked.kind:
                self.forget(event.facts["chat"])
                self.forget(event.facts["moved_from"] or 0)
        self._checked = time.monotonic()

    async def _member(self, token: bytes) -> Caller:
        token_hash = rules.hashed(token.decode("utf-8", "replace"))
        known = self._staff.get(token_hash)
        if known is not None and time.monotonic() - known[1] < STAFF_LIFE_S:
            return known[0]
        async with self._database.read() as questions:
            found = await store.staff_by_token(questions, token_hash)
        if found is None:
            self._staff.pop(token_hash, None)
            raise NotAuthenticated
        number, role = found
        caller = Caller(CallerKind.STAFF, ROLES[role], staff=number)
        self._staff[token_hash] = (caller, time.monotonic())
        return caller
