"""The work of runs in three beats: load in one view of the data, calculate, write in short transactions.

Nothing holds a lock while it thinks, so orders keep coming in. What a work writes becomes true with its last
transaction, which changes the run itself; a work that is killed before begins anew, and leaves nothing behind.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence

from core.db.database import Database
from core.db.steps import step
from core.db.unit_of_work import UnitOfWork
from core.runs.comparing import difference_parts
from core.runs.holding import Held, Tell, finishing, holding
from core.runs.inputs import input_parts, inputs
from core.runs.loading.gathering import Gathered, gather
from core.runs.model import Finding, RunState, Work
from core.runs.releasing import release
from core.runs.results import TOTALS, calculated, noticed, result_parts
from core.runs.service import states
from core.runs.store import hands, parts
from core.runs.store.parts import Part
from core.runs.validating import validate

BYTES_AT_ONCE = 4_000_000


async def work(database: Database, run: int, what: Work, *, actor: str, tell: Tell) -> RunState:
    """Preview, validate or release a run; safe to repeat after any stop.

    Returns:
        The state that the run is in now.

    Raises:
        RunUnknown, RunInState, RunBusy, RunStepMissing, CycleRunning: it cannot begin.
        RunOvertaken: another process took it over meanwhile.
        RateMissing, CarryUnfit: it cannot be calculated.
        CycleOutOfTurn, CycleBeforeFirst: the main calendar's cycles are to be closed in another order.
    """
    async with holding(database, run, what, actor=actor, tell=tell) as held:
        if what is Work.PREVIEW:
            return await preview(held)
        if what is Work.VALIDATE:
            return await validate(held)
        return await release(held)


async def preview(held: Held) -> RunState:
    """Calculate a run from what is known now, keep it, and say what differs from the preview before."""
    await _tidy(held)
    await held.note("load")
    async with held.database.read() as questions:
        run = await states.known(questions, held.run)
        found = await gather(questions, run)
    await held.note("calculate")
    given = await asyncio.to_thread(inputs, found)
    outcome = await asyncio.to_thread(calculated, given)
    results = await asyncio.to_thread(list, result_parts(outcome))
    told, notices = json.loads(named(results, TOTALS)), [*found.findings, *noticed(outcome)]
    del outcome, given
    await held.note("compare")
    differences = await difference_parts(held.database, run, found, results)
    everything = await asyncio.to_thread(lambda: [*input_parts(found), *results, *differences])
    await write_parts(held, everything)
    await _publish(held, found, run["preview"], told, notices)
    await _tidy(held)
    return RunState.PREVIEWED


async def write_parts(held: Held, found: Iterable[Part]) -> None:
    """Some at a time, so that no transaction is long."""
    everything = list(found)
    done = 0
    for some in _batches(everything):

        async def add(uow: UnitOfWork, some: list[Part] = some) -> None:
            for part in some:
                await parts.add(uow, held.run, held.attempt, part)

        done += len(some)
        await held.write(add, progress="write", done=done, total=len(everything))


async def _publish(
    held: Held, found: Gathered, before: int | None, told: dict[str, object], findings: Sequence[Finding]
) -> None:
    values = {
        "preview": held.attempt,
        "before": before,
        "known_until": found.known_until,
        "carried_from": list(found.carried_from),
        "titles_of": found.titles_of,
        "last_order": found.last_order,
        "plan_version": found.plan.version,
        "totals": told,
    }
    async with held.database.begin(actor=held.actor) as uow:
        await hands.replace_findings(uow, held.run, held.attempt, Work.PREVIEW, _first(findings))
        await finishing(held, uow, RunState.PREVIEWED, values)


async def _tidy(held: Held) -> None:
    """Forget what attempts left that came to no end, and previews older than the last two."""
    more = True
    while more:
        async with step(held.database, actor=held.actor) as uow:
            run = await states.known(uow, held.run)
            keep = [attempt for attempt in (run["preview"], run["before"]) if attempt is not None]
            more = await parts.forget_some(uow, held.run, before=held.attempt, keep=keep)
            await uow.commit()


def named(found: Iterable[Part], name: str) -> bytes:
    """The one part of a name."""
    [body] = [part.body for part in found if part.name == name]
    return body


def _batches(found: Iterable[Part]) -> Iterator[list[Part]]:
    batch: list[Part] = []
    size = 0
    for part in found:
        if batch and size + len(part.body) > BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(part)
        size += len(part.body)
    if batch:
        yield batch


def _first(findings: Sequence[Finding], most: int = 1_000) -> list[Finding]:
    """So many of them; of the others it is told how many there are."""
    more = len(findings) - most
    rest = [Finding(code="run_findings_more", severity="fault", facts={"count": more})] if more > 0 else []
    return [*findings[:most], *rest]
