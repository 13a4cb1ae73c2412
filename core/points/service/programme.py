"""The company's programme as the plan has it, and how the book names what happens to points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText, text_in
from core.ledger.model import POINTS, Account, Document, Line, Posting, Purpose
from core.plan import service as plans
from core.plan.model import Plan, PlanMissing
from core.plan.model.points import DEFAULT_NAME, PointsSpec
from core.points.model import PointsTooFew, WayClosed
from core.points.rules import days

EARNED = "points.earned"
RULE = "points.rule"
TAKEN_BACK = "points.taken_back"
SAFE = "points.safe"
EXPIRED = "points.expired"
RESTORED = "points.restored"
TRANSFERRED = "points.transferred"
CONVERTED = "points.converted"
ADJUSTED = "points.adjusted"
OPENING = "points.opening"
CREDIT_CONVERTED = "credit.converted"
CREDIT_ADJUSTED = "credit.adjusted"


@dataclass(frozen=True, slots=True)
class Programme:
    """What holds now."""

    plan: Plan
    spec: PointsSpec
    now: datetime
    zone: ZoneInfo

    @property
    def name(self) -> CompanyText:
        """What the company calls points."""
        return self.spec.name

    @property
    def today(self) -> date:
        """The day of company time."""
        return days.company_day(self.now, self.zone)

    def too_few(self, *, available: int, needed: int) -> PointsTooFew:
        """The refusal of somebody who has not enough."""
        name = text_in(self.name, self.plan.language, count=needed)
        return PointsTooFew(name=name, available=available, needed=needed, missing=needed - available)


async def programme(uow: UnitOfWork) -> Programme:
    """The programme in force.

    Raises:
        WayClosed: the company has none.
    """
    found = await programme_at(uow, uow.now)
    if found is None:
        raise WayClosed(what="points")
    return found


async def programme_at(uow: UnitOfWork, moment: datetime) -> Programme | None:
    """The programme that was in force at a moment, seen from now; None where there was none."""
    try:
        plan = await plans.plan_in_force(uow, moment)
    except PlanMissing:
        return None
    if plan.points is None:
        return None
    return Programme(plan, plan.points, uow.now, ZoneInfo(plan.calendar.time_zone))


async def keeping(uow: UnitOfWork) -> Programme:
    """By which lots are kept: the programme in force, or none but its days where the company gave points up."""
    found = await programme_at(uow, uow.now)
    if found is not None:
        return found
    try:
        plan = await plans.plan_in_force(uow, uow.now)
    except PlanMissing as missing:
        raise WayClosed(what="points") from missing
    return Programme(plan, PointsSpec(name=dict(DEFAULT_NAME)), uow.now, ZoneInfo(plan.calendar.time_zone))


def available(person: PersonId) -> Account:
    """Points that a person can spend."""
    return Account(person=person, purpose=Purpose.POINTS_AVAILABLE, unit=POINTS)


def pending(person: PersonId) -> Account:
    """Points that wait until their order is safe."""
    return Account(person=person, purpose=Purpose.POINTS_PENDING, unit=POINTS)


def money(person: PersonId, purpose: Purpose, currency: str) -> Account:
    """A person's credit or commissions in a currency."""
    return Account(person=person, purpose=purpose, unit=currency)


def company(purpose: Purpose, unit: str = POINTS) -> Account:
    """One of the company's counter-accounts."""
    return Account(person=None, purpose=purpose, unit=unit)


def line(account: Account, amount: int, *, may_owe: bool = False) -> Line:
    """What a posting does to an account; with `may_owe` it may leave a debt there."""
    return Line(account=account, amount=amount, least=None if may_owe else 0)


def posting(kind: str, key: str, reason: str, document: tuple[str, str], lines: Iterable[Line]) -> Posting:
    """A posting of this room; lines of nothing are left out."""
    moved = tuple(one for one in lines if one.amount)
    return Posting(key=key, kind=kind, reason=reason, document=Document(kind=document[0], id=document[1]), lines=moved)


async def company_language(uow: UnitOfWork) -> str:
    """The language of the company's files."""
    return (await keeping(uow)).plan.language
