"""`[tickets]`: hours, times, types, states, queues and rules of the company's tickets."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.source import Node
from core.plan.language.table import Shape, Table
from core.plan.language.ticket_lists import TIMES, Lists, read_escalations, read_queues, read_times, read_types
from core.plan.language.ticket_states import read_moves, read_states
from core.plan.language.working_time import length, read_hours
from core.plan.model import Priority, QueueSpec, TicketsSpec, Times, TypeSpec, WorkingHours
from core.plan.model.tickets import OTHER
from i18n.translator import mark

TICKETS = Shape(
    "[tickets]",
    (
        *("hours", "time_zone", "holidays", *TIMES, "priorities", "types", "states", "moves", "queues", "escalations"),
        *("warn_at", "close_after", "reopen_within", "file_megabytes", "files", "open_per_person"),
    ),
)
PRIORITY = Shape("[tickets.priorities]", TIMES)
FILE_MEGABYTES_MAX = 20
"""The messenger gives a bot no larger file."""
FILES_MAX = 50
OPEN_MAX = 1000
WARN_EXPECTED = mark('a percentage from 1 to 100 such as "80 %"')


def read_tickets(node: Node | None, time_zone: str, findings: Findings) -> TicketsSpec:
    """The section; what it leaves out is as we propose it.

    Args:
        time_zone: the plan's, on whose clock the hours are unless the section says otherwise.
    """
    if node is None:
        return TicketsSpec(hours=WorkingHours(time_zone=time_zone))
    table, usual = Table(node, TICKETS, findings), TicketsSpec()
    hours = read_hours(table, values.time_zone(table, "time_zone", time_zone))
    lists = _lists(table, usual, hours)
    types, queues, states = read_types(table, lists), read_queues(table, lists), read_states(table)
    _tell_unrouted(table, types, queues)
    return TicketsSpec(
        hours=hours,
        times={**usual.times, **read_times(table, lists.hours)},
        priorities=_priorities(table, lists.hours),
        types=types,
        states=states,
        moves=read_moves(table, states),
        queues=queues,
        escalations=read_escalations(table, lists),
        warn_at=_warn_at(table, usual.warn_at),
        close_after=length(table, "close_after", least=1, default=usual.close_after),
        reopen_within=length(table, "reopen_within", least=0, default=usual.reopen_within),
        file_megabytes=table.whole("file_megabytes", least=1, most=FILE_MEGABYTES_MAX, default=usual.file_megabytes),
        files=table.whole("files", least=0, most=FILES_MAX, default=usual.files),
        open_per_person=table.whole("open_per_person", least=1, most=OPEN_MAX, default=usual.open_per_person),
    )


def _lists(table: Table, usual: TicketsSpec, hours: WorkingHours) -> Lists:
    types = [*_codes(table, "types"), OTHER] if table.has("types") else [kind.code for kind in usual.types]
    queues = _codes(table, "queues") or [queue.code for queue in usual.queues]
    return Lists(types=types, queues=queues, hours=hours)


def _codes(table: Table, word: str) -> list[str]:
    """The codes of a list of tables, right or wrong; reading each table tells what is wrong."""
    node = table.words.get(word)
    codes = [(item.table or {}).get("code") for item in (node.items or [] if node else [])]
    return [code.value for code in codes if code is not None and isinstance(code.value, str)]


def _priorities(table: Table, hours: WorkingHours) -> Mapping[Priority, Times]:
    known = [priority.value for priority in Priority]
    found: dict[Priority, Times] = {}
    for name, node in table.each("priorities"):
        if name in known:
            found[Priority(name)] = read_times(Table(node, PRIORITY, table.findings), hours)
        else:
            table.findings.unknown("plan_word_unknown", node.key, name, known, table=PRIORITY.name)
    return found


def _warn_at(table: Table, usual: Decimal) -> Decimal:
    found = values.percent(table, "warn_at")
    if found is not None and found < 1:
        table.wrong("warn_at", table.words["warn_at"], WARN_EXPECTED)
    return found or usual


def _tell_unrouted(table: Table, types: Sequence[TypeSpec], queues: Sequence[QueueSpec]) -> None:
    """Every type must have a queue in every language, also in those that nobody thinks of today."""
    everywhere = [queue for queue in queues if not queue.languages]
    for code, own in {kind.code: kind.queue for kind in types}.items():
        if not any(queue.code == own or not queue.types or code in queue.types for queue in everywhere):
            table.findings.fault("plan_ticket_unrouted", table.place("queues"), type=code)
