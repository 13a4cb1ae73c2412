"""What staff see of the messages to one person: what she was told and why, and what became of the rest."""

from collections.abc import Collection

from core.db.unit_of_work import UnitOfWork
from core.http.model import Page, read_cursor, write_cursor
from core.messaging import outbox
from core.messaging.kinds import Topic
from core.messaging.model import MessageCard
from core.people import service as people


async def messages_of(
    uow: UnitOfWork, code: str, cursor: str | None, limit: int, *, bare: Collection[Topic] = ()
) -> Page[MessageCard]:
    """A page of a person's messages, newest first.

    Args:
        bare: topics of which the reader may not know what was said; their messages come without facts.

    Raises:
        PersonUnknown: nobody has this code.
        CursorInvalid: the cursor is none of ours.
    """
    [after] = read_cursor(cursor, int) if cursor else [None]
    assert after is None or isinstance(after, int), "read_cursor checks the type"
    person = await people.person_id(uow, code)
    found = await outbox.history(uow, person, after, limit + 1)
    shown = found[:limit]
    shown = [one.model_copy(update={"facts": {}}) if one.topic in bare else one for one in shown]
    return Page(items=shown, next=write_cursor(shown[-1].id) if len(found) > limit else None)
