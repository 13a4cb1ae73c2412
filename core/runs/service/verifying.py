"""Checking released runs: every byte by its digest, every seal by the digests, the chain, and the book.

What the seal covers is kept a second time where it is read every day: a run's row, its payouts, the plan's versions.
These are held against what was sealed, and the book against payouts, payee by payee.
"""

import json
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from hashlib import sha256

import polars as pl
from sqlalchemy import RowMapping

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Problem
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Purpose
from core.people import service as people
from core.plan import service as plans
from core.runs.model import RunPayout
from core.runs.packing import whole
from core.runs.results import PAYOUTS, TOTALS
from core.runs.rules.booking import EARNED, documents
from core.runs.rules.seal import seal
from core.runs.store import parts, payouts
from core.runs.store import runs as store

Owed = Mapping[tuple[PersonId | None, str], int]
NAMED = ("kind", "calendar", "cycle")
MONEY = ("earned", "carried_in", "adjustments", "paid", "carried_out")
CODES_AT_ONCE = 5_000


async def verify(uow: UnitOfWork) -> list[Problem]:
    """Everything that is no longer as it was released."""
    found: list[Problem] = []
    before: str | None = None
    texts = await _plan_texts(uow)
    for run in await store.sealed(uow):
        found += [problem async for problem in _of_run(uow, run, before, texts)]
        before = run["seal"]
    return found


async def _plan_texts(uow: UnitOfWork) -> set[str]:
    """Digests of all plans that were ever in force."""
    return {sha256(text.encode()).hexdigest() for text in await plans.texts(uow)}


async def _of_run(
    uow: UnitOfWork, run: RowMapping, before: str | None, texts: Collection[str]
) -> AsyncIterator[Problem]:
    """What is wrong with one of them.

    Args:
        before: the seal of the run before.
        texts: digests of the plans that were ever in force.
    """
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
    kept = await payouts.of_run(uow, run["id"])
    if seal(digests, run["seal_before"]) != run["seal"]:
        yield Problem("run_seal_broken", facts=number)
    else:
        async for table in _told_otherwise(uow, run, kept, texts):
            yield Problem("run_part_changed", facts={**number, "part": table})
    owed: Owed = {(one.person, one.currency): one.earned + one.adjustments for one in kept}
    booked = await ledger.sums_of(uow, EARNED, documents(run["id"]), Purpose.COMMISSIONS_EARNED)
    for currency in _differing(booked, owed):
        yield Problem("run_book_differs", facts={**number, "currency": currency})


async def _told_otherwise(
    uow: UnitOfWork, run: RowMapping, kept: Sequence[RunPayout], texts: Collection[str]
) -> AsyncIterator[str]:
    """The tables that say something else than what was sealed."""
    [named] = await parts.bodies(uow, run["id"], run["preview"], "input/run")
    [plan] = await parts.bodies(uow, run["id"], run["preview"], "input/plan")
    [totals] = await parts.bodies(uow, run["id"], run["preview"], TOTALS)
    if sha256(plan).hexdigest() not in texts:
        yield "plan_version"
    same = json.loads(named) == {name: run[name] for name in NAMED} and json.loads(totals) == run["totals"]
    if not (same and store.is_over(run)):
        yield "settlement_run"
    if kept != await _sealed_payouts(uow, run):
        yield "settlement_payout"


async def _sealed_payouts(uow: UnitOfWork, run: RowMapping) -> list[RunPayout]:
    """What the seal says that everybody has, by person and currency; of somebody unknown as of person 0."""
    frame = whole(await parts.bodies(uow, run["id"], run["preview"], PAYOUTS))
    ids = await _ids(uow, frame["person_id"].unique())
    rows = frame.select("person_id", "currency", *MONEY).iter_rows()
    found = [RunPayout(run["id"], ids.get(code, PersonId(0)), *money) for code, *money in rows]
    return sorted(found, key=lambda one: (one.person, one.currency))


async def _ids(uow: UnitOfWork, codes: pl.Series) -> dict[str, PersonId]:
    found: dict[str, PersonId] = {}
    for start in range(0, len(codes), CODES_AT_ONCE):
        found |= await people.ids_of(uow, codes[start : start + CODES_AT_ONCE].to_list())
    return found


def _differing(booked: Owed, owed: Owed) -> Iterator[str]:
    """Currencies in which anybody's entry is not what her payout says."""
    wrong = {key[1] for key in booked.keys() | owed.keys() if booked.get(key, 0) != owed.get(key, 0)}
    yield from sorted(wrong)
