"""Putting the worker together, starting it, and ending it in order."""

import asyncio
import os
import socket
from contextlib import suppress

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from core.client import CoreClient
from core.kernel.environment import KEY_REFUSED, UNKNOWN_KEY, SettingsError
from core.kernel.errors import CoreAway, Refused
from core.kernel.ids import new_id
from core.kernel.logs import logger
from notifications.channels.telegram import Telegram
from notifications.delivery import Delivery
from notifications.settings import Settings


async def run(settings: Settings, stopped: asyncio.Event) -> None:
    """Serve until `stopped`.

    Raises:
        SettingsError: core does not know this worker.
    """
    core = CoreClient(settings.core_url, settings.service_key)
    channel = Telegram(settings.telegram_api_url, settings.telegram_token)
    holder = f"{socket.gethostname()}-{os.getpid()}-{str(new_id())[-8:]}"
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(tidy, "interval", args=[core], hours=1)
    scheduler.start()
    logger().info("worker_started")
    try:
        await Delivery(core, channel, holder).run(stopped)
    except Refused as refusal:
        if refusal.status == UNKNOWN_KEY:
            raise SettingsError(KEY_REFUSED) from refusal
        raise
    finally:
        scheduler.shutdown(wait=False)
        await channel.close()
        await core.close()
        logger().info("worker_stopped")


async def tidy(core: CoreClient) -> None:
    """Have core forget what is long done; any number of workers may ask."""
    with suppress(CoreAway, Refused):
        await core.tidy_inbox()
        await core.tidy_links()
