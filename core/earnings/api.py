"""What a person asks about her earnings."""

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions
from core.earnings import service
from core.earnings.estimating import Estimates
from core.earnings.model import AwardCard, Estimate, Payouts, Statement, StatementCard, Why, WhyNot
from core.http.model import Page
from core.http.routes import Routes
from i18n.translator import Translator

routes = Routes()


@routes.get("/v1/me/estimate", needs=Permission.SEE_OWN_FIGURES)
async def my_estimate(caller: Caller, estimates: Estimates, uow: Questions, tr: Translator) -> Estimate:
    """What the open cycle would pay the caller if it closed now, by bonus, and what would raise it.

    `beside` has the open cycles of other calendars by which bonuses are paid, such as weeks.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    return await service.estimate(uow, caller.me, await estimates.latest(), tr)


@routes.get("/v1/me/estimate/lines", needs=Permission.SEE_OWN_FIGURES)
async def my_estimate_lines(
    caller: Caller,
    estimates: Estimates,
    uow: Questions,
    tr: Translator,
    bonus: str | None = None,
    calendar: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[AwardCard]:
    """The estimate's lines, the largest first: of the calendar that is asked for, or by which the bonus is calculated.

    Raises:
        PlanMissing: no plan was ever put in force.
        BonusUnknown: nothing of this name is calculated for an open cycle.
        CursorInvalid: the cursor is not one that a page gave.
    """
    found = await estimates.latest()
    return await service.estimate_lines(
        uow, caller.me, found, tr, bonus=bonus, calendar=calendar, cursor=cursor, limit=limit
    )


@routes.get("/v1/me/statements", needs=Permission.SEE_OWN_FIGURES)
async def my_statements(
    caller: Caller, uow: Questions, cursor: str | None = None, limit: int | None = None
) -> Page[StatementCard]:
    """The caller's statements, the latest first.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    return await service.statements(uow, caller.me, cursor, limit)


@routes.get("/v1/me/statements/{cycle}", needs=Permission.SEE_OWN_FIGURES)
async def my_statement(caller: Caller, uow: Questions, tr: Translator, cycle: str) -> Statement:
    """One of them, by the cycle's code or `latest`, with the seal of the run that it comes from.

    Raises:
        StatementUnknown: no run of that cycle was released to her; the answer names those that were.
    """
    return await service.statement(uow, caller.me, cycle, tr)


@routes.get("/v1/me/statements/{cycle}/lines", needs=Permission.SEE_OWN_FIGURES)
async def my_statement_lines(
    caller: Caller,
    uow: Questions,
    tr: Translator,
    cycle: str,
    bonus: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[AwardCard]:
    """A statement's lines, the largest first.

    Raises:
        StatementUnknown: no run of that cycle was released to her.
        CursorInvalid: the cursor is not one that a page gave.
    """
    return await service.statement_lines(uow, caller.me, cycle, tr, bonus=bonus, cursor=cursor, limit=limit)


@routes.get("/v1/me/awards/{award}/why", needs=Permission.SEE_OWN_FIGURES)
async def why(caller: Caller, estimates: Estimates, uow: Questions, tr: Translator, award: str) -> Why:
    """The chain of reasons of one line, in the language of `Accept-Language`.

    Raises:
        AwardUnknown: the caller has no such line, or the estimate that it was in is over.
    """
    return await service.why(uow, caller.me, award, estimates.known(award), tr)


@routes.get("/v1/me/why-not", needs=Permission.SEE_OWN_FIGURES)
async def why_not(
    caller: Caller, estimates: Estimates, uow: Questions, tr: Translator, cycle: str | None = None
) -> list[WhyNot]:
    """What keeps each bonus from the caller that pays her nothing, in the open cycle or a released one.

    Raises:
        PlanMissing: no plan was ever put in force.
        StatementUnknown: no run of that cycle was released to her.
    """
    found = await estimates.latest() if cycle is None else None
    return await service.why_not(uow, caller.me, cycle, found, tr)


@routes.get("/v1/me/payouts", needs=Permission.SEE_OWN_FIGURES)
async def my_payouts(caller: Caller, uow: Questions) -> Payouts:
    """When and where the caller's money comes, and what is carried over.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    return await service.payouts(uow, caller.me)
