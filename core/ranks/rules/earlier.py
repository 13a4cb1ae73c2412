"""What earlier cycles found of people, as KPIs of this cycle count it. Pure.

A KPI with `measure = "held"` counts the cycles that paid somebody by a rank or a higher one, one with `"reached"` those
in which another KPI of hers came to a minimum, and one with `"earned"` adds up what bonuses paid her. Of so many cycles
before this one, the last first, the first two count

| the cycles before, the last first | all of them | in a row: latest | in a row: longest |
| --------------------------------- | ----------- | ---------------- | ----------------- |
| yes, yes, no, yes                 | 3           | 2                | 2                 |
| no, yes, yes, yes                 | 3           | 0                | 3                 |
| yes, yes                          | 2           | 2                | 2                 |
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.forest.kernel import Grades, Indices, Ints
from core.plan.model import InARow, KpiSpec, Measure, Plan

BETWEEN = " "
OF = ":"
"""No code has a space or a colon in it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What one cycle found of those of whom it found anything."""

    people: Indices
    """Their places."""
    ranks: Grades
    """The places on today's ladder of the ranks by which they were paid."""
    added: Ints
    """What the cycle adds to KPIs of later ones, a row for each of `asking`."""


def looking_back(plan: Plan) -> list[KpiSpec]:
    """The KPIs that count earlier cycles."""
    return [kpi for kpi in plan.kpis if kpi.on and kpi.looks_back]


def asking(plan: Plan) -> list[KpiSpec]:
    """Those of them that ask for more of a cycle than the rank it paid."""
    return [kpi for kpi in looking_back(plan) if kpi.measure is not Measure.HELD]


def cycles_back(plan: Plan) -> int:
    """How many earlier cycles any of them counts; 0 is none."""
    return max((kpi.past_cycles for kpi in looking_back(plan)), default=0)


def added(plan: Plan, value: Callable[[str], Ints], earned: Callable[[KpiSpec], Ints], count: int) -> Ints:
    """What a cycle adds to KPIs of later ones, of so many people, a row for each of `asking`.

    Args:
        value: a KPI of all of them, in its unit.
        earned: what the bonuses of a KPI pay them, in its unit.
    """
    found = np.zeros((len(asking(plan)), count), np.int64)
    for row, kpi in enumerate(asking(plan)):
        found[row] = earned(kpi) if kpi.of_kpi is None else value(kpi.of_kpi) >= kpi.of_minimum
    return found


def told(plan: Plan, rows: Ints) -> list[str | None]:
    """From rows as `added` to texts such as `months teams:1250000`, one a person; None for whom it adds nothing."""
    if not rows.any():
        return [None] * rows.shape[1]
    asked = asking(plan)
    kinds, each = np.unique(rows, axis=1, return_inverse=True)
    texts = [
        BETWEEN.join(_token(kpi, figure) for kpi, figure in zip(asked, kind, strict=True) if figure) or None
        for kind in kinds.T.tolist()
    ]
    return [texts[number] for number in each.ravel().tolist()]


def _token(kpi: KpiSpec, figure: int) -> str:
    return kpi.code if kpi.measure is Measure.REACHED else f"{kpi.code}{OF}{figure}"


def read(plan: Plan, texts: Sequence[str | None]) -> Ints:
    """From texts, one a person, to rows as `added`; a KPI that is no more, or counts otherwise now, is left out."""
    wanted = {kpi.code: (row, kpi.measure is Measure.REACHED) for row, kpi in enumerate(asking(plan))}
    kinds = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    rows = np.zeros((len(wanted), len(kinds)), np.int64)
    for text, number in kinds.items():
        for token in (text or "").split():
            code, given, figure = token.partition(OF)
            row, plain = wanted.get(code, (0, bool(given)))
            if plain is not bool(given):
                rows[row, number] = int(figure or 1)
    return rows[:, [kinds[text] for text in texts]]


def figures(plan: Plan, cycles: Sequence[Earlier], count: int) -> dict[str, Ints]:
    """Every KPI that looks back, by code, of so many people by place.

    Args:
        cycles: the cycles before this one, the last first, as many as `cycles_back` says.
    """
    ask = {kpi.code: row for row, kpi in enumerate(asking(plan))}
    found: dict[str, Ints] = {}
    for kpi in looking_back(plan):
        each = np.zeros((kpi.past_cycles, count), np.int64)
        for row, one in zip(each, cycles, strict=False):
            row[one.people] = one.added[ask[kpi.code]] if kpi.code in ask else _holds(plan, kpi, one)
        found[kpi.code] = each.sum(axis=0) if kpi.measure is Measure.EARNED else counted(each > 0, kpi.in_a_row)
    return found


def _holds(plan: Plan, kpi: KpiSpec, one: Earlier) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return one.ranks >= plan.rank_index(kpi.held_rank)


def counted(held: np.ndarray[tuple[int, int], np.dtype[np.bool_]], in_a_row: InARow) -> Ints:
    """How many cycles count of each person's, as the table of this module says.

    Args:
        held: a row for each cycle, the last first.
    """
    if in_a_row is InARow.NO:
        return np.asarray(held.sum(axis=0, dtype=np.int64))
    if in_a_row is InARow.LATEST:
        return np.asarray(np.logical_and.accumulate(held, axis=0).sum(axis=0, dtype=np.int64))
    run = longest = np.zeros(held.shape[1], np.int64)
    for row in held:
        run = np.where(row, run + 1, 0)
        longest = np.maximum(longest, run)
    return longest


def part(plan: Plan, rows: Mapping[int, tuple[str | None, str | None]]) -> Earlier:
    """One cycle's, from the code of the rank paid and what the cycle adds, as `told` tells it, by place."""
    ladder = {rank.code: place for place, rank in enumerate(plan.ranks, start=1)}
    return Earlier(
        people=np.fromiter(rows, np.int32, len(rows)),
        ranks=np.fromiter((ladder.get(rank or "", 0) for rank, _ in rows.values()), np.int8, len(rows)),
        added=read(plan, [text for _, text in rows.values()]),
    )
