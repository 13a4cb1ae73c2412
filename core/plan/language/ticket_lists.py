"""`[[tickets.types]]`, `[[tickets.queues]]` and `[[tickets.escalations]]`."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.plan.language import values
from core.plan.language.kpis import reference
from core.plan.language.source import Place
from core.plan.language.table import Shape, Table
from core.plan.language.working_time import working_length
from core.plan.model import EscalationSpec, Priority, QueueSpec, Target, Times, TypeSpec, WorkingHours
from core.plan.model.tickets import DEFAULT_QUEUES, DEFAULT_TYPES, OTHER
from i18n.translator import mark

TIMES = tuple(target.value for target in Target)
TYPE = Shape("[[tickets.types]]", ("code", "name", "queue", "priority", *TIMES), required=("code", "name"))
QUEUE = Shape("[[tickets.queues]]", ("code", "name", "types", "languages"), required=("code", "name"))
DOES = ("set_priority", "set_queue", "assign")
ESCALATION = Shape(
    "[[tickets.escalations]]",
    ("at", "target", "queues", "types", "priorities", *DOES, "alert"),
    required=("at",),
)
AT_MAX = 1000
AT_EXPECTED = mark('a percentage above 0 such as "50 %"')
DOES_NOTHING = mark("nobody is told, and nothing is set")
QUEUE_WORD, TYPE_WORD, PRIORITY_WORD = "queue", "type", "priority"


@dataclass(frozen=True, slots=True)
class Lists:
    """What the parts of the section may refer to."""

    types: Sequence[str]
    queues: Sequence[str]
    hours: WorkingHours


def read_times(table: Table, hours: WorkingHours) -> Times:
    """The targets that a table names."""
    return {target: working_length(table, target.value, hours) for target in Target if table.has(target.value)}


def read_types(section: Table, lists: Lists) -> tuple[TypeSpec, ...]:
    """The company's types, and `other` behind them where it has none of that code."""
    if not section.has("types"):
        return DEFAULT_TYPES
    found = []
    first: dict[str, Place] = {}
    for node in section.items("types"):
        table = Table(node, TYPE, section.findings)
        found.append(
            TypeSpec(
                code=new_code(table, first),
                name=values.company_text(table, "name"),
                queue=reference(table, "queue", lists.queues, QUEUE_WORD),
                priority=table.choice("priority", Priority, Priority.NORMAL),
                times=read_times(table, lists.hours),
            )
        )
    rest = [kind for kind in DEFAULT_TYPES if kind.code == OTHER and OTHER not in first]
    return (*found, *rest)


def read_queues(section: Table, lists: Lists) -> tuple[QueueSpec, ...]:
    """The company's queues, in the order in which they are tried."""
    found = []
    first: dict[str, Place] = {}
    for node in section.items("queues"):
        table = Table(node, QUEUE, section.findings)
        code, name = new_code(table, first), values.company_text(table, "name")
        found.append(QueueSpec(code, name, _some(table, "types", lists.types, TYPE_WORD), _languages(table)))
    return tuple(found) or DEFAULT_QUEUES


def read_escalations(section: Table, lists: Lists) -> tuple[EscalationSpec, ...]:
    """What happens by itself, in the company's order."""
    return tuple(_escalation(Table(node, ESCALATION, section.findings), lists) for node in section.items("escalations"))


def _escalation(table: Table, lists: Lists) -> EscalationSpec:
    priorities = [priority.value for priority in Priority]
    alert = table.flag("alert", default=True)
    if not alert and not any(table.has(word) for word in DOES):
        table.useless("alert", DOES_NOTHING)
    return EscalationSpec(
        share=_share(table),
        target=table.choice("target", Target, Target.SOLUTION) if table.has("target") else None,
        queues=_some(table, "queues", lists.queues, QUEUE_WORD),
        types=_some(table, "types", lists.types, TYPE_WORD),
        priorities=tuple(Priority(one) for one in _some(table, "priorities", priorities, PRIORITY_WORD)),
        set_priority=table.choice("set_priority", Priority, Priority.HIGH) if table.has("set_priority") else None,
        set_queue=reference(table, "set_queue", lists.queues, QUEUE_WORD),
        assignee=table.text("assign") or None,
        alert=alert,
    )


def _share(table: Table) -> Decimal:
    found = values.percent(table, "at", most=AT_MAX)
    if found == 0:
        table.wrong("at", table.words["at"], AT_EXPECTED)
    return found or Decimal(100)


def _some(table: Table, word: str, known: Sequence[str], what: str) -> tuple[str, ...]:
    """A list of codes that the plan knows, each once."""
    found: list[str] = []
    for item in table.items(word):
        text = item.value if isinstance(item.value, str) else ""
        if text not in known:
            table.findings.unknown("plan_name_unknown", item.place, text, known, what=what)
        elif text in found:
            table.findings.fault("plan_name_twice", item.place, name=text, first=table.place(word).line)
        else:
            found.append(text)
    return tuple(found)


def _languages(table: Table) -> tuple[str, ...]:
    tags = table.texts("languages")
    for item in table.items("languages"):
        if item.value in tags:
            values.check_tag(table, item, str(item.value))
    return tags


def new_code(table: Table, first: dict[str, Place]) -> str:
    """A code that none before has."""
    code = values.code(table, "code")
    if code in first:
        table.findings.fault("plan_name_twice", table.place("code"), name=code, first=first[code].line)
    elif code:
        first[code] = table.place("code")
    return code
