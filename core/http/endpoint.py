"""One operation from request to answer: who asks, may she, what is given, do it, commit, answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import web

from core.access.model import NOBODY, STRANGER, Caller, CallerKind, ChatNotLinked, Permission, PermissionMissing
from core.db.database import Database
from core.db.unit_of_work import Questions
from core.http import idempotency
from core.http.answers import Answer, Dump, compile_answer, with_etag
from core.http.arguments import Arguments, Call, compile_arguments
from core.http.routes import PUBLIC, Needs, Route
from core.kernel.logs import REQUEST_ID

Endpoint = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Authenticator(Protocol):
    """Proves who asks."""

    async def identify(self, request: web.Request) -> Caller:
        """The caller.

        Raises:
            NotAuthenticated: nothing proves her.
        """


@dataclass(frozen=True, slots=True)
class Operation:
    """A route made ready: what its handler takes and what it answers are known."""

    route: Route
    arguments: Arguments
    dump: Dump


def compile_operation(route: Route, provided: Mapping[type, Any]) -> Operation:
    """Read the route's handler once."""
    arguments = compile_arguments(route, provided)
    return Operation(route, arguments, compile_answer(arguments.returns))


def endpoint(operation: Operation, database: Database, authenticator: Authenticator) -> Endpoint:
    """The handler that aiohttp calls. A question about what is in memory never touches the database here."""
    route, arguments, dump = operation.route, operation.arguments, operation.dump
    handler, needs, unit = route.handler, route.needs, arguments.unit

    async def serve(request: web.Request) -> web.StreamResponse:
        caller = NOBODY if needs is PUBLIC else await authenticator.identify(request)
        require(caller, needs)
        call = Call(request, caller, await _body(request, route) if route.changes else b"")
        if unit is None:
            if route.changes:
                idempotency.key_of(request)  # what such a handler does is safe to repeat; a key must have its form
            answer = dump(await handler(**arguments.parse(call), **arguments.give(call)))
        elif unit is Questions:
            values = arguments.parse(call)
            async with database.read(request_id=REQUEST_ID.get()) as call.uow:
                answer = dump(await handler(**values, **arguments.give(call)))
        else:
            answer = await change(call)
        if not isinstance(answer, Answer):
            return answer
        return with_etag(request, answer) if route.etag else answer.response()

    async def change(call: Call) -> Answer | web.StreamResponse:
        key = idempotency.key_of(call.request)
        values = arguments.parse(call)
        async with database.begin(request_id=REQUEST_ID.get(), actor=call.caller.actor) as call.uow:
            if key is not None:
                fingerprint = idempotency.fingerprint(call.request, call.caller, call.body)
                stored = await idempotency.claim(call.uow, call.caller, key, fingerprint)
                if stored is not None:
                    return stored
            answer = dump(await handler(**values, **arguments.give(call)))
            if key is not None:
                assert isinstance(answer, Answer), f"{route.path}: a stream cannot be given again"
                await idempotency.store(call.uow, call.caller, key, answer)
            await call.uow.commit()
        return answer

    return serve


def require(caller: Caller, needs: Needs) -> None:
    """Let the caller through.

    Raises:
        ChatNotLinked: the chat would be allowed to if it were linked.
        PermissionMissing: she may not.
    """
    if needs is PUBLIC or needs in caller.permissions:
        return
    assert isinstance(needs, Permission)
    if caller.kind is CallerKind.CHAT and caller.permissions == STRANGER:
        raise ChatNotLinked
    raise PermissionMissing(permission=needs.value)


async def _body(request: web.Request, route: Route) -> bytes:
    if route.body_limit is not None:
        request = request.clone(client_max_size=route.body_limit)
    return await request.read()
