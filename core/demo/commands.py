"""`python -m core demo`: found the demo company in an empty database."""

import argparse
import json
import sys
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic

from core.calendar import service as calendar
from core.calendar.model import Cycle
from core.calendar.rules import company_midnight, cycle_at, previous
from core.commands import Subparsers, command
from core.db.opening import opened
from core.demo import service, tickets
from core.demo.offered import offered
from core.demo.service import CompanyExists
from core.demo.settled import settle
from core.plan import service as plans
from core.plan.model import Plan
from core.plan.reading import example
from core.points.job import sweep
from core.settings import Settings
from i18n.errors import sentence
from i18n.translator import translator

PLAN = "demo"
PEOPLE_MAX = 1_000_000
CLOSED_CYCLES = 3
YEARS_OF_PLAN = 4
"""How long before today the plan came into force: before anybody joined."""


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = command(
        subparsers, "demo", found, "Make a believable company in an empty database: people, goods, a year of orders."
    )
    parser.add_argument("--people", type=_size, default=3000, metavar="N", help="how many people (default 3000)")
    parser.add_argument("--seed", type=int, default=7, metavar="S", help="another seed, another company (default 7)")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        metavar="D",
        help="last day of the orders, such as 2026-11-22 (default today)",
    )
    people = command(
        subparsers, "demo-people", offer, "Print, as JSON, whom the demo's chat page offers to chat as: heroines first."
    )
    people.add_argument("--seed", type=int, default=7, metavar="S", help="the seed the company was made with")


async def offer(arguments: argparse.Namespace, settings: Settings) -> int:
    """In the form that the sandbox reads; the language is a tag as Telegram gives it."""
    async with opened(settings) as database, database.read() as questions:
        people = await offered(questions, arguments.seed)
    lines = []
    for person in people:
        first, _, last = person.name.partition(" ")
        known = {"id": person.id, "phone": person.phone, "language_code": person.language.lower()}
        lines.append({**known, "first_name": first, "last_name": last, "note": person.place})
    print(json.dumps(lines, ensure_ascii=False))
    return 0


async def found(arguments: argparse.Namespace, settings: Settings) -> int:
    """The company is written in one transaction: a stopped run leaves none behind. Then its last cycles are closed."""
    began = monotonic()
    async with opened(settings) as database:
        today = arguments.today or database.clock.now().date()
        async with database.begin(actor="demo") as uow:
            start = datetime.combine(today - timedelta(days=365 * YEARS_OF_PLAN), time(), UTC).date().replace(day=1)
            await calendar.activate_plan(uow, example(PLAN), start)
            plan = await plans.plan_in_force(uow, uow.now)
            try:
                company = await service.found(
                    uow, plan, size=arguments.people, seed=arguments.seed, today=today, tell=_tell
                )
            except CompanyExists as error:
                print(sentence(error.code, error.facts, translator("en")), file=sys.stderr)
                return 1
            await uow.commit()
        midday = company_midnight(plan.calendar, today) + timedelta(hours=12)
        ended = _ended(plan, today, database.clock.now())
        story = await settle(database, ended, midday, company.heroines, _tell)
        _tell("writing tickets")
        await tickets.play(database, midday, arguments.seed)
        _tell("giving what closed cycles earn")
        await sweep(database)
        async with database.begin(actor="demo") as uow:
            await service.say_nothing_of_the_past(uow)
            await uow.commit()
    print(f"{company.people:,} people and {company.orders:,} orders until {today}, in {monotonic() - began:.1f} s.")
    if company.heroines:
        print(f"Try these distributors: {', '.join(company.heroines)}.")
    if None not in (story.returned, story.held, story.without):
        print(
            f"Of payments: {story.returned}'s came back once, {story.held} is on hold, {story.without} has no account."
        )
    return 0


def _ended(plan: Plan, today: date, now: datetime) -> list[Cycle]:
    """The cycles that the company has closed: the last few before today's, if they are over by the clock as well."""
    cycle = cycle_at(plan.calendar, company_midnight(plan.calendar, today))
    ended: list[Cycle] = []
    for _ in range(CLOSED_CYCLES):
        cycle = previous(plan.calendar, cycle)
        ended.insert(0, cycle)
        if cycle.period.end > now:
            ended.clear()
    return ended


def _size(text: str) -> int:
    size = int(text)
    if not 1 <= size <= PEOPLE_MAX:
        raise argparse.ArgumentTypeError(f"between 1 and {PEOPLE_MAX:,}")
    return size


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
