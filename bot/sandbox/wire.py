"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`, trouble on demand included."""

import asyncio
import json
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox.dispatch import Dispatcher, chat_of, pace_key
from bot.sandbox.failures import Failure
from bot.sandbox.model import Json, Upload
from bot.sandbox.refusals import Refusal, refuse
from bot.sandbox.world import World

_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


class Wire:
    """Handlers of the two addresses a bot knows."""

    def __init__(self, world: World, dispatcher: Dispatcher) -> None:
        self._world = world
        self._dispatcher = dispatcher

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where they are served."""
        return [
            web.route("*", r"/bot{token:[^/]+}/{method}", self.method),
            web.get(r"/file/bot{token:[^/]+}/{path:.+}", self.download),
        ]

    async def method(self, request: web.Request) -> web.StreamResponse:
        """One call, answered in Telegram's envelope."""
        name = request.match_info["method"]
        try:
            self._check_token(request)
            name = self._dispatcher.method(name).name
            raw, uploads = await _read(request)
        except Refusal as refusal:
            if refusal.rule.fault:
                self._world.faults.add(refusal, name)
            return _error(refusal)
        failure = self._world.failures.strike(name, chat_of(raw))
        if failure and not failure.kind.endswith("_after"):
            self._dispatcher.log(name, raw, 0, f"ordered: {failure.kind}")
            if (trouble := await self._fail(request, name, raw, failure)) is not None:
                return trouble
        try:
            answer = _ok(await self._dispatcher.call(name, raw, uploads))
        except Refusal as refusal:
            answer = _error(refusal)
        if failure and failure.kind.endswith("_after"):
            return await self._fail(request, name, raw, failure) or answer
        return answer

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file by the path that `getFile` gave."""
        try:
            self._check_token(request)
        except Refusal as refusal:
            return _error(refusal)
        stored = self._world.files.by_path(request.match_info["path"])
        if stored is None:
            return _error(refuse("method_unknown"))
        return web.Response(body=self._world.files.content(stored), content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self._world.token:
            raise refuse("unauthorized")

    async def _fail(self, request: web.Request, name: str, raw: Json, failure: Failure) -> web.Response | None:
        """What the ordered failure answers; None when the call goes on."""
        match failure.kind:
            case "429":
                seconds = max(1, round(failure.seconds))
                self._world.flood.told_to_wait(pace_key(name, chat_of(raw)), seconds)
                return _error(refuse("ordered_429", seconds=seconds, parameters={"retry_after": seconds}))
            case "500":
                return _error(refuse("ordered_500"))
            case "502":
                return web.Response(status=502, text=_GATEWAY, content_type="text/html")
            case "403":
                return _error(refuse("blocked"))
            case "slow":
                await asyncio.sleep(failure.seconds)
                return None
            case "timeout" | "timeout_after":
                await asyncio.sleep(failure.seconds)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)


async def _read(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Parameters and uploads, however the bot sent them.

    Raises:
        Refusal: the body is too large, is no JSON where it says so, or is of no kind that Telegram reads.
    """
    raw: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json" and request.can_read_body:
            raw |= _json_object(await request.read())
        elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
            for name, value in (await request.post()).items():
                if isinstance(value, FileField):
                    uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
                else:
                    raw[name] = value
        elif request.can_read_body and await request.read():
            raise refuse("media_type_unknown")
    except web.HTTPRequestEntityTooLarge as error:
        raise refuse("upload_too_large") from error
    return raw, uploads


def _json_object(body: bytes) -> Json:
    try:
        value: Any = json.loads(body)
    except ValueError as error:
        raise refuse("json_broken") from error
    if not isinstance(value, dict):
        raise refuse("json_broken")
    return value


def _ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _error(refusal: Refusal) -> web.Response:
    body: Json = {"ok": False, "error_code": refusal.rule.status, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.rule.status, headers={"X-Sandbox-Source": refusal.source})
