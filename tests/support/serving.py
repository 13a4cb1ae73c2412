"""The service in a thread of its own, for tools that speak HTTP from outside."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from aiohttp import web

Close = Callable[[], Awaitable[None]]
Build = Callable[[], Awaitable[tuple[web.Application, Close]]]


@contextmanager
def served(build: Build) -> Iterator[str]:
    """Run an application until the block ends.

    Args:
        build: makes the application and says how to close what it stands on; runs in the thread's loop.

    Yields:
        Its address.
    """
    started = threading.Event()
    loop = asyncio.new_event_loop()
    found: dict[str, str] = {}

    async def run(stop: asyncio.Event) -> None:
        application, close = await build()
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        found["url"] = f"http://{host}:{port}"
        started.set()
        await stop.wait()
        await runner.cleanup()
        await close()

    stop = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(run(stop)), daemon=True)
    thread.start()
    assert started.wait(30), "the service did not start"
    try:
        yield found["url"]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
        loop.close()
