"""Whatever is done to a tree, in whatever order: it stays one, and its past stays as it was."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.genealogy import service
from core.genealogy.model import Reinstatement, SponsorChange, Surgery, Termination
from core.genealogy.rules.verification import circles
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from tests.support.planting import plant

CODES = [f"P{number}" for number in range(8)]
DRAWING = "P0\n  P1\n    P2\n      P3\n    P4\n  P5\n    P6\n  P7"
Deed = tuple[str, str, str, bool]
DEEDS = st.tuples(
    st.sampled_from(["move", "terminate", "reinstate"]), st.sampled_from(CODES), st.sampled_from(CODES), st.booleans()
)


async def done(uow: UnitOfWork, deed: Deed, *, preview: bool) -> Surgery | None:
    """What a deed does, or None when it is refused."""
    what, person, other, with_line = deed
    try:
        if what == "move":
            change = SponsorChange(sponsor=other, with_line=with_line, reason="test", preview=preview)
            return await service.change_sponsor(uow, person, change)
        if what == "terminate":
            return await service.terminate(uow, person, Termination(reason="test", preview=preview))
        back = Reinstatement(
            sponsor=other if other != person else None, with_line=with_line, reason="test", preview=preview
        )
        return await service.reinstate(uow, person, back)
    except DomainError:
        return None


async def lines(uow: UnitOfWork, numbers: dict[str, PersonId], at: datetime | None) -> dict[str, list[PersonId]]:
    return {code: sorted(await service.downline_ids(uow, number, at)) for code, number in numbers.items()}


@pytest.mark.parametrize("dialect", ["sqlite"])
@given(deeds=st.lists(DEEDS, max_size=8))
@settings(max_examples=settings().max_examples // 6, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_tree_stays_one_and_its_past_stays(database: Database, deeds: list[Deed]) -> None:
    async with database.begin() as uow:  # each example is rolled back
        numbers = await plant(uow, DRAWING)
        past: list[tuple[datetime, dict[str, list[PersonId]]]] = []
        for deed in deeds:
            past.append((uow.now, await lines(uow, numbers, None)))
            uow.now += timedelta(hours=1)
            preview = await done(uow, deed, preview=True)
            surgery = await done(uow, deed, preview=False)
            assert surgery == (preview and preview.model_copy(update={"previewed": False}))
            assert (await service.verify(uow)).findings == ()
        for moment, was in past:
            assert await lines(uow, numbers, moment) == was


@given(st.lists(st.integers(-1, 11), max_size=12))
def test_circles_are_what_walking_up_finds(parents: list[int]) -> None:
    parents = [parent if parent < len(parents) else -1 for parent in parents]
    on_circle = set()
    for start in range(len(parents)):
        way, place = [], start
        while place >= 0 and place not in way:
            way.append(place)
            place = parents[place]
        on_circle.update(way[way.index(place) :] if place >= 0 else [])
    found = list(circles(np.array(parents, dtype=np.int64)))
    assert {place for circle in found for place in circle} == on_circle
    assert sum(map(len, found)) == len(on_circle)
