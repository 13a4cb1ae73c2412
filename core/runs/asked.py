"""What a run keeps so that everybody can be told why a bonus paid her nothing: what its conditions found.

Ranks and KPIs are kept as results; here is what else bonuses ask of a person. It decides nothing, so it is not sealed.

| column                | what it holds                                                                |
| --------------------- | ---------------------------------------------------------------------------- |
| `before_rank`         | the title before the cycle, which an award for a new rank looks at           |
| `package`             | her package, which tables of bonuses can go by                               |
| `counted.BONUS.0`     | towards the bonus's first condition with a leg cap, at the plan's scale      |
| `holds.BONUS`         | 1 where the rule's expression holds                                          |
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from core.catalog.rules import RateTable
from core.forest.kernel import Grades
from core.plan.model import Bonus, Condition, PackageSpec, RankSpec
from core.ranks.rules import conditions
from core.runs.packing import BY_PLACE, frame_parts
from core.runs.store.parts import Part
from core.settlement.cycle.source import CycleSource
from core.settlement.running import Outcome

ASKED = "told/asked"
BEFORE, PACKAGE = "before_rank", "package"


def capped(bonus: Bonus) -> dict[str, Condition]:
    """The conditions of the earner that cap legs, by their columns; of the others the KPI says enough."""
    found = [one for one in conditions(bonus.conditions) if one.leg_cap is not None]
    return {f"counted.{bonus.code}.{number}": one for number, one in enumerate(dict.fromkeys(found))}


def holding(bonus: Bonus) -> str:
    """The column of a rule."""
    return f"holds.{bonus.code}"


def asked_parts(outcome: Outcome) -> Iterator[Part]:
    """Everybody's row by place; nothing where the bonuses ask nothing more."""
    bonuses = tuple(one.bonus for one in outcome.settled)
    source = CycleSource(outcome.company, outcome.standings, RateTable(()), bonuses)
    columns: dict[str, pl.Series] = {}
    if any(bonus.kind == "rank_award" for bonus in bonuses):
        columns[BEFORE] = _codes(outcome.plan.ranks, outcome.standings.network.before)
    if any(bonus.by_package for bonus in bonuses):
        columns[PACKAGE] = _codes(outcome.plan.packages, outcome.standings.network.package)
    for bonus in bonuses:
        for name, condition in capped(bonus).items():
            columns[name] = pl.Series(source.counted(condition), dtype=pl.Int64)
        holds = source.holds(bonus)
        if holds is not None:
            columns[holding(bonus)] = pl.Series(holds.astype(np.int64))
    if columns:
        yield from frame_parts(ASKED, _by_place(outcome, pl.DataFrame(columns)), BY_PLACE)


def _codes(ladder: Sequence[RankSpec | PackageSpec], places: Grades) -> pl.Series:
    codes = pl.Series([None, *(rung.code for rung in ladder)], dtype=pl.String)
    return codes.gather(places)


def _by_place(outcome: Outcome, by_node: pl.DataFrame) -> pl.DataFrame:
    """Rows of everybody, null for who stands in no tree."""
    people = outcome.company.people["code"]
    there = by_node.with_columns(people.gather(outcome.standings.place).alias("person_id"))
    return people.alias("person_id").to_frame().join(there, on="person_id", how="left", maintain_order="left")
