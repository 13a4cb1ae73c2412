"""What the bot did wrong, trouble on demand, and options: the part of the control address that plays nobody."""

from dataclasses import asdict, fields

from aiohttp import web

from bot.sandbox.control.reading import read_json
from bot.sandbox.failures import Failure
from bot.sandbox.model import Options
from bot.sandbox.world import World


class Reports:
    """Handlers of reports and trouble."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where they are served."""
        return [
            web.get("/sandbox/faults", self.faults),
            web.delete("/sandbox/faults", self.clear_faults),
            web.get("/sandbox/failures", self.failures),
            web.post("/sandbox/failures", self.order_failure),
            web.delete("/sandbox/failures", self.clear_failures),
            web.get("/sandbox/calls", self.calls),
            web.post("/sandbox/options", self.options),
            web.post("/sandbox/repeat", self.repeat),
        ]

    async def faults(self, request: web.Request) -> web.Response:
        """What the bot did wrong; `?all=1` counts taps that still wait for their answer too."""
        self._world.note_unanswered(at_once="all" in request.query)
        return web.json_response(self._world.faults.report())

    async def clear_faults(self, request: web.Request) -> web.Response:
        """Count anew."""
        self._world.note_unanswered(at_once=True)
        self._world.faults.clear()
        return web.json_response({})

    async def failures(self, request: web.Request) -> web.Response:
        """The orders that are left."""
        return web.json_response(self._world.failures.listing())

    async def order_failure(self, request: web.Request) -> web.Response:
        """Order trouble: `{"method": "send*", "kind": "429", "count": 1, "seconds": 2}`."""
        self._world.failures.order(Failure(**await read_json(request)))
        return web.json_response(self._world.failures.listing())

    async def clear_failures(self, request: web.Request) -> web.Response:
        """Forget all orders."""
        self._world.failures.clear()
        return web.json_response([])

    async def calls(self, request: web.Request) -> web.Response:
        """The last calls of the bot, oldest first; `?method=sendPhoto` filters."""
        wanted = request.query.get("method")
        return web.json_response([call for call in self._world.calls if wanted in (None, call["method"])])

    async def options(self, request: web.Request) -> web.Response:
        """Change options while it runs, such as `{"strict": true, "limits": true}`."""
        body = await read_json(request)
        known = {field.name for field in fields(Options)}
        if unknown := body.keys() - known:
            raise ValueError(f"unknown options: {', '.join(sorted(unknown))}")
        for name, value in body.items():
            setattr(self._world.options, name, value)
        return web.json_response(asdict(self._world.options))

    async def repeat(self, request: web.Request) -> web.Response:
        """Send an update again under its old id, the last one unless `update_id` says which."""
        body = await read_json(request)
        return web.json_response({"update_id": self._world.updates.again(body.get("update_id"))})
