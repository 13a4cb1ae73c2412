"""Gathering, telling and solving beside the service: short transactions, any number of processes, killed anywhere.

Each step notes in its own transaction how far it came, so the next one goes on from there; of two processes at the same
place one finds that the other was faster, and changes nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from core.db.database import Database
from core.incidents import store, telling, whom
from core.incidents.model import Concerned, Worked
from core.incidents.store import Row
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.kernel.logs import logger
from core.tickets import service as tickets

ACTOR = "incidents"
TICKETS_AT_ONCE = 50
SECONDS = 8.0
"""Of one round: a worker waits for its end, and comes again soon."""


@dataclass
class Round:
    """One round of work."""

    database: Database
    ends: float = field(default_factory=lambda: monotonic() + SECONDS)
    at_once: int = telling.AT_ONCE
    """People of one transaction."""
    _gathered: dict[int, Sequence[PersonId]] = field(default_factory=dict)
    """Whom incidents concern, worked out once a round."""

    async def run(self) -> Worked:
        """Work until nothing is left, or the time is over."""
        steps = 0
        while monotonic() < self.ends:
            if not await self.step():
                return Worked(steps=steps, is_done=True)
            steps += 1
        return Worked(steps=steps, is_done=False)

    async def step(self) -> bool:
        """One transaction's worth of what comes first; False where there is nothing to do."""
        async with self.database.read() as questions:
            if not await store.is_anything_to_do(questions):
                return False
            gathering, news = await store.gathering(questions), await store.telling(questions)
            solving = await store.solving(questions)
        if gathering is not None:
            await self._gather(gathering)
        elif news is not None:
            await self._tell(news)
        elif solving is not None:
            await self._solve(solving)
        return True

    async def _gather(self, incident: Row) -> None:
        number, mark = incident["number"], incident["gather_mark"]
        persons = await self._persons(incident)
        begin = bisect_right(persons, mark)
        some = persons[begin : begin + self.at_once]
        async with self.database.begin(actor=ACTOR) as uow:
            if some and not await store.add_people(uow, number, some, mark):
                return
            if not some:
                await store.change(uow, number, {"gathered_at": uow.now})
            await uow.commit()

    async def _persons(self, incident: Row) -> Sequence[PersonId]:
        number = incident["number"]
        if number not in self._gathered:
            async with self.database.read() as questions:
                try:
                    found = await whom.persons(questions, Concerned.model_validate(incident["concerned"]))
                except DomainError as gone:  # it was there when the incident was opened
                    logger().warning("incident concerns nobody any more", incident=number, code=gone.code)
                    found = []
            self._gathered[number] = found
        return self._gathered[number]

    async def _tell(self, news: int) -> None:
        async with self.database.begin(actor=ACTOR) as uow:
            if await telling.tell_some(uow, news, self.at_once):
                await uow.commit()

    async def _solve(self, incident: Row) -> None:
        """Solve some of an incident's tickets; their history names who solved the incident."""
        number, by = incident["number"], incident["solved_by"]
        async with self.database.begin(actor=ACTOR) as uow:
            some = await tickets.tied_open(uow, number, TICKETS_AT_ONCE)
            for ticket in some:
                await tickets.solve_for_incident(uow, ticket, by)
            if not some:
                await store.change(uow, number, {"solving": False})
            await uow.commit()
