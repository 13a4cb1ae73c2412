"""What happens by itself as a target comes near and passes: a warning, a miss, and what the company's rules say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from core.plan.model import EscalationSpec, Priority, Target, TicketsSpec
from core.tickets.rules.targets import Clock, Pending, Subject, moment, pending

ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Firing:
    """One rule that fires for one target of a ticket; it does so once for each time that the target runs."""

    key: str
    target: Target
    rule: EscalationSpec
    at: datetime
    """When the share was reached."""
    due: datetime
    """When the target is, or was, due."""

    @property
    def missed(self) -> bool:
        """Whether the target is missed by then."""
        return self.rule.share >= ALL


def next_at(clock: Clock, spec: TicketsSpec, subject: Subject) -> datetime | None:
    """When the next rule fires if nothing happens before; None where none will."""
    return min((firing.at for firing in _ahead(clock, spec, subject)), default=None)


def firing(clock: Clock, spec: TicketsSpec, subject: Subject, now: datetime) -> list[Firing]:
    """Every rule whose moment has come and that has not fired, the earliest first."""
    return sorted((one for one in _ahead(clock, spec, subject) if one.at <= now), key=lambda one: (one.at, one.key))


def done(clock: Clock, firings: Iterable[Firing]) -> Clock:
    """The stopwatch that remembers these."""
    return replace(clock, fired=clock.fired | {one.key for one in firings})


def raised(now: Priority, rule: EscalationSpec) -> Priority:
    """The priority after a rule: never a lower one."""
    order = list(Priority)
    return max(now, rule.set_priority or now, key=order.index)


def promising(clock: Clock, before: Priority) -> Clock:
    """The stopwatch of a ticket whose priority a rule raises: it goes on by the times that were promised."""
    return clock if clock.promised is not None else replace(clock, promised=before)


def rules(spec: TicketsSpec) -> tuple[EscalationSpec, ...]:
    """The warning, the miss, and the company's own."""
    warning = (EscalationSpec(spec.warn_at),) if spec.warn_at < ALL else ()
    return (*warning, EscalationSpec(ALL), *spec.escalations)


def _ahead(clock: Clock, spec: TicketsSpec, subject: Subject) -> Iterator[Firing]:
    for rule in rules(spec):
        for one in pending(clock, spec, subject):
            key = _key(rule, one.target)
            if _fits(rule, one.target, subject) and key not in clock.fired:
                at, due = _at(clock, spec, one, rule.share), _at(clock, spec, one, ALL)
                if at is not None and due is not None:
                    yield Firing(key, one.target, rule, at, due)


def _at(clock: Clock, spec: TicketsSpec, one: Pending, share: Decimal) -> datetime | None:
    numerator, denominator = share.as_integer_ratio()
    return moment(clock, one.begin + one.time * numerator // (100 * denominator), spec.hours)


def _fits(rule: EscalationSpec, target: Target, subject: Subject) -> bool:
    return (
        rule.target in (None, target)
        and (not rule.queues or subject.queue in rule.queues)
        and (not rule.types or subject.type in rule.types)
        and (not rule.priorities or subject.priority in rule.priorities)
    )


def _key(rule: EscalationSpec, target: Target) -> str:
    """By what a rule is known again when the plan has changed around it."""
    does = (rule.set_priority, rule.set_queue, rule.assignee)
    filters = (*rule.queues, *rule.types, *rule.priorities)
    said = ",".join(str(word) for word in (rule.share, *does, *filters) if word is not None)
    return f"{said}:{target}"
