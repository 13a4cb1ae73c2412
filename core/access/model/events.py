"""What happens to links and staff, as the event log tells it."""

from core.access.model.permissions import Role
from core.kernel.events import Event


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
