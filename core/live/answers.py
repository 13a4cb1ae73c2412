"""Finished answers of one process, given again as long as nothing has happened that could change them."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.db.database import Database
from core.db.unit_of_work import Questions
from core.http.model import Finished
from core.kernel.logs import REQUEST_ID
from core.kernel.words import Model
from core.live.service import Live
from core.live.state import State

Answer = TypeVar("Answer", bound=Model)
Work = Callable[[Questions, State], Awaitable[Model]]
Stamp = tuple[State, int, date]
"""What every answer may depend on: the figures, the last event worked into them, and the company's day."""

BYTES_MAX = 32 * 1024 * 1024
TRIES = 3
"""How often an answer is worked out anew because something happened meanwhile; the last one is given in any case."""


class Answers:
    """Keeps answers by key, all of one stamp: one event, or midnight in company time, and all are forgotten.

    Every change that an answer could show is an event of its own transaction, and a question is answered by a check of
    the event log that began after it came, so an answer given again is the one that would be worked out.
    """

    def __init__(self, live: Live, database: Database, *, bytes_max: int = BYTES_MAX) -> None:
        """Take the parts to ask.

        Args:
            bytes_max: how much text is kept; whatever was kept longest goes first.
        """
        self._live, self._database, self._bytes_max = live, database, bytes_max
        self._stamp: Stamp | None = None
        self._kept: dict[Hashable, bytes] = {}
        self._bytes = 0
        self._under_way: dict[Hashable, asyncio.Task[bytes]] = {}

    async def finished(self, key: Hashable, work: Callable[[Questions, State], Awaitable[Answer]]) -> Finished[Answer]:
        """The answer that `work` gives, which is done once for all who ask for `key` while nothing happens.

        Args:
            key: the operation and all that its answer depends on, besides the company's data and day.

        Raises:
            DomainError: what `work` refuses, which is not kept; and what `Live.fresh` raises.
        """
        state = await self._live.fresh()
        stamp = self._stamp_of(state)
        if stamp != self._stamp:
            self._stamp, self._kept, self._bytes, self._under_way = stamp, {}, 0, {}
        body = self._kept.get(key)
        if body is None:
            task = self._under_way.get(key)
            if task is None:
                task = self._under_way[key] = asyncio.create_task(self._worked_out(key, work, state))
            body = await asyncio.shield(task)
        return Finished(body)

    def _stamp_of(self, state: State) -> Stamp:
        zone = ZoneInfo(state.plan.calendar.time_zone)
        return state, state.changes, self._database.clock.now().astimezone(zone).date()

    async def _worked_out(self, key: Hashable, work: Work, state: State) -> bytes:
        under_way = self._under_way
        try:
            for _ in range(TRIES):
                stamp = self._stamp_of(state)
                async with self._database.read(request_id=REQUEST_ID.get()) as questions:
                    body = (await work(questions, state)).model_dump_json().encode()
                if self._stamp_of(state) == stamp:
                    self._keep(stamp, key, body)
                    break
                state = await self._live.fresh()
            return body
        finally:
            del under_way[key]

    def _keep(self, stamp: Stamp, key: Hashable, body: bytes) -> None:
        if stamp != self._stamp:
            return
        self._kept[key] = body
        self._bytes += len(body)
        while self._bytes > self._bytes_max:
            self._bytes -= len(self._kept.pop(next(iter(self._kept))))
