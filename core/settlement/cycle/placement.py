"""The placement trees of a cycle: given places, everybody else by the tree's spill, and the holes that people left."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from core.bonuses.tree import Tree
from core.calendar.model import Cycle
from core.forest import program as p
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints
from core.live.places import Places, standing
from core.people.model import Kind, Status
from core.plan.model import MatrixTree, Plan
from core.settlement.cycle.figures import Standings, sponsors
from core.settlement.model import Company

COLUMNS = {"binary": ("binary_parent", "binary_side"), "matrix": ("matrix_parent", "matrix_slot")}


@dataclass(frozen=True, slots=True)
class Laid:
    """Where everybody who had joined stands at the cycle's end, by their order in `there`."""

    there: Ints
    """Places in `Company.people`."""
    living: Marks
    """Who has not left."""
    places: Places


def laid_out(company: Company, plan: Plan, cycle: Cycle, name: str) -> Laid:
    """The tree of that name at the cycle's end.

    Everybody who had joined has a place, also who has left since, so that places are the same month after month: as
    the files give it, else by spill in the order of joining. Where places are whole nobody is placed by spill.
    """
    there = _joined(company.people, plan, cycle)
    up, slot = _given(company.people, COLUMNS[name], there)
    sponsor = sponsors(company.people["sponsor"].to_numpy(), there)
    living = (company.people["status"] != Status.TERMINATED.value).to_numpy()[there]
    customers = (company.people["kind"] == Kind.CUSTOMER.value).to_numpy()[there]
    whole = company.places_whole
    found = standing(plan, name, sponsor=sponsor, up=up, slot=slot, living=living, whole=whole, customers=customers)
    return Laid(there, living, found)


def tree_of(company: Company, standings: Standings, name: str) -> Tree:
    """The tree of that name at the cycle's end, over the nodes of the network."""
    spec = standings.plan.trees.of(name)
    assert spec is not None, "plan check sees to it that the tree is declared"
    laid = laid_out(company, standings.plan, standings.cycle, name)
    return _numbered(company, standings, laid, spec.width, _depth(spec))


def _depth(spec: object) -> int:
    return spec.depth if isinstance(spec, MatrixTree) else 0


def _joined(people: pl.DataFrame, plan: Plan, cycle: Cycle) -> Ints:
    """Places of those who joined before the cycle's end."""
    zone, end = ZoneInfo(plan.calendar.time_zone), cycle.period.end
    days = people["joined_on"].unique()
    late = [day for day in days.to_list() if datetime.combine(day, time(), zone) >= end]
    return np.flatnonzero(~people["joined_on"].is_in(late).to_numpy())


def _given(people: pl.DataFrame, columns: tuple[str, str], there: Ints) -> tuple[Indices, Indices]:
    """Given places of those who are there; a place below somebody who has not joined yet is none."""
    inside = np.full(people.height + 1, -1, np.int32)
    inside[there] = np.arange(len(there))
    up = inside[people[columns[0]].to_numpy()[there]]
    slot = people[columns[1]].to_numpy()[there].astype(np.int32) - 1
    return up.astype(np.int32), np.where(up >= 0, slot, -1).astype(np.int32)


def _numbered(company: Company, standings: Standings, laid: Laid, width: int, depth: int) -> Tree:
    """By node of the network, holes after it; who has left and has no place is nowhere."""
    count, there, living, places = len(standings.place), laid.there, laid.living, laid.places
    above, slot, line, stands = places.above, places.slot, places.line, places.stands
    hole = ~living & stands
    number = np.full(len(there) + 1, -1, np.int32)
    number[:-1][living] = standings.node[there[living]]
    number[:-1][hole] = count + np.arange(int(hole.sum()))
    kept = number[:-1] >= 0
    at, size = number[:-1][kept], count + int(hole.sum())
    found_above, found_slot, found_line = (np.full(size, -1, np.int32) for _ in range(3))
    found_stands = np.zeros(size, np.bool_)
    found_above[at] = number[np.maximum(above[kept], -1)]
    found_slot[at] = np.where(above[kept] >= 0, slot[kept], -1)
    found_line[at] = number[line[kept]]
    found_stands[at] = stands[kept]
    flags = standings.state.nodes.flags[:count]
    return Tree(
        above=found_above,
        slot=found_slot,
        stands=found_stands,
        line=found_line,
        active=(flags & p.AWAKE) != 0,
        own_side=company.people["own_side"].to_numpy()[standings.place].astype(np.int32),
        width=width,
        depth=depth,
    )
