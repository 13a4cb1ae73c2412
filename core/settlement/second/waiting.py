"""In which order people are worked out where KPIs along placement trees look at ranks.

A rank waits until all who stand below in the sponsor tree are done, and all below in those placement trees. To be
*done* in a tree is to hand upwards what she and those below her bring there.
"""

from collections.abc import Collection, Iterator, Mapping

from core.settlement.second.people import NOBODY, Tree

SPONSOR = "sponsor"
Step = tuple[int, str | None]
"""Somebody's rank is worked out, or she is done in the tree of that name."""


def circled(trees: Mapping[str, Tree]) -> set[int]:
    """Whoever would wait for herself: a walk down from her, now in this tree and now in that, comes back to her."""
    left = _not_free(trees)
    return {one for one in left if one in _reached(one, trees, left)}


def _not_free(trees: Mapping[str, Tree]) -> set[int]:
    """Those who wait for somebody who waits for somebody, without end."""
    count: dict[int, int] = {}
    for tree in trees.values():
        for person in tree.down:
            count[person] = count.get(person, 0) + len(tree.children[person])
    free = [person for person, number in count.items() if not number]
    for person in free:  # grows as it is walked
        for tree in trees.values():
            above = tree.parent[person] if tree.there[person] else NOBODY
            if above != NOBODY:
                count[above] -= 1
                free += [above] if not count[above] else []
    return count.keys() - set(free)


def _reached(start: int, trees: Mapping[str, Tree], among: Collection[int]) -> set[int]:
    """Everybody of these to whom a walk down leads."""
    found: dict[int, None] = {}
    waiting = [start]
    for person in waiting:
        for tree in trees.values():
            for child in tree.children[person]:
                if child in among and child not in found:
                    found[child] = None
                    waiting.append(child)
    return set(found)


def steps(trees: Mapping[str, Tree], known: Collection[int]) -> Iterator[Step]:
    """All steps, each after those that it waits for.

    Args:
        trees: the sponsor tree among them.
        known: whose rank is known for the placement trees before it is worked out.
    """
    made: set[Step] = set()
    for start in trees[SPONSOR].down:
        walk: list[tuple[Step, Iterator[Step]]] = []
        following: Iterator[Step] = iter([(start, None)])
        while True:
            step = next((one for one in following if one not in made), None)
            if step is not None:
                walk.append((step, following))
                following = _before(step, trees, known)
                continue
            if not walk:
                break
            step, following = walk.pop()
            if step not in made:
                made.add(step)
                yield step


def _before(step: Step, trees: Mapping[str, Tree], known: Collection[int]) -> Iterator[Step]:
    person, name = step
    if name is None:
        for tree, other in trees.items():
            yield from ((child, tree) for child in other.children[person])
        return
    yield from ((child, name) for child in trees[name].children[person])
    if trees[SPONSOR].there[person] and (name == SPONSOR or person not in known):
        yield person, None
