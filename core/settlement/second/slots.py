"""Matrix: levels over its tree, and what is paid when they are full for the first time."""

from collections.abc import Sequence

from core.settlement.second.case import Case
from core.settlement.second.levels import unilevel
from core.settlement.second.model import Found, Order, fixed
from core.settlement.second.people import NOBODY, Tree
from core.settlement.second.placing import tree_of
from core.settlement.second.plan import Bonus

LEVELED = ("levels", "levels_by_rank", "levels_by_package", "levels_steps")


def matrix(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """Rates by level, and amounts for full ones."""
    found = unilevel(case, bonus, orders) if any(bonus.has(word) for word in LEVELED) else Found([])
    found.had = {what: set(people) for what, people in case.before(bonus).had.items()}
    words = case.plan.inner("trees").inner("matrix")
    if words.text("width") == "open":
        return found  # no level is ever full
    width, depth = words.whole("width", 1), words.whole("depth", 1)
    tree = tree_of(case.placed["matrix"])
    minor, amounts = case.minor(bonus), bonus.numbers("level_full")
    for person in range(case.count):
        if not (tree.there[person] and case.earns(bonus, person)):
            continue
        full = _full(case, tree, person, width, depth)
        for level, is_full in enumerate(full, start=1):
            if is_full and _first(found, f"level:{level}", person) and level <= len(amounts):
                found.lines.append(fixed(person, amounts[level - 1] * minor, level=level))
        if all(full) and _first(found, "matrix", person):
            found.lines.append(fixed(person, bonus.number("matrix_full") * minor))
            sponsor = case.sponsors.parent[person]
            if sponsor != NOBODY and case.earns(bonus, sponsor):
                found.lines.append(fixed(sponsor, bonus.number("sponsor_full") * minor, source=person))
    return found


def _first(found: Found, what: str, person: int) -> bool:
    """Whether she has not had it; from now on she has."""
    had = found.had.setdefault(what, set())
    new = person not in had
    had.add(person)
    return new


def _full(case: Case, tree: Tree, person: int, width: int, depth: int) -> Sequence[bool]:
    """Whether each level below her is full of people who are there."""
    row, found = [person], []
    for level in range(1, depth + 1):
        row = [child for one in row for child in tree.children[one]]
        found.append(sum(case.there[one] for one in row) == width**level)
    return found
