"""The table in `core.people.titles`, step by step, and what comes between the steps."""

import pytest

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.people import titles
from core.people.model import Status
from core.people.store import change
from tests.support.planting import plant

ALL = (PersonId(0), PersonId(1_000_000))


@pytest.fixture
async def ana(uow: UnitOfWork) -> PersonId:
    """She is silver."""
    number = (await plant(uow, "Ana\n  Ben"))["Ana"]
    await change(uow, number, {"career_rank": "silver"})
    return number


async def shown(uow: UnitOfWork, person: PersonId) -> set[str | None]:
    """The title, by each of the ways of asking."""
    some, everybody = await people.career_ranks(uow, [person]), await people.all_career_ranks(uow)
    return {(await people.profile(uow, person)).career_rank, some.get(person), everybody.get(person)}


async def test_titles_are_in_force_with_the_turn_that_they_come_with(uow: UnitOfWork, ana: PersonId) -> None:
    await titles.write_down(uow, "a", {ana: ("silver", "gold")})
    assert await shown(uow, ana) == {"silver"}
    await titles.turn_over(uow, "a")
    assert await shown(uow, ana) == {"gold"}
    assert await titles.turned(uow, "a", *ALL) == {ana: "silver"}
    await titles.clear_up(uow, "a", *ALL)
    assert await shown(uow, ana) == {"gold"}
    await titles.end(uow, "a")
    assert await shown(uow, ana) == {"gold"}
    assert await titles.turned(uow, "a", *ALL) == {}


async def test_a_title_can_end_with_a_turn(uow: UnitOfWork, ana: PersonId) -> None:
    await titles.write_down(uow, "a", {ana: ("silver", None)})
    await titles.turn_over(uow, "a")
    assert await shown(uow, ana) == {None}


async def test_what_a_turn_that_never_came_wrote_means_nothing(uow: UnitOfWork, ana: PersonId) -> None:
    await titles.write_down(uow, "a", {ana: ("silver", "gold")})
    await titles.write_down(uow, "b", {ana: ("silver", "diamond")})
    await titles.turn_over(uow, "b")
    assert await shown(uow, ana) == {"diamond"}


async def test_a_title_that_changed_meanwhile_stays(uow: UnitOfWork, ana: PersonId) -> None:
    await titles.write_down(uow, "a", {ana: ("bronze", "gold")})
    await titles.turn_over(uow, "a")
    assert await shown(uow, ana) == {"silver"}


@pytest.mark.parametrize("is_early", [True, False])
async def test_who_comes_back_without_her_title_has_none_whatever_was_written_down(
    uow: UnitOfWork, ana: PersonId, is_early: bool
) -> None:
    await people.record_status(uow, ana, Status.TERMINATED)
    if is_early:
        await people.record_return(uow, ana, keep_rank=False)
    await titles.write_down(uow, "a", {ana: ("silver", "gold")})
    if not is_early:
        await people.record_return(uow, ana, keep_rank=False)
    await titles.turn_over(uow, "a")
    assert await shown(uow, ana) == {None}
