"""Placement trees besides the sponsor tree, and how people who wait for a place come into them."""

from dataclasses import dataclass
from typing import Literal

TreeName = Literal["binary", "matrix"]
OPEN = 1_000_000
"""The width of a tree in which anybody can have any number of people right below her."""


@dataclass(frozen=True, slots=True)
class BinaryTree:
    """Two places below everybody."""

    spill: str = "manual"
    """Where somebody without a place of her own goes; the words are those of `core.forest.placing`."""
    who: str = "all"
    """Who is given a place by spill and flush; with "distributors" customers have those that the files name."""

    @property
    def width(self) -> int:
        """Places below everybody."""
        return 2


@dataclass(frozen=True, slots=True)
class MatrixTree:
    """So many places below everybody, and so many levels that one person's matrix has."""

    width: int = 1
    depth: int = 1
    spill: str = "bfs"
    who: str = "all"
    on_leave: str = "hole"
    """"hole" keeps the place of somebody who left; with "promote" those below move up into it."""
    passed_up: tuple[int, ...] = ()
    """Which of those whom somebody brings, counted from 1, stand below whoever stands above her; of an open tree."""
    passed_up_every: int = 0
    """After the last of these every such one too; 0 is none."""

    @property
    def open(self) -> bool:
        """Whether there is no end of places below anybody."""
        return self.width == OPEN


@dataclass(frozen=True, slots=True)
class TreesSpec:
    """The placement trees that the plan has; None is none."""

    binary: BinaryTree | None = None
    matrix: MatrixTree | None = None

    def of(self, name: str) -> BinaryTree | MatrixTree | None:
        """The tree of that name; None for the sponsor tree and for one that the plan has not."""
        return {"binary": self.binary, "matrix": self.matrix}.get(name)


@dataclass(frozen=True, slots=True)
class TerminationSpec:
    """What becomes of the line of somebody who leaves, and of hers when she comes back."""

    line_goes_to: str = "sponsor"
    """"sponsor": hers, who closes the gap; "company": nobody, so that her people begin lines of their own."""
    line_returns: bool = False
    """Whether whoever rolled up when she left, and has not moved since, comes back to her."""
    rank_returns: bool = True
    """Whether her career rank comes back with her."""


@dataclass(frozen=True, slots=True)
class PlacementSpec:
    """The holding tank: who may place whom, until when, and what happens then."""

    days_to_place: int | None = None
    """So many days, that of joining included, a sponsor may choose the place; None is without end."""
    levels_down_max: int | None = None
    """At most so many levels below the sponsor."""
    moves_max: int | None = None
    """How often somebody's place may be changed after she has one; None is any number of times."""
    flush_at: str = "cycle_end"
    """When those whose days are over are placed without being asked."""
    flush_order: str = "joined"
    """"joined": who came first; "volume": who has ordered most in the open cycle."""
    default_side: str = "weak"
    """On which side of the sponsor the flush places in a binary tree."""
    volume_while_waiting: str = "nobody"
    """Whose the volume of somebody without a place is: "enroller" for levels, as if she stood below her sponsor."""
