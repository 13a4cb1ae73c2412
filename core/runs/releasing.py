"""Release: what was approved goes into the book, payee by payee, and becomes visible with the last transaction.

Each step writes some payees' payouts and postings and how far it came, in one short transaction; a release that is
killed goes on after the last of them. The seal is made at the end, over the digests of all that was calculated.
"""

import io
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import polars as pl
from sqlalchemy import RowMapping

from core.closing import job as closing_job
from core.closing import service as closing
from core.closing.model import Due, Making
from core.db.unit_of_work import UnitOfWork
from core.kernel.heap import leave_alone
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.people import service as people
from core.plan.model import Step
from core.ranks.rules import earlier
from core.runs.holding import Held, finishing
from core.runs.loading.gathering import cycle_of, kind_of
from core.runs.model import RunPayout, RunState
from core.runs.packing import opened, whole
from core.runs.results import AWARDS, CARRY, PAYOUTS, REACHED, STANDINGS, TOTALS
from core.runs.rules.booking import postings, residue
from core.runs.service import states
from core.runs.service.announced import announced
from core.runs.service.points import PointsDue, give
from core.runs.store import parts, payouts
from core.runs.store import runs as store
from core.settlement.model import PAID
from core.settlement.past.carrying import FOUND

T = TypeVar("T")
PAYEES_AT_ONCE = 100
"""So many are booked in one transaction, so that orders coming in meanwhile wait for a moment only."""
PEOPLE_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Approved:
    """What is to be released."""

    run: RowMapping
    payouts: list[RunPayout]
    points: list[PointsDue]
    residues: dict[str, int]
    due: Due | None
    """The cycle that is closed with the release; None where it is closed already, or another calendar's."""
    paid: dict[PersonId, int]
    """Everybody's place on the ladder, where the cycle is to be closed."""
    reached: dict[PersonId, int]
    """The same by their own figures."""
    done: dict[PersonId, str]
    """What the cycle adds to KPIs of later ones."""


async def release(held: Held) -> RunState:
    """Book an approved run and show it.

    Raises:
        CycleOutOfTurn, CycleBeforeFirst: the main calendar's cycles are to be closed in another order.
    """
    await held.note("load")
    async with held.database.read() as questions:
        found = await _approved(questions, held.run)
    leave_alone(len(found.payouts) + len(found.points) + len(found.paid))
    total = len(found.payouts) + len(found.points)
    posted = found.run["posted"]
    for start, some in _steps(found.payouts, posted, 0):
        await _book(held, some, start + len(some), total)
    for start, given in _steps(found.points, posted, len(found.payouts)):
        await _give(held, given, start + len(given), total)
    await _finish(held, found, await _ranked(held, found))
    await closing_job.announce(held.database, actor=held.actor)
    return RunState.RELEASED


def _steps(everything: Sequence[T], posted: int, first: int) -> Iterator[tuple[int, Sequence[T]]]:
    """What is left of a list, some at a time, each with the number of what comes before it in the whole release."""
    for start in range(max(posted - first, 0), len(everything), PAYEES_AT_ONCE):
        yield first + start, everything[start : start + PAYEES_AT_ONCE]


async def _approved(uow: UnitOfWork, number: int) -> Approved:
    run = await states.known(uow, number)
    attempt = run["preview"]
    frame = whole(await parts.bodies(uow, number, attempt, PAYOUTS))
    [totals] = await parts.bodies(uow, number, attempt, TOTALS)
    points = _points(await parts.bodies(uow, number, attempt, AWARDS))
    ids = await _ids(uow, [*frame["person_id"], *(code for code, _, _ in points)])
    rows = frame.select(
        "person_id", "currency", "earned", "carried_in", "adjustments", "to_credit", "paid", "carried_out", "charges"
    )
    due = await _due(uow, run)
    return Approved(
        run=run,
        payouts=sorted(
            (RunPayout(number, ids[code], *money) for code, *money in rows.iter_rows()),
            key=lambda one: (one.person, one.currency),
        ),
        points=sorted(PointsDue(ids[code], bonus, amount) for code, bonus, amount in points),
        residues=json.loads(totals)["residue_minor"],
        due=due,
        paid={} if due is None else await _ranks(uow, run, due, "paid_rank"),
        reached={} if due is None else await _ranks(uow, run, due, REACHED),
        done={} if due is None else await _done(uow, run, due),
    )


def _points(chunks: Sequence[bytes]) -> list[tuple[str, str, int]]:
    """What each payee is given by each bonus that pays points."""
    found = [opened(body, ("payee_id", "bonus", "unit", "amount_minor")) for body in chunks]
    if not found:
        return []
    mine = pl.concat(found).filter(pl.col("unit") == "points").group_by("payee_id", "bonus")
    return list(mine.agg(pl.col("amount_minor").sum()).filter(pl.col("amount_minor") != 0).iter_rows())


async def _ids(uow: UnitOfWork, codes: Sequence[str]) -> dict[str, PersonId]:
    wanted = sorted(set(codes))
    found: dict[str, PersonId] = {}
    for start in range(0, len(wanted), PEOPLE_AT_ONCE):
        found |= await people.ids_of(uow, wanted[start : start + PEOPLE_AT_ONCE])
    return found


async def _due(uow: UnitOfWork, run: RowMapping) -> Due | None:
    """The cycle that the release closes: the main calendar's, by a kind of run that has ranks."""
    plan = await states.plan_of_run(uow, run)
    if run["calendar"] != plan.calendar.code or Step.RANKS not in kind_of(plan, run["kind"]).steps:
        return None
    return await closing.due(uow, cycle_of(plan, run["calendar"], run["cycle"]).code)


async def _ranks(uow: UnitOfWork, run: RowMapping, due: Due, column: str) -> dict[PersonId, int]:
    standings = whole(await parts.bodies(uow, run["id"], run["preview"], STANDINGS))
    names = [name for name in standings.columns if name.startswith("kpi.")][:1]
    there = standings if not names else standings.filter(pl.col(names[0]).is_not_null())
    ids = await _ids(uow, there["person_id"].to_list())
    ladder = {rank.code: place for place, rank in enumerate(due.plan.ranks, start=1)}
    return {ids[code]: ladder.get(rank or "", 0) for code, rank in there.select("person_id", column).iter_rows()}


async def _done(uow: UnitOfWork, run: RowMapping, due: Due) -> dict[PersonId, str]:
    """What the cycle adds to KPIs of later ones, as the run hands it on."""
    if not earlier.asking(due.plan):
        return {}
    body = b"".join(await parts.bodies(uow, run["id"], run["preview"], CARRY + FOUND))
    found = pl.read_csv(io.BytesIO(body), schema_overrides=dict(PAID))
    mine = found.filter((pl.col("cycle") == due.cycle.code) & pl.col("reached").is_not_null())
    told = dict(mine.select("person_id", "reached").iter_rows())
    ids = await _ids(uow, list(told))
    return {ids[code]: text for code, text in told.items()}


async def _book(held: Held, some: Sequence[RunPayout], posted: int, total: int) -> None:
    async def step(uow: UnitOfWork) -> None:
        await payouts.add(uow, some)
        await ledger.post_all(uow, [posting for one in some for posting in postings(one)])

    await held.write(step, posted=posted, progress="book", done=posted, total=total)


async def _give(held: Held, some: Sequence[PointsDue], posted: int, total: int) -> None:
    async def step(uow: UnitOfWork) -> None:
        await give(uow, held.run, some)

    await held.write(step, posted=posted, progress="points", done=posted, total=total)


async def _ranked(held: Held, found: Approved) -> Making | None:
    """Write ranks and titles, to be shown with the run; a release that was stopped here writes them all anew."""
    if found.due is None:
        return None

    async def write(step: Callable[[UnitOfWork], Awaitable[None]], done: int, total: int) -> None:
        await held.write(step, progress="ranks", done=done, total=total)

    return await closing_job.prepare(held.database, found.due, found.paid, found.reached, found.done, write)


async def _finish(held: Held, found: Approved, making: Making | None) -> None:
    """All the rest in one short transaction: residues, the closed cycle, the seal, and that everybody may see it."""
    run = found.run
    async with held.database.begin(actor=held.actor) as uow:
        await store.lock_releases(uow)
        told = await announced(uow, run)
        released = {"released_at": uow.now, "released_by": held.actor, "released_number": told.number}
        await held.keep(uow)
        await ledger.post_all(uow, [residue(held.run, *one) for one in sorted(found.residues.items()) if one[1]])
        if making is not None:
            await closing.publish(uow, making)
        await uow.emit(told)
        sealed = {"seal": told.seal, "seal_before": told.seal_before}
        await finishing(held, uow, RunState.RELEASED, {**released, **sealed})
