"""Every kind of bonus along a tree other than the sponsors'.

A kind's rule asks of its network only that parents have smaller numbers. So for a bonus along a placement tree people
are numbered anew in the order of that tree, the rule is calculated as ever, and its lines are numbered back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.bonuses.arrays import NO_FACT, NOBODY, After, Before, Fact, Found, Lines, Network, Ready, Told
from core.bonuses.tree import Tree
from core.forest.above import Marks, nearest_above
from core.forest.kernel import Indices
from core.forest.layout import breadth_first
from core.forest.ordering import in_turn

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True)
class View:
    """Numbers along a tree and back."""

    number: Indices
    """The node or hole by number along the tree."""
    place: Indices
    """The number along the tree by node, holes last."""
    people: int
    """How many nodes of the network there are."""

    def spread(self, values: NDArray[T]) -> NDArray[T]:
        """By number along the tree what stands by node; holes have nothing."""
        whole = np.zeros(len(self.number), values.dtype)
        whole[: len(values)] = values
        return whole[self.number]

    def back(self, nodes: Indices) -> Indices:
        """Nodes of numbers along the tree; a hole is nobody."""
        found = np.append(self.number, NOBODY)[nodes]
        return np.where(found < self.people, found, NOBODY).astype(np.int32)

    def gathered(self, values: NDArray[T]) -> NDArray[T]:
        """By node what stands by number along the tree."""
        return values[self.place[: self.people]]


def along(rule: Callable[[Ready], Lines | Found], ready: Ready, tree: Tree) -> Found:
    """What a kind's rule finds when its tree is this one.

    Who has no place earns nothing by it, and a hole is somebody who earns nothing and holds no place in compression.
    """
    order, place, ordered_line = breadth_first(tree.line)
    view = View(order, place, ready.network.size)
    result = rule(_seen(ready, tree, view, ordered_line))
    found = Found(result) if isinstance(result, Lines) else result
    lines = _back(_holes_in_turn(found.lines, view), view)
    return replace(found, lines=lines, after=_after(found.after, view), way=_way(view, ordered_line))


def _way(view: View, line: Indices) -> Indices:
    """Who is above everybody, by node: of holes, which are nobody, whoever is above them."""
    found = nearest_above(line, view.number < view.people)
    above = np.where(found >= 0, view.number[np.maximum(found, 0)], NOBODY).astype(np.int32)
    return view.gathered(above)


def _seen(ready: Ready, tree: Tree, view: View, line: Indices) -> Ready:
    stands = tree.stands[: ready.network.size]
    spread = view.spread
    taken = ready.orders.where(stands[ready.orders.buyer] | (tree.line[ready.orders.buyer] >= 0))
    return replace(
        ready,
        network=_network(ready.network, stands, view, line),
        orders=replace(taken, buyer=view.place[taken.buyer]),
        qualified=spread(ready.qualified & stands),
        placed=spread(ready.placed),
        figures={code: spread(figure) for code, figure in ready.figures.items()},
        before=_before(ready.before, view),
        holds=None if ready.holds is None else spread(ready.holds),
        comes_to=_comes_to(ready, view),
        matched=tuple(
            replace(one, lines=replace(one.lines, payee=view.place[one.lines.payee])) for one in ready.matched
        ),
        last_sale=None if ready.last_sale is None else spread(ready.last_sale),
    )


def _comes_to(ready: Ready, view: View) -> Told | None:
    told = ready.comes_to
    return None if told is None else lambda payee, base: told(view.number[payee], base)


def _network(network: Network, stands: Marks, view: View, line: Indices) -> Network:
    spread = view.spread
    behind = np.append(network.place, np.arange(len(view.number)) + int(network.place.max(initial=0)) + 1)
    return Network(
        parent=line,
        paid=spread(network.paid),
        career=spread(network.career),
        before=spread(network.before),
        ever=spread(network.ever),
        place=behind[: len(view.number)][view.number],
        earns=spread(network.earns & stands),
        open=spread(network.open & stands),
        customer=spread(network.customer),
        there=spread(network.there),
        package=spread(network.package),
        brought={who: spread(number) for who, number in network.brought.items()},
    )


def _before(before: Before, view: View) -> Before:
    return replace(
        before,
        had={what: view.spread(marks) for what, marks in before.had.items()},
        kpis={code: view.spread(figure) for code, figure in before.kpis.items()},
        paid=tuple(view.spread(ranks) for ranks in before.paid),
    )


def _after(after: After, view: View) -> After:
    return replace(after, had={what: view.gathered(marks) for what, marks in after.had.items()})


def _holes_in_turn(lines: Lines, view: View) -> Lines:
    """A line of a hole's leg names nobody, so those of several holes stand in the order in which they had joined."""
    if not len(lines.source):
        return lines
    source = np.append(view.number, NOBODY)[lines.source]
    hole = np.where(source >= view.people, source, NOBODY).astype(np.int32)
    return lines.where(in_turn([hole])) if (hole >= 0).any() else lines


def _back(lines: Lines, view: View) -> Lines:
    return replace(
        lines,
        payee=view.back(lines.payee),
        source=view.back(lines.source),
        below=view.back(lines.below),
        facts={word: _fact(fact, view) for word, fact in lines.facts.items()},
    )


def _fact(fact: Fact, view: View) -> Fact:
    if fact.how != "person":
        return fact
    there = fact.values != NO_FACT
    nodes = view.back(np.where(there, fact.values, NOBODY).astype(np.int32)).astype(np.int64)
    return replace(fact, values=np.where(there & (nodes >= 0), nodes, NO_FACT))
