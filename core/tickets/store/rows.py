"""The room's tables, and rows as its own services see them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

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
