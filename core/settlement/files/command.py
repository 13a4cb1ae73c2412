"""What `python -m core settle` does: read files, settle the cycle, write what came of it."""

import argparse
import json
import sys
from collections.abc import Iterable

from core.calendar.rules import cycle_named
from core.catalog.rules import RateTable
from core.exchange.telling import problem_line
from core.kernel.errors import Problem, Severity
from core.plan.model import Plan
from core.plan.reading import check
from core.plan.telling import located
from core.settlement import running
from core.settlement.cycle.counting import without_orders
from core.settlement.files import explaining, reading, writing
from core.settlement.files.progress import Counting
from core.settlement.past import carrying, inactive
from core.settlement.running import Outcome, Timings
from i18n.errors import sentence
from i18n.translator import translator

ENGLISH = translator("en")


def settle(arguments: argparse.Namespace) -> int:
    """Settle as the command line asks, and tell of it; the exit code.

    Raises:
        OSError: a file cannot be read, or the results cannot be written.
    """
    plan = _plan(arguments)
    if plan is None:
        return 1
    timings, progress = Timings({}, _tell), Counting(_tell)
    paths = {name: getattr(arguments, name) for name in ("people", "products", "orders", "rates", "adjustments")}
    with timings.part("read"):
        read = reading.read(reading.Files(**paths), plan, progress)
    for name, problem in read.told.problems:
        line = problem_line(problem, name)
        print(line if problem.severity is Severity.FAULT else f"{name}: {line}", file=sys.stderr)
    if read.company is None:
        return 1
    chosen, _ = running.by_calendar(plan, arguments.calendar)
    cycle = cycle_named(chosen.calendar, arguments.cycle)
    carried = carrying.read_all(arguments.carry, plan, cycle)
    outcome = running.run(
        read.company,
        plan,
        read.rates,
        cycle.code,
        calendar=arguments.calendar,
        carried=carried,
        timings=timings,
        text=arguments.plan.read_text(encoding="utf-8"),
    )
    _notice(arguments.orders.name, (*without_orders(outcome.given, cycle), *outcome.notices))
    _notice(arguments.plan.name, inactive.notice(outcome.plan.activity, outcome.remembered["inactive"]))
    with timings.part("write"):
        arguments.out.mkdir(parents=True, exist_ok=True)
        inputs = {name: path for name, path in {"plan": arguments.plan, **paths}.items() if path is not None}
        writing.clear(arguments.out)
        carrying.write(arguments.out, outcome)
        (arguments.out / explaining.PLAN).write_bytes(arguments.plan.read_bytes())
        writing.write(arguments.out, outcome, arguments.format, inputs, progress)
    differences = _verified(arguments, outcome, read.rates, timings) if arguments.verify else 0
    if arguments.timings is not None:
        arguments.timings.write_text(json.dumps(timings.parts, indent=2) + "\n", encoding="utf-8")
    lines = sum(one.lines.size for one in outcome.settled) + outcome.corrections.height
    print(f"Cycle {cycle.code} is settled: {lines} award lines, {outcome.payouts.height} payouts, in {arguments.out}.")
    return 1 if differences else 0


def _verified(arguments: argparse.Namespace, outcome: Outcome, rates: RateTable, timings: Timings) -> int:
    """How many differences the second engine finds; each is told."""
    from core.settlement.comparing import compare  # noqa: PLC0415  nothing else asks the second engine

    with timings.part("verify"):
        found = compare(outcome, arguments.plan.read_text(encoding="utf-8"), rates, outcome.carried)
    for one in found:
        _tell(one.told)
    _tell(f"second engine: {len(found)} differences")
    return len(found)


def _notice(file: str, problems: Iterable[Problem]) -> None:
    for problem in problems:
        told = sentence(problem.code, problem.facts, ENGLISH)
        print(f"{file}: notice: {told} [{problem.code}]", file=sys.stderr)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _plan(arguments: argparse.Namespace) -> Plan | None:
    """The plan; None, with the reasons on standard error, where it cannot be settled by."""
    plan, problems = check(arguments.plan.read_text(encoding="utf-8"))
    for problem in problems:
        if problem.severity is Severity.FAULT:
            print(_line(problem, arguments.plan.name), file=sys.stderr)
    if plan is None:
        return None
    calendars = [calendar.code for calendar in plan.calendars]
    if arguments.calendar not in (None, *calendars):
        print(f"The plan has no calendar {arguments.calendar}. It has {', '.join(calendars)}.", file=sys.stderr)
        return None
    return plan


def _line(problem: Problem, name: str) -> str:
    return located(problem, name, ENGLISH)
