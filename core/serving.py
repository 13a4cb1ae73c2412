"""`python -m core serve`: the HTTP service as a process."""

import argparse
import asyncio
import signal

from aiohttp import web

from core.app import build_app
from core.commands import Subparsers, command
from core.db.opening import opened
from core.kernel.heap import loading
from core.kernel.logs import configure, logger
from core.settings import Settings, SettingsError

SHUTDOWN_S = 5.0


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    command(subparsers, "serve", serve, "Start the HTTP service and run until stopped; logs go to standard error.")


async def serve(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    service_key = settings.require_service_key()
    configure("web")
    async with opened(settings) as database:
        with loading():  # a full collection over all of it would stop every answer for a seventh of a second
            app = build_app(database, service_key).build()
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S)
        await runner.setup()
        try:
            await _listen(runner, settings)
            logger().info("serving", host=settings.host, port=settings.port, database=database.dialect)
            await _stopped()
            logger().info("stopping")
        finally:
            await runner.cleanup()
    return 0


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        where = f"HOST {settings.host} and PORT {settings.port}"
        raise SettingsError(f"{where}: nothing can listen there ({error.strerror or error}).") from error


async def _stopped() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
