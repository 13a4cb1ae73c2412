"""Checking released runs: every byte by its digest, every seal by the digests, the chain, and the book.

What the seal covers is kept a second time where it is read every day: a run's row, its payouts, the plan's versions.
These are held against what was sealed, rows and approvals against what the log of events tells of the release, and the
book against payouts, payee by payee. So the last run too cannot be gone unseen, which no other run's seal names.
"""

import json
from collections.abc import AsyncIterator, Collection, Mapping
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
from core.runs.rules.booking import CHARGED, EARNED, RESIDUE, commissions, documents
from core.runs.rules.seal import seal
from core.runs.service.announced import Log, deeds, told, told_otherwise
from core.runs.store import hands, parts, payouts
from core.runs.store import runs as store

Owed = Mapping[tuple[PersonId | None, str], int]
NAMED = ("kind", "calendar", "cycle")
MONEY = ("earned", "carried_in", "adjustments", "to_credit", "paid", "carried_out", "charges")
CODES_AT_ONCE = 5_000


async def verify(uow: UnitOfWork) -> list[Problem]:
    """Everything that is no longer as it was released."""
    before: str | None = None
    texts, known = await _plan_texts(uow), await told(uow)
    runs = await store.sealed(uow)
    found = list(known.gone({run["id"] for run in runs}))
    left: dict[tuple[PersonId | None, str], int] = {}
    for kind in (EARNED, CHARGED):
        _add(left, await ledger.sums_of(uow, kind, None, Purpose.COMMISSIONS_EARNED))
    for run in runs:
        booked, charged = await _booked(uow, run["id"], EARNED), await _booked(uow, run["id"], CHARGED)
        found += [problem async for problem in _of_run(uow, run, before, texts, known)]
        found += await _book_differs(uow, run, booked, charged)
        _add(left, booked, -1)
        _add(left, charged, -1)
        before = run["seal"]
    for number in await store.halfway(uow):
        for kind in (EARNED, CHARGED):
            _add(left, await _booked(uow, number, kind), -1)
    currencies = sorted({currency for (_, currency), amount in left.items() if amount})
    return found + [Problem("run_booked_without", facts={"currency": currency}) for currency in currencies]


async def _booked(uow: UnitOfWork, run: int, kind: str) -> Owed:
    """What everybody earned by a run, or was charged, as the book has it."""
    return await ledger.sums_of(uow, kind, documents(run), Purpose.COMMISSIONS_EARNED)


def _add(left: dict[tuple[PersonId | None, str], int], booked: Owed, times: int = 1) -> None:
    for key, amount in booked.items():
        left[key] = left.get(key, 0) + times * amount


async def _plan_texts(uow: UnitOfWork) -> set[str]:
    """Digests of all plans that were ever in force."""
    return {sha256(text.encode()).hexdigest() for text in await plans.texts(uow)}


async def _of_run(
    uow: UnitOfWork, run: RowMapping, before: str | None, texts: Collection[str], known: Log
) -> AsyncIterator[Problem]:
    """What is wrong with one of them.

    Args:
        before: the seal of the run before.
        texts: digests of the plans that were ever in force.
        known: what the log of events says of runs.
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
    approvals = await hands.approvals(uow, run["id"], run["preview"])
    for table in told_otherwise(run, approvals, known):
        yield Problem("run_part_changed", facts={**number, "part": table})
    made = seal(digests, run["seal_before"], deeds(run, approvals, run["released_by"]))
    if {made} != {run["seal"], known.seal_of(run)}:
        yield Problem("run_seal_broken", facts=number)
    else:
        async for table in _told_otherwise(uow, run, texts):
            yield Problem("run_part_changed", facts={**number, "part": table})
        for currency in await _residues_differ(uow, run):
            yield Problem("run_book_differs", facts={**number, "currency": currency})


async def _book_differs(uow: UnitOfWork, run: RowMapping, booked: Owed, charged: Owed) -> list[Problem]:
    """Currencies in which anybody's entry is not what her payout says."""
    kept = await payouts.of_run(uow, run["id"])
    wrong = _unlike(booked, {(one.person, one.currency): commissions(one) for one in kept})
    credit = await ledger.sums_of(uow, EARNED, documents(run["id"]), Purpose.CREDIT)
    wrong |= _unlike(credit, {(one.person, one.currency): one.to_credit for one in kept})
    wrong |= _unlike(charged, {(one.person, one.currency): -sum(one.charged.values()) for one in kept})
    number = {"run": str(run["id"]), "cycle": run["cycle"]}
    return [Problem("run_book_differs", facts={**number, "currency": currency}) for currency in sorted(wrong)]


async def _residues_differ(uow: UnitOfWork, run: RowMapping) -> list[str]:
    """Currencies in which the book has rounding keep something else than was sealed."""
    [totals] = await parts.bodies(uow, run["id"], run["preview"], TOTALS)
    kept: Owed = {(None, currency): amount for currency, amount in json.loads(totals)["residue_minor"].items()}
    booked = await ledger.sums_of(uow, RESIDUE, documents(run["id"]), Purpose.ROUNDING)
    return sorted(_unlike(booked, kept))


def _unlike(booked: Owed, owed: Owed) -> set[str]:
    """Currencies in which anybody has another sum by the book."""
    return {key[1] for key in booked.keys() | owed.keys() if booked.get(key, 0) != owed.get(key, 0)}


async def _told_otherwise(uow: UnitOfWork, run: RowMapping, texts: Collection[str]) -> AsyncIterator[str]:
    """The tables that say something else than what was sealed."""
    [named] = await parts.bodies(uow, run["id"], run["preview"], "input/run")
    [plan] = await parts.bodies(uow, run["id"], run["preview"], "input/plan")
    [totals] = await parts.bodies(uow, run["id"], run["preview"], TOTALS)
    if sha256(plan).hexdigest() not in texts:
        yield "plan_version"
    same = json.loads(named) == {name: run[name] for name in NAMED} and json.loads(totals) == run["totals"]
    if not (same and store.is_over(run)):
        yield "settlement_run"
    if await payouts.of_run(uow, run["id"]) != await _sealed_payouts(uow, run):
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
