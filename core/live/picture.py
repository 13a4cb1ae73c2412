"""What a calculation starts from: people, their sponsors and their own figures, as arrays."""

from dataclasses import dataclass, field

import numpy as np

from core.forest import program as p
from core.forest.kernel import Flags, Grades, Indices, Ints
from core.forest.layout import stand_in_turn
from core.people.model import Kind, Status

COMPANY = "company"
"""The kind of the node that several roots hang under."""

KIND_FLAGS = {
    Kind.DISTRIBUTOR.value: p.COUNTED | p.FIRST_KIND | p.GRADED,
    Kind.CUSTOMER.value: p.COUNTED | p.SECOND_KIND,
    COMPANY: 0,
}


def flags_of(kind: str, status: str) -> int:
    """Which parts a person plays: a distributor holds ranks, the suspended are never active, a company does nothing."""
    flags = KIND_FLAGS[kind]
    return flags | (p.WAKEABLE if flags and status == Status.ACTIVE else 0)


@dataclass(frozen=True, slots=True)
class Picture:
    """People in any order, nobody terminated among them."""

    persons: Indices
    """Person ids, each once."""
    sponsors: Indices
    """Sponsors' person ids; -1 for a root."""
    flags: Flags
    titles: Grades
    """Career rank's place on the ladder; may be empty when the plan does not ask."""
    own: Ints
    """`[own figure, person]`, in the order of `Calculation.own`."""
    joined: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    """Days of joining since 1970; empty when the plan does not ask."""
    today: int = 0
    """The last day that is looked at, likewise."""


def places(persons: Indices) -> Indices:
    """Where each person id stands in `persons`; -1 for ids that do not."""
    found = np.full(int(persons.max(initial=0)) + 1, -1, np.int32)
    found[persons] = np.arange(len(persons), dtype=np.int32)
    return found


def parents(picture: Picture) -> Indices:
    """Each person's sponsor by place; a sponsor who is nobody's entry here makes a root, as -1 does."""
    persons, sponsors = picture.persons, picture.sponsors
    if stand_in_turn(persons) and sponsors.max(initial=-1) < len(persons):
        return sponsors
    place = np.append(places(persons), np.int32(-1))  # where -1 finds it
    return place[np.where(sponsors < len(place), sponsors, -1)]
