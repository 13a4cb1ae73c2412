"""What a plan says about tickets, told in plain lines."""

from collections.abc import Iterator
from datetime import timedelta

from core.plan.model import (
    EscalationSpec,
    Priority,
    QueueSpec,
    Shift,
    StateSpec,
    Target,
    TicketsSpec,
    Times,
    TypeSpec,
    WorkingHours,
)
from core.plan.model.hours import MINUTES_A_DAY
from i18n.translator import Translator

INDENT = "  "
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MINUTE = timedelta(minutes=1)


def tickets_lines(tickets: TicketsSpec, tr: Translator) -> Iterator[str]:
    """The whole section, from the hours to the last escalation."""
    yield "Tickets"
    yield f"{INDENT}hours: {_hours(tickets.hours)}, in {tickets.hours.time_zone}"
    rests = [str(day) for day in sorted(tickets.hours.holidays)]
    every_year = ", ".join(f"{month:02}-{day:02}" for month, day in sorted(tickets.hours.yearly))
    rests += [f"every year {every_year}"] if every_year else []
    if rests:
        yield f"{INDENT}holidays: {', '.join(rests)}"
    yield f"{INDENT}in working time: {_times(tickets.times)}; told at {tickets.warn_at:f} %"
    for priority in Priority:
        if priority in tickets.priorities:
            yield f"{INDENT}priority {priority}: {_times(tickets.priorities[priority])}"
    yield f"{INDENT}closed {_length(tickets.close_after)} after it is solved, reopened {_within(tickets.reopen_within)}"
    files = f"{tickets.files} files of {tickets.file_megabytes} MB"
    yield f"{INDENT}at most {files} at once, {tickets.open_per_person} open tickets a person"
    yield from (_type(kind, tr) for kind in tickets.types)
    yield from (_state(state, tickets, tr) for state in tickets.states)
    named = {state.code for state in tickets.states}
    yield from (f"{INDENT}{code} goes to {_or(to)}" for code, to in tickets.moves.items() if code not in named)
    yield from (_queue(queue, tr) for queue in tickets.queues)
    yield from (_escalation(rule) for rule in tickets.escalations)


def _hours(hours: WorkingHours) -> str:
    """Days that follow each other with the same hours are told as one."""
    stretches: list[tuple[Shift, Shift]] = []
    for shift in sorted(hours.shifts, key=lambda one: (one.begin, one.end, one.weekday)):
        if stretches and _follows(stretches[-1][1], shift):
            stretches[-1] = (stretches[-1][0], shift)
        else:
            stretches.append((shift, shift))
    return ", ".join(f"{_days(*pair)} {_time(pair[0].begin)}-{_time(pair[0].end)}" for pair in sorted(stretches))


def _follows(before: Shift, shift: Shift) -> bool:
    return shift == Shift(before.weekday + 1, before.begin, before.end)


def _days(first: Shift, last: Shift) -> str:
    return DAYS[first.weekday] if first == last else f"{DAYS[first.weekday]}-{DAYS[last.weekday]}"


def _time(minutes: int) -> str:
    """A time of the day; after midnight, of the next."""
    of_day = minutes if minutes <= MINUTES_A_DAY else minutes - MINUTES_A_DAY
    return f"{of_day // 60:02}:{of_day % 60:02}"


def _length(length: timedelta) -> str:
    minutes = length // MINUTE
    parts = ((minutes // MINUTES_A_DAY, "d"), (minutes % MINUTES_A_DAY // 60, "h"), (minutes % 60, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"


def _working(length: timedelta) -> str:
    """In hours, because a working day is not as long as a day."""
    hours, minutes = divmod(length // MINUTE, 60)
    return " ".join(f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min")) if number)


def _within(length: timedelta) -> str:
    return f"by her word within {_length(length)} of that" if length else "never"


def _times(times: Times) -> str:
    told = ((target, times[target]) for target in Target if target in times)
    words = (f"{target.replace('_', ' ')} {'no target' if time is None else _working(time)}" for target, time in told)
    return ", ".join(words)


def _type(kind: TypeSpec, tr: Translator) -> str:
    queue = f", queue {kind.queue}" if kind.queue else ""
    times = f", {_times(kind.times)}" if kind.times else ""
    return f"{INDENT}type {kind.code} “{tr.company(kind.name)}”: {kind.priority}{queue}{times}"


def _state(state: StateSpec, tickets: TicketsSpec, tr: Translator) -> str:
    to = tickets.moves.get(state.code)
    moves = "" if to is None else f"; goes to {_or(to)}"
    return f"{INDENT}state {state.code} “{tr.company(state.name)}”: like {state.like}{moves}"


def _or(codes: tuple[str, ...]) -> str:
    return " or ".join(codes) or "none"


def _queue(queue: QueueSpec, tr: Translator) -> str:
    types = ", ".join(queue.types) or "every type"
    languages = ", ".join(queue.languages) or "every language"
    return f"{INDENT}queue {queue.code} “{tr.company(queue.name)}”: {types}; {languages}"


def _escalation(rule: EscalationSpec) -> str:
    target = rule.target.replace("_", " ") if rule.target else "any target"
    of = ", ".join((*rule.queues, *rule.types, *rule.priorities))
    does = [
        f"priority {rule.set_priority}" if rule.set_priority else "",
        f"queue {rule.set_queue}" if rule.set_queue else "",
        f"assigned to {rule.assignee}" if rule.assignee else "",
        "staff are told" if rule.alert else "",
    ]
    return f"{INDENT}at {rule.share:f} % of {target}{f' ({of})' if of else ''}: {', '.join(filter(None, does))}"
