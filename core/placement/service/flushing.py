"""The flush: whoever's days are over gets a place without being asked."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from core.calendar.rules import cycle_at
from core.db.unit_of_work import UnitOfWork
from core.forest.above import Marks
from core.forest.kernel import Ints
from core.forest.placing import WAITS
from core.genealogy.model import GenealogyChanged
from core.kernel.ids import PersonId
from core.placement import rules, store
from core.placement.model import TreeKind
from core.placement.rules import Standing
from core.plan import service as plans
from core.plan.model import BinaryTree, MatrixTree, Plan

FLUSHED = "placed by the flush"
MOMENT = timedelta(microseconds=1)
Row = tuple[int, date, bool, int, int, int, bool]


def boundary(plan: Plan, now: datetime) -> datetime:
    """When the flush that is due last is to be thought of: the last end of a cycle, a week or a day."""
    zone = ZoneInfo(plan.calendar.time_zone)
    if plan.placement.flush_at == "cycle_end":
        return cycle_at(plan.calendar, now).period.start
    today = now.astimezone(zone).date()
    first = today - timedelta(days=today.weekday()) if plan.placement.flush_at == "week_end" else today
    return datetime.combine(first, time(), zone)


async def flush(uow: UnitOfWork, tree: TreeKind, *, again: bool = False) -> int:
    """Place whoever was due at the last boundary and waits still; a second time there is nobody.

    They stand from the last moment before the boundary on, so that the cycle that ended then counts them.

    Args:
        again: look once more for who was due then, such as people who were brought in since.

    Returns:
        How many got a place; 0 where the plan has no such tree.
    """
    plan = await plans.plan_in_force(uow, uow.now)
    spec = plan.trees.of(tree)
    if spec is None:
        return 0
    await store.lock(uow)
    end, before = boundary(plan, uow.now), await store.flushed_until(uow, tree)
    if before is not None and before >= end and not again:
        return 0
    await store.note_flush(uow, tree, end)
    rows = await store.everybody(uow, tree)
    due = _due(rows, plan, spec, end)
    if not due.any():
        return 0
    order = await _order(uow, rows, plan, end)
    standing = _standing([rows[at] for at in order])
    spills = await _spills(uow, standing, plan, spec, end)
    passing = rules.passing_of(spec)
    found = rules.flushed(standing, due[order], width=spec.width, spill=spills, passing=passing)
    placed = np.flatnonzero((found.up != WAITS) & (standing.up == WAITS))
    for at in placed.tolist():
        above = PersonId(int(standing.person[found.up[at]])) if found.up[at] >= 0 else None
        place = above, int(found.slot[at]) + 1 if above is not None else 0
        await store.move(uow, tree, PersonId(int(standing.person[at])), place, since=end - MOMENT, reason=FLUSHED)
    if len(placed):
        first = PersonId(int(standing.person[placed[0]]))
        await uow.emit(GenealogyChanged(person=first, person_id=first))
    return len(placed)


def _due(rows: Sequence[Row], plan: Plan, spec: BinaryTree | MatrixTree, end: datetime) -> Marks:
    until = (end - MOMENT).astimezone(ZoneInfo(plan.calendar.time_zone)).date()
    manual = spec.spill == "manual"
    return np.array(
        [
            above == WAITS
            and there
            and not (customer and spec.who == "distributors")
            and rules.is_due(joined_on, plan.placement, until, manual=manual)
            for _, joined_on, there, _, above, _, customer in rows
        ],
        np.bool_,
    )


async def _order(uow: UnitOfWork, rows: Sequence[Row], plan: Plan, end: datetime) -> Ints:
    """Who comes first: by joining and code, or who has ordered most since the cycle before the boundary began."""
    order = np.arange(len(rows))
    if plan.placement.flush_order == "joined":
        return order
    begun = cycle_at(plan.calendar, end - MOMENT).period.start
    ordered = await store.volume_between(uow, begun, end)
    volume = np.array([ordered.get(row[0], 0) for row in rows], np.int64)
    return np.argsort(-volume, kind="stable")


def _standing(rows: Sequence[Row]) -> Standing:
    """In the order in which they are placed."""
    person = np.array([row[0] for row in rows], np.int64)
    number = {one: at for at, one in enumerate(person.tolist())}
    sponsor = np.array([number.get(row[3], -1) for row in rows], np.int32)
    up = np.array([number[row[4]] if row[4] >= 0 else row[4] for row in rows], np.int32)
    return Standing(person, sponsor, up, np.array([row[5] - 1 for row in rows], np.int32))


async def _spills(
    uow: UnitOfWork, standing: Standing, plan: Plan, spec: BinaryTree | MatrixTree, end: datetime
) -> str | list[str]:
    """How places are chosen; where it is the sponsor's choice, for each by the side that her sponsor has chosen."""
    if plan.placement.default_side != "sponsor_choice" or spec.spill != "manual" or isinstance(spec, MatrixTree):
        return rules.flush_spill(spec, plan.placement)
    chosen = await store.sides_at(uow, end)
    sponsors = [int(standing.person[at]) if at >= 0 else None for at in standing.sponsor.tolist()]
    return [f"outer_{chosen[one]}" if one in chosen else "weak" for one in sponsors]
