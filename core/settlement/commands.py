"""`python -m core settle` and `warm`: one cycle from files, without a database."""

import argparse
import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from core.calendar.model import Cycle, CycleElsewhere, CycleUnknown
from core.calendar.rules import cycle_named
from core.catalog.rules import RateTable
from core.commands import Subparsers, command
from core.exchange.telling import problem_line
from core.kernel.errors import Problem, Severity
from core.plan.model import Plan
from core.plan.reading import check
from core.plan.telling import located
from core.settings import Settings
from core.settlement import running
from core.settlement.cycle.counting import without_orders
from core.settlement.files import explaining, reading, writing
from core.settlement.files.progress import Counting
from core.settlement.past import carrying, inactive
from core.settlement.running import Outcome, Timings
from core.settlement.warming import warm
from i18n.errors import sentence
from i18n.translator import translator

WORDS = (
    "Settle one cycle from files, without a database: KPIs, ranks, award lines with their reasons, payouts. Faults in "
    "the files are all told and nothing is written; the same input gives the same output, byte for byte. Exit code 1 "
    "when anything is refused."
)
WARM = "Compile what calculates and keep it on disk, so that no later start has to; once after an installation."
ENGLISH = translator("en")


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    parser = command(subparsers, "settle", run, WORDS)
    for name in ("plan", "people", "products", "orders"):
        parser.add_argument(f"--{name}", required=True, type=Path, metavar="FILE")
    parser.add_argument("--rates", type=Path, metavar="FILE", help="dated rates of currencies")
    parser.add_argument("--adjustments", type=Path, metavar="FILE", help="corrections by hand")
    parser.add_argument(
        "--cycle", required=True, help="such as 2026-10, 2026-W41, 2026-10-07, 2026, 2026-10-A, 2026-Q4"
    )
    parser.add_argument("--calendar", metavar="NAME", help="of the plan; its main one unless said")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the results are written")
    parser.add_argument(
        "--carry", type=Path, metavar="DIR", action="append", default=[],
        help="the results of the cycle before; again for those of other calendars: titles, advances, balances",
    )  # fmt: skip
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv")
    parser.add_argument("--timings", type=Path, metavar="FILE", help="seconds by part, as JSON")
    parser.add_argument(
        "--verify", action="store_true",
        help="work everything out once more by the second engine, tell what differs, and then end with 1",
    )  # fmt: skip
    command(subparsers, "warm", warm_up, WARM)


async def warm_up(_arguments: argparse.Namespace, _settings: Settings) -> int:
    """Compile the kernels, those that run live too."""
    warm()
    print("The kernels are compiled.")
    return 0


async def run(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Progress and timings on standard error, one line of what came of it on standard output."""
    try:
        return _settle(arguments)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2


def _settle(arguments: argparse.Namespace) -> int:
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
    cycle = _cycle(chosen, arguments.cycle)
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


def _cycle(plan: Plan, code: str) -> Cycle:
    """The cycle of the calendar that is settled.

    Raises:
        CycleUnknown: no calendar of the plan has it.
        CycleElsewhere: another one has it.
    """
    try:
        return cycle_named(plan.calendar, code)
    except CycleUnknown:
        for other in plan.calendars:
            with suppress(CycleUnknown):
                raise CycleElsewhere(cycle=cycle_named(other, code).code, calendar=other.code) from None
        raise


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
