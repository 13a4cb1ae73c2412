"""Putting the worker together, starting it, and ending it in order."""

import asyncio
import os
import socket

from core.client import CoreClient
from core.kernel.environment import KEY_REFUSED, UNKNOWN_KEY, SettingsError
from core.kernel.errors import Refused
from core.kernel.ids import new_id
from core.kernel.logs import logger
from core.messaging.model import Channel
from notifications.channels import Carrier
from notifications.channels.email import Email, Server
from notifications.channels.telegram import Telegram
from notifications.delivery import LEASE_S, Delivery
from notifications.desk import EVERY_S, Watch
from notifications.letter import Sender
from notifications.planner import planner
from notifications.settings import Settings


async def run(settings: Settings, stopped: asyncio.Event, *, lease_s: float = LEASE_S) -> None:
    """Serve until `stopped`.

    Args:
        lease_s: how long a message stays in the hands of a worker that was killed.

    Raises:
        SettingsError: core does not know this worker.
    """
    core = CoreClient(settings.core_url, settings.service_key)
    carriers = channels(settings)
    holder = f"{socket.gethostname()}-{os.getpid()}-{str(new_id())[-8:]}"
    schedule = planner(core, holder)
    watch = Watch(core, holder)
    schedule.add_job(watch.look, "interval", seconds=EVERY_S, misfire_grace_time=None)
    schedule.start()
    logger().info("worker_started", channels=[channel.value for channel in carriers])
    try:
        delivery = Delivery(core, carriers, holder, rate_per_s=settings.rate_per_s, lease_s=lease_s)
        await delivery.run(stopped)
    except* Refused as group:
        refusal = group.exceptions[0]
        if isinstance(refusal, Refused) and refusal.status == UNKNOWN_KEY:
            raise SettingsError(KEY_REFUSED) from refusal
        raise
    finally:
        schedule.shutdown(wait=False)
        await watch.end()
        for carrier in carriers.values():
            await carrier.close()
        await core.close()
        logger().info("worker_stopped")


def channels(settings: Settings) -> dict[Channel, Carrier]:
    """The ways to people that this company has; to be opened where a loop runs."""
    found: dict[Channel, Carrier] = {Channel.TELEGRAM: Telegram(settings.telegram_api_url, settings.telegram_token)}
    if settings.smtp_url is not None and settings.mail_from is not None:
        sender = Sender(settings.mail_from, settings.public_url)
        found[Channel.EMAIL] = Email(Server.of(settings.smtp_url), sender)
    return found
