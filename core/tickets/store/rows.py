"""The room's tables, and rows as its own services see them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert

from core.db.unit_of_work import UnitOfWork
from core.tickets.tables import (
    CannedAnswerRow,
    TicketAttachmentRow,
    TicketChangeRow,
    TicketCounterRow,
    TicketDraftPartRow,
    TicketDraftRow,
    TicketLinkRow,
    TicketMessageRow,
    TicketNewsRow,
    TicketRow,
)

Row = Mapping[Any, Any]

TICKETS: Table = TicketRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
COUNTER: Table = TicketCounterRow.__table__  # type: ignore[attr-defined]  # as above
MESSAGES: Table = TicketMessageRow.__table__  # type: ignore[attr-defined]  # as above
FILES: Table = TicketAttachmentRow.__table__  # type: ignore[attr-defined]  # as above
LINKS: Table = TicketLinkRow.__table__  # type: ignore[attr-defined]  # as above
CHANGES: Table = TicketChangeRow.__table__  # type: ignore[attr-defined]  # as above
NEWS: Table = TicketNewsRow.__table__  # type: ignore[attr-defined]  # as above
DRAFTS: Table = TicketDraftRow.__table__  # type: ignore[attr-defined]  # as above
PARTS: Table = TicketDraftPartRow.__table__  # type: ignore[attr-defined]  # as above
CANNED: Table = CannedAnswerRow.__table__  # type: ignore[attr-defined]  # as above


async def numbered(uow: UnitOfWork, table: Table, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows in one statement; their numbers, which rise in the order of the rows on both databases."""
    added = insert(table).returning(table.c.id)
    several = len(rows) > 1  # one row alone goes by a statement that is compiled once for all
    found = await uow.connection.execute(added.values(list(rows)) if several else added, None if several else rows[0])
    return sorted(int(number) for number in found.scalars())
