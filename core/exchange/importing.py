"""One import from beginning to end: read, compare, stage in short transactions, publish in one. It commits."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from core.catalog import service as catalog
from core.db.database import Database
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.exchange import placing, service, store, tickets
from core.exchange.model import FileKind, ImportOvertaken, Outcome
from core.exchange.rules import balances, order_fields, orders, people, people_fields, products, rates
from core.exchange.rules import placing as place_fields
from core.exchange.rules import tickets as ticket_fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.known_orders import Comparison, compare
from core.exchange.rules.people import PeopleDraft
from core.exchange.rules.people_fields import FilePerson
from core.exchange.rules.sheet import Columns, Sheet, read_sheet
from core.kernel.ids import new_id
from core.people import service as people_service
from core.people.model import Kind, Status
from core.people.rules import folded
from core.tickets import service as tickets_service

ROWS_AT_ONCE = 20_000
"""So many rows are staged in one transaction, so that orders coming in meanwhile wait for a moment only."""
PAUSE_S = 0.02
"""Between two transactions: whoever waits for SQLite's one writer must find it free when it looks."""
GIVEN_UP_AFTER = timedelta(days=1)
COLUMNS: dict[FileKind, Columns] = {
    FileKind.PEOPLE: people_fields.COLUMNS,
    FileKind.PRODUCTS: products.COLUMNS,
    FileKind.ORDERS: order_fields.COLUMNS,
    FileKind.RATES: rates.COLUMNS,
    FileKind.BALANCES: balances.COLUMNS,
    FileKind.TICKETS: ticket_fields.COLUMNS,
}
PERSON_COLUMNS = (
    "position", "code", "sponsor_code", "name", "name_folded", "kind", "status", "joined_on", "country", "language",
    "time_zone", "email", "phone", "career_rank", "valid_from", "valid_to",
)  # fmt: skip
ORDER_COLUMNS = (
    "order_id", "person", "kind", "state", "ordered_at", "paid_at", "currency", "amount_minor", "cv", "qv", "points",
    "line_count", "returns_order_id", "margin_minor",
)  # fmt: skip
LINE_COLUMNS = (
    "order_id", "position", "sku", "quantity", "unit_price", "amount_minor", "cv", "qv", "points", "margin_minor",
)  # fmt: skip

Progress = Callable[[str, int], None]
Publish = Callable[[UnitOfWork, str], Any]


@dataclass(frozen=True, slots=True)
class Import:
    """What one import works with."""

    database: Database
    kind: FileKind
    findings: Findings
    progress: Progress
    dry_run: bool
    actor: str

    def outcome(self, lines: int, added: int = 0, changed: int = 0, unchanged: int = 0) -> Outcome:
        """What came of it."""
        return Outcome(self.kind, lines, added, changed, unchanged, self.findings.all(), self.dry_run)

    def stops(self, changes: int) -> bool:
        """Whether nothing is to be written: faults, a dry run, or nothing new."""
        return self.findings.blocked() or self.dry_run or changes == 0


async def import_file(
    database: Database,
    kind: FileKind,
    lines: Iterable[bytes],
    *,
    dry_run: bool = False,
    progress: Progress = lambda _what, _count: None,
    actor: str = "command line",
) -> Outcome:
    """Import a file, or with `dry_run` tell what would come of it.

    Args:
        lines: the raw lines of the file.
        progress: told what is being done ("read", "staged") and how many rows more.

    Returns:
        Counts and every finding. With faults nothing was changed.

    Raises:
        ImportOvertaken: somebody recorded the same while the file was read; nothing was changed.
    """
    findings = Findings()
    work = Import(database, kind, findings, progress, dry_run, actor)
    sheet = read_sheet(lines, COLUMNS[kind], findings, lambda count: progress("read", count))
    if sheet is None:
        return work.outcome(0)
    return await _IMPORTERS[kind](work, sheet)


async def _import_people(work: Import, sheet: Sheet) -> Outcome:
    async with work.database.read() as questions:
        known = await service.known_people(questions, sheet)
        setting = await service.people_setting(questions)
    draft = people.draft(sheet, known, setting, work.findings)
    zone = setting.zone
    assert isinstance(zone, ZoneInfo), "company time is a zone of the IANA database"
    places = await _places(work, sheet, draft, zone) if placing.says(sheet) else []
    if not work.stops(len(draft.added) + len(draft.changed) + len(places)):

        async def publish(uow: UnitOfWork, run: str) -> None:
            await service.publish_people(uow, run, draft, zone, len(places))

        rows: dict[str, tuple[Sequence[str], Iterable[Sequence[Any]]]] = {
            "person": (PERSON_COLUMNS, _person_rows(work, draft, zone)),
            "place": (placing.COLUMNS, places),
        }
        await _run(work, sheet, rows, publish)
    return work.outcome(sheet.height, len(draft.added), len(draft.changed), draft.unchanged)


async def _places(work: Import, sheet: Sheet, draft: PeopleDraft, zone: ZoneInfo) -> list[placing.Row]:
    """The places that the file gives to those who have none."""
    async with work.database.read() as questions:
        plan = (await service.plans_in_force(questions)).now
        known = frozenset(await people_service.ids_of(questions, placing.names(sheet)))
        setting, recorded = await placing.setting(questions, sheet, plan, known)
    found = place_fields.read(sheet, setting, work.findings)
    now = microseconds(work.database.clock.now())
    since = {person.code: min(microseconds(people.first_day(person, zone)), now) for person in draft.added}
    return placing.rows(sheet, found, recorded, since, now, work.findings)


async def _import_products(work: Import, sheet: Sheet) -> Outcome:
    async with work.database.read() as questions:
        known = await catalog.all_products(questions)
    draft = products.draft(sheet, known, work.findings)
    if not work.stops(draft.added + draft.changed):
        await _run(work, sheet, {}, lambda uow, run: service.publish_products(uow, run, draft))
    return work.outcome(sheet.height, draft.added, draft.changed, draft.unchanged)


async def _import_rates(work: Import, sheet: Sheet) -> Outcome:
    async with work.database.read() as questions:
        known = await catalog.all_rates(questions)
    draft = rates.draft(sheet, known, work.findings)
    if not work.stops(len(draft.rates)):
        await _run(work, sheet, {}, lambda uow, run: service.publish_rates(uow, run, draft))
    return work.outcome(sheet.height, len(draft.rates), 0, draft.unchanged)


async def _import_balances(work: Import, sheet: Sheet) -> Outcome:
    async with work.database.read() as questions:
        setting = await service.balance_setting(questions, sheet)
        read = balances.read(sheet, setting, work.findings)
        known = await service.known_balances(questions, read)
    draft = balances.draft(read, known, work.findings)
    if not work.stops(len(draft.balances)):
        await _run(work, sheet, {}, lambda uow, run: service.publish_balances(uow, run, draft))
    return work.outcome(sheet.height, len(draft.balances), 0, draft.unchanged)


async def _import_tickets(work: Import, sheet: Sheet) -> Outcome:
    async with work.database.read() as questions:
        setting, known = await tickets.setting(questions, sheet), await tickets.known(questions, sheet)
    draft = ticket_fields.draft(sheet, setting, known, work.findings)
    if not work.stops(len(draft.tickets)):
        ready = tickets_service.ready(draft.tickets, setting.spec, setting.now)
        await _run(work, sheet, {}, lambda uow, run: tickets.publish(uow, run, ready))
    return work.outcome(sheet.height, len(draft.tickets), 0, draft.unchanged)


async def _import_orders(work: Import, sheet: Sheet) -> Outcome:
    async with work.database.read() as questions:
        setting, currency = await service.order_setting(questions, sheet)
        draft = orders.draft(sheet, setting, work.findings)
        if draft is None:
            return work.outcome(sheet.height)
        known, known_lines = await service.known_orders(questions, draft.orders["order_id"].to_list())
    found = compare(draft, known, known_lines, work.findings)
    if currency is not None and found.orders.height:
        work.findings.notice("import_default_plan", 1, currency=currency)
    if not work.stops(found.orders.height + found.payments.height):
        publish = partial(service.publish_orders, comparison=found, currency=currency)
        work.findings.notices("import_return_too_much", await _run(work, sheet, _order_rows(found), publish))
    return work.outcome(sheet.height, found.orders.height, found.payments.height, found.unchanged)


async def _run(
    work: Import,
    sheet: Sheet,
    rows: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]],
    publish: Publish,
) -> Any:
    """Stage in transactions of a moment each, publish in one, and tidy up."""
    run = str(new_id())
    async with work.database.begin(actor=work.actor) as uow:
        await store.begin_run(uow, run, work.kind.value, sheet.height)
        await uow.commit()
    for what, (columns, values) in rows.items():
        for batch in _batches(values):
            ready = [(run, *row) for row in batch]
            async with work.database.begin(actor=work.actor) as uow:
                await store.stage(uow, what, ("run", *columns), ready)
                await uow.commit()
            work.progress("staged", len(batch))
            await asyncio.sleep(PAUSE_S)
    try:
        async with work.database.begin(actor=work.actor) as uow:
            done = await publish(uow, run)
            await uow.commit()
    except IntegrityError as error:
        raise ImportOvertaken from error
    await _tidy(work)
    return done


async def _tidy(work: Import) -> None:
    """Delete what published runs staged, and what a run that was killed left behind long ago."""
    async with work.database.begin(actor=work.actor) as uow:
        given_up_before = uow.now - GIVEN_UP_AFTER
        finished = await store.finished_runs(uow, given_up_before)
    for run in finished:
        more = True
        while more:
            async with work.database.begin(actor=work.actor) as uow:
                more = await store.forget(uow, run)
                await uow.commit()
    async with work.database.begin(actor=work.actor) as uow:
        await store.forget_unpublished(uow, given_up_before)
        await uow.commit()


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    batch: list[Sequence[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _person_rows(work: Import, draft: PeopleDraft, zone: ZoneInfo) -> Iterator[tuple[Any, ...]]:
    now = work.database.clock.now()
    exact_days = work.database.dialect == "postgresql"  # SQLite keeps a day as text
    for position, person in enumerate(draft.added):
        yield _person_row(position, person, now=microseconds(now), zone=zone, exact_days=exact_days)


def _person_row(position: int, person: FilePerson, *, now: int, zone: ZoneInfo, exact_days: bool) -> tuple[Any, ...]:
    return (
        position,
        person.code,
        person.sponsor,
        person.name,
        folded(person.name),
        person.kind or Kind.DISTRIBUTOR.value,
        person.status or Status.ACTIVE.value,
        person.joined_on if exact_days else person.joined_on.isoformat(),
        person.country,
        person.language,
        person.time_zone,
        person.email,
        person.phone,
        person.career_rank,
        min(microseconds(people.first_day(person, zone)), now),
        now if person.left else None,
    )


def _order_rows(found: Comparison) -> dict[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]:
    columns = ["person_id" if name == "person" else name for name in ORDER_COLUMNS]
    numbered = found.orders.select(ORDER_COLUMNS).with_row_index("position")
    return {
        "order": (("position", *columns), numbered.iter_rows()),
        "line": (LINE_COLUMNS, found.lines.select(LINE_COLUMNS).iter_rows()),
    }


_IMPORTERS = {
    FileKind.PEOPLE: _import_people,
    FileKind.PRODUCTS: _import_products,
    FileKind.ORDERS: _import_orders,
    FileKind.RATES: _import_rates,
    FileKind.BALANCES: _import_balances,
    FileKind.TICKETS: _import_tickets,
}
