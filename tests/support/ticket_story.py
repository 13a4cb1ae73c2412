"""María's tickets as core would keep them, so far as the chat asks: one draft, evidence, numbers from 1042 on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from aiohttp import web
from pydantic import BaseModel

from core.attachments.model import Attachment
from core.plan.model import TicketsSpec
from core.tickets.model import (
    OPEN_PHASES,
    Act,
    DeskWords,
    Direction,
    Draft,
    DraftChange,
    DraftPart,
    DraftSent,
    Link,
    LinkKind,
    OwnTicket,
    Phase,
    Priority,
    Rating,
    Ticket,
    TicketCard,
    TicketMessage,
    TicketType,
    Via,
    Wanted,
    Words,
)
from tests.support.core_stand_in import page, refused

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TYPES = {spec.code: spec.name for spec in TicketsSpec().types}
EVIDENCE = {
    "order": (LinkKind.ORDER, {"70001": "70001"}),
    "person": (LinkKind.PERSON, {"ana torres": "Ana Torres", "pedro": "Pedro Gómez"}),
    "cycle": (LinkKind.CYCLE, {"2026-09": "September 2026"}),
    "award": (LinkKind.AWARD, {"a1": "Level bonus"}),
}
"""What is exactly one thing of hers; "Ana" is two."""
LARGEST = 5_000_000


class TicketRoom:
    """One person's tickets and draft."""

    def __init__(self) -> None:
        self.tickets: dict[int, Ticket] = {}
        self.messages: dict[int, list[TicketMessage]] = {}
        self.draft: Draft | None = None
        self.files: dict[int, Attachment] = {}
        self.parts: dict[str, DraftPart] = {}
        self.sent: dict[int, int] = {}
        self.done: dict[str, Any] = {}
        self.drafts = 6
        self.files_max = 10

    def __call__(self, request: web.Request, body: bytes) -> BaseModel | bytes | None:
        """What core would answer; the same idempotency key is answered the same."""
        path, key = request.path, request.headers.get("Idempotency-Key")
        if not path.startswith(("/v1/me/tickets", "/v1/me/draft", "/v1/me/desk", "/v1/me/attachments")):
            return None
        if key is None:
            return self._answer(request, body)
        if key not in self.done:
            self.done[key] = self._answer(request, body)
        answer: BaseModel | bytes | None = self.done[key]
        return answer

    def answers(self, number: int, text: str, *, solve: bool = False) -> None:
        """Somebody of the company writes."""
        self._say(number, Direction.OUT, "Eva", text, ())
        self._move(number, Phase.SOLVED if solve else Phase.WAITING_PERSON)

    def _answer(self, request: web.Request, body: bytes) -> BaseModel | bytes:
        _, _, _, room, *rest = request.path.split("/")
        if room == "desk":
            types = tuple(TicketType(code=code, name=name) for code, name in TYPES.items())
            return DeskWords(types=types, answer_due=DUE)
        if room == "attachments":
            return self._keep(request.query["name"], body)
        if room == "draft":
            return self._drafting(request.method, rest, body)
        if not rest:
            wanted = request.query.get("open")
            shown = [one for one in reversed(self.tickets.values()) if wanted is None or one.phase in OPEN_PHASES]
            return page([self._card(one) for one in shown], request.query)
        return self._ticket(int(rest[0]), rest[1] if len(rest) > 1 else "", body)

    def _keep(self, name: str, content: bytes) -> Attachment:
        if len(content) > LARGEST:
            raise refused("attachment_too_large", status=413, most_mb=5)
        if content.startswith(b"MZ"):
            raise refused("attachment_type_refused", status=415, name=name)
        kept = Attachment(id=len(self.files) + 1, name=name, media_type="image/png", size=len(content))
        self.files[kept.id] = kept
        return kept

    def _drafting(self, method: str, rest: list[str], body: bytes) -> BaseModel | bytes:
        if rest == ["send"]:
            return self._send(DraftSent.model_validate_json(body).draft)
        if method == "POST":
            return self._part(DraftPart.model_validate_json(body))
        if method == "PATCH":
            return self._changed(DraftChange.model_validate_json(body))
        if method == "DELETE":
            self.draft, self.parts = None, {}
        return self.draft or b"null"

    def _part(self, part: DraftPart) -> Draft:
        if self.draft is None:
            self.drafts += 1
            self.draft = Draft(id=self.drafts, words=(), ticket=part.ticket, touched_at=NOW)
        if part.part not in self.parts:
            self._require_room(part)
            self.parts[part.part] = part
            self._type(part.type)
            self.draft = self.draft.model_copy(update={"links": (*self.draft.links, *self._links(part.wanted))})
        return self._fresh()

    def _require_room(self, part: DraftPart) -> None:
        if sum(len(one.attachments) for one in (*self.parts.values(), part)) > self.files_max:
            raise refused("too_many_attachments", status=429, most=self.files_max)

    def _type(self, code: str | None) -> None:
        assert self.draft is not None
        if code in TYPES and self.draft.type is None:
            self.draft = self.draft.model_copy(update={"type": code, "type_name": TYPES[code]})

    def _fresh(self) -> Draft:
        assert self.draft is not None
        parts = list(self.parts.values())
        self.draft = self.draft.model_copy(
            update={
                "words": tuple(one.text for one in parts if one.text),
                "attachments": tuple(self.files[number] for one in parts for number in one.attachments),
                "refused": tuple(file for one in parts for file in one.refused),
                "parts": len(parts),
            }
        )
        return self.draft

    def _links(self, wanted: Wanted | None) -> list[Link]:
        assert self.draft is not None
        said = wanted.model_dump(exclude_none=True) if wanted else {}
        found = [
            (kind, known.get(str(said[name]).lower()), said[name])
            for name, (kind, known) in EVIDENCE.items()
            if name in said
        ]
        start = len(self.draft.links)
        return [
            Link(ref=start + at, kind=kind, id=named, title=title)
            for at, (kind, title, named) in enumerate(((k, t, n) for k, t, n in found if t), start=1)
        ]

    def _changed(self, change: DraftChange) -> Draft:
        draft = self._the(change.draft)
        if change.type is not None:
            draft = draft.model_copy(update={"type": change.type, "type_name": TYPES[change.type]})
        if change.ticket is not None:
            draft = draft.model_copy(update={"ticket": change.ticket or None})
        kept = tuple(link for link in draft.links if link.ref != change.drop_link)
        self.draft = draft.model_copy(update={"links": kept})
        if change.only_last:
            self.parts = dict([list(self.parts.items())[-1]])
        return self._fresh()

    def _the(self, number: int) -> Draft:
        if self.draft is None or self.draft.id != number:
            raise refused("draft_gone")
        return self.draft

    def _send(self, number: int) -> Ticket:
        if number in self.sent:
            return self.tickets[self.sent[number]]
        draft = self._the(number)
        if not draft.words and draft.ticket is None:
            raise refused("draft_empty")
        ticket = draft.ticket or self._opened(draft)
        for part in self.parts.values():
            self._say(ticket, Direction.IN, "person", part.text, part.attachments)
        self.sent[number], self.draft, self.parts = ticket, None, {}
        return self.tickets[ticket]

    def _opened(self, draft: Draft) -> int:
        number = 1042 + len(self.tickets)
        kind = draft.type or "other"
        self.tickets[number] = Ticket(
            number=number,
            type=kind,
            type_name=TYPES[kind],
            subject=draft.words[0].partition("\n")[0][:200],
            state="new",
            phase=Phase.NEW,
            priority=Priority.NORMAL,
            queue="general",
            language="en",
            opened_at=NOW,
            via=Via.CHAT,
            links=draft.links,
            first_answer_due=DUE,
            version=1,
        )
        self.messages[number] = []
        return number

    def _say(self, number: int, direction: Direction, author: str, text: str, files: tuple[int, ...]) -> None:
        at = NOW + timedelta(minutes=sum(map(len, self.messages.values())))
        message = TicketMessage(
            id=100 + sum(map(len, self.messages.values())),
            direction=direction,
            author=author,
            text=text,
            at=at,
            attachments=tuple(self.files[one] for one in files),
        )
        self.messages[number].append(message)
        moves = {Phase.WAITING_PERSON: Phase.WAITING_US, Phase.SOLVED: Phase.REOPENED}
        phase = self.tickets[number].phase
        if direction is Direction.IN:
            self._move(number, moves.get(phase, phase))

    def _move(self, number: int, phase: Phase) -> None:
        self.tickets[number] = self.tickets[number].model_copy(update={"phase": phase, "state": phase.value})

    def _ticket(self, number: int, act: str, body: bytes) -> OwnTicket:
        if number not in self.tickets:
            raise refused("ticket_unknown", status=404, ticket=number)
        acts: dict[str, Callable[[int, bytes], None]] = {
            "messages": self._add,
            "close": lambda number, _: self._move(number, Phase.CLOSED),
            "reopen": lambda number, _: self._move(number, Phase.REOPENED),
            "rating": self._rate,
        }
        if act:
            acts[act](number, body)
        return self._own(number)

    def _add(self, number: int, body: bytes) -> None:
        words = Words.model_validate_json(body)
        if self.tickets[number].merged_into:
            raise refused("ticket_merged", ticket=number, into=self.tickets[number].merged_into)
        self._say(number, Direction.IN, "person", words.text, words.attachments)

    def _rate(self, number: int, body: bytes) -> None:
        if self.tickets[number].rating is not None:
            raise refused("ticket_rated", ticket=number, stars=self.tickets[number].rating)
        stars = Rating.model_validate_json(body).stars
        self._move(number, Phase.CLOSED)
        self.tickets[number] = self.tickets[number].model_copy(update={"rating": stars})

    def _own(self, number: int) -> OwnTicket:
        ticket = self.tickets[number]
        done = ticket.phase not in OPEN_PHASES
        rating = (Act.RATE,) if done and ticket.rating is None else ()
        acts = (Act.ADD, Act.REOPEN, *rating) if done else (Act.ADD, Act.CLOSE)
        return OwnTicket(ticket=ticket, messages=tuple(self.messages[number]), acts=acts)

    def _card(self, ticket: Ticket) -> TicketCard:
        fields = orjson.loads(ticket.model_dump_json(include=set(TicketCard.model_fields)))
        last = self.messages[ticket.number][-1]
        return TicketCard(**fields, person="D00001", last_by=last.author, last_at=last.at)
