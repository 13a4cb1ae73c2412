"""Putting the bot together, starting it, and ending it in order."""

import asyncio
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest

from bot import (
    adding,
    belonging,
    coupons,
    desk_incidents,
    desk_private,
    desk_runs,
    draft_taps,
    earnings,
    errors,
    fallback,
    gauges,
    guard,
    invite,
    nudges,
    orders,
    own_settings,
    points,
    preferences,
    profile,
    progress,
    rank_history,
    redeem,
    redeem_by_words,
    start,
    statement,
    talk,
    team,
    tickets,
    transfer,
    wallet,
    why,
    why_by_words,
)
from bot.context import App, Bot, Context
from bot.desk import Desk
from bot.display import Display
from bot.exchange import InboxTalk
from bot.intake import Keeper, Poller, Webhook
from bot.limits import Pace
from bot.outage import Outage
from bot.services import Services
from bot.settings import Settings
from bot.transport import AiohttpRequest
from core.client import CoreClient
from core.kernel.environment import KEY_REFUSED, UNKNOWN_KEY, SettingsError
from core.kernel.errors import CoreAway, Refused
from core.kernel.ids import new_id
from core.kernel.logs import logger

CAPABILITIES = (
    guard,
    errors,
    start,
    desk_private,
    desk_runs,
    desk_incidents,
    gauges,
    progress,
    team,
    orders,
    earnings,
    statement,
    why,
    why_by_words,
    rank_history,
    points,
    redeem,
    redeem_by_words,
    wallet,
    transfer,
    coupons,
    invite,
    own_settings,
    preferences,
    nudges,
    tickets,
    adding,
    draft_taps,
    talk,
    belonging,
    fallback,
)
"""In the order in which they are asked; the last one takes what is left."""
PAUSE_S = 1.0
FINISH_S = 8.0


def build(settings: Settings, services: Services, *, poll_request: BaseRequest, pace: Pace) -> App:
    """The application with all handlers; it is fed by the desk, so it has no updater and no queue."""
    same_for_all = cast("type[Services]", lambda: services)  # any maker of it will do
    types = ContextTypes(context=Context, bot_data=same_for_all)
    app: App = (
        Application.builder()
        .token(settings.telegram_token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(AiohttpRequest())
        .get_updates_request(poll_request)
        .rate_limiter(pace)
        .context_types(types)
        .updater(None)
        .job_queue(None)
        .build()
    )
    for capability in CAPABILITIES:
        capability.register(app)
    return app


@dataclass
class Parts:
    """What runs."""

    app: App
    core: CoreClient
    services: Services
    desk: Desk
    intake: Poller | Webhook


async def assemble(settings: Settings, *, pace: Pace | None = None) -> Parts:
    """Everything wired together, Telegram reached, nothing fetched yet.

    Args:
        pace: other than Telegram's, for tests that are in a hurry.

    Raises:
        InvalidToken: Telegram does not know this bot.
    """
    core = CoreClient(settings.core_url, settings.service_key)
    services = Services(core)
    poll_request = AiohttpRequest(patient=False)
    app = build(settings, services, poll_request=poll_request, pace=pace or Pace())
    try:
        await _reach_telegram(app)
    except InvalidToken:
        await asyncio.gather(core.close(), app.bot.request.shutdown(), poll_request.shutdown())
        raise
    bot = app.bot
    holder = f"{socket.gethostname()}-{os.getpid()}-{str(new_id())[-8:]}"
    desk = Desk(app, services)
    services.display = Display(bot, services)
    services.outage = Outage(bot)
    heard = services.outage.heard
    services.talk = InboxTalk(core, bot_id=bot.id, holder=holder, deliver=desk.take, drop=desk.drop, heard=heard)
    keeper = Keeper(bot, services)
    poller = Poller(bot, core, keeper, request=poll_request, holder=holder)
    return Parts(app, core, services, desk, _webhook(settings, bot, keeper) or poller)


async def begin(parts: Parts) -> None:
    """Take updates from now on."""
    parts.services.talk.start()
    if isinstance(parts.intake, Webhook):
        await parts.intake.start()
    else:
        parts.intake.start()
    logger().info("bot_started", intake=type(parts.intake).__name__.lower())


async def run(settings: Settings, stopped: asyncio.Event) -> None:
    """Serve until `stopped`.

    Raises:
        InvalidToken: Telegram does not know this bot.
        SettingsError: core does not know it, or it cannot listen for its webhook.
    """
    parts = await assemble(settings)
    introduction = asyncio.create_task(_introduce(parts, stopped))
    warming = asyncio.create_task(asyncio.to_thread(fallback.warm_up))
    try:
        await begin(parts)
        await _until_stopped(parts, stopped)
    finally:
        introduction.cancel()
        warming.cancel()
        await stop(parts)
    with suppress(asyncio.CancelledError):
        await introduction


async def _until_stopped(parts: Parts, stopped: asyncio.Event) -> None:
    """Wait for the end. What fails in between ends the process: half a bot would hold the lease and answer nobody."""
    ending = asyncio.create_task(stopped.wait())
    working = {task for task in (*parts.intake.tasks, parts.services.talk.task) if task is not None}
    done, _ = await asyncio.wait({ending, *working}, return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    for task in done - {ending}:
        task.result()


async def stop(parts: Parts) -> None:
    """Take nothing more, finish what is under way, tell core, and leave."""
    await parts.intake.stop()
    await parts.desk.stop(FINISH_S)
    await parts.services.talk.stop()
    await parts.app.shutdown()
    await parts.core.close()
    logger().info("bot_stopped")


def _webhook(settings: Settings, bot: Bot, keeper: Keeper) -> Webhook | None:
    if settings.webhook_url is None:
        return None
    assert settings.webhook_secret is not None, "the settings ask for it"
    return Webhook(bot, keeper, url=settings.webhook_url, secret=settings.webhook_secret, port=settings.webhook_port)


async def _reach_telegram(app: App) -> None:
    while True:
        try:
            await app.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            logger().warning("telegram_away", reason=type(error).__name__)
            await asyncio.sleep(PAUSE_S)
        else:
            return


async def _introduce(parts: Parts, stopped: asyncio.Event) -> None:
    """Tell Telegram about us as soon as core says whether that is needed; stop where core does not know us."""
    while True:
        try:
            await profile.introduce(parts.app.bot, parts.core)
        except CoreAway:
            await asyncio.sleep(PAUSE_S)
        except Refused as refusal:
            logger().error("profile_refused", code=refusal.code)
            if refusal.status == UNKNOWN_KEY:
                stopped.set()
                raise SettingsError(KEY_REFUSED) from refusal
            return
        else:
            return
