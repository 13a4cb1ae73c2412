"""Places of many people at once, for an import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.db.unit_of_work import UnitOfWork
from core.placement import store


@dataclass(frozen=True, slots=True)
class Recorded:
    """Open places by codes."""

    places: Mapping[tuple[str, str], tuple[str | None, int]]
    """By tree and person: who stands above, and the place."""
    holders: Mapping[tuple[str, str, int], str]
    """Who stands there, by tree, whoever is above, and place."""
    choosers: frozenset[str]
    """Who has chosen a side."""


async def recorded(uow: UnitOfWork, codes: Sequence[str]) -> Recorded:
    """The open places of these people, and those right below them."""
    found = await store.open_by_code(uow, codes)
    places = {(tree, person): (above, slot) for tree, person, above, slot in found}
    holders = {(tree, above, slot): person for tree, person, above, slot in found if above is not None}
    return Recorded(places, holders, await store.choosers(uow))
