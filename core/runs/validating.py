"""Validation: the same inputs again must give the same bytes, the second engine must agree, and limits must hold."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import polars as pl

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.money import minor_digits
from core.runs.holding import Held, finishing
from core.runs.inputs import CARRY, Inputs, stored_inputs
from core.runs.loading.gathering import LAST_MOMENT
from core.runs.model import Finding, RunState, Work
from core.runs.packing import whole
from core.runs.results import PAYOUTS, calculated, result_parts
from core.runs.rules.limits import over_limits
from core.runs.rules.seal import is_sealed
from core.runs.service import states
from core.runs.store import hands, parts
from core.runs.store.runs import released
from core.settlement.comparing import Difference, compare
from core.settlement.running import Outcome

SHOWN_MAX = 200
EARNED = ("person_id", "currency", "earned")


async def validate(held: Held) -> RunState:
    """Look at what the preview kept; without a fault its inputs are frozen, and it waits for approvals.

    Returns:
        `validated`, or `previewed` where faults were found.
    """
    await held.note("load")
    async with held.database.read() as questions:
        run = await states.known(questions, held.run)
        given = await inputs_of(questions, held.run, run["preview"])
        stored = await parts.digests(questions, held.run, run["preview"])
        before = await _earned_before(questions, run["calendar"], run["starts_at"])
        known = await hands.findings(questions, held.run, run["preview"], Work.PREVIEW)
    await held.note("calculate again")
    outcome = await asyncio.to_thread(calculated, given)
    found = _unlike(stored, await asyncio.to_thread(_digests, outcome))
    found += over_limits(
        given.kind, given.plan.currency, outcome.payouts, before, sales(given), lambda code: worth(given, code)
    )
    await held.note("second engine")
    differences = await asyncio.to_thread(compare, outcome, given.plan_text, given.rates, outcome.carried)
    found += disagreements(differences)
    is_faulty = any(one.severity == "fault" for one in [*known, *found])
    state = RunState.PREVIEWED if is_faulty else RunState.VALIDATED
    async with held.database.begin(actor=held.actor) as uow:
        await hands.replace_findings(uow, held.run, run["preview"], Work.VALIDATE, found)
        await finishing(held, uow, state, {})
    return state


async def inputs_of(uow: UnitOfWork, run: int, attempt: int) -> Inputs:
    """What a preview was calculated from."""

    async def bodies(name: str) -> list[bytes]:
        return await parts.bodies(uow, run, attempt, name)

    names = await parts.names(uow, run, attempt, CARRY)
    carry = {name.removeprefix(CARRY): b"".join(await bodies(name)) for name in names}
    return await stored_inputs(bodies, carry)


def _digests(outcome: Outcome) -> list[tuple[str, int, str]]:
    return [(part.name, part.position, part.digest) for part in result_parts(outcome) if is_sealed(part.name)]


def _unlike(stored: Sequence[tuple[str, int, str]], again: Sequence[tuple[str, int, str]]) -> list[Finding]:
    """Parts that came out otherwise than in the preview, which never happens while the engine is right."""
    kept = {one for one in stored if is_sealed(one[0]) and not one[0].startswith("input/")}
    names = sorted({name for name, _, _ in kept ^ set(again)})
    return [Finding(code="run_not_repeatable", severity="fault", facts={"part": name}) for name in names]


def disagreements(differences: Sequence[Difference]) -> list[Finding]:
    """Where the second engine says otherwise; each blocks the approval."""
    found = [
        Finding(
            code="run_engines_differ",
            severity="fault",
            facts={"person": one.person, "bonus": one.bonus, "line": one.line, "ours": one.ours, "theirs": one.theirs},
        )
        for one in differences[:SHOWN_MAX]
    ]
    more = len(differences) - SHOWN_MAX
    return [*found, Finding(code="run_findings_more", severity="fault", facts={"count": more})] if more > 0 else found


async def _earned_before(uow: UnitOfWork, calendar: str, starts_at: datetime) -> pl.DataFrame | None:
    last = [one for one in await released(uow, calendar) if one.ends_at == starts_at]
    if not last:
        return None
    attempt = await parts.published(uow, last[-1].number)
    return whole(await parts.bodies(uow, last[-1].number, attempt, PAYOUTS)).select(*EARNED)


def sales(given: Inputs) -> Fraction:
    """What the cycle's paid orders cost, less what came back, in whole units of the plan's currency."""
    period = given.cycle.period
    mine = pl.col("ordered_at").is_between(microseconds(period.start), microseconds(period.end), closed="left")
    paid = pl.col("paid_at").is_not_null()
    sums = (
        given.company.orders.filter(mine & paid).group_by("currency").agg(pl.col("amount_minor").sum()).sort("currency")
    )
    return sum((minor * worth(given, code) for code, minor in sums.iter_rows()), Fraction(0))


def worth(given: Inputs, currency: str) -> Fraction:
    """What a minor unit of a currency is worth in whole units of the plan's on the cycle's last day.

    Raises:
        RateMissing: no rate is known.
    """
    calendar = next(spec for spec in given.plan.calendars if spec.code == given.cycle.calendar)
    last = (given.cycle.period.end - LAST_MOMENT).astimezone(ZoneInfo(calendar.time_zone)).date()
    return Fraction(given.rates.on(last, currency, given.plan.currency)) / Fraction(10 ** minor_digits(currency))
