"""What a state is given from elsewhere, and how it is told of changes."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from core.forest.kernel import Grades, Indices, Ints
from core.kernel.ids import PersonId
from core.kpis.model import OwnFigure
from core.orders.model import VolumeChanged

Given = tuple[Indices, Ints]
"""People by person id, and by how much a figure of theirs that is given to the state changes."""


class Beside(Protocol):
    """A figure that is given to a state and changes with the same orders, such as `core.live.along.Along`."""

    @property
    def titled(self) -> bool:
        """Whether it looks at career ranks."""

    @property
    def shares(self) -> bool:
        """Whether customers' orders count otherwise than those of others."""

    @property
    def ranked(self) -> bool:
        """Whether it looks at paid ranks, which the state tells it."""

    def copied(self) -> "Beside":
        """The same by itself."""

    def order_all(self, people: Indices, volumes: Ints) -> None:
        """Work supposed orders of many in; each brings as much CV as QV."""

    def figures(self) -> tuple[Indices, Ints]:
        """Everybody, and her figure."""

    def concerned(self, person: PersonId) -> Indices:
        """Whose figure a change at this person can alter."""

    def apply_volume(self, event: VolumeChanged) -> Given:
        """Work an order in."""

    @property
    def looked_up(self) -> set[OwnFigure]:
        """Own figures to which orders add what must be looked up."""

    def apply_own(self, person: PersonId, figures: Mapping[OwnFigure, int], joined: int | None) -> Given:
        """Take own figures of hers as they were looked up, and the day she joined where something asks for it."""

    def apply_flags(self, person: PersonId, flags: int) -> Given:
        """Give a person another kind or status."""

    def apply_enrolment(self, person: PersonId, sponsor: PersonId | None, flags: int) -> Given:
        """Take in a newcomer."""

    def apply_ranks(self, people: Indices, ranks: Grades) -> Given:
        """Hear which paid ranks these people have now."""

    def rank_all(self, people: Indices, ranks: Grades) -> None:
        """The same of so many that everything is computed anew; ask for `figures` afterwards."""

    def order(self, person: PersonId, cv: int, qv: int) -> Given:
        """Work a supposed order in."""

    def take_back(self, person: PersonId, cv: int, qv: int) -> Given:
        """Undo the supposed order that was worked in last."""

    def suppose(self, changes: Sequence[tuple[PersonId, int, int]]) -> Given:
        """What these orders (CV and QV) would change; nothing is changed."""
