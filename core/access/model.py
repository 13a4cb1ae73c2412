"""Callers, permissions, roles, links, and how access is refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import Model


class Permission(StrEnum):
    """What an operation may ask for. Fine-grained, so that support never sees payouts unless allowed."""

    SEE_OWN_FIGURES = "see_own_figures"
    SEE_LINE = "see_line"
    CHANGE_OWN_SETTINGS = "change_own_settings"
    MOVE_OWN_POINTS = "move_own_points"
    PLACE_OWN_PEOPLE = "place_own_people"
    LINK_CHAT = "link_chat"
    PROCESS_MESSAGES = "process_messages"
    SEE_PEOPLE = "see_people"
    EDIT_PEOPLE = "edit_people"
    EDIT_GENEALOGY = "edit_genealogy"
    LINK_PEOPLE = "link_people"
    SEE_CATALOG = "see_catalog"
    EDIT_CATALOG = "edit_catalog"
    SEE_ORDERS = "see_orders"
    RECORD_ORDERS = "record_orders"
    SEE_PLAN = "see_plan"
    EDIT_PLAN = "edit_plan"
    CLOSE_CYCLE = "close_cycle"
    SEE_FIGURES = "see_figures"
    SEE_PAYOUTS = "see_payouts"
    MAKE_PAYMENTS = "make_payments"
    EDIT_BANK_ACCOUNTS = "edit_bank_accounts"
    RUN_SETTLEMENT = "run_settlement"
    APPROVE_SETTLEMENT = "approve_settlement"
    ADJUST_SETTLEMENT = "adjust_settlement"
    SEE_TICKETS = "see_tickets"
    ANSWER_TICKETS = "answer_tickets"
    SEE_POINTS = "see_points"
    EDIT_POINTS = "edit_points"
    ADJUST_BALANCES = "adjust_balances"
    SEE_LEDGER = "see_ledger"
    GIVE_COUPONS = "give_coupons"
    EDIT_GOALS = "edit_goals"
    ANNOUNCE = "announce"
    SEE_MESSAGES = "see_messages"
    SEE_AUDIT = "see_audit"
    SEE_HEALTH = "see_health"
    IMPORT = "import"
    MANAGE_STAFF = "manage_staff"


P = Permission

STRANGER = frozenset({P.LINK_CHAT})
"""A chat that is linked to nobody."""

PERSON = STRANGER | {
    P.SEE_OWN_FIGURES,
    P.SEE_LINE,
    P.CHANGE_OWN_SETTINGS,
    P.SEE_CATALOG,
    P.MOVE_OWN_POINTS,
    P.PLACE_OWN_PEOPLE,
}
"""A chat that is linked: herself, and of her line what the company's policy shows."""

SERVICE = frozenset({P.PROCESS_MESSAGES, P.SEE_HEALTH})
"""Bot and worker, speaking for themselves."""


class Role(StrEnum):
    """What a member of staff is; each role is a set of permissions in `ROLES`."""

    ADMINISTRATOR = "administrator"
    COMMISSIONS = "commissions"
    TREASURY = "treasury"
    MARKETING = "marketing"
    SUPPORT = "support"
    SHOP = "shop"
    AUDITOR = "auditor"


_LOOK = frozenset({P.SEE_PEOPLE, P.SEE_CATALOG, P.SEE_ORDERS, P.SEE_PLAN, P.SEE_FIGURES})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission) - PERSON - SERVICE | {P.SEE_CATALOG, P.SEE_HEALTH},
    Role.COMMISSIONS: _LOOK
    | {
        P.EDIT_PLAN,
        P.CLOSE_CYCLE,
        P.RUN_SETTLEMENT,
        P.APPROVE_SETTLEMENT,
        P.ADJUST_SETTLEMENT,
        P.SEE_PAYOUTS,
        P.EDIT_GENEALOGY,
        P.SEE_AUDIT,
    },
    Role.TREASURY: _LOOK | {P.SEE_PAYOUTS, P.MAKE_PAYMENTS, P.SEE_AUDIT, P.SEE_POINTS, P.SEE_LEDGER, P.ADJUST_BALANCES},
    Role.MARKETING: _LOOK
    | {P.EDIT_CATALOG, P.SEE_POINTS, P.EDIT_POINTS, P.ADJUST_BALANCES, P.GIVE_COUPONS, P.EDIT_GOALS, P.ANNOUNCE}
    | {P.SEE_MESSAGES},
    Role.SUPPORT: _LOOK
    | {P.SEE_TICKETS, P.ANSWER_TICKETS, P.LINK_PEOPLE, P.SEE_POINTS, P.EDIT_BANK_ACCOUNTS, P.SEE_MESSAGES},
    Role.SHOP: frozenset({P.SEE_CATALOG, P.SEE_ORDERS, P.RECORD_ORDERS}),
    Role.AUDITOR: _LOOK | {P.SEE_PAYOUTS, P.SEE_TICKETS, P.SEE_AUDIT, P.SEE_POINTS, P.SEE_LEDGER, P.SEE_MESSAGES},
}


class CallerKind(StrEnum):
    """By which way a caller proved herself; `nobody` where an operation is public."""

    NOBODY = "nobody"
    SERVICE = "service"
    CHAT = "chat"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as far as it is proved."""

    kind: CallerKind
    permissions: frozenset[Permission]
    person: PersonId | None = None
    chat: int | None = None
    staff: int | None = None

    @property
    def me(self) -> PersonId:
        """The person who asks, for operations about herself.

        Raises:
            ChatNotLinked: nobody, because the chat is not linked.
        """
        if self.person is None:
            raise ChatNotLinked
        return self.person

    @property
    def own_chat(self) -> int:
        """The chat that asks.

        Raises:
            ChatMissing: the call did not come by way of a chat.
        """
        if self.chat is None:
            raise ChatMissing
        return self.chat

    @property
    def actor(self) -> str:
        """How events name her."""
        number = {CallerKind.STAFF: self.staff, CallerKind.CHAT: self.person}.get(self.kind)
        return (
            self.kind.value if number is None else f"{'person' if self.kind is CallerKind.CHAT else 'staff'}:{number}"
        )


NOBODY = Caller(CallerKind.NOBODY, frozenset())


class NotAuthenticated(DomainError):
    """No key or token, or one that is not known (any more)."""

    code: ClassVar[str] = "not_authenticated"
    status: ClassVar[int] = 401


class PermissionMissing(DomainError):
    """The caller is known and may not do this. Facts: `permission`."""

    code: ClassVar[str] = "permission_missing"
    status: ClassVar[int] = 403


class ChatNotLinked(DomainError):
    """The operation is about a person, and the chat is linked to none."""

    code: ClassVar[str] = "chat_not_linked"
    status: ClassVar[int] = 403


class ChatMissing(DomainError):
    """The operation is about a chat, and the caller named none."""

    code: ClassVar[str] = "chat_missing"
    status: ClassVar[int] = 403


class LinkTokenInvalid(DomainError):
    """The token was never made, is used up, or is too old; which of them is nobody's business."""

    code: ClassVar[str] = "link_token_invalid"
    status: ClassVar[int] = 404


class PhoneUnknown(DomainError):
    """Nobody has this phone number."""

    code: ClassVar[str] = "phone_unknown"
    status: ClassVar[int] = 404


class PhoneAmbiguous(DomainError):
    """Two people have this phone number, so it links nobody."""

    code: ClassVar[str] = "phone_ambiguous"


class AlreadyLinked(DomainError):
    """The person has another chat already; only a one-time link can move her to this one."""

    code: ClassVar[str] = "already_linked"


class TooManyAttempts(DomainError):
    """This chat tried too often. Facts: `minutes` until it may try again."""

    code: ClassVar[str] = "too_many_attempts"
    status: ClassVar[int] = 429


class StaffNameTaken(DomainError):
    """A member of staff of this name exists. Facts: `name`."""

    code: ClassVar[str] = "staff_name_taken"


class StaffUnknown(NotFound):
    """No member of staff has this name. Facts: `name`."""

    code: ClassVar[str] = "staff_unknown"


class ChatLinked(Event):
    """A chat was tied to `person`; `moved_from` is the chat that she had before."""

    kind = "access.chat_linked"
    chat: int
    moved_from: int | None = None


class ChatUnlinked(Event):
    """A chat is nobody's any more."""

    kind = "access.chat_unlinked"
    chat: int


class StaffChanged(Event):
    """A member of staff was added, got another role or was removed."""

    kind = "access.staff_changed"
    staff: int
    role: Role | None


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
