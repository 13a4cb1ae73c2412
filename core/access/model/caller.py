"""Who asks."""

from dataclasses import dataclass
from enum import StrEnum

from core.access.model.permissions import Permission
from core.access.model.refusals import ChatMissing, ChatNotLinked
from core.kernel.ids import PersonId


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
