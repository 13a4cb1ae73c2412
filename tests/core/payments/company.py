"""A company that owes Ana, Ben and Cleo commissions, for tests of payments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Account, Purpose
from core.payments import service
from core.payments.model import BankAccountWish, CompanyAccountWish, Format, ListCard, ListWish, PaymentState
from core.payments.rules.rendering import fingerprints, rendered
from core.plan import service as plans
from core.runs.model import RunState
from core.runs.tables import RunPayoutRow, RunRow
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
    """A released run as `core.runs` leaves it: its payouts, and what people have earned by it in the book."""
    cycle, end = f"2026-{run:02d}", uow.now - timedelta(days=1)
    uow.session.add(
        RunRow(
            id=run,
            kind="month",
            calendar="month",
            cycle=cycle,
            starts_at=end,
            ends_at=end,
            state=RunState.RELEASED.value,
            started_by="staff:9",
            started_at=end,
            released_at=end,
            released_number=run,
            seal="",
            plan_version="1",
            preview=1,
            attempt=1,
        )
    )
    await uow.flush()
    for code, amount in amounts.items():
        uow.session.add(
            RunPayoutRow(
                run=run,
                person_id=people[code],
                currency="EUR",
                earned=amount,
                carried_in=0,
                adjustments=0,
                paid=amount,
                carried_out=0,
            )
        )
        lines = (f"- commissions EUR {-amount}", f"{code} commissions_earned EUR +{amount}")
        await ledger.post(uow, posting(f"run {run} {code}", *lines, people=people))
    await uow.flush()
