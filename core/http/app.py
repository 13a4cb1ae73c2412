"""The HTTP application: routes of all rooms on one aiohttp server."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any, TypeVar

from aiohttp import web

from core.db.database import Database
from core.http import docs, health, openapi
from core.http.endpoint import Authenticator, Operation, compile_operation, endpoint
from core.http.observe import observe
from core.http.routes import Route

Part = TypeVar("Part")
Life = Callable[[web.Application], AsyncIterator[None]]
BODY_LIMIT = 1024 * 1024


class App:
    """Collects parts and routes, then becomes an aiohttp application.

    `provide` everything before `build`; a handler asks for a part by annotating an argument with its type.
    """

    def __init__(self, database: Database, authenticator: Authenticator) -> None:
        self.database = database
        self.authenticator = authenticator
        self.readiness = health.Readiness(database)
        self._provided: dict[type, Any] = {Database: database, health.Readiness: self.readiness}
        self._routes: list[Route] = list(health.routes)
        self._lives: list[Life] = []

    def provide(self, kind: type[Part], part: Part) -> None:
        """Give `part` to every handler that asks for `kind`."""
        self._provided[kind] = part

    def add(self, routes: Iterable[Route]) -> None:
        """Take the routes of a room."""
        self._routes += routes

    def during(self, life: Life) -> None:
        """Run `life` around the service's: what comes before its `yield` at the start, what comes after at the end."""
        self._lives.append(life)

    def operations(self) -> list[Operation]:
        """All routes made ready."""
        return [compile_operation(route, self._provided) for route in self._routes]

    def build(self) -> web.Application:
        """The application, complete; closing the database at its end is the caller's."""
        application = web.Application(middlewares=[observe], client_max_size=BODY_LIMIT)
        application.cleanup_ctx.extend(self._lives)
        operations = self.operations()
        for operation in operations:
            serve = endpoint(operation, self.database, self.authenticator)
            application.router.add_route(operation.route.method, operation.route.path, serve)
        docs.add(application, lambda: openapi.describe(operations))
        return application
