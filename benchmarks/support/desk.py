"""A desk of any size, made inside the database: people who each have as many tickets, one of ten of them still open."""

from sqlalchemy import text

from benchmarks.support.book import NUMBERS, PEOPLE
from core.db import metadata
from core.db.database import Database
from core.db.types import microseconds
from core.plan import service as plans
from core.plan.reading import example
from core.tickets.rules.targets import NEVER_DUE

FIRST = 1001
OPEN_EVERY = 10
HOUR_US = 3_600_000_000
SPREAD = 2_654_435_761
"""By which rising numbers become moments that look as if they had come by chance."""
QUEUES, TYPES, LANGUAGES, STAFF = (
    ("iberia", "world"),
    ("network", "commissions", "delivery", "other"),
    ("en", "es", "fr"),
    12,
)
TICKETS = """
    INSERT INTO ticket (number, person_id, type, subject, state, phase, priority, queue, language, assignee, via,
        opened_at, opened_by, shown_from, waiting_since, clock, due_at, due_order, first_answered_at,
        first_answer_took_us, solution_took_us, solved_at, closed_at, breached_at, rating, version, last_by, last_at)
    SELECT {first} - 1 + i, 1 + i % {people}, {type}, 'Where is my order ' || i || '?', {phase}, {phase}, 'normal',
        {queue}, {language}, CASE WHEN i % 3 = 0 THEN NULL ELSE 'Staff ' || (i % {staff}) END, 'chat',
        {opened}, 'person', {opened}, CASE WHEN {is_open} THEN {opened} END, {clock},
        CASE WHEN {is_open} THEN {due} END, CASE WHEN {is_open} THEN {due} ELSE {never} END, {opened} + {hour},
        {hour}, CASE WHEN {is_open} THEN NULL ELSE (1 + i % 50) * {hour} END,
        CASE WHEN {is_open} THEN NULL ELSE {opened} + (1 + i % 50) * {hour} END,
        CASE WHEN {is_open} THEN NULL ELSE {opened} + (1 + i % 50) * {hour} END,
        CASE WHEN {is_open} AND i % 70 = 0 THEN {due} END, CASE WHEN {is_open} THEN NULL ELSE 1 + i % 5 END, 1,
        'person', {opened}
    FROM {tickets} numbers
"""
PHASE = f"CASE WHEN i % {OPEN_EVERY} <> 0 THEN 'closed' WHEN i % 3 = 0 THEN 'new' ELSE 'waiting_us' END"
CLOCK = """'{"used": 0, "since": null, "asked": null, "answered": false, "fired": [], "promised": null}'"""


async def make(database: Database, *, people: int, tickets: int, over_days: int) -> None:
    """Fill an empty database; tickets were opened evenly over the last days, and open ones fall due over three."""
    dialect, now = database.dialect, microseconds(database.clock.now())
    step = over_days * 24 * HOUR_US // tickets
    words = {
        "people": people,
        "tickets": NUMBERS[dialect].format(count=tickets),
        "first": FIRST,
        "staff": STAFF,
        "hour": HOUR_US,
        "never": NEVER_DUE,
        "is_open": f"i % {OPEN_EVERY} = 0",
        "phase": PHASE,
        "opened": f"({now - over_days * 24 * HOUR_US} + CAST(i AS BIGINT) * {step})",
        "due": f"({now - 4 * HOUR_US} + (CAST(i AS BIGINT) * {SPREAD}) % {76 * HOUR_US})",
        "queue": _among(QUEUES, 7),
        "type": _among(TYPES, 11),
        "language": _among(LANGUAGES, 13),
        "clock": CLOCK if dialect == "sqlite" else f"CAST({CLOCK} AS jsonb)",
    }
    async with database.writer.begin() as connection:
        await connection.run_sync(metadata.load().create_all)
    async with database.begin() as uow:
        await plans.activate(uow, example("demo"))
        await uow.commit()
    for statement in (PEOPLE.format(people=NUMBERS[dialect].format(count=people)), TICKETS.format(**words)):
        async with database.begin() as uow:
            await uow.connection.execute(text(statement.replace(":", "\\:")))
            await uow.commit()
    if dialect == "postgresql":  # which it does by itself before long; a file of SQLite has no such help
        async with database.begin() as uow:
            await uow.connection.execute(text("ANALYZE"))
            await uow.commit()


def _among(words: tuple[str, ...], stride: int) -> str:
    """Words that take turns among open tickets too, in a rhythm of their own."""
    cases = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE (i / {OPEN_EVERY} * {stride} + i % {OPEN_EVERY}) % {len(words)} {cases} END"
