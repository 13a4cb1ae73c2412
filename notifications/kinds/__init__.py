"""All kinds of messages, one file each: pure, facts in and text out."""

from notifications.kinds import announcement, chat_moved, points_expiring, points_received
from notifications.kinds.kind import Kind

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (announcement.KIND, chat_moved.KIND, points_expiring.KIND, points_received.KIND)
}
"""By code, as the outbox names them."""
