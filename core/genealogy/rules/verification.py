"""What can be wrong with a network, found over arrays: a million people in about a second, without recursion."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.kernel.errors import Fact

Ids = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

OPEN = np.iinfo(np.int64).max
"""End of a link that is still in force."""
NOBODY = -1
NAMED_AT_MOST = 10
"""So many people of one circle are named; the others follow from them."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is wrong, with the person it is about; `others` are people that the sentence names too."""

    code: str
    person: int
    others: tuple[int, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """People and links as they are stored, sound or not.

    People are sorted by number. Links are sorted by person and beginning; `sponsor` is NOBODY for none, `valid_to` is
    OPEN while a link is in force.
    """

    people: Ids
    terminated: Mask
    person: Ids
    sponsor: Ids
    valid_from: Ids
    valid_to: Ids


def verify(network: Network) -> list[Found]:
    """All that is wrong with the network, at once: one root, no circle, nobody dangling, no overlapping links."""
    in_force = network.valid_to == OPEN
    parents = _parents(network, in_force)
    return [
        *_link_faults(network),
        *_membership_faults(network, in_force),
        *_sponsor_faults(network, in_force),
        *_root_faults(network, parents),
        *_circles(network, parents),
    ]


def _parents(network: Network, in_force: Mask) -> Ids:
    """Position of each person's sponsor among the people: -1 for roots, -2 for people outside the tree.

    A sponsor who does not exist counts as none here; she is a finding of her own.
    """
    parents = np.full(len(network.people), -2, dtype=np.int64)
    child = _positions(network.people, network.person[in_force])
    parent = _positions(network.people, network.sponsor[in_force])
    known = child >= 0
    parents[child[known]] = parent[known]
    return parents


def _positions(people: Ids, wanted: Ids) -> Ids:
    """Where each wanted number stands among the people, -1 for those who are not there."""
    if not len(people):
        return np.full(len(wanted), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(people, wanted), len(people) - 1)
    return np.where(people[places] == wanted, places, -1)


def _link_faults(network: Network) -> Iterator[Found]:
    """Links of one person that overlap, and links that end before they begin."""
    backwards = network.valid_to < network.valid_from
    for person in np.unique(network.person[backwards]):
        yield Found("network_link_backwards", int(person))
    real = network.valid_to > network.valid_from  # an empty link was never in force
    person, start, end = network.person[real], network.valid_from[real], network.valid_to[real]
    overlapping = (person[1:] == person[:-1]) & (start[1:] < end[:-1])
    for number in np.unique(person[1:][overlapping]):
        yield Found("network_links_overlap", int(number))


def _membership_faults(network: Network, in_force: Mask) -> Iterator[Found]:
    """Whoever takes part stands in the tree, and whoever left does not."""
    linked = np.isin(network.people, network.person[in_force])
    for person in network.people[~linked & ~network.terminated]:
        yield Found("network_no_link", int(person))
    for person in network.people[linked & network.terminated]:
        yield Found("network_terminated_in_tree", int(person))
    for person in np.unique(network.person[_positions(network.people, network.person) < 0]):
        yield Found("network_link_of_nobody", int(person))


def _sponsor_faults(network: Network, in_force: Mask) -> Iterator[Found]:
    """A sponsor exists and is still there."""
    named = in_force & (network.sponsor != NOBODY)
    place = _positions(network.people, network.sponsor[named])
    dangling = place < 0
    for person, sponsor in zip(network.person[named][dangling], network.sponsor[named][dangling], strict=True):
        yield Found("network_sponsor_missing", int(person), facts=(("number", int(sponsor)),))
    gone = ~dangling & network.terminated[place]
    for person, sponsor in zip(network.person[named][gone], network.sponsor[named][gone], strict=True):
        yield Found("network_sponsor_terminated", int(person), others=(int(sponsor),))


def _root_faults(network: Network, parents: Ids) -> Iterator[Found]:
    """There is one root, where there is anybody."""
    roots = network.people[parents == -1]
    if len(roots) > 1:
        for root in roots:
            yield Found("network_several_roots", int(root), facts=(("count", len(roots)),))
    if not len(roots) and (parents >= 0).any():
        yield Found("network_no_root", int(network.people[parents >= 0][0]))


def _circles(network: Network, parents: Ids) -> Iterator[Found]:
    for circle in circles(parents):
        people = [int(network.people[place]) for place in circle]
        yield Found("network_circle", people[0], others=tuple(people[1:NAMED_AT_MOST]), facts=(("count", len(people)),))


def circles(parents: Ids) -> Iterator[list[int]]:
    """Each circle once, as the positions on it from the lowest one up.

    Everybody jumps to her sponsor's sponsor, and so on, twice as far each time; after more jumps than there are people,
    whoever has not come out at the top has come to a circle, and those where somebody comes to are the circles.

    Args:
        parents: position of each person's sponsor; negative for none.
    """
    count = len(parents)
    jumps = np.append(np.where(parents >= 0, parents, count), count)  # position `count` is above all roots
    for _ in range(max(1, count.bit_length())):
        jumps = jumps[jumps]
    left = set(np.unique(jumps[jumps < count]).tolist())
    while left:
        start = min(left)
        circle = [start]
        while (above := int(parents[circle[-1]])) != start:
            circle.append(above)
        left.difference_update(circle)
        yield circle
