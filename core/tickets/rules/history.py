"""What a ticket's history says that it is; what the row says must be the same."""

from collections.abc import Iterable

from core.tickets.model import Change, What

KEPT = {
    What.STATE: "state",
    What.TYPE: "type",
    What.PRIORITY: "priority",
    What.QUEUE: "queue",
    What.ASSIGNEE: "assignee",
    What.RATED: "rating",
    What.INCIDENT: "incident",
}
"""Lines that say what a field is from then on."""


def replayed(changes: Iterable[Change]) -> dict[str, str | None]:
    """The fields of a ticket after all of its changes; a field that never changed is left out.

    Each line must begin where the one before it ended.
    """
    found: dict[str, str | None] = {}
    for change in changes:
        if change.what in (What.OPENED, What.IMPORTED):
            found["state"] = change.after
        elif change.what in KEPT:
            field = KEPT[change.what]
            assert found.get(field, change.before) == change.before, f"{field} was not {change.before}"
            found[field] = change.after
        elif change.what is What.MERGED and change.after is not None:
            found["merged_into"] = change.after
    return found
