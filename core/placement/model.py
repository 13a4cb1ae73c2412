"""Words of placement: places, what is asked and answered about them, and how placing is refused."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from core.genealogy.model import Finding
from core.kernel.errors import DomainError, NotFound
from core.kernel.words import Model, ShortText


class TreeKind(StrEnum):
    """The placement trees that a plan can have."""

    BINARY = "binary"
    MATRIX = "matrix"


class Side(StrEnum):
    """The places of the binary tree, 1 and 2."""

    LEFT = "left"
    RIGHT = "right"


class TreeUnknown(NotFound):
    """The plan in force has no such tree. Facts: `tree`."""

    code: ClassVar[str] = "placement_tree_unknown"
    status: ClassVar[int] = 422


class AboveUnplaced(DomainError):
    """Whoever is to stand above has no place herself. Facts: `person`."""

    code: ClassVar[str] = "placement_above_unplaced"
    status: ClassVar[int] = 422


class PlaceUnknown(DomainError):
    """There are not so many places below anybody. Facts: `place`, `width`."""

    code: ClassVar[str] = "placement_place_unknown"
    status: ClassVar[int] = 422


class PlaceTaken(DomainError):
    """Somebody stands there. Facts: `person`."""

    code: ClassVar[str] = "placement_place_taken"


class PlaceBelowHerself(DomainError):
    """Whoever is to stand above stands below the person herself. Facts: `person`, `above`."""

    code: ClassVar[str] = "placement_circle"


class NotYourRecruit(DomainError):
    """Only her sponsor, or staff, places somebody. Facts: `person`."""

    code: ClassVar[str] = "placement_not_yours"


class OutsideYourTree(DomainError):
    """A sponsor places below herself, and not deeper than the plan lets her. Facts: `levels`; None is any number."""

    code: ClassVar[str] = "placement_outside"


class PlacingOver(DomainError):
    """The days in which a sponsor may place somebody are over. Facts: `last_day`."""

    code: ClassVar[str] = "placement_over"


class MovesSpent(DomainError):
    """Her place was changed as often as the plan allows. Facts: `moves`."""

    code: ClassVar[str] = "placement_moves_spent"


class OwnPlacing(Model):
    """Give somebody a place, or another one, with all who stand below her, as a sponsor may."""

    tree: TreeKind
    above: ShortText
    place: int
    """From 1, in the binary tree 1 is left."""
    preview: bool = False


class Placing(Model):
    """The same by staff."""

    tree: TreeKind
    above: ShortText | None = None
    """None makes her the top of a tree."""
    place: int = 0
    """0 for the top."""
    reason: ShortText
    beyond_limits: bool = False
    """True: however often her place was changed before."""
    preview: bool = False


class Place(Model):
    """One place; no `above` is the top of the tree."""

    above: str | None
    place: int


class PlacedPerson(Model):
    """What placing does, done or only previewed."""

    person: str
    tree: TreeKind
    before: Place | None
    after: Place
    figures_change: tuple[str, ...]
    """Codes of everybody who gains or loses somebody below, nearest first."""
    previewed: bool


class PlaceLink(Model):
    """One dated place as the history of a person shows it."""

    tree: TreeKind
    above: str | None
    place: int
    valid_from: datetime
    valid_to: datetime | None
    recorded_at: datetime
    recorded_by: str
    reason: str


class Waiting(Model):
    """Somebody in the holding tank."""

    person: str
    name: str
    sponsor: str | None
    joined_on: date
    last_day: date | None
    """The last day on which her sponsor may place her; None is without end."""


class SideChoice(Model):
    """Which side somebody's own volume joins, and the flush places her people on, where the plan leaves it to her."""

    side: Side


class PlacementCheck(Model):
    """All that is wrong with a placement tree, at once."""

    tree: TreeKind
    places: int
    findings: tuple[Finding, ...]


class Flushed(Model):
    """What a flush did."""

    binary: int = 0
    matrix: int = 0
