"""Wires the sandbox together."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox import snapshot
from bot.sandbox.control.api import Control
from bot.sandbox.control.reading import explain_refusals
from bot.sandbox.control.reports import Reports
from bot.sandbox.dispatch import Dispatcher
from bot.sandbox.model import DEFAULT_TOKEN, Options
from bot.sandbox.pages import Pages
from bot.sandbox.people import SAMPLE, PeopleProvider, StaticPeople
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.wire import Wire
from bot.sandbox.world import World

_SAVE_SECONDS = 2.0
_FORM_BYTES = 1024 * 1024  # what a multipart call carries beside its file
WORLD: web.AppKey[World] = web.AppKey("world", World)


def build_app(
    *,
    people: PeopleProvider | None = None,
    options: Options | None = None,
    token: str = DEFAULT_TOKEN,
    folder: Path | None = None,
) -> web.Application:
    """The stand-in as one web application: Bot API, control address and chat page.

    Args:
        folder: where files and chats outlive the process; None keeps everything in memory.
    """
    options = options or Options()
    world = World(options, token=token, folder=folder)
    dispatcher = Dispatcher(world)
    app = web.Application(client_max_size=options.upload_bytes_max + _FORM_BYTES, middlewares=[explain_refusals])
    app[WORLD] = world
    app.add_routes(Wire(world, dispatcher).routes())
    app.add_routes(Control(world, people or StaticPeople(SAMPLE)).routes())
    app.add_routes(Reports(world).routes())
    app.add_routes(Pages(world).routes())
    app.cleanup_ctx.append(_beside(WebhookSender(world, dispatcher).run))
    app.on_shutdown.append(_end_streams)
    if folder:
        snapshot.load(world, folder)
        app.cleanup_ctx.append(_beside(lambda: _keep(world, folder)))
    return app


def _beside(job: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[web.Application], AsyncIterator[None]]:
    """The job runs as long as the application does."""

    async def running(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(job())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    return running


async def _end_streams(app: web.Application) -> None:
    app[WORLD].bus.cut()


async def _keep(world: World, folder: Path) -> None:
    """Save whenever something has happened, and at the end."""
    saved = world.bus.last
    try:
        while True:
            await asyncio.sleep(_SAVE_SECONDS)
            if world.bus.last != saved:
                saved = world.bus.last
                snapshot.save(world, folder)
    finally:
        snapshot.save(world, folder)
