"""What happens by itself to tickets whose targets come near or have passed."""

from core.access import service as access
from core.access.model import Permission, PermissionMissing, StaffUnknown
from core.db.unit_of_work import UnitOfWork
from core.plan.model import Priority
from core.tickets.model import Escalated, Via, What
from core.tickets.rules import escalation
from core.tickets.rules.escalation import Firing
from core.tickets.service.hand import SYSTEM, Hand, hands
from core.tickets.store import counting as store


async def is_escalation_due(uow: UnitOfWork) -> bool:
    """Whether `escalate` would find anything; it only reads."""
    return await store.is_escalation_due(uow)


async def escalate(uow: UnitOfWork, limit: int = 100) -> list[Escalated]:
    """Do what the plan says for targets that came near or passed, each once; tickets that another holds come later.

    Returns:
        What was done, in the order in which it came due; the caller tells the staff's group of what it is to hear. Of
        imported tickets to which nobody has written since it is not to hear.
    """
    found: list[Escalated] = []
    for number, held in (await hands(uow, await store.escalating(uow, limit), SYSTEM)).items():
        fired, before = escalation.firing(held.clock, held.spec, held.subject, uow.now), held.row["queue"]
        held.clock = escalation.done(held.clock, fired)
        for firing in fired:
            await _act(uow, held, firing)
        held.set(escalates_at=None)  # a change, so that the next moment is saved where no rule fired: the plan changed
        await held.save(news=False)
        if not _lies_as_imported(held):
            moved = held.row["queue"] != before
            found += [_told(number, firing, moved=moved) for firing in fired]
    return sorted(found, key=lambda one: one.due)


def _lies_as_imported(held: Hand) -> bool:
    """Whether it came in by a file and nobody wrote since: the group is not told of thousands of them at one moment."""
    row = held.row
    untouched = row["heard_at"] == row["opened_at"] and row["first_answered_at"] is None
    return bool(row["via"] == Via.IMPORT.value and untouched)


def _told(number: int, firing: Firing, *, moved: bool) -> Escalated:
    alert = firing.rule.alert
    return Escalated(
        ticket=number, target=firing.target, missed=firing.missed, due=firing.due, alert=alert, moved=moved
    )


async def _act(uow: UnitOfWork, held: Hand, firing: Firing) -> None:
    """What a rule sets; a queue that is gone and a member of staff who left are passed over."""
    rule = firing.rule
    held.note(What.ESCALATED, after=f"{firing.target}:{rule.share.normalize():f}")
    before = Priority(held.row["priority"])
    if held.change(What.PRIORITY, "priority", escalation.raised(before, rule).value):
        held.clock = escalation.promising(held.clock, before)
    if rule.set_queue is not None:
        held.change(What.QUEUE, "queue", rule.set_queue)
    if rule.assignee is not None and await _can_take(uow, rule.assignee):
        held.change(What.ASSIGNEE, "assignee", rule.assignee)


async def _can_take(uow: UnitOfWork, name: str) -> bool:
    try:
        await access.acting(uow, name, Permission.ANSWER_TICKETS)
    except (StaffUnknown, PermissionMissing):
        return False
    return True
