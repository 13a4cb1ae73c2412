"""The chat page: its files, its words, its pictures and its stream of events."""

import asyncio
import json
from pathlib import Path

from aiohttp import web

from bot.sandbox.bell import CUT
from bot.sandbox.media import media_type
from bot.sandbox.words import page_words
from bot.sandbox.world import World

STATIC = Path(__file__).parent / "static"
HEARTBEAT_SECONDS = 10.0
_POLICY = "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"

_PLAYED = {
    "voice": "audio/ogg", "audio": "audio/mpeg", "video": "video/mp4", "video_note": "video/mp4",
    "animation": "video/mp4",
}  # fmt: skip
"""What a browser is told of films and sounds; it looks for itself what they are."""


class Pages:
    """Handlers of what a browser asks for."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where they are served."""
        return [
            web.get("/", self.page),
            web.get("/sandbox/words", self.words),
            web.get("/sandbox/files/{file_id}", self.picture),
            web.get("/sandbox/events", self.events),
            web.static("/static", STATIC),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The page itself."""
        return web.FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": _POLICY})

    async def words(self, request: web.Request) -> web.Response:
        """The page's words in `?lang=`."""
        return web.json_response(page_words(request.query.get("lang", "")))

    async def picture(self, request: web.Request) -> web.Response:
        """A file of a chat, for the page."""
        stored = self._world.files.find(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        if stored.hollow:
            raise web.HTTPNotFound
        content = self._world.files.content(stored)
        seen = media_type(content) if stored.kind in ("photo", "sticker") else "application/octet-stream"
        kind = _PLAYED.get(stored.kind, seen)
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=86400"}
        return web.Response(body=content, content_type=kind, headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: all that happens in all chats, from now on."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        stream = self._world.bus.open()
        try:
            await response.write(b"retry: 1000\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(stream.get(), HEARTBEAT_SECONDS)
                    if event["kind"] == CUT:
                        return response
                    await response.write(f"data: {json.dumps(event)}\n\n".encode())
                except TimeoutError:
                    await response.write(b": still here\n\n")
        except ConnectionError:  # the page was closed
            return response
        finally:
            self._world.bus.close(stream)
