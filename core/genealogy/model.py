"""Words of the sponsor tree: links, moves, and what can be wrong with a network."""

from datetime import datetime
from typing import ClassVar

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import Model, ShortText


class SponsorUnknown(NotFound):
    """Nobody has the code that was named as sponsor. Facts: `sponsor` as asked."""

    code: ClassVar[str] = "sponsor_unknown"
    status: ClassVar[int] = 422


class SponsorUnfit(DomainError):
    """The named person cannot sponsor: terminated, or a customer where no customer is sponsored. Facts: `sponsor`."""

    code: ClassVar[str] = "sponsor_unfit"
    status: ClassVar[int] = 422


class RootTaken(DomainError):
    """Somebody without a sponsor is there already, and a network has one root. Facts: `root`, her code."""

    code: ClassVar[str] = "root_taken"


class CircleRefused(DomainError):
    """The new sponsor stands below the person herself. Facts: `person`, `sponsor`."""

    code: ClassVar[str] = "genealogy_circle"


class NotInTree(DomainError):
    """She is terminated, so she has no sponsor to change. Facts: `person`."""

    code: ClassVar[str] = "person_not_in_tree"


class StillInTree(DomainError):
    """She is not terminated, so there is nothing to reinstate. Facts: `person`."""

    code: ClassVar[str] = "person_still_in_tree"


class Link(Model):
    """One dated link as the history of a person shows it; codes, not numbers."""

    sponsor: str | None
    valid_from: datetime
    valid_to: datetime | None
    recorded_at: datetime
    recorded_by: str
    reason: str


class Move(Model):
    """Whose sponsor changes, from whom to whom; None is "no sponsor"."""

    person: str
    name: str
    sponsor_before: str | None
    sponsor_after: str | None


class Surgery(Model):
    """What a change of the tree does, done or only previewed."""

    moves: tuple[Move, ...]
    figures_change: tuple[str, ...]
    """Codes of everybody whose line gains or loses somebody, so that group figures change; nearest first."""
    previewed: bool


class SponsorChange(Model):
    """Give a person another sponsor."""

    sponsor: ShortText
    with_line: bool = True
    """False: her personal line stays and goes to her sponsor of until now."""
    reason: ShortText
    preview: bool = False


class Termination(Model):
    """Take a person out of the tree; her personal line goes where the plan says."""

    reason: ShortText
    preview: bool = False


class Reinstatement(Model):
    """Bring a terminated person back."""

    sponsor: ShortText | None = None
    """None: the sponsor she had, or the nearest one above who is still there."""
    with_line: bool | None = None
    """True: those who rolled up when she left and have not moved since come back to her; None: as the plan says."""
    keep_rank: bool | None = None
    """False: her career rank begins anew; None: as the plan says."""
    reason: ShortText
    preview: bool = False


class Finding(Model):
    """One thing wrong with the network, with the person it is about."""

    code: str
    person: str | None
    facts: dict[str, str | int | bool | list[str] | None]


class Verification(Model):
    """All that is wrong with the network, at once; no findings means that it is sound."""

    people: int
    links: int
    findings: tuple[Finding, ...]


class GenealogyChanged(Event):
    """The tree was operated on: what increments cannot follow is to be built anew."""

    kind: ClassVar[str] = "genealogy.changed"

    person_id: PersonId
