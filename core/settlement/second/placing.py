"""Placement trees: places that the files give, and where everybody else goes by the tree's spill."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.settlement.second.model import Inputs
from core.settlement.second.people import NOBODY, People, Tree
from core.settlement.second.plan import Plan, Words

FREE = -1
COLUMNS = {"binary": ("binary_parent", "binary_side"), "matrix": ("matrix_parent", "matrix_slot")}
SPILL = {"binary": "manual", "matrix": "bfs"}


@dataclass
class Places:
    """Who stands in which slot below whom; slots count from 1, 0 is none."""

    width: int
    sponsor: Sequence[int]
    parent: list[int]
    slot: list[int]
    below: dict[int, list[int]] = field(default_factory=dict)
    """The slots of everybody, left first."""
    standing: list[bool] = field(default_factory=list)
    passed: frozenset[int] = frozenset()
    """Who stands below whoever stands above her start, if anybody does."""

    def slots(self, person: int) -> list[int]:
        """Who stands in each of her slots, or `FREE`."""
        return self.below.setdefault(person, [FREE] * self.width)

    def put(self, person: int, parent: int, slot: int) -> None:
        """Somebody into a slot; where there is no end of them, after all others."""
        self.parent[person], self.slot[person] = parent, slot
        if self.width:
            self.slots(parent)[slot - 1] = person
        else:
            self.slots(parent).append(person)

    def top(self, person: int) -> int:
        """Who stands topmost above her."""
        while self.parent[person] != NOBODY:
            person = self.parent[person]
        return person

    def under(self, person: int) -> list[int]:
        """She and everybody below her."""
        found = [person]
        for one in found:
            found.extend(child for child in self.slots(one) if child != FREE)
        return found

    def free_by_level(self, start: int) -> tuple[int, int]:
        """The first free slot level by level from the left."""
        for person in (row := [start]):
            if FREE in self.slots(person):
                return person, self.slots(person).index(FREE) + 1
            row.extend(self.slots(person))
        raise AssertionError("below a person there is always a free slot")

    def free_balanced(self, start: int) -> tuple[int, int]:
        """Down to whoever has the fewest people until a slot is free."""
        person = start
        while FREE not in self.slots(person):
            person = min(self.slots(person), key=lambda child: len(self.under(child)))
        return person, self.slots(person).index(FREE) + 1

    def free_outside(self, start: int, side: int) -> tuple[int, int]:
        """The lowest place of an outside line."""
        person = start
        while self.slots(person)[side - 1] != FREE:
            person = self.slots(person)[side - 1]
        return person, side

    def free(self, start: int, spill: str) -> tuple[int, int]:
        """Where the spill puts somebody who comes in under `start`."""
        if not self.width:
            return start, 1 + max((self.slot[child] for child in self.slots(start)), default=0)
        match spill:
            case "bfs":
                return self.free_by_level(start)
            case "balanced":
                return self.free_balanced(start)
            case "weak":
                sizes = [0 if child == FREE else len(self.under(child)) for child in self.slots(start)]
                return self.free_outside(start, sizes.index(min(sizes)) + 1)
        return self.free_outside(start, self.width if spill == "outer_right" else 1)

    def above_in_line(self, person: int) -> int:
        """The nearest above her in the sponsor line who stands already."""
        found = self.sponsor[person]
        while found != NOBODY and not self.standing[found]:
            found = self.sponsor[found]
        return found


def places(name: str, inputs: Inputs, people: People, plan: Plan, after: date) -> Places:
    """Everybody's place, of whoever joined before the cycle's end.

    Args:
        after: the first day after the cycle.
    """
    words = plan.inner("trees").inner(name)
    wide = 0 if words.text("width") == "open" else words.whole("width", 1)
    width = 2 if name == "binary" else wide
    parents, slots = (inputs.people[column].to_list() for column in COLUMNS[name])
    count = inputs.people.height
    found = Places(width, people.sponsor, [NOBODY] * count, [0] * count, standing=[False] * count)
    joined = [one for one in range(count) if people.joined[one] < after]
    for person in joined:
        if parents[person] != NOBODY and people.joined[parents[person]] < after:
            found.put(person, parents[person], slots[person])
    spill = "manual" if inputs.places_whole else words.text("spill", SPILL[name])
    if words.text("who") == "distributors" and spill != "manual":
        joined = [one for one in joined if people.kind[one] != "customer" or _given(found, one)]
    if spill == "top":
        _fill_up(found, joined)
        return found
    found.passed = _passed(words, people, joined)
    for person in joined:
        if found.parent[person] == NOBODY and not found.standing[person]:
            _settle_in(found, person, spill, frozenset(joined))
    return found


def _fill_up(found: Places, joined: Sequence[int]) -> None:
    """The first free place of all below the top of who joined first, level by level, to one after the other."""
    top = found.top(joined[0]) if joined else NOBODY
    for person in (top, *joined):
        if person != NOBODY and not found.standing[person] and found.parent[person] == NOBODY:
            if person != top:
                found.put(person, *found.free_by_level(top))
            for one in found.under(person):
                found.standing[one] = True


def _passed(words: Words, people: People, joined: Sequence[int]) -> frozenset[int]:
    """Who is passed up, by the how-manieth each is whom somebody brought."""
    named = words.table.get("passed_up", ())
    numbers = tuple(range(1, named + 1)) if isinstance(named, int) else tuple(named)
    every, counts, found = words.whole("passed_up_every"), dict[int, int](), set[int]()
    among = set(joined)
    for person in joined if numbers else ():
        sponsor = people.sponsor[person]
        while sponsor != NOBODY and sponsor not in among:
            sponsor = people.sponsor[sponsor]
        counts[sponsor] = number = counts.get(sponsor, 0) + 1
        later = every and number > numbers[-1] and (number - numbers[-1]) % every == 0
        if number in numbers or later:
            found.add(person)
    return frozenset(found)


def _given(found: Places, person: int) -> bool:
    """Whether the files name her place, or somebody's below her."""
    return found.parent[person] != NOBODY or len(found.under(person)) > 1


def _settle_in(found: Places, person: int, spill: str, joined: frozenset[int]) -> None:
    """Somebody without a place, with all who were given places below her; her sponsor's group comes first."""
    waiting, coming = [person], set(found.under(person))
    while waiting:
        start = found.sponsor[waiting[-1]]
        while start != NOBODY and (start in coming or start not in joined):
            start = found.sponsor[start]
        if start != NOBODY and not found.standing[start] and not _waits(found, found.top(start), spill):
            waiting.append(found.top(start))
            coming.update(found.under(waiting[-1]))
            continue
        coming.difference_update(found.under(waiting[-1]))
        _stand(found, waiting.pop(), start, spill)


def _waits(found: Places, person: int, spill: str) -> bool:
    """Whether she goes to the holding tank."""
    return spill == "manual" and len(found.under(person)) == 1


def _stand(found: Places, person: int, start: int, spill: str) -> None:
    if _waits(found, person, spill):
        return
    if spill != "manual" and start != NOBODY:
        above = found.parent[start]
        start = above if person in found.passed and above != NOBODY else start
        found.put(person, *found.free(start, spill))
    for one in found.under(person):
        found.standing[one] = True


def promoted(found: Places, there: Sequence[bool]) -> Places:
    """Where somebody left, the first below comes into her place, and so on down; places keep their shape.

    A place is called by who stood in it.
    """
    holder = {place: place for place, stands in enumerate(found.standing) if stands and there[place]}
    for place in _from_top(found):
        _fill(found, holder, place)
    moved = Places(found.width, found.sponsor, [NOBODY] * len(there), [0] * len(there))
    moved.standing = [False] * len(there)
    for place, person in holder.items():
        moved.standing[person] = True
        if found.parent[place] != NOBODY:
            moved.put(person, holder[found.parent[place]], found.slot[place])
    return moved


def _from_top(found: Places) -> list[int]:
    tops = [one for one, stands in enumerate(found.standing) if stands and found.parent[one] == NOBODY]
    for one in tops:
        tops.extend(child for child in found.slots(one) if child != FREE)
    return tops


def _fill(found: Places, holder: dict[int, int], place: int) -> None:
    """Somebody from below into an empty place, and into hers again."""
    while place not in holder:
        lower = _first_held(found, holder, place)
        if lower is None:
            return
        holder[place] = holder.pop(lower)
        place = lower


def _first_held(found: Places, holder: dict[int, int], place: int) -> int | None:
    """The lowest slot that has anybody, and down through empty places to whoever comes first."""
    for child in found.slots(place):
        if child != FREE and any(one in holder for one in found.under(child)):
            return child if child in holder else _first_held(found, holder, child)
    return None


def tree_of(found: Places) -> Tree:
    """Whoever stands, by who stands in the place above."""
    return Tree(list(found.parent), list(found.standing))


def those_who_stand(found: Places) -> Tree:
    """The tree of those who have a place."""
    return Tree(list(found.parent), list(found.standing))


def with_waiting(found: Places, plan: Plan, there: Sequence[bool]) -> Tree:
    """The tree in which levels are counted: whoever waits may count below the nearest above her who stands."""
    parent, standing = list(found.parent), list(found.standing)
    if plan.inner("placement").text("volume_while_waiting") == "enroller":
        for person in _waiting(found, there):
            above = found.above_in_line(person)
            if above != NOBODY:
                parent[person], standing[person] = above, True
    return Tree(parent, standing)


def _waiting(found: Places, there: Sequence[bool]) -> Iterator[int]:
    return (one for one, stands in enumerate(found.standing) if there[one] and not stands)
