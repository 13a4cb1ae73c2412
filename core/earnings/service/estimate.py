"""Her estimate for the open cycle, its lines, and what would raise it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from core.calendar.model import Cycle
from core.calendar.rules import cycle_at
from core.db.unit_of_work import UnitOfWork
from core.earnings import rules, showing
from core.earnings.estimating import Estimated
from core.earnings.model import AwardCard, BonusSum, BonusUnknown, Estimate, OpenCycle, Raise
from core.earnings.service.released import last_day, zone_of
from core.http.model import Page
from core.kernel.ids import PersonId
from core.people import service as people
from core.people.model import Person, Status
from core.plan import service as plans
from core.plan.model import Bonus, Plan
from core.settlement.cycle.standing_of import standing_of
from core.settlement.rules.lack import Lack, Missing
from core.settlement.rules.missing import missing
from core.settlement.telling.lacks import lack_sentence
from i18n.translator import Translator

RAISES_MOST = 3
NEAR = (Lack.CONDITION, Lack.STEP, Lack.RANK, Lack.PACKAGE)
"""What somebody can do something about."""


async def estimate(uow: UnitOfWork, me: PersonId, found: Estimated | None, tr: Translator) -> Estimate:
    """What the open cycle would pay her, that of other calendars too, and what would raise it.

    Args:
        found: None while the first one is being worked out.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    if found is None:
        plan = await plans.plan_in_force(uow, uow.now)
        return Estimate(**_open(uow, plan, cycle_at(plan.calendar, uow.now), uow.now), ready=False)
    person = await people.profile(uow, me)
    sums = [rules.sums(one.lines_of(person.code), one.outcome.plan, tr) for one in found.all]
    cycles = [
        _open(uow, one.outcome.plan, one.outcome.standings.cycle, one.as_of, earned)
        for one, earned in zip(found.all, sums, strict=True)
    ]
    return Estimate(
        **cycles[0],
        pays=bool(found.bonuses),
        raises=_raises(found, person, tr),
        beside=tuple(OpenCycle(**one) for one in cycles[1:]),
    )


def _open(
    uow: UnitOfWork, plan: Plan, cycle: Cycle, as_of: datetime, earned: tuple[BonusSum, ...] = rules.NOTHING
) -> dict[str, Any]:
    """The fields of `OpenCycle`."""
    last = last_day(cycle.period.end, zone_of(plan))
    today = uow.now.astimezone(zone_of(plan)).date()
    return {
        "cycle": cycle.code,
        "calendar": cycle.calendar,
        "ends_on": last,
        "days_left": max(0, (last - today).days + 1),
        "as_of": as_of,
        "totals": rules.totals(earned),
        "bonuses": earned,
    }


async def estimate_lines(
    uow: UnitOfWork,
    me: PersonId,
    found: Estimated | None,
    tr: Translator,
    *,
    bonus: str | None,
    calendar: str | None = None,
    cursor: str | None,
    limit: int | None,
) -> Page[AwardCard]:
    """The estimate's lines, the largest first.

    Args:
        calendar: whose open cycle; None is the first by which the bonus is calculated, without a bonus the main one's.

    Raises:
        BonusUnknown: nothing of this name is calculated for the open cycle; or no open cycle is of this calendar.
        CursorInvalid: the cursor is not one that a page gave.
    """
    if found is None:
        return Page[AwardCard](items=[])
    asked = [one for one in found.all if calendar in (None, one.outcome.standings.cycle.calendar)]
    chosen = next((one for one in asked if bonus is None or bonus in _calculated(one)), None)
    if chosen is None:
        raise BonusUnknown(bonus=bonus or str(calendar), known=[code for one in found.all for code in _calculated(one)])
    person = await people.profile(uow, me)
    wanted = showing.Wanted(chosen.source_name, bonus, cursor, limit)
    return await showing.page(uow, chosen.lines_of(person.code), chosen.outcome.plan, tr, wanted)


def _calculated(found: Estimated) -> list[str]:
    """Codes of its bonuses and caps."""
    return [one.bonus.code for one in found.outcome.settled]


def lacking(found: Estimated, person: Person) -> Iterator[tuple[Bonus, Missing]]:
    """Every bonus of one open cycle that pays her nothing, and why."""
    earned = set(found.lines_of(person.code)["bonus"].to_list())
    place = found.outcome.company.people["code"].index_of(person.code)
    if place is None:  # she came after the estimate was begun
        return
    standing = standing_of(found.outcome, found.source, place)
    for bonus in found.bonuses:
        if bonus.code not in earned:
            yield bonus, missing(found.outcome.plan, bonus, standing)


def _raises(found: Estimated, person: Person, tr: Translator) -> tuple[Raise, ...]:
    """The nearest of what she can do something about; nothing for who cannot earn."""
    if person.status is not Status.ACTIVE:
        return ()
    plan = found.outcome.plan
    lacks = [pair for one in found.all for pair in lacking(one, person)]
    near = [(bonus, lack) for bonus, lack in lacks if all(one.lack in NEAR for one in lack.each)]
    nearest = sorted(near, key=lambda one: (one[1].distance, _rung(plan, one[1])))[:RAISES_MOST]
    return tuple(
        Raise(bonus=bonus.code, label=bonus.label, sentence=lack_sentence(lack, plan, tr)) for bonus, lack in nearest
    )


def _rung(plan: Plan, lack: Missing) -> int:
    return plan.package_index(lack.rank) if lack.lack is Lack.PACKAGE else plan.rank_index(lack.rank)
