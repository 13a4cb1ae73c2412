"""What a bank reports of payments."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.kernel.errors import Facts, Problem, Severity
from core.kernel.words import Model


class Status(StrEnum):
    """What the bank says: taken in, done, or not (any more)."""

    ACCEPTED = "accepted"
    PAID = "paid"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a report says, about one payment or about a whole file of ours."""

    line: int
    status: Status
    end_to_end_id: str | None = None
    message_id: str | None = None
    """Set where it is about all payments of that file, and `end_to_end_id` is not."""
    reason: str | None = None
    """The bank's code and words."""
    on: date | None = None
    amount_minor: int | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """What came of a report."""

    entries: int
    paid: int
    returned: int
    unchanged: int
    """Payments of which it says what is known, or less."""
    problems: tuple[Problem, ...]

    @property
    def blocked(self) -> bool:
        """Whether faults kept the whole report out."""
        return any(problem.severity is Severity.FAULT for problem in self.problems)


class FindingCard(Model):
    """One thing that was found in a report: a fault keeps the whole of it out, a notice does not."""

    code: str
    severity: Severity
    line: int | None
    facts: dict[str, str | int | bool | list[str] | None]


class ReportCard(Model):
    """What came of a report, as staff see it."""

    entries: int
    paid: int
    returned: int
    unchanged: int
    findings: tuple[FindingCard, ...]

    @classmethod
    def of(cls, found: Reported) -> "ReportCard":
        """The same as `found`."""
        findings = tuple(
            FindingCard(code=one.code, severity=one.severity, line=one.line, facts=_plain(one.facts))
            for one in found.problems
        )
        return cls(
            entries=found.entries,
            paid=found.paid,
            returned=found.returned,
            unchanged=found.unchanged,
            findings=findings,
        )


def _plain(facts: Facts) -> dict[str, str | int | bool | list[str] | None]:
    return dict(facts)
