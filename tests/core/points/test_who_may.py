"""Who may move points, and by what name the others know her."""

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from core.checkout import service as checkout
from core.checkout.model import RedemptionWish
from core.db.unit_of_work import UnitOfWork
from core.http.model import RequestInvalid
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.messaging.tables import OutboxRow
from core.people import service as people
from core.people.model import AccountClosed, AccountSuspended, Status, first_name
from core.points import service as points
from core.points.model import Adjustment, ConversionWish, TransferWish
from tests.core.points.companies import POINTS_PLAN, balances, found, order, require_sound
from tests.core.points.test_in_any_order import Everybody
from tests.core.points.test_returns import LONG_AGO, Apart

OUTBOX = SQLModel.metadata.tables[str(OutboxRow.__tablename__)]
STATE = Everybody()
TO_ANYONE = POINTS_PLAN.replace("[points.transfer]", '[points.transfer]\nto = "anyone"')


@pytest.fixture
async def company(uow: UnitOfWork) -> dict[str, PersonId]:
    known = await found(uow, TO_ANYONE)
    await order(uow, "1", "Ana", at=LONG_AGO)
    return known


@pytest.mark.parametrize(
    ("status", "refusal"), [(Status.TERMINATED, AccountClosed), (Status.SUSPENDED, AccountSuspended)]
)
async def test_who_has_left_or_is_suspended_moves_nothing_not_even_what_she_was_offered_before(
    uow: UnitOfWork, company: dict[str, PersonId], status: Status, refusal: type[DomainError]
) -> None:
    ana = company["Ana"]
    conversion = await points.offer_conversion(uow, ana, ConversionWish(amount=50))
    transfer = await points.offer_transfer(uow, STATE, ana, TransferWish(to="Ben", points=20))
    redemption = await checkout.offer_redemption(uow, ana, RedemptionWish(sku="TEA"))
    await people.record_status(uow, ana, status)
    for attempt in (
        points.offer_conversion(uow, ana, ConversionWish(amount=50)),
        points.offer_transfer(uow, STATE, ana, TransferWish(to="Ben", points=20)),
        points.convert(uow, ana, conversion.offer),
        points.transfer(uow, STATE, ana, transfer.offer),
        checkout.offer_redemption(uow, ana, RedemptionWish(sku="TEA")),
        checkout.redeem(uow, ana, redemption.offer, None),
    ):
        with pytest.raises(refusal):
            await attempt
    card = await points.card(uow, ana)
    assert (card.available, card.can_redeem, card.can_convert, card.can_transfer) == (100, False, False, False)
    assert (card.within_reach, (await points.wallet(uow, ana)).ways) == ((), ())
    assert await balances(uow, ana) == (100, 0)
    await require_sound(uow)


@pytest.mark.parametrize(("state", "name"), [(STATE, "Ana Doe"), (Apart(), "Ana")])
async def test_a_receiver_is_told_as_much_of_the_name_as_her_history_shows(
    uow: UnitOfWork, company: dict[str, PersonId], state: Everybody, name: str
) -> None:
    offer = await points.offer_transfer(uow, state, company["Ana"], TransferWish(to="Ben", points=20))
    await points.transfer(uow, state, company["Ana"], offer.offer)
    [row] = (await uow.connection.execute(select(OUTBOX.c.facts))).all()
    assert row[0]["from"] == name


@pytest.mark.parametrize(
    ("name", "first"), [("Ana María Ruiz", "Ana"), ("李小龍", "李小龍"), ("\u3000Ana Ruiz", "Ana"), (" ", " ")]
)
def test_a_first_name_is_told_of_any_name(name: str, first: str) -> None:
    assert first_name(name) == first


async def test_staff_give_credit_only_in_currencies_of_the_company(
    uow: UnitOfWork, company: dict[str, PersonId]
) -> None:
    for currency in ("EUR", "USD", "JPY"):  # the plan's, and those of rates
        gift = Adjustment(person="Ana", amount=100, currency=currency, reason="Sorry")
        assert (await points.adjust(uow, gift)).balance == 100
    with pytest.raises(RequestInvalid) as refused:
        await points.adjust(uow, Adjustment(person="Ana", amount=100, currency="EUT", reason="Sorry"))
    assert "EUR, JPY, USD" in refused.value.faults[0].expected
