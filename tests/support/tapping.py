"""A process of its own that taps offers when it is told to: `python -m tests.support.tapping MOMENT`.

It says `ready`, then answers each line of JSON `[url, [[person, offer], …]]` by what became of each tap in that
database: an order's id, or the code of the refusal. All taps of one line come at the same time.
"""

import asyncio
import json
import sys
from datetime import datetime

from core.checkout import service
from core.db.database import Database
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from tests.support.clock import StillClock


def say(line: str) -> None:
    """One line to whoever started it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def tap(database: Database, person: PersonId, offer: str) -> str:
    """What one tap comes to."""
    try:
        async with database.begin(actor=f"person:{person}") as uow:
            redeemed = await service.redeem(uow, person, offer, None)
            await uow.commit()
    except DomainError as refused:
        return refused.code
    return redeemed.order.order_id


async def answer(moment: str) -> None:
    """Answer lines until there are no more."""
    clock = StillClock(datetime.fromisoformat(moment))
    databases: dict[str, Database] = {}
    loop = asyncio.get_running_loop()
    say("ready")
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        url, taps = json.loads(line)
        if url not in databases:
            databases[url] = Database(url, clock)
        coming = [tap(databases[url], PersonId(person), offer) for person, offer in taps]
        say(json.dumps(await asyncio.gather(*coming)))
    for database in databases.values():
        await database.close()


if __name__ == "__main__":
    asyncio.run(answer(*sys.argv[1:]))
