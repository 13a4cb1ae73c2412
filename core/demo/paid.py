"""What the demo's released runs owe, paid as companies pay: two lists a cycle, approved by another, exported, answered.

Euros go to IBANs within SEPA by one list, and to accounts elsewhere by another, which is a CSV file alone.

| when                     | what                                                                              |
| ------------------------ | --------------------------------------------------------------------------------- |
| 6 days after the cycle   | who earned for the first time names an account; the lists are made and exported   |
| 3 days later, or Tuesday | the bank has paid all of it; of the first lists, a heroine's payment comes back   |
| 4 days after that        | she names another account, to which her next list pays both                       |
| the last cycle, today    | one earner is on hold, some have no account yet; the lists are on their way       |
"""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from core.access import service as access
from core.access.model import Permission, Role
from core.db.database import Database
from core.demo.banks import Where, account, account_number
from core.kernel.clock import Clock
from core.kernel.ids import PersonId
from core.payments import job, service
from core.payments.model import CompanyAccountWish, Format, ListCard, ListWish, NothingToPay, PaymentCard
from core.people import service as people
from core.people.model import Card
from core.runs import service as runs
from core.runs.service import by_hand

CURRENCY = "EUR"
ACCOUNTS_MAX = 3_000
"""So many people have accounts at most; who earns in a company larger than that waits for hers."""
WITHOUT = 3
"""Of so many who are paid for the first time by the last run, one has no account."""
LISTED_AFTER, EXECUTED_AFTER, ANSWERED_AFTER, MENDED_AFTER = (timedelta(days=days) for days in (6, 2, 1, 4))
SATURDAY, DAYS_OF_WEEK = 5, 7
LOOKED_AT = 20_000
ACCOUNT_CLOSED = "AC04"
SECOND_ACCOUNT = 1_000_000
"""Added to a person's number for another account of hers."""
HELD_FOR = "Proof of identity is missing"


@dataclass(frozen=True, slots=True)
class Treasury:
    """Who pays: one makes the lists, the other approves them, the third enters accounts."""

    maker: str
    approver: str
    clerk: str


@dataclass(slots=True)
class Story:
    """Whose payments are worth a look, by code."""

    returned: str | None = None
    held: str | None = None
    without: str | None = None
    banked: set[PersonId] = field(default_factory=set)
    """Who has an account."""


@contextmanager
def at(database: Database, moment: datetime) -> Iterator[None]:
    """Let it be this moment, or now where that is still to come."""
    clock = database.clock
    database.clock = Clock(min(moment, clock.now()) - datetime.now(UTC))
    try:
        yield
    finally:
        database.clock = clock


async def treasury(database: Database) -> Treasury:
    """Two of treasury, one of support, and the account that the company pays from."""
    roles = {"Lucia": Role.TREASURY, "Pavel": Role.TREASURY, "Noor": Role.SUPPORT}
    async with database.begin(actor="demo") as uow:
        for name, role in roles.items():
            await access.add_staff(uow, name, role)
        maker, approver = [await access.acting(uow, name, Permission.MAKE_PAYMENTS) for name in ("Lucia", "Pavel")]
        clerk = await access.acting(uow, "Noor", Permission.EDIT_BANK_ACCOUNTS)
        uow.actor = maker
        wish = CompanyAccountWish(holder="Upline Demo", iban=account_number("ES", 1), format=Format.SEPA_2019)
        await service.set_company_account(uow, CURRENCY, wish)
        await uow.commit()
    return Treasury(maker, approver, clerk)


async def pay(
    database: Database, staff: Treasury, run: int, ended: datetime, heroines: Collection[str], story: Story
) -> None:
    """Pay what a run of a cycle owes, up to the bank's answer.

    Args:
        ended: when the cycle was over.
        heroines: of whom one's payment comes back from the first list.
    """
    with at(database, ended + LISTED_AFTER):
        new = await _new(database, run, story)
        await _open_accounts(database, staff, new, story)
        cards = await _exported(database, staff)
    if not cards:
        return
    answered = datetime.combine(cards[0].execution_on, ended.timetz()) + ANSWERED_AFTER
    fails = [] if story.returned else [one for one in new if one.code in heroines][-1:]
    for one in fails:
        story.returned = one.code
    with at(database, answered):
        for card in cards:
            await _answer(database, staff, card, fails[0].code if fails else None)
    with at(database, answered + MENDED_AFTER):
        await _open_accounts(database, staff, fails, story, more=SECOND_ACCOUNT)


async def send(database: Database, staff: Treasury, run: int, today: datetime, story: Story) -> None:
    """Export the lists of the last run, which the bank has not answered yet."""
    with at(database, today):
        new = await _new(database, run, story)
        without = new[::WITHOUT]
        story.without = without[0].code if without else None
        story.held = await _hold(database, run, new, staff.clerk)
        await _open_accounts(database, staff, [card for card in new if card not in without], story)
        await _exported(database, staff)


async def _new(database: Database, run: int, story: Story) -> list[Card]:
    """Whom a run pays for the first time, as far as anybody is given an account."""
    async with database.read() as questions:
        payouts = await runs.payouts(questions, run, limit=LOOKED_AT)
        paid = [one.person for one in payouts if one.paid > 0 and one.currency == CURRENCY]
        new = [person for person in paid if person not in story.banked][: ACCOUNTS_MAX - len(story.banked)]
        cards = await people.cards(questions, new)
    return [cards[person] for person in new]


async def _open_accounts(
    database: Database, staff: Treasury, cards: Sequence[Card], story: Story, *, more: int = 0
) -> None:
    """As the clerk does: by a file."""
    lines = io.StringIO()
    rows = csv.writer(lines)
    rows.writerow(("person_id", "holder", *Where._fields, "currency"))
    for card in cards:
        rows.writerow((card.code, card.name, *account(card.country, card.person_id + more), CURRENCY))
    done = await job.import_accounts(
        database, lines.getvalue().encode().splitlines(keepends=True), dry_run=False, actor=staff.clerk
    )
    assert not done.problems, "every name can be printed, and every number is right"
    story.banked.update(card.person_id for card in cards)


async def _hold(database: Database, run: int, new: Sequence[Card], actor: str) -> str | None:
    """Keep the last one of those whom a run pays, and runs before it paid, from being paid."""
    async with database.begin(actor=actor) as uow:
        payouts = await runs.payouts(uow, run, limit=ACCOUNTS_MAX)
        known = {one.person for one in payouts if one.paid > 0} - {card.person_id for card in new}
        if not known:
            return None
        code = (await people.cards(uow, [max(known)]))[max(known)].code
        await by_hand.hold(uow, code, HELD_FOR)
        await uow.commit()
    return code


async def _exported(database: Database, staff: Treasury) -> list[ListCard]:
    """Lists of all that can be paid, by SEPA and else by CSV, each made, approved and exported."""
    cards = [await _list(database, staff, sheet) for sheet in (Format.SEPA_2019, Format.CSV)]
    return [card for card in cards if card is not None]


async def _list(database: Database, staff: Treasury, sheet: Format) -> ListCard | None:
    """A list of all that can be paid in a format; None where there is nothing."""
    day = _working_day((database.clock.now() + EXECUTED_AFTER).date())
    wish = ListWish(currency=CURRENCY, execution_on=day, format=sheet)
    try:
        card = await job.make(database, wish, actor=staff.maker)
    except NothingToPay:
        return None
    async with database.begin(actor=staff.approver) as uow:
        await service.approve(uow, card.number)
        await uow.commit()
    return await job.export(database, card.number, None, actor=staff.maker)


async def _payments(database: Database, number: int) -> list[PaymentCard]:
    found: list[PaymentCard] = []
    cursor: str | None = None
    async with database.read() as questions:
        while cursor is not None or not found:
            page = await service.payments(questions, number, cursor)
            found += page.items
            if page.next is None:
                break
            cursor = page.next
    return found


async def _answer(database: Database, staff: Treasury, card: ListCard, returned: str | None) -> None:
    """Book what the bank says: everything is paid, but what it cannot pay to the account of one person."""
    lines = ["end_to_end_id,status,reason,date"]
    for one in await _payments(database, card.number):
        said = f"returned,{ACCOUNT_CLOSED}" if one.person == returned else "paid,"
        lines.append(f"{one.end_to_end_id},{said},{card.execution_on}")
    await job.book(database, "\n".join(lines).encode(), actor=staff.maker)


def _working_day(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, DAYS_OF_WEEK - day.weekday())) if day.weekday() >= SATURDAY else day
