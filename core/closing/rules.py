"""What a closed cycle fixes for each person. Pure."""

from collections.abc import Mapping

import numpy as np

from core.forest.kernel import Grades, Ints
from core.kernel.ids import PersonId
from core.plan.model import Plan, TitleKeep
from core.ranks.model import RecordedRank
from core.ranks.rules import career_rank, honorary_rank


def recorded(
    plan: Plan,
    paid: Mapping[PersonId, int],
    titles: Mapping[PersonId, str],
    before: Mapping[PersonId, RecordedRank],
    *,
    ends_year: bool = False,
) -> list[RecordedRank]:
    """Paid, career and honorary rank of whoever has one.

    Args:
        paid: place on the ladder from 1, of everybody in the tree; 0 for no rank.
        titles: career ranks so far; one that the ladder no longer has counts as none.
        before: what the cycle before fixed, for the count of cycles missed in a row and for honorary ranks.
        ends_year: whether the cycle is the last of its year.

    | title so far | missed so far | paid   | kept     | recorded title | missed |
    | ------------ | ------------- | ------ | -------- | -------------- | ------ |
    | silver       | 0             | gold   | -        | gold           | 0      |
    | gold         | 0             | silver | for ever | gold           | 1      |
    | gold         | 1             | none   | 2 cycles | none           | 2      |
    """
    found = (
        _recorded(plan, person, place, titles.get(person), before.get(person), ends_year=ends_year)
        for person, place in sorted(paid.items())
    )
    return [one for one in found if one.rank or one.career_rank or one.honorary_rank]


def _recorded(
    plan: Plan, person: PersonId, paid: int, title: str | None, last: RecordedRank | None, *, ends_year: bool
) -> RecordedRank:
    held = _place(plan, title)
    missed = last.misses if last is not None and last.career_rank == title else 0
    misses = missed + 1 if paid < held else 0
    after = career_rank(plan, held, paid, misses)
    honoured = _place(plan, last.honorary_rank) if last is not None else 0
    honour = honorary_rank(plan, honoured, max(held, after, paid), paid, ends_year=ends_year)
    return RecordedRank(person, _code(plan, paid), _code(plan, after), misses, _code(plan, honour))


def _place(plan: Plan, code: str | None) -> int:
    return plan.rank_index(code) if code in {rank.code for rank in plan.ranks} else 0


def _code(plan: Plan, place: int) -> str | None:
    return plan.ranks[place - 1].code if place else None


def recorded_together(plan: Plan, paid: Grades, held: Grades, missed: Ints) -> tuple[Grades, Ints]:
    """As `recorded`, for a million people at once.

    Args:
        paid: places on the ladder by which they are paid; 0 for no rank.
        held: places of their titles so far.
        missed: how often in a row they were paid below these titles so far.

    Returns:
        Places of the titles recorded, and how often in a row those so far have been missed now.
    """
    misses = np.where(paid < held, missed + 1, 0)
    title = held.copy()
    for place in range(len(plan.ranks), 0, -1):
        rank = plan.ranks[place - 1]
        if rank.title_keep is TitleKeep.FOREVER:
            continue
        kept = misses < rank.title_keep_cycles if rank.title_keep is TitleKeep.CYCLES else False
        title[(title == place) & (title > paid) & np.logical_not(kept)] -= 1
    return np.maximum(title, paid), misses
