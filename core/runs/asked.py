"""What a run keeps so that everybody can be told why a bonus paid her nothing: what its conditions found.

Ranks and KPIs are kept as results; here is what else bonuses ask of a person. It decides nothing, so it is not sealed.

| column                | what it holds                                                                |
| --------------------- | ---------------------------------------------------------------------------- |
| `before_rank`         | the title before the cycle, which an award for a new rank looks at           |
| `package`             | her package, which tables of bonuses can go by                               |
| `counted.BONUS.0`     | towards the bonus's first condition with a leg cap, at the plan's scale      |
| `holds.BONUS`         | 1 where the rule's expression holds                                          |
| `holds.BONUS.0`       | 1 where the first of several members of it holds, which `and` joins          |
| `stands.TREE`         | 1 where she has a place in a placement tree that a bonus goes along          |
| `sides.BONUS`         | 1 where the binary bonus finds enough active people of her own on each side  |
| `suspended`           | 1 where she was suspended at the cycle's end                                 |
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from core.catalog.rules import RateTable
from core.forest.kernel import Grades
from core.people.model import Status
from core.plan.model import Bonus, Condition, PackageSpec, RankSpec
from core.plan.model.terms import Binary
from core.ranks.rules import conditions
from core.runs.packing import BY_PLACE, frame_parts
from core.runs.store.parts import Part
from core.settlement.cycle.source import CycleSource
from core.settlement.cycle.standing_of import member_holds, members_of, sided, stands
from core.settlement.running import Outcome

ASKED = "told/asked"
BEFORE, PACKAGE, SUSPENDED = "before_rank", "package", "suspended"


def capped(bonus: Bonus) -> dict[str, Condition]:
    """The conditions of the earner that cap legs, by their columns; of the others the KPI says enough."""
    found = [one for one in conditions(bonus.conditions) if one.leg_cap is not None]
    return {f"counted.{bonus.code}.{number}": one for number, one in enumerate(dict.fromkeys(found))}


def holding(bonus: Bonus) -> str:
    """The column of a rule."""
    return f"holds.{bonus.code}"


def member(bonus: Bonus, number: int) -> str:
    """The column of one of several members of a rule's condition."""
    return f"{holding(bonus)}.{number}"


def placed_in(bonus: Bonus) -> str:
    """The column of the placement tree that the bonus goes along."""
    return f"stands.{bonus.tree}"


def siding(bonus: Bonus) -> str | None:
    """The column of a binary bonus that asks for people on both sides; None of any other."""
    asks = isinstance(bonus.terms, Binary) and bonus.terms.personal_actives_each_side > 0
    return f"sides.{bonus.code}" if asks else None


def asked_parts(outcome: Outcome) -> Iterator[Part]:
    """Everybody's row by place."""
    bonuses = tuple(one.bonus for one in outcome.settled)
    source = CycleSource(outcome.company, outcome.standings, RateTable(()), bonuses)
    columns = {SUSPENDED: _suspended(outcome)}
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
            columns |= _members(source, bonus)
        if bonus.tree != "sponsor" and placed_in(bonus) not in columns:
            columns[placed_in(bonus)] = pl.Series(stands(source, bonus).astype(np.int64))
        if (asked := siding(bonus)) is not None:
            columns[asked] = pl.Series(sided(source, bonus).astype(np.int64))
    yield from frame_parts(ASKED, _by_place(outcome, pl.DataFrame(columns)), BY_PLACE)


def _members(source: CycleSource, bonus: Bonus) -> dict[str, pl.Series]:
    found = member_holds(source, bonus) if len(members_of(bonus)) > 1 else []
    return {member(bonus, number): pl.Series(one.astype(np.int64)) for number, one in enumerate(found)}


def _codes(ladder: Sequence[RankSpec | PackageSpec], places: Grades) -> pl.Series:
    codes = pl.Series([None, *(rung.code for rung in ladder)], dtype=pl.String)
    return codes.gather(places)


def _suspended(outcome: Outcome) -> pl.Series:
    status = outcome.company.people["status"].gather(outcome.standings.place)
    return (status == Status.SUSPENDED.value).cast(pl.Int64)


def _by_place(outcome: Outcome, by_node: pl.DataFrame) -> pl.DataFrame:
    """Rows of everybody, null for who stands in no tree."""
    people = outcome.company.people["code"]
    there = by_node.with_columns(people.gather(outcome.standings.place).alias("person_id"))
    return people.alias("person_id").to_frame().join(there, on="person_id", how="left", maintain_order="left")
