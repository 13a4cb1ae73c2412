"""Ranks as the API speaks of them: names of the ladder and what was paid in closed cycles."""

from dataclasses import dataclass
from typing import ClassVar

from core.kernel.errors import DomainError
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText, Model


class RankUnknown(DomainError):
    """The plan in force has no such rank. Facts: `rank` as asked, `known` the codes it has."""

    code: ClassVar[str] = "rank_unknown"
    status: ClassVar[int] = 404


class RankName(Model):
    """One rung of the ladder, lowest first."""

    code: str
    name: CompanyText


class RankPeriod(Model):
    """Which rank was paid in a closed cycle."""

    cycle: str
    paid_rank: str | None
    career_rank: str | None
    honorary_rank: str | None = None
    by_grace: bool = False
    """Whether grace is the reason that she was paid by this rank."""


@dataclass(frozen=True, slots=True)
class RecordedRank:
    """What a closed cycle fixed for one person; who has no rank, title or honour and reached nothing has none."""

    person: PersonId
    rank: str | None
    """By which commissions of the cycle are paid."""
    career_rank: str | None
    misses: int = 0
    """Cycles in a row, this one included, that were paid below the title."""
    honorary_rank: str | None = None
    grace: str | None = None
    """Cycles in which ranks are still kept, as `core.ranks.rules.grace` tells them."""
    by_grace: bool = False
    """Whether grace is the reason that she is paid by this rank."""
    reached: str | None = None
    """What she reached that KPIs of later cycles count, as `core.ranks.rules.earlier` tells it."""


class RankChanged(Event):
    """A person was paid by another rank than in the cycle before, or holds another title since."""

    kind: ClassVar[str] = "ranks.rank_changed"

    cycle: str
    before: str | None
    after: str | None
    title_before: str | None
    title_after: str | None
