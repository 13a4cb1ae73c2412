"""What goes wrong between us and the database, in words that need no driver to be loaded."""

from typing import ClassVar

from core.kernel.errors import DomainError


class DatabaseBusy(DomainError):
    """Somebody else held the database longer than we wait; the same request may succeed in a second."""

    code: ClassVar[str] = "database_busy"
    status: ClassVar[int] = 503


class DatabaseAway(DomainError):
    """The database cannot be reached at all."""

    code: ClassVar[str] = "database_away"
    status: ClassVar[int] = 503

    @property
    def reason(self) -> str:
        """What the driver said, for the operator; it may name user, host and file, never what they hold."""
        cause = getattr(self.__cause__, "orig", self.__cause__)
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        return str(cause).rpartition(": ")[2]
