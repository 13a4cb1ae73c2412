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


class StaffLinked(Event):
    """A member of staff works from this account of the messenger now."""

    kind = "access.staff_linked"
    staff: int
    user: int


class StaffUnlinked(Event):
    """A member of staff works from no account of the messenger any more."""

    kind = "access.staff_unlinked"
    staff: int
    user: int
