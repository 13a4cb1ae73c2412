"""Delivers updates to the bot's webhook: in order for each chat, again after anything but a 2xx."""

import asyncio
import json
import time

import aiohttp

from bot.sandbox.dispatch import Dispatcher
from bot.sandbox.model import Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.world import World

_TIMEOUT = aiohttp.ClientTimeout(total=60)


def chat_key(update: Json) -> int:
    """The chat an update belongs to; updates of one chat are delivered one after the other."""
    [body] = [value for name, value in update.items() if name != "update_id"]
    message = body.get("message", body)
    found: int = message.get("chat", body.get("from", {})).get("id", 0)
    return found


class WebhookSender:
    """Runs as long as the sandbox does."""

    def __init__(self, world: World, dispatcher: Dispatcher) -> None:
        self._world = world
        self._dispatcher = dispatcher
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver for ever."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            try:
                while True:
                    self._start_deliveries(session)
                    await self._world.updates.bell.wait(1.0)
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start_deliveries(self, session: aiohttp.ClientSession) -> None:
        if not self._world.webhook["url"]:
            return
        for update in self._world.updates.pending:
            key = chat_key(update)
            if key in self._busy or len(self._busy) >= self._world.webhook["max_connections"]:
                continue
            self._busy.add(key)
            task = asyncio.create_task(self._deliver(session, update, key))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, session: aiohttp.ClientSession, update: Json, key: int) -> None:
        try:
            delivered = await self._post(session, update)
            if delivered:
                self._world.updates.remove(update)
            elif self._world.webhook["url"]:
                await asyncio.sleep(self._world.options.webhook_retry_seconds)
        finally:
            self._busy.discard(key)
            self._world.updates.bell.ring()

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> bool:
        webhook = self._world.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook["secret"]} if webhook.get("secret") else {}
        try:
            async with session.post(webhook["url"], json=update, headers=headers) as answer:
                body = await answer.read()
                if 200 <= answer.status < 300:
                    await self._act_on(body)
                    return True
                problem = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except aiohttp.ClientConnectionError:
            problem = "Connection failed"
        except TimeoutError:
            problem = "Read timeout expired"
        webhook["last_error_date"] = int(time.time())
        webhook["last_error_message"] = problem
        return False

    async def _act_on(self, body: bytes) -> None:
        """A method given as the answer's body is played; its result stays unknown to the bot."""
        try:
            answer = json.loads(body or b"null")
        except ValueError:
            return
        if isinstance(answer, dict) and isinstance(answer.get("method"), str):
            params = {name: value for name, value in answer.items() if name != "method"}
            try:
                await self._dispatcher.call(answer["method"], params, {})
            except Refusal:
                return  # noted where it was refused; Telegram does not tell the bot either
