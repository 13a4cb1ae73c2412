"""Places in the database: giving, moving, waiting, the flush, and what a check finds."""

from collections.abc import Awaitable
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork
from core.genealogy import service as genealogy
from core.genealogy.model import GenealogyChanged, Termination
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.placement import service, store
from core.placement.model import (
    AboveUnplaced,
    MovesSpent,
    NotYourRecruit,
    OutsideYourTree,
    OwnPlacing,
    PlaceBelowHerself,
    PlacedPerson,
    PlaceTaken,
    PlaceUnknown,
    Placing,
    PlacingOver,
    Side,
    TreeKind,
    TreeUnknown,
)
from core.plan import service as plans
from core.plan.reading import example
from tests.support.planting import JOINED_ON, plant

FAMILY = """
    Ana
      Ben
        Cleo
      Dan
      Eva
"""
BINARY, MATRIX = TreeKind.BINARY, TreeKind.MATRIX


def plan(placement: str = "", spill: str = "manual") -> str:
    tree = f'\n[trees.binary]\nspill = "{spill}"\n'
    return example("demo") + tree + (f"\n[placement]\n{placement}\n" if placement else "")


async def begun(uow: UnitOfWork, text: str) -> dict[str, PersonId]:
    numbers = await plant(uow, FAMILY)
    await plans.activate(uow, text)
    await service.place(uow, "Ana", Placing(tree=BINARY, reason="top"))
    uow.emitted.clear()
    return numbers


async def put(uow: UnitOfWork, code: str, above: str, place: int, *, preview: bool = False) -> PlacedPerson:
    return await service.place(
        uow, code, Placing(tree=BINARY, above=above, place=place, reason="asked", preview=preview)
    )


async def refused(call: Awaitable[object], error: type[DomainError]) -> dict[str, object]:
    with pytest.raises(error) as caught:
        await call
    return dict(caught.value.facts)


async def drawn(uow: UnitOfWork, numbers: dict[str, PersonId]) -> str:
    codes = {number: code for code, number in numbers.items()}
    found = []
    for code, number in numbers.items():
        place = await store.place_of(uow, BINARY, number)
        if place is not None:
            found.append(f"{code}={codes[place[0]]}{place[1]}" if place[0] else code)
    return " ".join(found)


async def test_a_preview_tells_whose_figures_change_and_changes_nothing(uow: UnitOfWork) -> None:
    numbers = await begun(uow, plan())
    await put(uow, "Ben", "Ana", 1)
    uow.emitted.clear()
    seen = await put(uow, "Cleo", "Ben", 2, preview=True)
    assert (seen.figures_change, seen.before, seen.previewed) == (("Ben", "Ana"), None, True)
    assert (await drawn(uow, numbers), uow.emitted) == ("Ana Ben=Ana1", [])
    done = await put(uow, "Cleo", "Ben", 2)
    assert done == seen.model_copy(update={"previewed": False})
    assert await drawn(uow, numbers) == "Ana Ben=Ana1 Cleo=Ben2"
    assert [type(event) for event in uow.emitted] == [GenealogyChanged]
    moved = await put(uow, "Cleo", "Ana", 2)
    assert moved.figures_change == ("Ben",)  # Ana has her below before and after
    history = await service.places_of(uow, "Cleo")
    assert [(link.above, link.place, link.valid_to is None, link.reason) for link in history] == [
        ("Ben", 2, False, "asked"),
        ("Ana", 2, True, "asked"),
    ]


async def test_places_that_cannot_be_are_refused(uow: UnitOfWork) -> None:
    await begun(uow, plan("moves_max = 1"))
    await put(uow, "Ben", "Ana", 1)
    await put(uow, "Cleo", "Ben", 1)
    assert await refused(put(uow, "Dan", "Ana", 1), PlaceTaken) == {"person": "Ben"}
    assert await refused(put(uow, "Dan", "Ana", 3), PlaceUnknown) == {"place": 3, "width": 2}
    await refused(put(uow, "Dan", "Eva", 1), AboveUnplaced)
    await refused(put(uow, "Ben", "Cleo", 2), PlaceBelowHerself)
    await refused(service.place(uow, "Dan", Placing(tree=MATRIX, reason="x")), TreeUnknown)
    await put(uow, "Cleo", "Ben", 2)
    assert await refused(put(uow, "Cleo", "Ana", 2), MovesSpent) == {"moves": 1}
    anyway = Placing(tree=BINARY, above="Ana", place=2, reason="mistake", beyond_limits=True)
    assert (await service.place(uow, "Cleo", anyway)).after.above == "Ana"


async def test_a_sponsor_places_her_own_people_below_herself(uow: UnitOfWork) -> None:
    numbers = await begun(uow, plan("levels_down_max = 1"))
    await put(uow, "Ben", "Ana", 1)
    ana, ben = numbers["Ana"], numbers["Ben"]
    await refused(service.place_own(uow, ben, "Dan", OwnPlacing(tree=BINARY, above="Ben", place=1)), NotYourRecruit)
    deep = OwnPlacing(tree=BINARY, above="Ben", place=1)
    assert await refused(service.place_own(uow, ana, "Dan", deep), OutsideYourTree) == {"levels": 1}
    await refused(service.place_own(uow, ben, "Cleo", OwnPlacing(tree=BINARY, above="Ana", place=2)), OutsideYourTree)
    waiting = await service.waiting(uow, BINARY, sponsor=ana)
    assert [(one.person, one.last_day) for one in waiting] == [("Dan", None), ("Eva", None)]
    await service.place_own(uow, ana, "Dan", OwnPlacing(tree=BINARY, above="Ana", place=2))
    assert [one.person for one in await service.waiting(uow, BINARY)] == ["Cleo", "Eva"]


async def test_the_days_of_a_sponsor_end(uow: UnitOfWork) -> None:
    days = (uow.now.date() - JOINED_ON).days
    numbers = await begun(uow, plan(f"days_to_place = {days - 1}"))
    last_day = (uow.now.date() - timedelta(days=2)).isoformat()
    own = OwnPlacing(tree=BINARY, above="Ana", place=2)
    assert await refused(service.place_own(uow, numbers["Ana"], "Dan", own), PlacingOver) == {"last_day": last_day}


@pytest.mark.parametrize(
    ("spill", "words", "stands"),
    [  # Ben stands left of Ana, Cleo was brought by Ben; Dan and Eva by Ana
        ("manual", "", "Ana Ben=Ana1"),
        ("manual", "days_to_place = 8", "Ana Ben=Ana1 Cleo=Ben1 Dan=Ana2 Eva=Dan2"),
        ("manual", 'days_to_place = 8\ndefault_side = "left"', "Ana Ben=Ana1 Cleo=Ben1 Dan=Cleo1 Eva=Dan1"),
        ("manual", 'days_to_place = 8\ndefault_side = "sponsor_choice"', "Ana Ben=Ana1 Cleo=Ben1 Dan=Ana2 Eva=Dan2"),
        ("bfs", "", "Ana Ben=Ana1 Cleo=Ben1 Dan=Ana2 Eva=Ben2"),
        ("bfs", "days_to_place = 3000", "Ana Ben=Ana1"),
    ],
)
async def test_the_flush_places_whoever_is_due(uow: UnitOfWork, spill: str, words: str, stands: str) -> None:
    numbers = await begun(uow, plan(words, spill))
    await put(uow, "Ben", "Ana", 1)
    await service.choose_side(uow, numbers["Ana"], Side.LEFT)
    await service.choose_side(uow, numbers["Ana"], Side.RIGHT)
    placed = stands.count("=") - 1
    assert [await service.flush(uow, BINARY), await service.flush(uow, BINARY)] == [placed, 0]
    assert await drawn(uow, numbers) == stands
    assert await service.flush(uow, BINARY, again=True) == 0


async def test_the_flush_leaves_customers_without_places_where_the_tree_is_for_distributors(uow: UnitOfWork) -> None:
    numbers = await begun(uow, plan("", "bfs").replace('"bfs"', '"bfs"\nwho = "distributors"'))
    await uow.connection.execute(text("UPDATE person SET kind = 'customer' WHERE code IN ('Cleo', 'Dan')"))
    assert [one.person for one in await service.waiting(uow, BINARY)] == ["Ben", "Eva"]
    assert await service.flush(uow, BINARY) == 2
    assert await drawn(uow, numbers) == "Ana Ben=Ana1 Eva=Ana2"


async def test_a_tree_open_in_width_takes_any_number_below_everybody(uow: UnitOfWork) -> None:
    """By hand in a place of any number, by the flush right below the sponsor, after all who stand there."""
    numbers = await begun(uow, plan() + '\n[trees.matrix]\nwidth = "open"\ndepth = 3\n')
    await service.place(uow, "Ana", Placing(tree=MATRIX, reason="top"))
    await service.place(uow, "Eva", Placing(tree=MATRIX, above="Ana", place=7, reason="asked"))
    assert await service.flush(uow, MATRIX) == 3
    found = {code: await store.place_of(uow, MATRIX, number) for code, number in numbers.items()}
    below = {code: (numbers[above], place) for code, above, place in
             (("Ben", "Ana", 8), ("Cleo", "Ben", 1), ("Dan", "Ana", 9), ("Eva", "Ana", 7))}  # fmt: skip
    assert found == {"Ana": (None, 0), **below}
    assert (await service.verify(uow, MATRIX)).findings == ()


async def test_the_flush_passes_up_whoever_the_plan_says(uow: UnitOfWork) -> None:
    """Cleo is the first whom Ben brought, and he the first of Ana, above whom is nobody; Dan is her second."""
    numbers = await begun(uow, plan() + '\n[trees.matrix]\nwidth = "open"\ndepth = 3\npassed_up = 1\n')
    assert await service.flush(uow, MATRIX) == 5
    above = {code: (await store.place_of(uow, MATRIX, number) or (None,))[0] for code, number in numbers.items()}
    ana = numbers["Ana"]
    assert above == {"Ana": None, "Ben": ana, "Cleo": ana, "Dan": ana, "Eva": ana}


async def test_who_leaves_keeps_her_place_as_a_hole(uow: UnitOfWork) -> None:
    numbers = await begun(uow, plan("days_to_place = 8"))
    await put(uow, "Ben", "Ana", 1)
    await genealogy.terminate(uow, "Ben", Termination(reason="left"))
    await service.flush(uow, BINARY)
    assert await drawn(uow, numbers) == "Ana Ben=Ana1 Cleo=Ana2 Dan=Ben1 Eva=Cleo2"


async def test_a_check_finds_circles_shared_places_and_links_that_dangle(uow: UnitOfWork) -> None:
    numbers = await begun(uow, plan())
    await put(uow, "Ben", "Ana", 1)
    await put(uow, "Cleo", "Ben", 1)
    await put(uow, "Dan", "Cleo", 1)
    assert (await service.verify(uow, BINARY)).findings == ()
    moved = "UPDATE placement_link SET parent_id = :above, slot = :slot WHERE person_id = :person"
    for person, above, slot in (("Ben", "Dan", 1), ("Ana", "Eva", 4)):
        values = {"person": numbers[person], "above": numbers[above], "slot": slot}
        await uow.connection.execute(text(moved), values)
    found = {(one.code, one.person) for one in (await service.verify(uow, BINARY)).findings}
    assert found == {
        ("placement_in_circle", "Ben"),
        ("placement_above_missing", "Ana"),
        ("placement_slot_wrong", "Ana"),
    }
