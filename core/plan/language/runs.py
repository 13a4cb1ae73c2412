"""`[runs.NAME]`: the kinds of runs that a company has, their steps and the limits of their validation."""

from collections.abc import Sequence
from decimal import Decimal

from core.plan.language import kinds as k
from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.kpis import Names
from core.plan.language.source import Node
from core.plan.language.table import Table
from core.plan.model import CalendarSpec, RunSpec, Step

BEFORE_RANKS = (Step.VERIFY_NETWORK, Step.KPIS, Step.INTEGRATE, Step.RETURNS)
IN_TURN = (Step.RANKS, Step.BONUSES, Step.VALIDATE, Step.RELEASE, Step.PAY)
"""These come after everything in `BEFORE_RANKS`, and in this order."""
NEEDS = {
    Step.RANKS: (Step.KPIS,),
    Step.BONUSES: (Step.RANKS,),
    Step.RELEASE: (Step.VALIDATE,),
    Step.PAY: (Step.RELEASE, Step.BONUSES),
}


def read_steps(table: Table, word: str, _context: k.Context) -> tuple[Step, ...]:
    """The steps in the company's order."""
    items, known = table.items(word), [step.value for step in Step]
    found: list[tuple[Node, Step]] = []
    for item in items:
        if item.value not in known:
            table.findings.unknown("plan_choice_unknown", item.place, str(item.value), known, word=word)
        elif item.value in [step.value for _, step in found]:
            table.findings.fault("plan_run_step_twice", item.place, step=str(item.value))
        else:
            found.append((item, Step(str(item.value))))
    if len(found) == len(items):
        _tell_order(found, table.findings)
    return tuple(step for _, step in found)


def _tell_order(found: Sequence[tuple[Node, Step]], findings: Findings) -> None:
    steps = [step for _, step in found]
    for place, (node, step) in enumerate(found):
        for need in NEEDS.get(step, ()):
            if need not in steps:
                findings.fault("plan_run_step_needs", node.place, step=step.value, needs=need.value)
        late = next((one for one in steps[place + 1 :] if _rank(one) < _rank(step)), None)
        if late is not None:
            findings.fault("plan_run_step_order", node.place, step=step.value, earlier=late.value)


def _rank(step: Step) -> int:
    """Steps of one rank stand in any order."""
    return 0 if step in BEFORE_RANKS else 1 + IN_TURN.index(step)


def _ratio(table: Table, word: str, _context: k.Context) -> Decimal | None:
    return values.percent(table, word, most=k.RATE_MAX)


WORDS: k.Words = {
    "calendar": k.calendar,
    "steps": read_steps,
    "ceiling_per_person": k.amount,
    "payout_ratio_max": _ratio,
    "jump_max": k.amount,
    "jump_from": k.amount,
}


def read_runs(root: Table, names: Names, calendars: Sequence[CalendarSpec], findings: Findings) -> tuple[RunSpec, ...]:
    """Every kind of run; empty where the plan names none."""
    known = [calendar.code for calendar in calendars]
    context = k.Context(names=names, kpis={}, bonuses=(), calendars=known, findings=findings)
    found: list[RunSpec] = []
    releasing: dict[str, str] = {}
    for code, node in root.each("runs"):
        table, read = k.read_table(node, "[runs]", WORDS, context, ("calendar",))
        values.is_code(table, node, code)
        if read.get("jump_from") is not None and not table.has("jump_max"):
            table.need("jump_max", when="jump_from")
        spec: RunSpec = k.made(RunSpec, {"code": code, **read, "calendar": read.get("calendar") or ""})
        if Step.RELEASE in spec.steps and spec.calendar:
            if spec.calendar in releasing:
                first = releasing[spec.calendar]
                context.findings.fault("plan_run_twice", table.place("calendar"), calendar=spec.calendar, first=first)
            releasing.setdefault(spec.calendar, code)
        found.append(spec)
    return tuple(found)
