"""Links between chats and people, and the ways to make one."""

from datetime import datetime
from typing import Final

from core.access.model.permissions import Permission, Role
from core.kernel.ids import PersonId
from core.kernel.words import Model

STAFF_PREFIX: Final = "m_"
"""What a start parameter begins with that links a member of staff; what follows is the token."""


class ByToken(Model):
    """The one-time token of a link such as `t.me/<bot>?start=<token>`."""

    token: str


class ByPhone(Model):
    """The sender's own contact as the messenger proved it; in E.164 or as Telegram writes it, without the plus."""

    phone: str


class Link(Model):
    """A chat and whom it is linked to."""

    person: PersonId
    chat: int
    linked_at: datetime


class LinkToken(Model):
    """A fresh one-time token; it is shown once and stored as a hash."""

    token: str
    expires_at: datetime


class Member(Model):
    """A member of staff, as her chat and her colleagues may know her."""

    number: int
    name: str
    role: Role
    permissions: tuple[Permission, ...]
    """In the order of their names."""
