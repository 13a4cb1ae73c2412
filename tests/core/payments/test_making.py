"""A list is filled in short transactions: a maker that stopped leaves it to the next, and nobody is in it twice."""

import pytest
from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments import service
from core.payments.model import ListNotIn, ListState, ListWish, NothingToPay, PaymentsOvertaken
from core.payments.service import making as steps
from tests.core.payments.company import DAY, as_staff, found, owe, require_sound, states

WISH = ListWish(currency="EUR", execution_on=DAY)


@pytest.fixture
async def people(uow: UnitOfWork, monkeypatch: pytest.MonkeyPatch) -> dict[str, PersonId]:
    """Ana, Ben and Cleo are owed 10, 20 and 30; each step takes one of them."""
    monkeypatch.setattr(steps, "PEOPLE_AT_ONCE", 1)
    people = await found(uow)
    await owe(uow, people, {"Ana": 1000, "Ben": 2000, "Cleo": 3000})
    return people


async def test_whoever_takes_a_list_over_goes_on_and_the_one_before_is_told(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    first = await service.begin(uow, WISH, "first")
    assert await service.fill(uow, first, set())
    await as_staff(uow, "staff:4")
    second = await service.begin(uow, WISH, "second")
    assert second.number == first.number
    with pytest.raises(PaymentsOvertaken):
        await service.fill(uow, first, set())
    with pytest.raises(PaymentsOvertaken):
        await service.publish(uow, first)
    assert [await service.fill(uow, second, set()) for _ in range(3)] == [True, True, False]
    card = await service.publish(uow, second)
    assert (card.state, card.count, card.sum_minor, card.made_by) == (ListState.DRAFT, 3, 6000, "staff:4")
    await require_sound(uow)


async def test_payments_and_the_book_agree_after_each_step(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    making, seen = await service.begin(uow, WISH, "me"), []
    while await service.fill(uow, making, {people["Ben"]}):
        seen.append((await service.card(uow, making.number)).sum_minor)
        await require_sound(uow)
    assert seen == [1000, 1000, 4000]
    assert set(await states(uow, (await service.publish(uow, making)).number)) == {"Ana", "Cleo"}


async def test_a_payment_keeps_its_cycles_and_what_the_payee_reads_of_them_in_her_language(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await owe(uow, people, {"Ana": 500}, run=2)
    await uow.connection.execute(text("UPDATE person SET language = 'de' WHERE code = 'Ana'"))
    making = await service.begin(uow, WISH, "me")
    await service.fill(uow, making, set())
    kept = await uow.connection.execute(text("SELECT cycles, text FROM payment"))
    assert [tuple(one) for one in kept] == [("2026-01 2026-02", "Small Co: Provision 2026-01, 2026-02")]


async def test_a_list_in_the_making_can_be_given_up_and_not_approved(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    making = await service.begin(uow, WISH, "me")
    await service.fill(uow, making, set())
    with pytest.raises(ListNotIn):
        await service.approve(uow, making.number)
    assert (await service.cancel(uow, making.number)).state is ListState.CANCELLED
    with pytest.raises(PaymentsOvertaken):
        await service.fill(uow, making, set())
    await require_sound(uow)


async def test_of_a_list_for_nobody_nothing_is_left(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    making = await service.begin(uow, WISH, "me")
    while await service.fill(uow, making, set(people.values())):
        pass
    with pytest.raises(NothingToPay):
        await service.publish(uow, making)
    await service.forget(uow, making)
    assert await uow.connection.scalar(text("SELECT count(*) FROM payment_list")) == 0
