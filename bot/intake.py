"""How updates come in: stored in core first, acknowledged at Telegram only then."""

import asyncio
import hmac
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import web
from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.context import Bot
from bot.exchange import InboxTalk
from bot.outage import Outage
from bot.services import Services
from bot.transport import parameters
from core.client import CoreClient
from core.kernel.environment import SettingsError
from core.kernel.errors import CoreAway, Refused
from core.kernel.logs import logger
from core.messaging.model import Incoming, LeaseWish
from i18n.negotiation import choose
from i18n.translator import translator

KINDS = ["message", "callback_query"]
POLL_S = 25
BATCH = 100
LEASE_S, RENEW_S = 8.0, 2.0
PAUSE_S = 1.0
TOLD_AFTER = 3
"""So many failed tries to store, about a second, and people are told."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""The character as JSON writes it; after an escaped backslash the same letters are just what somebody typed."""
CHATTY = ("message", "edited_message", "callback_query")


def incoming(body: dict[str, Any]) -> Incoming:
    """An update with what the inbox sorts it by."""
    if NUL.search(text := orjson.dumps(body).decode()):
        body = orjson.loads(NUL.sub(r"\1", text))  # no database keeps this character
    return Incoming(update_id=body["update_id"], chat_id=chat_of(body), body=body)


def chat_of(body: dict[str, Any]) -> int:
    """The chat that an update belongs to; 0 for none."""
    for kind in CHATTY:
        part = body.get(kind)
        if isinstance(part, dict):
            chat = (part.get("message") or part).get("chat") or {}
            return int(chat.get("id", 0))
    return 0


class Keeper:
    """Stores updates, and takes care of people while core is away."""

    def __init__(self, bot: Bot, services: Services) -> None:
        self._bot = bot
        self._services = services

    @property
    def _talk(self) -> InboxTalk:
        return self._services.talk

    @property
    def _outage(self) -> Outage:
        return self._services.outage

    async def store(self, bodies: Sequence[dict[str, Any]], *, tries: int = TOLD_AFTER) -> None:
        """Try to store.

        Args:
            tries: how many it takes, with those before it, until people are told.

        Raises:
            CoreAway: it could not be done.
        """
        try:
            await self._talk.store([incoming(body) for body in bodies])
        except CoreAway:
            if tries >= TOLD_AFTER:
                await self.comfort(bodies)
            raise

    async def comfort(self, bodies: Sequence[dict[str, Any]]) -> None:
        """Stop the spinners and say that answers will come."""
        for body in bodies:
            query = body.get("callback_query")
            if query and not self._services.acknowledged.get(query["id"]):
                self._services.acknowledged.put(query["id"], True)
                with suppress(TelegramError):
                    await self._bot.answer_callback_query(query["id"])
            sender = (query or body.get("message") or {}).get("from") or {}
            tr = translator(choose(telegram_tag=sender.get("language_code")))
            await self._outage.tell(chat_of(body), tr)


class Poller:
    """Asks Telegram for updates while it holds the lease; other processes stand by."""

    def __init__(self, bot: Bot, core: CoreClient, keeper: Keeper, *, request: BaseRequest, holder: str) -> None:
        self._bot, self._core, self._keeper, self._holder = bot, core, keeper, holder
        self._request, self._url = request, f"{bot.base_url}/getUpdates"  # raw: the inbox stores what Telegram says
        self._held = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []
        """The lease and the poll."""

    @property
    def held(self) -> bool:
        """Whether this process is the one that asks."""
        return self._held.is_set()

    def start(self) -> None:
        """Begin."""
        self.tasks = [asyncio.create_task(self._keep_lease()), asyncio.create_task(self._poll())]

    async def stop(self) -> None:
        """Ask no more, and give the lease back so that another can go on at once."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self._held.is_set():
            with suppress(CoreAway):
                await self._wish(0.001)

    async def _keep_lease(self) -> None:
        while True:
            try:
                held = await self._wish(LEASE_S)
            except (CoreAway, Refused):
                held = self._held.is_set()  # nobody else can take it now; what we fetch is stored before it counts
            if held and not self._held.is_set():
                logger().info("poller_started")
                self._held.set()
            elif not held:
                self._held.clear()
            await asyncio.sleep(RENEW_S if held else PAUSE_S)

    async def _wish(self, seconds: float) -> bool:
        wish = LeaseWish(holder=self._holder, seconds=seconds)
        return (await self._core.lease(f"poller.{self._bot.id}", wish)).held

    async def _poll(self) -> None:
        offset: int | None = None
        tries = 0
        while True:
            await self._held.wait()
            updates = await self._fetch(offset)
            if not updates:
                continue
            try:
                await self._keeper.store(updates, tries=(tries := tries + 1))
            except CoreAway:
                continue  # the same updates come again, with those of people who wrote meanwhile
            offset, tries = updates[-1]["update_id"] + 1, 0

    async def _fetch(self, offset: int | None) -> list[dict[str, Any]]:
        asked: dict[str, Any] = {"timeout": POLL_S, "limit": BATCH, "allowed_updates": KINDS}
        if offset is not None:
            asked["offset"] = offset
        try:
            found = await self._request.post(self._url, parameters(asked), read_timeout=POLL_S + 10)
        except Conflict:
            await self._other_poller()
        except RetryAfter as error:
            after = error.retry_after
            await asyncio.sleep(after if isinstance(after, int | float) else after.total_seconds())
        except TelegramError as error:
            logger().warning("poll_failed", reason=type(error).__name__)
            await asyncio.sleep(PAUSE_S)
        else:
            assert isinstance(found, list), "getUpdates answers with a list"
            return found
        return []

    async def _other_poller(self) -> None:
        """Another poller is about to learn that its lease is gone, or a webhook of old stands in the way."""
        await asyncio.sleep(PAUSE_S)
        with suppress(TelegramError):
            await self._bot.delete_webhook()


class Webhook:
    """Lets Telegram bring updates; each is answered 200 once core has it, and 503 while core is away."""

    def __init__(self, bot: Bot, keeper: Keeper, *, url: str, secret: str, port: int) -> None:
        self._bot, self._keeper = bot, keeper
        self._url, self._secret, self._port = url, secret, port
        self._runner: web.AppRunner | None = None
        self.tasks: list[asyncio.Task[None]] = []
        """None: aiohttp's server needs nobody to watch it."""

    async def start(self) -> None:
        """Listen, then tell Telegram where.

        Raises:
            SettingsError: the port is taken.
        """
        app = web.Application(client_max_size=1024 * 1024)
        app.router.add_post(urlsplit(self._url).path or "/", self.receive)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "0.0.0.0", self._port).start()  # noqa: S104  Telegram comes from outside
        except OSError as error:
            reason = error.strerror or error
            raise SettingsError(f"WEBHOOK_PORT {self._port}: nothing can listen there ({reason}).") from error
        await self._bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=KINDS, max_connections=100)

    async def stop(self) -> None:
        """Listen no more; Telegram keeps what comes meanwhile."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def receive(self, request: web.Request) -> web.Response:
        """One update."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret.encode()):
            return web.Response(status=403)
        try:
            body = orjson.loads(await request.read())
            incoming(body)
        except (ValueError, KeyError, TypeError, AttributeError):
            return web.Response(status=400)
        try:
            await self._keeper.store([body])
        except CoreAway:
            return web.Response(status=503)
        return web.Response()
