"""The released runs that concern a person, and the money of each."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.db.unit_of_work import UnitOfWork
from core.earnings import rules
from core.earnings.model import PayoutCard, StatementUnknown
from core.kernel.ids import PersonId
from core.payments import service as payments
from core.people import service as people
from core.people.model import Kind
from core.plan import service as plans
from core.plan.model import Plan
from core.runs import service as runs
from core.runs.model import ReleasedRun, RunPayout

LATEST = "latest"
MOMENT = timedelta(microseconds=1)


async def runs_of(uow: UnitOfWork, me: PersonId) -> list[ReleasedRun]:
    """Runs of cycles that she was there in, the latest first; a customer has those whose plan lets customers earn."""
    person = await people.profile(uow, me)
    zone = await company_zone(uow)
    there = [run for run in await runs.released(uow) if person.joined_on <= last_day(run.ends_at, zone)]
    if person.kind is Kind.CUSTOMER:
        there = [run for run in there if (await runs.plan_of(uow, run.number)).pays_customers]
    return sorted(there, key=lambda run: (run.ends_at, run.number), reverse=True)


def named(found: list[ReleasedRun], cycle: str) -> ReleasedRun:
    """The run of a cycle, or the latest.

    Raises:
        StatementUnknown: there is none.
    """
    run = next((one for one in found if cycle in (one.cycle, LATEST)), None)
    if run is None:
        raise StatementUnknown(cycle=cycle, known=[one.cycle for one in found])
    return run


async def payouts_by_run(uow: UnitOfWork, me: PersonId) -> dict[int, list[RunPayout]]:
    """What she has by each run."""
    found: dict[int, list[RunPayout]] = {}
    for one in await runs.payouts_of(uow, me):
        found.setdefault(one.run, []).append(one)
    return found


async def payout_cards(uow: UnitOfWork, me: PersonId, of: list[ReleasedRun]) -> list[PayoutCard]:
    """What became of the money of these runs."""
    paid = await payouts_by_run(uow, me)
    hers = await payments.of_person(uow, me)
    held = me in await runs.held(uow, [me])
    states = {one.currency: one for one in await payments.payout_states(uow, me, is_held=held)}
    charged = [run.number for run in of if any(one.charges for one in paid.get(run.number, []))]
    labels = {number: (await runs.plan_of(uow, number)).payout.charge_labels for number in charged}
    return [
        rules.payout_card(run, one, hers, states, labels.get(run.number, rules.NO_LABELS), is_held=held)
        for run in of
        for one in paid.get(run.number, [])
    ]


async def company_zone(uow: UnitOfWork) -> ZoneInfo:
    """Company time.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    return zone_of(await plans.plan_in_force(uow, uow.now))


def zone_of(plan: Plan) -> ZoneInfo:
    """The plan's time."""
    return ZoneInfo(plan.calendar.time_zone)


def last_day(end: datetime, zone: ZoneInfo) -> date:
    """The last day of a stretch of time that ends before `end`."""
    return (end - MOMENT).astimezone(zone).date()
