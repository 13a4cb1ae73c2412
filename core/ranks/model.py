"""Ranks as the API speaks of them: names of the ladder and what was paid in closed cycles."""

from typing import ClassVar

from core.kernel.errors import DomainError
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
