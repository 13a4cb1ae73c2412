"""What is wrong with a plan, gathered while it is read, so that all of it can be told at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process, utils

from core.kernel.errors import Fact, Problem, Severity
from core.plan.language.source import Place

NEAR_ENOUGH = 60
"""Of 100; below it a suggestion would be a guess."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a slip of the hand would have turned into `word`; None when none is near."""
    best = process.extractOne(
        word, list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=NEAR_ENOUGH
    )
    return best[0] if best else None


@dataclass(slots=True)
class Findings:
    """Faults and notices in the order in which they were found."""

    problems: list[Problem] = field(default_factory=list)

    @property
    def faulty(self) -> bool:
        """Whether the plan cannot be used."""
        return any(problem.severity is Severity.FAULT for problem in self.problems)

    def in_order(self) -> list[Problem]:
        """All of them as they stand in the file, from top to bottom."""
        return sorted(self.problems, key=lambda p: (p.line or 0, p.column if isinstance(p.column, int) else 0))

    def fault(self, code: str, place: Place, **facts: Fact) -> None:
        """The plan cannot be used because of this."""
        self.problems.append(Problem(code, Severity.FAULT, place.line, place.column, facts))

    def notice(self, code: str, place: Place, **facts: Fact) -> None:
        """The plan can be used, but its author should know."""
        self.problems.append(Problem(code, Severity.NOTICE, place.line, place.column, facts))

    def unknown(self, code: str, place: Place, found: str, known: Sequence[str], **facts: Fact) -> None:
        """`found` is none of `known`: told as `code`, or as `code` + `_near` where one of them is near."""
        near = nearest(found, known)
        if near is None:
            self.fault(code, place, found=found, known=list(known), **facts)
        else:
            self.fault(f"{code}_near", place, found=found, known=list(known), nearest=near, **facts)
