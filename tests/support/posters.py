"""Whoever posts to the same few accounts as fast as she can: run in several processes, all with the same postings.

Posting n is the same wherever it is made, so each must stand in the book once at most, whoever was quicker. A process
that was killed is simply started again.
"""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.clock import Clock
from core.kernel.ids import PersonId
from core.ledger import service
from core.ledger.model import AlreadyReversed, Overdrawn
from core.people import service as people
from tests.support.bookkeeping import account, posting

NAMES = ("Ana", "Bo", "Cy", "Di")
OPENING = 100
POSTINGS = 240

Numbers = Mapping[str, PersonId]


async def open_accounts(uow: UnitOfWork, numbers: Numbers) -> None:
    """Give everybody the same."""
    lines = [("- opening EUR", -OPENING), ("{} credit EUR", OPENING)]
    for name in NAMES:
        drawn = [f"{where.format(name)} {amount:+}" for where, amount in lines]
        await service.post(uow, posting(f"open:{name}", *drawn, people=numbers))


async def do(uow: UnitOfWork, n: int, numbers: Numbers) -> None:
    """The nth deed: a gift, a chain of gifts, half of what somebody has, or the end of an earlier gift."""
    random = Random(n)
    giver, receiver, third = random.sample(NAMES, 3)
    amount = random.randint(1, 60)
    if n % 4 == 1:
        await _chain(uow, n, (giver, receiver, third), amount, numbers)
    elif n % 4 == 2:
        await _half(uow, n, giver, receiver, numbers)
    elif n % 4 == 3:
        await _undo(uow, n)
    else:
        await service.post(uow, posting(f"k{n}", *_gift(giver, receiver, amount), people=numbers))


def _gift(giver: str, receiver: str, amount: int) -> tuple[str, str]:
    return f"{giver} credit EUR {-amount}", f"{receiver} credit EUR {amount:+}"


async def _chain(uow: UnitOfWork, n: int, names: tuple[str, str, str], amount: int, numbers: Numbers) -> None:
    one, two, three = names
    gifts = [(one, two), (two, three), (three, one)]
    batch = [posting(f"k{n}.{step}", *_gift(*pair, amount), people=numbers) for step, pair in enumerate(gifts)]
    await service.post_all(uow, batch)


async def _half(uow: UnitOfWork, n: int, giver: str, receiver: str, numbers: Numbers) -> None:
    """Read, think, post: what was read must still be true when it is posted."""
    hers, theirs = (account(f"{name} credit EUR", numbers) for name in (giver, receiver))
    balances = await service.lock(uow, [hers, theirs])
    if await service.entry_under(uow, f"k{n}") is None and balances[hers] > 1:
        await asyncio.sleep(0.001)
        await service.post(uow, posting(f"k{n}", *_gift(giver, receiver, balances[hers] // 2), people=numbers))


async def _undo(uow: UnitOfWork, n: int) -> None:
    gift = await service.entry_under(uow, f"k{n - 3}")
    if gift is not None:
        await service.reverse(uow, gift.entry, key=f"undo {gift.key}", reason="a test")


async def main(url: str, seed: int, gate: Path) -> None:
    """All postings in an order of one's own, once the gate is opened; nothing but a refusal of the book may come up."""
    database = Database(url, Clock())
    async with database.read() as questions:
        numbers = await people.ids_of(questions, NAMES)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(gate.read_text)  # a pipe with a name: until somebody writes to it
    order = list(range(POSTINGS))
    Random(seed).shuffle(order)
    for n in order:
        async with database.begin() as uow:
            try:
                await do(uow, n, numbers)
            except (Overdrawn, AlreadyReversed):
                continue
            await uow.commit()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
