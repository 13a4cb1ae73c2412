"""Routes: a typed handler with its path and the permission that it needs."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVar

from core.access.model import Permission

Handler = TypeVar("Handler", bound=Callable[..., Awaitable[Any]])


class Public(Enum):
    """The one value that stands in place of a permission where nobody needs one."""

    PUBLIC = "public"


PUBLIC: Final = Public.PUBLIC
Needs = Permission | Public


@dataclass(frozen=True, slots=True)
class Route:
    """One operation, as its handler declares it."""

    method: str
    path: str
    handler: Callable[..., Awaitable[Any]]
    needs: Needs
    etag: bool = False
    body_limit: int | None = None
    takes: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the method may change the world."""
        return self.method != "GET"


class Routes:
    """The routes of one room; `api.py` makes one and decorates its handlers with it."""

    def __init__(self) -> None:
        self._routes: list[Route] = []

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes)

    def get(self, path: str, *, needs: Needs, etag: bool = False) -> Callable[[Handler], Handler]:
        """A question. With `etag` an unchanged answer costs the asker no bytes."""
        return self._add("GET", path, needs, etag=etag)

    def post(
        self, path: str, *, needs: Needs, body_limit: int | None = None, takes: tuple[str, ...] = ()
    ) -> Callable[[Handler], Handler]:
        """Something new, or a deed; `body_limit` in bytes where the usual one does not fit, `takes` as for `put`."""
        return self._add("POST", path, needs, body_limit=body_limit, takes=takes)

    def put(
        self, path: str, *, needs: Needs, body_limit: int | None = None, takes: tuple[str, ...] = ()
    ) -> Callable[[Handler], Handler]:
        """The whole of something, new or not; `takes` names the media types of a file, for a handler of `bytes`."""
        return self._add("PUT", path, needs, body_limit=body_limit, takes=takes)

    def patch(self, path: str, *, needs: Needs, body_limit: int | None = None) -> Callable[[Handler], Handler]:
        """A part of something that exists."""
        return self._add("PATCH", path, needs, body_limit=body_limit)

    def delete(self, path: str, *, needs: Needs) -> Callable[[Handler], Handler]:
        """The end of something."""
        return self._add("DELETE", path, needs)

    def _add(
        self,
        method: str,
        path: str,
        needs: Needs,
        *,
        etag: bool = False,
        body_limit: int | None = None,
        takes: tuple[str, ...] = (),
    ) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            self._routes.append(Route(method, path, handler, needs, etag, body_limit, takes))
            return handler

        return register
