"""From counted groups of tickets and how long each took to the numbers that staff look at."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from core.tickets.model import Age, Load, Took

Key = TypeVar("Key", bound=Hashable)
SECOND_US = 1_000_000
AGES: Mapping[Age, timedelta | None] = {
    Age.DAY: timedelta(days=1),
    Age.THREE_DAYS: timedelta(days=3),
    Age.WEEK: timedelta(days=7),
    Age.MONTH: timedelta(days=30),
    Age.OLDER: None,
}
"""Each up to, and without, so much."""


@dataclass(frozen=True, slots=True)
class Group:
    """Open tickets that are alike in all that is counted."""

    queue: str
    type: str
    assignee: str | None
    age: Age
    load: Load


def opened_after(now: datetime) -> dict[Age, datetime | None]:
    """After which moment tickets of each age were opened."""
    return {age: None if up_to is None else now - up_to for age, up_to in AGES.items()}


def loads(groups: Iterable[Group], key: Callable[[Group], Key]) -> dict[Key, Load]:
    """The sums of groups that have a key in common."""
    found: defaultdict[Key, Load] = defaultdict(Load)
    for group in groups:
        found[key(group)] = summed((found[key(group)], group.load))
    return dict(found)


def summed(some: Iterable[Load]) -> Load:
    """Several loads as one."""
    counts = [(load.open, load.waiting, load.late) for load in some]
    return Load(
        open=sum(count[0] for count in counts),
        waiting=sum(count[1] for count in counts),
        late=sum(count[2] for count in counts),
    )


def took(lengths_us: Sequence[int], late: int) -> Took:
    """Median and ninth tenth by nearest rank: the value that so many of them do not exceed.

    | lengths, s     | median | p90 |
    | -------------- | ------ | --- |
    | 5              | 5      | 5   |
    | 1, 3           | 1      | 3   |
    | 1, 2, 9        | 2      | 9   |
    | 1 to 10        | 5      | 9   |
    """
    ordered = sorted(lengths_us)
    return Took(count=len(ordered), median_s=_rank(ordered, 5), p90_s=_rank(ordered, 9), late=late)


def _rank(ordered: Sequence[int], tenths: int) -> int | None:
    """The value at that share, in whole seconds."""
    if not ordered:
        return None
    return ordered[-(-len(ordered) * tenths // 10) - 1] // SECOND_US
