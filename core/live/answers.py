"""Finished answers of one process, given again as long as nothing has happened that could change them."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from core.db.database import Database
from core.db.unit_of_work import Questions
from core.http.model import Finished
from core.kernel.ids import PersonId
from core.kernel.logs import REQUEST_ID
from core.kernel.words import Model
from core.live.service import Live
from core.live.state import State

Answer = TypeVar("Answer", bound=Model)
Thing = TypeVar("Thing")
Work = Callable[[Questions, State], Awaitable[Model]]
Stamp = tuple[State, datetime | None, int, date]
"""What all answers depend on: the figures and as of when, what happened to everybody, and the company's day."""

BYTES_MAX = 32 * 1024 * 1024
TRIES = 3
"""How often an answer is worked out anew because something happened meanwhile; the last one is given in any case."""


@dataclass(slots=True)
class Since(Generic[Thing]):
    """An answer, finished or under way, and up to which of the events of one line it is known to hold."""

    thing: Thing
    events: int


class Answers:
    """Keeps answers by key until something happens that they may show.

    An event of one line, such as an order, voids the answers about its person and about those above her; any other
    event, and midnight in company time, void all. Every change that an answer could show is an event of its own
    transaction, and a question is answered by a check of the event log that began after it came, so an answer given
    again is the one that would be worked out.
    """

    def __init__(self, live: Live, database: Database, *, bytes_max: int = BYTES_MAX) -> None:
        """Take the parts to ask.

        Args:
            bytes_max: how much text is kept; whatever was kept longest goes first.
        """
        self._live, self._database, self._bytes_max = live, database, bytes_max
        self._stamp: Stamp | None = None
        self._kept: dict[Hashable, Since[bytes]] = {}
        self._bytes = 0
        self._under_way: dict[Hashable, Since[asyncio.Task[bytes]]] = {}
        self._day: tuple[str, datetime, date] | None = None

    async def finished(
        self, key: Hashable, work: Callable[[Questions, State], Awaitable[Answer]], *, of: PersonId | None = None
    ) -> Finished[Answer]:
        """The answer that `work` gives, which is done once for all who ask for `key` while it holds.

        Args:
            key: the operation and all that its answer depends on, besides the company's data and day.
            of: whose answer it is, when no event of one line can change it but those of her and her line; None when
                others might, and every event voids it.

        Raises:
            DomainError: what `work` refuses, which is not kept; and what `Live.fresh` raises.
        """
        state = await self._live.fresh()
        stamp = self._stamp_of(state)
        if stamp != self._stamp:
            self._stamp, self._kept, self._bytes, self._under_way = stamp, {}, 0, {}
        kept = self._kept.get(key)
        if kept is not None and _holds(kept, state, of):
            return Finished(kept.thing)
        begun = self._under_way.get(key)
        if begun is None or not _holds(begun, state, of):
            task = asyncio.create_task(self._worked_out(key, work, state, of))
            begun = self._under_way[key] = Since(task, state.happened.count)
        return Finished(await asyncio.shield(begun.thing))

    def _stamp_of(self, state: State) -> Stamp:
        return state, state.as_of, state.happened.everywhere, self._today(state.plan.calendar.time_zone)

    def _today(self, zone: str) -> date:
        """The company's day, worked out once a second; a day begins with a whole second wherever one lives."""
        second = self._database.clock.now().replace(microsecond=0)
        if self._day is None or self._day[1] != second or self._day[0] != zone:
            self._day = zone, second, second.astimezone(ZoneInfo(zone)).date()
        return self._day[2]

    async def _worked_out(self, key: Hashable, work: Work, state: State, of: PersonId | None) -> bytes:
        try:
            for _ in range(TRIES):
                stamp, begun = self._stamp_of(state), Since(b"", state.happened.count)
                async with self._database.read(request_id=REQUEST_ID.get()) as questions:
                    begun.thing = (await work(questions, state)).model_dump_json().encode()
                if self._stamp_of(state) == stamp and _holds(begun, state, of):
                    self._keep(stamp, key, begun)
                    break
                state = await self._live.fresh()
            return begun.thing
        finally:
            mine = self._under_way.get(key)
            if mine is not None and mine.thing is asyncio.current_task():
                del self._under_way[key]

    def _keep(self, stamp: Stamp, key: Hashable, answer: Since[bytes]) -> None:
        if stamp != self._stamp:
            return
        before = self._kept.pop(key, None)
        self._kept[key] = answer
        self._bytes += len(answer.thing) - (len(before.thing) if before is not None else 0)
        while self._bytes > self._bytes_max:
            self._bytes -= len(self._kept.pop(next(iter(self._kept))).thing)


def _holds(answer: Since[Thing], state: State, of: PersonId | None) -> bool:
    """Whether no event since then shows in the answer; if so, that is remembered."""
    happened = state.happened
    if answer.events != happened.count:
        top = None if of is None else state.find(of)
        if top is None or happened.concerns(state.nodes.parent, top, answer.events):
            return False
        answer.events = happened.count
    return True
