"""What can go wrong, in the three forms that the house knows (the fourth is `assert`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

Fact = str | int | bool | None | list[str]
Facts = Mapping[str, Fact]


class DomainError(Exception):
    """The business refuses. Carries a stable code and facts; the edge makes the reader's sentence of them.

    Subclasses set `code` and, where 409 does not fit, `status` (an HTTP status that the edge answers with).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code)
        self.facts: Facts = facts

    def __str__(self) -> str:
        return f"{self.code} {dict(self.facts)}" if self.facts else self.code


class NotFound(DomainError):
    """What was asked for does not exist, or the caller may not know that it does."""

    code = "not_found"
    status = 404


class DeliveryError(Exception):
    """The world fails (Telegram, mail). `permanent` tells whether another try can help."""

    def __init__(self, reason: str, *, permanent: bool, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.retry_after_s = retry_after_s


class Severity(StrEnum):
    """Whether a finding blocks the whole file (fault) or is listed and goes through (notice)."""

    FAULT = "fault"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding among bad data in bulk. All of them are returned, none is raised.

    `line` and `column` count from 1; `column` is a column's name in a CSV file and a number in a plan file.
    """

    code: str
    severity: Severity = Severity.FAULT
    line: int | None = None
    column: str | int | None = None
    facts: Facts = field(default_factory=dict)


class Refused(Exception):
    """Core refused, as its client tells it: the stable code and the facts of the `DomainError` on the other side."""

    def __init__(self, code: str, facts: Facts, *, status: int = 409) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.status = status


class CoreAway(Exception):
    """Core cannot be reached, or answers that it cannot answer now; the same call may succeed later."""
