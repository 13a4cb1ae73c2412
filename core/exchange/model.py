"""Words of importing: kinds of files, what an import found and did, and what it announces."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from core.kernel.errors import DomainError, Problem, Severity
from core.kernel.events import Event


class FileKind(StrEnum):
    """What a file holds."""

    PEOPLE = "people"
    PRODUCTS = "products"
    ORDERS = "orders"
    RATES = "rates"
    BALANCES = "balances"
    TICKETS = "tickets"


class ImportOvertaken(DomainError):
    """While the file was read somebody else recorded the same; nothing was changed, the same command will do."""

    code: ClassVar[str] = "import_overtaken"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import found and did, or would do."""

    kind: FileKind
    lines: int
    """Lines read, without the header."""
    added: int
    changed: int
    unchanged: int
    """Counted in people, products, orders, rates, balances or tickets."""
    problems: tuple[Problem, ...]
    dry_run: bool

    @property
    def blocked(self) -> bool:
        """Whether faults kept the file out."""
        return any(problem.severity is Severity.FAULT for problem in self.problems)


class Published(Event):
    """A file's content became visible at once; what is kept in memory is to be built anew."""

    kind: ClassVar[str] = "exchange.published"

    what: FileKind
    added: int
    changed: int
