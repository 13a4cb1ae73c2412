"""Tickets: what a person asks of the company, and what staff make of it."""

from datetime import date
from urllib.parse import quote

from core.client.calls import Calls
from core.http.model import Page
from core.tickets.model import (
    Answer,
    CannedAnswer,
    CannedText,
    DeskWords,
    Draft,
    DraftChange,
    DraftPart,
    DraftSent,
    Link,
    LinkKind,
    Merge,
    NewAnswer,
    NewLink,
    NewTicket,
    OwnTicket,
    Phase,
    Rating,
    Reopening,
    Split,
    StaffTicket,
    Ticket,
    TicketCard,
    TicketChange,
    TicketMessage,
    TicketNumbers,
    Words,
)


class TicketCalls(Calls):
    """Operations about "me" and what she asked; a ticket that is not hers is refused as `ticket_unknown`."""

    async def my_tickets(
        self,
        *,
        open: bool | None = None,  # noqa: A002  # the API's word
        cursor: str | None = None,
        limit: int | None = None,
    ) -> Page[TicketCard]:
        """Her tickets, the latest first; with `open` only those that are, or are not, done."""
        return await self._get("/v1/me/tickets", Page[TicketCard], open=open, cursor=cursor, limit=limit)

    async def my_ticket(self, number: int, *, cursor: str | None = None) -> OwnTicket:
        """One of them with its newest messages, or those before `cursor`, and what she can do."""
        return await self._get(f"/v1/me/tickets/{number}", OwnTicket, cursor=cursor)

    async def my_ticket_file(self, number: int, attachment: int) -> bytes:
        """A file of a ticket of hers; refused as `attachment_unknown`."""
        return await self._call("GET", f"/v1/me/tickets/{number}/attachments/{attachment}")

    async def add_to_ticket(self, number: int, words: Words, *, idempotency_key: str | None = None) -> OwnTicket:
        """Words or files of hers for a ticket; refused as `ticket_merged`, `ticket_closed`, `ticket_text_empty`."""
        path = f"/v1/me/tickets/{number}/messages"
        return await self._post(path, OwnTicket, words, idempotency_key=idempotency_key)

    async def close_ticket(self, number: int, *, idempotency_key: str | None = None) -> OwnTicket:
        """She needs nothing more; closed already is fine too."""
        return await self._post(f"/v1/me/tickets/{number}/close", OwnTicket, idempotency_key=idempotency_key)

    async def reopen_ticket(
        self, number: int, reopening: Reopening | None = None, *, idempotency_key: str | None = None
    ) -> OwnTicket:
        """It is not done; refused as `ticket_closed` where that is too long ago."""
        path = f"/v1/me/tickets/{number}/reopen"
        return await self._post(path, OwnTicket, reopening or Reopening(), idempotency_key=idempotency_key)

    async def rate_ticket(self, number: int, rating: Rating, *, idempotency_key: str | None = None) -> OwnTicket:
        """How content she is, once, which closes it; refused as `ticket_not_done`, `ticket_rated`."""
        return await self._post(f"/v1/me/tickets/{number}/rating", OwnTicket, rating, idempotency_key=idempotency_key)

    async def ticket_desk(self) -> DeskWords:
        """What can be asked, and by when somebody answers who is asked now."""
        return await self._get("/v1/me/desk", DeskWords)

    async def my_draft(self) -> Draft | None:
        """What she is writing, if she is."""
        return await self._get("/v1/me/draft", Draft | None)  # type: ignore[arg-type]  # a union is no type to mypy

    async def add_to_draft(self, part: DraftPart, *, idempotency_key: str | None = None) -> Draft:
        """One more message for the draft, which begins with the first; a known `part` changes nothing."""
        return await self._post("/v1/me/draft", Draft, part, idempotency_key=idempotency_key)

    async def change_draft(self, change: DraftChange, *, idempotency_key: str | None = None) -> Draft:
        """Choose a type, drop evidence or the last part; refused as `draft_gone`, `ticket_type_unknown`."""
        return await self._patch("/v1/me/draft", Draft, change, idempotency_key=idempotency_key)

    async def send_draft(self, draft: int, *, idempotency_key: str | None = None) -> Ticket:
        """Confirm it: a new ticket, or the one that it adds to; a second time answers the same.

        Refused as `draft_gone`, `draft_empty`, `too_many_open_tickets`.
        """
        path = "/v1/me/draft/send"
        return await self._post(path, Ticket, DraftSent(draft=draft), idempotency_key=idempotency_key)

    async def drop_draft(self, *, idempotency_key: str | None = None) -> None:
        """Forget it; nothing there is fine too."""
        await self._delete("/v1/me/draft", idempotency_key=idempotency_key)


class StaffTicketCalls(Calls):
    """Operations of a member of staff; each is refused as `permission_missing` where her role does not hold it."""

    async def tickets(
        self,
        *,
        queue: str | None = None,
        type: str | None = None,  # noqa: A002  # the API's word
        phase: Phase | None = None,
        assignee: str | None = None,
        person: str | None = None,
        language: str | None = None,
        breached: bool | None = None,
        order: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> Page[TicketCard]:
        """A page of a queue: `order` is `due` or `age`; without a phase only what is open."""
        return await self._get(
            "/v1/tickets",
            Page[TicketCard],
            queue=queue,
            type=type,
            phase=phase,
            assignee=assignee,
            person=person,
            language=language,
            breached=breached,
            order=order,
            cursor=cursor,
            limit=limit,
        )

    async def ticket_numbers(self, *, since: date | None = None, person: str | None = None) -> TicketNumbers:
        """Open tickets by queue, type, age and assignee, and how quick the company was since a day, 30 days ago."""
        return await self._get("/v1/ticket-numbers", TicketNumbers, since=since, person=person)

    async def ticket(self, number: int, *, cursor: str | None = None) -> StaffTicket:
        """One ticket with its newest messages, or those before `cursor`, its history and its moves."""
        return await self._get(f"/v1/tickets/{number}", StaffTicket, cursor=cursor)

    async def ticket_file(self, number: int, attachment: int) -> bytes:
        """A file of a ticket; refused as `attachment_unknown`."""
        return await self._call("GET", f"/v1/tickets/{number}/attachments/{attachment}")

    async def open_ticket(self, ticket: NewTicket, *, idempotency_key: str | None = None) -> Answer:
        """A ticket towards a person; its first words go out like an answer."""
        return await self._post("/v1/tickets", Answer, ticket, idempotency_key=idempotency_key)

    async def answer_ticket(self, number: int, answer: NewAnswer, *, idempotency_key: str | None = None) -> Answer:
        """Answer her; it goes out after `delay_s` seconds unless it is taken back."""
        return await self._post(f"/v1/tickets/{number}/answers", Answer, answer, idempotency_key=idempotency_key)

    async def take_back_answer(self, number: int, answer: int, *, idempotency_key: str | None = None) -> None:
        """Undo an answer that has not gone out; refused as `answer_gone`."""
        await self._delete(f"/v1/tickets/{number}/answers/{answer}", idempotency_key=idempotency_key)

    async def note_on_ticket(self, number: int, note: Words, *, idempotency_key: str | None = None) -> TicketMessage:
        """A note that she never sees."""
        return await self._post(f"/v1/tickets/{number}/notes", TicketMessage, note, idempotency_key=idempotency_key)

    async def change_ticket(
        self, number: int, change: TicketChange, *, idempotency_key: str | None = None
    ) -> StaffTicket:
        """Change it; refused as `ticket_move_impossible`, `ticket_changed`, `ticket_merged`, `staff_unknown`."""
        return await self._patch(f"/v1/tickets/{number}", StaffTicket, change, idempotency_key=idempotency_key)

    async def merge_ticket(self, number: int, into: int, *, idempotency_key: str | None = None) -> StaffTicket:
        """Make it a part of another ticket of the same person; answers that other one."""
        path = f"/v1/tickets/{number}/merge"
        return await self._post(path, StaffTicket, Merge(into=into), idempotency_key=idempotency_key)

    async def split_ticket(self, number: int, split: Split, *, idempotency_key: str | None = None) -> StaffTicket:
        """Make some of its messages a ticket of their own; answers the new one."""
        return await self._post(f"/v1/tickets/{number}/split", StaffTicket, split, idempotency_key=idempotency_key)

    async def link_ticket(
        self,
        number: int,
        kind: LinkKind,
        id: str,  # noqa: A002  # the API's word
        *,
        idempotency_key: str | None = None,
    ) -> Link:
        """Tie it to an order, a person, a statement, a run or another ticket."""
        path = f"/v1/tickets/{number}/links"
        return await self._post(path, Link, NewLink(kind=kind, id=id), idempotency_key=idempotency_key)

    async def unlink_ticket(self, number: int, ref: int, *, idempotency_key: str | None = None) -> None:
        """Drop a link by its `ref`."""
        await self._delete(f"/v1/tickets/{number}/links/{ref}", idempotency_key=idempotency_key)

    async def canned_answers(self, *, language: str | None = None) -> list[CannedAnswer]:
        """Canned answers by code, of one language or of all."""
        return await self._get("/v1/canned-answers", list[CannedAnswer], language=language)

    async def keep_canned_answer(
        self, code: str, language: str, text: str, *, idempotency_key: str | None = None
    ) -> CannedAnswer:
        """Add or replace the canned answer of this code in this language."""
        path = f"/v1/canned-answers/{quote(code, safe='')}/{quote(language, safe='')}"
        return await self._put(path, CannedAnswer, CannedText(text=text), idempotency_key=idempotency_key)

    async def drop_canned_answer(self, code: str, language: str, *, idempotency_key: str | None = None) -> None:
        """Forget one; refused as `canned_answer_unknown`."""
        path = f"/v1/canned-answers/{quote(code, safe='')}/{quote(language, safe='')}"
        await self._delete(path, idempotency_key=idempotency_key)
