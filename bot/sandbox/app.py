"""Wires the sandbox together."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from bot.sandbox.control.api import Control, explain_refusals
from bot.sandbox.dispatch import Dispatcher
from bot.sandbox.model import DEFAULT_TOKEN, Options
from bot.sandbox.pages import Pages
from bot.sandbox.people import SAMPLE, PeopleProvider, StaticPeople
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.wire import Wire
from bot.sandbox.world import World

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
    app.add_routes(Pages(world).routes())
    sender = WebhookSender(world, dispatcher)

    async def deliver(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(sender.run())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    app.cleanup_ctx.append(deliver)
    return app
