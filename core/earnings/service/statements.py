"""Her statements: all of them, one, and its lines."""

from core.db.unit_of_work import UnitOfWork
from core.earnings import rules, showing
from core.earnings.model import AwardCard, Money, Statement, StatementCard
from core.earnings.service.released import company_zone, last_day, named, payout_cards, payouts_by_run, runs_of
from core.http.model import Page, read_cursor, write_cursor
from core.kernel.ids import PersonId
from core.people import service as people
from core.runs import service as runs
from core.runs.model import ReleasedRun, RunPayout
from i18n.translator import Translator

PAGE_SIZE, PAGE_MAX = 12, 100


async def statements(uow: UnitOfWork, me: PersonId, cursor: str | None, limit: int | None) -> Page[StatementCard]:
    """A person's statements, the latest first.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    [after] = (0,) if cursor is None else read_cursor(cursor, int)
    assert isinstance(after, int), "read_cursor checks the types"
    most = min(limit or PAGE_SIZE, PAGE_MAX)
    hers = await runs_of(uow, me)
    if not hers:
        return Page[StatementCard](items=[])
    zone, paid = await company_zone(uow), await payouts_by_run(uow, me)
    cards = [
        StatementCard(
            cycle=run.cycle,
            calendar=run.calendar,
            starts_on=run.starts_at.astimezone(zone).date(),
            ends_on=last_day(run.ends_at, zone),
            totals=_earned(paid.get(run.number, [])),
        )
        for run in hers[after : after + most]
    ]
    return Page[StatementCard](items=cards, next=write_cursor(after + most) if len(hers) > after + most else None)


async def statement(uow: UnitOfWork, me: PersonId, cycle: str, tr: Translator) -> Statement:
    """One of them.

    Raises:
        StatementUnknown: no run of that cycle was released to her.
    """
    hers = await runs_of(uow, me)
    run = named(hers, cycle)
    person, plan = await people.profile(uow, me), await runs.plan_of(uow, run.number)
    found = rules.sums(await runs.lines_of(uow, run.number, person.code), plan, tr)
    rank, _, _ = await runs.rank_of(uow, run.number, person.code)
    before, after = _beside(hers, run)
    zone = await company_zone(uow)
    return Statement(
        cycle=run.cycle,
        calendar=run.calendar,
        starts_on=run.starts_at.astimezone(zone).date(),
        ends_on=last_day(run.ends_at, zone),
        paid_rank=next((one.name for one in plan.ranks if one.code == rank), None),
        totals=rules.totals(found),
        bonuses=found,
        payouts=tuple(await payout_cards(uow, me, [run])),
        seal=run.seal,
        before=before,
        after=after,
    )


async def statement_lines(
    uow: UnitOfWork,
    me: PersonId,
    cycle: str,
    tr: Translator,
    *,
    bonus: str | None,
    cursor: str | None,
    limit: int | None,
) -> Page[AwardCard]:
    """A statement's lines, the largest first; none of a bonus that it does not have.

    Raises:
        StatementUnknown: no run of that cycle was released to her.
        CursorInvalid: the cursor is not one that a page gave.
    """
    run = named(await runs_of(uow, me), cycle)
    person, plan = await people.profile(uow, me), await runs.plan_of(uow, run.number)
    lines = await runs.lines_of(uow, run.number, person.code)
    wanted = showing.Wanted(str(run.number), bonus, cursor, limit)
    return await showing.page(uow, lines, plan, tr, wanted)


def _earned(found: list[RunPayout]) -> tuple[Money, ...]:
    return tuple(Money(currency=one.currency, amount=one.earned) for one in found if one.earned)


def _beside(hers: list[ReleasedRun], run: ReleasedRun) -> tuple[str | None, str | None]:
    """The cycles of the statements before and after, by the same calendar."""
    same = [one.cycle for one in hers if one.calendar == run.calendar]
    at = same.index(run.cycle)
    return (same[at + 1] if at + 1 < len(same) else None), (same[at - 1] if at else None)
