"""A company that owes Ana, Ben and Cleo commissions, for tests of payments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from sqlalchemy import update

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Account, Purpose
from core.payments import service
from core.payments.model import BankAccountWish, CompanyAccountWish, Format, ListCard, ListWish, PaymentState
from core.payments.rules.rendering import fingerprints, rendered
from core.plan import service as plans
from core.runs.model import RunPayout, RunState
from core.runs.packing import frame_parts, json_part, text_part
from core.runs.results import PAYOUTS, TOTALS
from core.runs.rules.booking import booked
from core.runs.service.announced import announced
from core.runs.service.trusting import COLUMNS
from core.runs.store import parts, payouts, runs
from core.runs.store.parts import Part
from core.runs.tables import RunRow
from tests.core.plan.plans import SMALL
from tests.support.bookkeeping import posting
from tests.support.planting import plant

TREE = """
Ana
  Ben
  Cleo
"""
SPAIN, GERMANY, FRANCE = "ES9121000418450200051332", "DE89370400440532013000", "FR1420041010050500013M02606"
BRAZIL, NETHERLANDS = "BR1800360305000010009795493C1", "NL91ABNA0417164300"
IBANS = {"Ana": SPAIN, "Ben": GERMANY, "Cleo": FRANCE}
DAY = date(2026, 11, 25)
MAKER, APPROVER, CLERK = "staff:1", "staff:2", "staff:3"


@dataclass(frozen=True, slots=True)
class Payout:
    """What a run pays, as payments read it."""

    person: PersonId
    currency: str
    paid: int


async def found(uow: UnitOfWork, *, payments_max: int = 100, sheet: Format = Format.SEPA_2019) -> dict[str, PersonId]:
    """The company with its plan, its people, its account and theirs."""
    await plans.activate(uow, SMALL)
    people = await plant(uow, TREE)
    wish = CompanyAccountWish(holder="Small & Co", iban=NETHERLANDS, format=sheet, payments_max=payments_max)
    await service.set_company_account(uow, "EUR", wish)
    for code, iban in IBANS.items():
        await as_staff(uow, CLERK)
        await service.set_account(uow, code, BankAccountWish(holder=f"{code} Núñez", iban=iban, currency="EUR"))
    await as_staff(uow, MAKER)
    return people


async def as_staff(uow: UnitOfWork, actor: str) -> None:
    uow.actor = actor


async def owe(
    uow: UnitOfWork, people: Mapping[str, PersonId], amounts: Mapping[str, int], *, run: int = 1, currency: str = "EUR"
) -> int:
    """A released run that has paid these amounts to people's earnings, taken over."""
    for code, amount in amounts.items():
        lines = (f"- commissions {currency} {-amount}", f"{code} commissions_earned {currency} +{amount}")
        await ledger.post(uow, posting(f"run {run} {code} {currency}", *lines, people=people))
    payouts = [Payout(people[code], currency, amount) for code, amount in amounts.items()]
    payouts.sort(key=lambda one: (one.person, one.currency))
    count = await service.take_some(uow, run, f"2026-{run:02d}", payouts)
    await service.take_some(uow, run, f"2026-{run:02d}", [])
    return count


async def made(uow: UnitOfWork, *, currency: str = "EUR", held: tuple[PersonId, ...] = ()) -> ListCard:
    await as_staff(uow, MAKER)
    return await made_of(uow, ListWish(currency=currency, execution_on=DAY), held)


async def made_of(uow: UnitOfWork, wish: ListWish, held: tuple[PersonId, ...] = ()) -> ListCard:
    """A list in one transaction, which `job.make` takes many for."""
    making = await service.begin(uow, wish, "me")
    while await service.fill(uow, making, set(held)):
        pass
    return await service.publish(uow, making)


async def approved(uow: UnitOfWork) -> ListCard:
    card = await made(uow)
    await as_staff(uow, APPROVER)
    return await service.approve(uow, card.number)


async def exported(uow: UnitOfWork) -> ListCard:
    card = await approved(uow)
    await service.freeze(uow, card.number, set())
    files = await service.bank_files(uow, card.number)
    return await service.finish(uow, card.number, {file.number: fingerprints(rendered(file)) for file in files})


async def balance(uow: UnitOfWork, person: PersonId | None, purpose: Purpose, unit: str = "EUR") -> int:
    return await ledger.balance(uow, Account(person=person, purpose=purpose, unit=unit))


async def states(uow: UnitOfWork, number: int) -> dict[str, PaymentState]:
    return {one.person: one.state for one in (await service.payments(uow, number, None)).items}


async def require_sound(uow: UnitOfWork) -> None:
    """The book is sound, and payments agree with it."""
    assert await ledger.verify(uow) == []
    assert await service.verify(uow) == []


async def release(uow: UnitOfWork, people: Mapping[str, PersonId], amounts: Mapping[str, int], *, run: int = 1) -> None:
    """A released run as `core.runs` leaves it: sealed, with its payouts, and what people have earned in the book."""
    cycle, end = f"2026-{run:02d}", uow.now - timedelta(days=1)
    uow.session.add(
        RunRow(
            id=run,
            kind="month",
            calendar="month",
            cycle=cycle,
            starts_at=end,
            ends_at=end,
            state=RunState.APPROVED.value,
            started_by="staff:9",
            started_at=end,
            plan_version="1",
            totals={"residue_minor": {}},
            preview=1,
            attempt=1,
        )
    )
    await uow.flush()
    paid = [RunPayout(run, people[code], "EUR", amount, 0, 0, 0, amount, 0) for code, amount in amounts.items()]
    await payouts.add(uow, paid)
    for part in _parts(cycle, (await plans.texts(uow))[-1], amounts):
        await parts.add(uow, run, 1, part)
    await ledger.post_all(uow, [posted for one in paid if (posted := booked(one)) is not None])
    row = await runs.row(uow, run)
    assert row is not None
    told = await announced(uow, row)
    await uow.emit(told)
    over = {"state": RunState.RELEASED.value, "released_at": uow.now, "released_by": uow.actor}
    sealed = {"released_number": told.number, "seal": told.seal, "seal_before": told.seal_before}
    await uow.connection.execute(update(runs.RUNS).where(runs.RUNS.c.id == run).values(**over, **sealed))


def _parts(cycle: str, plan: str, amounts: Mapping[str, int]) -> Iterator[Part]:
    """What of a run its payments are held against."""
    yield json_part("input/run", {"kind": "month", "calendar": "month", "cycle": cycle})
    yield text_part("input/plan", plan)
    yield json_part(TOTALS, {"residue_minor": {}})
    rows = [(code, "EUR", amount, 0, 0, 0, amount, 0, "") for code, amount in amounts.items()]
    yield from frame_parts(PAYOUTS, pl.DataFrame(rows, schema=list(COLUMNS), orient="row"))
