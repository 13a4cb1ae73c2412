"""What a closed cycle fixes for each person. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.forest.kernel import Grades, Ints
from core.kernel.ids import PersonId
from core.plan.model import Plan, TitleKeep
from core.ranks.model import RecordedRank
from core.ranks.rules import career_rank, grace, honorary_rank

Places = Mapping[PersonId, int]
"""Places on the ladder from 1, by person; 0 for no rank."""
Change = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a closed cycle fixes."""

    ranks: Sequence[RecordedRank]
    """By person, of whoever has a rank, a title or an honour."""
    titles: Mapping[PersonId, Change]
    """Titles before and after, of those whose title changes."""
    changed: int = 0
    """People whose rank or title differs from the cycle before; none in the first."""

    @property
    def people(self) -> list[PersonId]:
        """Of whom something is to be written, in order."""
        return sorted({one.person for one in self.ranks} | self.titles.keys())

    def pieces(self, step: int) -> Iterator["Fixed"]:
        """The same for so many people at a time."""
        everybody, ranks = self.people, {one.person: one for one in self.ranks}
        for start in range(0, len(everybody), step):
            some = everybody[start : start + step]
            yield Fixed(
                [ranks[person] for person in some if person in ranks],
                {person: self.titles[person] for person in some if person in self.titles},
            )


def fixed(
    plan: Plan,
    paid: Places,
    titles: Mapping[PersonId, str],
    before: Mapping[PersonId, RecordedRank],
    *,
    reached: Places | None = None,
    done: Mapping[PersonId, str] | None = None,
    ends_year: bool = False,
    is_first: bool = False,
) -> Fixed:
    """Ranks as `recorded` finds them, and what is different from before.

    Whoever is in the tree and keeps no title loses the one that she had; a title that the ladder no longer has stays
    with who earns no other, and so does that of who is in no tree.

    Args:
        done: what people reached that KPIs of later cycles count, as `core.ranks.rules.earlier` tells it.
        is_first: whether no cycle was closed before, so that nothing is a change.
    """
    ranks = recorded(plan, paid, titles, before, reached=reached, done=done, ends_year=ends_year)
    now = {one.person: one for one in ranks}
    after = {person: one.career_rank for person, one in now.items()}
    after |= {person: None for person in paid if person not in now and _place(plan, titles.get(person))}
    moved = {person: (titles.get(person), title) for person, title in after.items() if titles.get(person) != title}
    other = {
        person
        for person in now.keys() | before.keys()
        if (now[person].rank if person in now else None) != (before[person].rank if person in before else None)
    }
    return Fixed(ranks, moved, 0 if is_first else len(other | moved.keys()))


def recorded(
    plan: Plan,
    paid: Places,
    titles: Mapping[PersonId, str],
    before: Mapping[PersonId, RecordedRank],
    *,
    reached: Places | None = None,
    done: Mapping[PersonId, str] | None = None,
    ends_year: bool = False,
) -> list[RecordedRank]:
    """Paid, career and honorary rank of whoever has one.

    Args:
        paid: place on the ladder from 1, of everybody in the tree; 0 for no rank.
        titles: career ranks so far; one that the ladder no longer has counts as none.
        before: what the cycle before fixed: cycles missed in a row, honorary ranks, grace.
        reached: as `paid`, by people's own figures; None where nobody keeps a rank by grace.
        done: as `fixed` takes it.
        ends_year: whether the cycle is the last of its year.

    | title so far | missed so far | paid   | kept     | recorded title | missed |
    | ------------ | ------------- | ------ | -------- | -------------- | ------ |
    | silver       | 0             | gold   | -        | gold           | 0      |
    | gold         | 0             | silver | for ever | gold           | 1      |
    | gold         | 1             | none   | 2 cycles | none           | 2      |
    """
    people, own = sorted(paid), reached if reached is not None else paid
    found = [
        _recorded(plan, person, paid[person], titles.get(person), before.get(person), ends_year=ends_year)
        for person in people
    ]
    left = _grace(plan, [titles.get(person) for person in people], [before.get(person) for person in people],
                  [own[person] for person in people])  # fmt: skip
    graced = zip(found, left, strict=True)
    told = done or {}
    whole = [
        replace(one, grace=text, by_grace=own[one.person] < paid[one.person], reached=told.get(one.person))
        for one, text in graced
    ]
    return [one for one in whole if one.rank or one.career_rank or one.honorary_rank or one.reached]


def _grace(
    plan: Plan, titles: Sequence[str | None], before: Sequence[RecordedRank | None], reached: Sequence[int]
) -> list[str | None]:
    left = grace.read(plan, [None if one is None else one.grace for one in before])
    held = np.array([_place(plan, title) for title in titles], np.int8)
    return grace.told(plan, grace.left_after(plan, left, held, np.array(reached, np.int8)))


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
    if not held.any():
        return paid.copy(), np.broadcast_to(np.int64(0), len(paid))
    misses = np.where(paid < held, missed + 1, 0)
    title = held.copy()
    for place in range(len(plan.ranks), 0, -1):
        rank = plan.ranks[place - 1]
        if rank.title_keep is TitleKeep.FOREVER:
            continue
        kept = misses < rank.title_keep_cycles if rank.title_keep is TitleKeep.CYCLES else False
        title[(title == place) & (title > paid) & np.logical_not(kept)] -= 1
    return np.maximum(title, paid), misses
