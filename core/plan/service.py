"""Use cases about plan versions: which one is in force, and putting one in force."""

from collections.abc import Sequence
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Severity
from core.plan import store
from core.plan.model import (
    KpiWords,
    Plan,
    PlanActivated,
    PlanCard,
    PlanFaulty,
    PlanMissing,
    PlanStartTaken,
    PlanVersionTaken,
    PlanWords,
    RankWords,
    TerminationSpec,
    Version,
)
from core.plan.reading import check, example

DEFAULT = "default"
DEFAULT_CURRENCY = '"EUR"'
KNOWN_MAX = 64
_known: dict[str, Plan] = {}


async def plan_in_force(uow: UnitOfWork, at: datetime) -> Plan:
    """The plan that counts at a moment; what lies before the first version is judged by the first.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    plan, _version = await version_in_force(uow, at)
    return plan


async def version_in_force(uow: UnitOfWork, at: datetime) -> tuple[Plan, Version]:
    """The plan that counts at a moment, and which version it is.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    version = await store.in_force(uow, at)
    if version is None:
        raise PlanMissing
    return await _plan_of(uow, version), version


async def text_of(uow: UnitOfWork, version: Version) -> str:
    """The text of a version as it was put in force."""
    return await store.text(uow, version)


async def texts(uow: UnitOfWork) -> list[str]:
    """The texts of all versions that were ever put in force."""
    return await store.texts(uow)


async def termination(uow: UnitOfWork) -> TerminationSpec:
    """What the plan in force says about leaving and coming back; what holds without a plan where there is none."""
    try:
        return (await plan_in_force(uow, uow.now)).termination
    except PlanMissing:
        return TerminationSpec()


async def card(uow: UnitOfWork) -> PlanCard:
    """The plan in force now with its text, and all versions.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    version = await store.in_force(uow, uow.now)
    if version is None:
        raise PlanMissing
    text = await store.text(uow, version)
    return PlanCard(in_force=version, text=text, versions=tuple(await store.versions(uow)))


async def words(uow: UnitOfWork) -> PlanWords:
    """The words of the plan in force now.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    plan, version = await version_in_force(uow, uow.now)
    return words_of(plan, version.fingerprint)


def words_of(plan: Plan, fingerprint: str) -> PlanWords:
    """What a chat needs to know of a plan."""
    return PlanWords(
        company=plan.company,
        language=plan.language,
        ranks=tuple(RankWords(code=rank.code, name=rank.name, spoken=rank.spoken) for rank in plan.ranks),
        kpis=tuple(
            KpiWords(code=kpi.code, label=kpi.label, unit=kpi.unit) for kpi in plan.kpis if kpi.on and kpi.visible
        ),
        gauges=plan.gauges,
        fingerprint=fingerprint,
    )


async def activate(uow: UnitOfWork, text: str, start: date | None = None) -> Version:
    """Put a plan text in force; the same text from the same day again changes nothing.

    Whether the day suits the company's cycles is asked by `calendar.service.activate_plan`, which staff's commands use.

    Args:
        text: a whole plan file.
        start: first day in company time; the file's `valid_from`, else today, when None.

    Raises:
        PlanFaulty: the text has faults.
        PlanVersionTaken: this version of the plan exists with another text.
        PlanStartTaken: another text begins at that moment.
    """
    plan = parsed(text)
    version = Version(
        code=plan.code,
        version=plan.version,
        valid_from=begins(plan, start, uow.now),
        activated_at=uow.now,
        activated_by=uow.actor,
        fingerprint=fingerprint(text),
    )
    clashes = await store.clashing(uow, code=plan.code, version=plan.version, valid_from=version.valid_from)
    same = _same(version, clashes)
    if same is not None:
        return same
    await store.add(uow, version, text)
    began = version.valid_from.isoformat()
    await uow.emit(PlanActivated(code=version.code, version=version.version, valid_from=began))
    return version


async def ensure_plan(uow: UnitOfWork, currency: str, first_day: date) -> tuple[Plan, bool]:
    """The plan in force, or the default plan put in force from `first_day` on where there is none yet.

    Args:
        currency: of the catalogue; volume is counted in it.

    Returns:
        The plan, and whether the default had to be put in force.
    """
    version = await store.in_force(uow, uow.now)
    if version is not None:
        return await _plan_of(uow, version), False
    text = default_text(currency)
    await activate(uow, text, first_day)
    return parsed(text), True


def default_text(currency: str) -> str:
    """The plan of a company that has not written one: volume is the price, in the catalogue's currency."""
    return example(DEFAULT).replace(DEFAULT_CURRENCY, f'"{currency}"')


def parsed(text: str) -> Plan:
    """The plan that a text says; a text is read once a process.

    Raises:
        PlanFaulty: it has faults; `reading.check` tells them.
    """
    mark = fingerprint(text)
    plan = _known.get(mark)
    if plan is None:
        plan, problems = check(text)
        if plan is None:
            raise PlanFaulty(faults=sum(problem.severity is Severity.FAULT for problem in problems))
        if len(_known) >= KNOWN_MAX:
            _known.clear()
        _known[mark] = plan
    return plan


async def _plan_of(uow: UnitOfWork, version: Version) -> Plan:
    """A stored version's plan; its fingerprint tells it from all others, so its text is asked for only once."""
    return _known.get(version.fingerprint) or parsed(await store.text(uow, version))


def begins(plan: Plan, start: date | None, now: datetime) -> datetime:
    """The moment at which a version begins: midnight of company time."""
    zone = ZoneInfo(plan.calendar.time_zone)
    return datetime.combine(start or plan.valid_from or now.astimezone(zone).date(), time(0), zone)


def fingerprint(text: str) -> str:
    """By which two texts are told apart."""
    return sha256(text.encode()).hexdigest()


def _same(new: Version, clashes: Sequence[Version]) -> Version | None:
    """The version that `new` is already; None when it is new.

    Raises:
        PlanVersionTaken: its name stands for another text.
        PlanStartTaken: another text begins at its moment.
    """
    for known in clashes:
        if known.fingerprint == new.fingerprint:
            if known.valid_from == new.valid_from:
                return known
        elif known.valid_from == new.valid_from:
            raise PlanStartTaken(start=new.valid_from.date().isoformat())
        else:
            raise PlanVersionTaken(version=new.version)
    return None
