"""Checking released runs: every byte by its digest, every seal by the digests, the chain, and the book."""

from collections.abc import AsyncIterator
from hashlib import sha256

from sqlalchemy import RowMapping

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Problem
from core.ledger import service as ledger
from core.ledger.model import Purpose
from core.runs.rules.booking import EARNED, documents
from core.runs.rules.seal import seal
from core.runs.store import parts, payouts
from core.runs.store import runs as store


async def verify(uow: UnitOfWork) -> list[Problem]:
    """Everything that is no longer as it was released."""
    found: list[Problem] = []
    before: str | None = None
    for one in await store.released(uow):
        run = await store.row(uow, one.number)
        assert run is not None, "it was found a moment ago"
        found += [problem async for problem in _of_run(uow, run, before)]
        before = run["seal"]
    return found


async def _of_run(uow: UnitOfWork, run: RowMapping, before: str | None) -> AsyncIterator[Problem]:
    number = {"run": str(run["id"]), "cycle": run["cycle"]}
    digests = []
    for name, position, stated in await parts.digests(uow, run["id"], run["preview"]):
        body = await parts.body(uow, run["id"], run["preview"], name, position)
        digest = sha256(body or b"").hexdigest()
        digests.append((name, position, digest))
        if digest != stated:
            yield Problem("run_part_changed", facts={**number, "part": f"{name} {position}"})
    if run["seal_before"] != before:
        yield Problem("run_chain_broken", facts=number)
    if seal(digests, run["seal_before"]) != run["seal"]:
        yield Problem("run_seal_broken", facts=number)
    booked = await ledger.sums_of(uow, EARNED, documents(run["id"]), Purpose.COMMISSIONS_EARNED)
    owed = {currency: earned + noted for currency, (_, earned, noted) in (await payouts.sums(uow, run["id"])).items()}
    for currency in sorted({*booked, *owed}):
        if booked.get(currency, 0) != owed.get(currency, 0):
            yield Problem("run_book_differs", facts={**number, "currency": currency})
