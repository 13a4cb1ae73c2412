"""A stand-in for core's HTTP API in tests of the bot: it serves the models that a test gives it, and keeps an inbox."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import BaseModel

from core.access.model import Link
from core.calendar.model import CycleCard
from core.http.model import Page
from core.kernel.errors import Facts, Refused
from core.kernel.ids import PersonId
from core.line.model import LinePage, Sort
from core.messaging.model import ChatState, Claimed, Claims, Exchange, FileId, Lease, Outgoing, OutgoingBatch, Shown
from core.orders.model import Order, OrderCard
from core.outreach.model import Planned
from core.people.model import LinePerson, Me, OwnSettings, Team
from core.progress.model import Progress, WhatIf
from core.referrals.model import Inviter
from tests.support.wishing import Wishing

BOT_KEY = "a-service-key-for-tests"
Room = Callable[[web.Request, bytes], BaseModel | bytes | None]
"""Answers what it knows, else None; it may refuse."""


@dataclass
class Person:
    """Everything that core would say to one person."""

    me: Me
    progress: Callable[[str | None], Progress]
    line: list[LinePerson]
    team: Team
    orders: list[Order]
    cycle: CycleCard
    line_orders: dict[str, list[OrderCard]] = field(default_factory=dict)
    rooms: list[Room] = field(default_factory=list)
    """Asked before all else about her; the first answer counts."""
    wishes: Wishing = field(default_factory=Wishing)


class CoreStandIn:
    """Core as the bot sees it. `away` makes it answer 503 to everything; `asked` counts what was asked."""

    def __init__(self) -> None:
        self.chats: dict[int, Person] = {}
        self.tokens: dict[str, Person] = {}
        self.phones: dict[str, list[Person]] = {}
        self.inviters: dict[str, str] = {}
        """First names by the start parameter of their links."""
        self.states: dict[int, dict[str, Any]] = {}
        self.files: dict[str, str] = {}
        self.shown: dict[tuple[int, int], str | None] = {}
        self.about: dict[tuple[int, int], str] = {}
        self.away = False
        self.away_for: dict[str, int] = {}
        """By path: so many answers more are 503."""
        self.hold = False
        """Updates are stored and nobody gets work."""
        self.refusing: dict[str, Refused] = {}
        """By path: what is refused, whatever is asked."""
        self.poison: set[int] = set()
        """Updates that no request may hold."""
        self.asked: Counter[str] = Counter()
        self.keys: Counter[str] = Counter()
        self.lease_holder: str | None = None
        """Who has the leases; None is whoever asks."""
        self.outbox: list[Outgoing] = []
        """Messages to be claimed; each is handed out once."""
        self.reports: list[tuple[int, dict[str, Any]]] = []
        """What the worker said of each."""
        self.contents: dict[int, bytes] = {}
        """What is in the files that messages carry, by message."""
        self._updates: dict[int, dict[str, Any]] = {}
        self._done: set[int] = set()
        self.sent: dict[int, dict[str, Any]] = {}

    @property
    def updates(self) -> set[int]:
        """The numbers of all updates that it has."""
        return set(self._updates)

    async def stored(self, count: int) -> None:
        """Wait until so many updates are stored."""
        async with asyncio.timeout(10):
            await self._stored(count)

    async def _stored(self, count: int) -> None:
        if len(self._updates) < count:
            await asyncio.sleep(0.005)
            await self._stored(count)

    def forget_done(self) -> None:
        """As if the bot had been killed before it could say that it was done."""
        self._done.clear()

    async def handle(self, request: web.Request) -> web.Response:
        """Any request."""
        name = f"{request.method} {request.path}"
        if self.away or self.away_for.get(request.path, 0) > 0:
            self.away_for[request.path] = self.away_for.get(request.path, 0) - 1
            return web.json_response({"code": "database_away", "facts": {}}, status=503)
        if request.path != "/v1/inbox" and "/leases/" not in request.path:
            self.asked[name] += 1
        if key := request.headers.get("Idempotency-Key"):
            self.keys[key] += 1
        body = await request.read()
        try:
            if request.path in self.refusing:
                raise self.refusing[request.path]
            answer = self._answer(request, body)
        except Refused as refusal:
            return web.json_response({"code": refusal.code, "facts": dict(refusal.facts)}, status=refusal.status)
        if answer is None:
            return web.Response(status=204)
        if isinstance(answer, bytes):
            return web.Response(body=answer, content_type="application/octet-stream")
        return web.Response(body=answer.model_dump_json().encode(), content_type="application/json")

    def _answer(self, request: web.Request, body: bytes) -> BaseModel | bytes | None:
        path = request.path
        if path == "/v1/inbox":
            return self._exchange(Exchange.model_validate_json(body))
        if path.startswith(("/v1/outbox/", "/v1/outreach/claim")):
            return self._outgoing(path, body)
        if path == "/v1/outreach/plan":
            return Planned(slots=(), under_way=False)
        if path.startswith("/v1/leases/"):
            asked = orjson.loads(body)["holder"]
            holder = self.lease_holder or asked
            return Lease(name="poller", holder=holder, held=holder == asked, fence=1)
        if "X-Chat" not in request.headers:
            return self._kept(request, body)
        return self._person_answer(request, body, int(request.headers["X-Chat"]))

    def _kept(self, request: web.Request, body: bytes) -> BaseModel:
        """What the bot keeps."""
        path, query = request.path, request.query
        if path == "/v1/files":
            return FileId(file_id=self.files.get(query["key"]))
        if path.startswith("/v1/bots/"):
            parts = path.split("/")
            place = int(parts[5]), int(parts[7])
            return Shown(shown=self.shown.get(place), about=self.about.get(place))
        chat = int(path.split("/")[3])
        if request.method == "PUT":
            self.states[chat] = orjson.loads(body)["state"]
        return ChatState(state=self.states.get(chat, {}))

    def _person_answer(self, request: web.Request, body: bytes, chat: int) -> BaseModel | bytes | None:
        path = request.path
        if path.startswith("/v1/links/"):
            return self._link(chat, path.removeprefix("/v1/links/"), orjson.loads(body))
        person = self.chats.get(chat)
        if path == "/v1/referrals" and person is None:
            return self._inviter(orjson.loads(body)["start"])
        if person is None:
            raise refused("chat_not_linked", status=403)
        return self._of(person, request, body, chat)

    def _inviter(self, start: str) -> Inviter:
        if start not in self.inviters:
            raise refused("referral_unknown", status=404)
        return Inviter(name=self.inviters[start])

    def _of(self, person: Person, request: web.Request, body: bytes, chat: int) -> BaseModel | bytes | None:
        path = request.path
        for room in person.rooms:
            if (answer := room(request, body)) is not None:
                return answer
        if path.startswith(("/v1/me/notifications", "/v1/me/messages/")):
            return self._wish(person, request, body)
        return self._own(person, request, body, chat)

    def _own(self, person: Person, request: web.Request, body: bytes, chat: int) -> BaseModel | None:
        path = request.path
        if path == "/v1/me/settings":
            wanted = OwnSettings.model_validate_json(body).model_dump(exclude_none=True)
            chosen = {"language_chosen": True} if "language" in wanted else {}
            person.me = person.me.model_copy(update={**wanted, **chosen})
            return person.me
        if path == "/v1/me/link":
            del self.chats[chat]
            return None
        if path == "/v1/me/what-if":
            WhatIf.model_validate_json(body)
            return person.progress(None).model_copy(update={"what_if": True})
        if path == "/v1/me/progress":
            return person.progress(request.query.get("rank"))
        return self._question(path, request, person)

    def _wish(self, person: Person, request: web.Request, body: bytes) -> BaseModel | None:
        """What she wants to hear; whether at all is a setting of hers."""
        answer = person.wishes.answer(request.method, request.path, body, on=person.me.notifications)
        person.me = person.me.model_copy(update={"notifications": person.wishes.on, "time_zone": person.wishes.zone})
        return answer

    def _question(self, path: str, request: web.Request, person: Person) -> BaseModel:
        fixed: dict[str, BaseModel] = {"/v1/me": person.me, "/v1/me/team": person.team, "/v1/me/cycle": person.cycle}
        if path in fixed:
            return fixed[path]
        if path == "/v1/me/line":
            return line_page(in_line(person.line, request.query), request.query)
        lists = {"/v1/me/orders": [card_of(order) for order in person.orders], "/v1/me/tickets": []}
        if path in lists:
            return page(lists[path], request.query)
        kind, _, rest = path.removeprefix("/v1/me/").partition("/")
        if kind == "orders":
            return one([order for order in person.orders if order.order_id == rest], "order_unknown", order=rest)
        code, _, orders = rest.partition("/")
        if orders:
            return page(person.line_orders.get(code, []), request.query)
        return one([found for found in person.line if found.code == code], "person_unknown", person=code)

    def _link(self, chat: int, way: str, given: dict[str, str]) -> Link:
        if way == "token":
            found = [self.tokens.pop(given["token"])] if given["token"] in self.tokens else []
        else:
            found = self.phones.get(given["phone"].lstrip("+"), [])
        if not found:
            raise refused("link_token_invalid" if way == "token" else "phone_unknown", status=404)
        if len(found) > 1:
            raise refused("phone_ambiguous")
        self.chats[chat] = found[0]
        return Link(person=PersonId(1), chat=chat, linked_at=datetime.now(UTC))

    def _outgoing(self, path: str, body: bytes) -> BaseModel | bytes | None:
        if path == "/v1/outreach/claim":
            claimed, self.outbox = tuple(self.outbox), []
            return OutgoingBatch(messages=claimed)
        number, what = int(path.split("/")[3]), path.split("/")[4]
        if what == "file":
            if number not in self.contents:
                raise refused("attachment_unknown", status=404)
            return self.contents[number]
        self.reports.append((number, orjson.loads(body)))
        return None

    def _exchange(self, wish: Exchange) -> Claims:
        if self.poison & {incoming.update_id for incoming in wish.updates}:
            raise refused("request_invalid", status=422)
        for incoming in wish.updates:
            self._updates.setdefault(incoming.update_id, incoming.model_dump())
        for step in wish.sent:
            self.sent.setdefault(step.update_id, {})[step.step] = step
            self.shown[step.chat_id, step.message_id] = step.shown
            if step.about is not None:
                self.about[step.chat_id, step.message_id] = step.about
        self.files.update({file.key: file.file_id for file in wish.files})
        self._done.update(wish.done)
        waiting = sorted(self._updates.keys() - self._done - set(wish.holding))
        if self.hold or not wish.chats_max:
            waiting = []
        return Claims(
            updates=tuple(
                Claimed(
                    **self._updates[number],
                    attempt=1,
                    received_at=datetime.now(UTC),
                    sent=tuple(self.sent.get(number, {}).values()),
                )
                for number in waiting
            )
        )


def card_of(order: Order) -> OrderCard:
    """The order as a list shows it."""
    return OrderCard(**order.model_dump(include=set(OrderCard.model_fields)))


def refused(code: str, *, status: int = 409, **facts: Any) -> Refused:
    """A refusal as core would answer it."""
    told: Facts = facts
    return Refused(code, told, status=status)


def in_line(people: list[LinePerson], query: Any) -> list[LinePerson]:
    """The people that the query asks for."""
    tests: dict[str, Callable[[LinePerson, str], bool]] = {
        "level": lambda person, value: person.level == int(value),
        "kind": lambda person, value: person.kind.value == value,
        "active": lambda person, value: person.active == (value == "true"),
        "q": lambda person, value: value.lower() in person.name.lower(),
    }
    asked = [(tests[name], value) for name, value in query.items() if name in tests]
    return [person for person in people if all(test(person, value) for test, value in asked)]


def line_page(people: list[LinePerson], query: Any) -> BaseModel:
    """A page of a line in the order that the query asks for."""
    keys: dict[str, Callable[[LinePerson], Any]] = {
        "name": lambda person: person.name.casefold(),
        "usual_order": lambda person: -(person.usual_order or 0),
    }
    sort = Sort(query.get("sort", Sort.LEVEL))
    found = page(sorted(people, key=keys[sort]) if sort in keys else people, query)
    return LinePage(**dict(found), sort=sort)


def page(items: Any, query: Any) -> BaseModel:
    """A page; the cursor is the number of the next item."""
    start, limit = int(query.get("cursor", 0)), int(query.get("limit", 10))
    following = str(start + limit) if len(items) > start + limit else None
    return Page[Any](items=list(items[start : start + limit]), next=following)


def one(found: list[Any], code: str, **facts: Any) -> BaseModel:
    """The one that was asked for."""
    if not found:
        raise refused(code, status=404, **facts)
    item: BaseModel = found[0]
    return item


@asynccontextmanager
async def running_core() -> AsyncIterator[tuple[CoreStandIn, str]]:
    """A stand-in on a free port, and its address."""
    core = CoreStandIn()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", core.handle)
    server = TestServer(app)
    await server.start_server()
    yield core, str(server.make_url("")).rstrip("/")
    await server.close()
