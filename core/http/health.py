"""Whether the process lives, whether it can answer, and what it counts."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from core.db.database import Database
from core.db.version import is_current
from core.http.model import NotReady
from core.http.observe import metrics
from core.http.routes import PUBLIC, Routes
from core.kernel.errors import DomainError
from core.kernel.words import Model

routes = Routes()

Check = Callable[[], Awaitable[bool]]


class Health(Model):
    """The process runs."""

    status: str = "ok"


class Readiness:
    """What must be true before the service can answer; rooms add their own checks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._checks: dict[str, Check] = {"database": self._migrated}

    def add(self, name: str, check: Check) -> None:
        """Wait for `check` too, such as live figures being loaded."""
        self._checks[name] = check

    async def waiting_for(self) -> list[str]:
        """The names of what is not there yet."""
        return [name for name, check in self._checks.items() if not await _holds(check)]

    async def _migrated(self) -> bool:
        async with self._database.read() as questions:
            return await is_current(questions)


@routes.get("/health", needs=PUBLIC)
async def health() -> Health:
    """The process is alive. Says nothing about the database; ask `/ready` for that."""
    return Health()


@routes.get("/ready", needs=PUBLIC)
async def ready(readiness: Readiness) -> Health:
    """The service can answer: the database is reachable and migrated, and live figures are loaded.

    Raises:
        NotReady: something is missing; the answer names it.
    """
    missing = await readiness.waiting_for()
    if missing:
        raise NotReady(waiting_for=missing)
    return Health()


@routes.get("/metrics", needs=PUBLIC)
async def prometheus() -> web.Response:
    """Counters of this process for Prometheus."""
    return metrics()


async def _holds(check: Check) -> bool:
    try:
        return await check()
    except DomainError:
        return False
