"""Where claimed updates are worked on: chats side by side, each chat one update after the other."""

import asyncio
from collections import deque

from telegram import Update

from bot.context import App
from bot.exchange import InboxTalk
from bot.flow import Away, Flow
from bot.services import Services
from core.kernel.logs import REQUEST_ID, logger
from core.messaging.model import Claimed

AT_ONCE_MAX = 64
PAUSES_S = (0.4, 0.8, 1.5, 3.0, 6.0)
"""Between two tries of an update while core or Telegram is away."""
TOLD_AFTER_S = 0.8
BUSY_AFTER_S = 0.8
BUSY_EVERY_S = 4.5
"""Telegram shows an action for five seconds."""


class Desk:
    """Handles updates through the application until each is done."""

    def __init__(self, app: App, services: Services) -> None:
        self._app = app
        self._services = services
        self._chats: dict[int, deque[Claimed]] = {}
        self._lost: set[int] = set()
        self.tasks: set[asyncio.Task[None]] = set()
        """Chats under way."""
        self._room = asyncio.Semaphore(AT_ONCE_MAX)

    @property
    def talk(self) -> InboxTalk:
        """The inbox that the updates come from."""
        return self._services.talk

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._chats)

    def take(self, claimed: Claimed) -> None:
        """Work on an update when its turn comes."""
        queue = self._chats.get(claimed.chat_id)
        if queue is not None:
            queue.append(claimed)
            return
        self._chats[claimed.chat_id] = deque([claimed])
        task = asyncio.create_task(self._work(claimed.chat_id))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def drop(self, update_id: int) -> None:
        """Another process has taken this update over."""
        self._lost.add(update_id)

    async def stop(self, seconds: float) -> None:
        """Finish what is under way; what does not finish in time is left to the next process."""
        if self.tasks:
            _, unfinished = await asyncio.wait(self.tasks, timeout=seconds)
            for task in unfinished:
                task.cancel()

    async def _work(self, chat: int) -> None:
        queue = self._chats[chat]
        async with self._room:
            while queue:
                claimed = queue[0]
                await self._until_done(claimed)
                queue.popleft()
        del self._chats[chat]

    async def _until_done(self, claimed: Claimed) -> None:
        tries = 1
        while claimed.update_id not in self._lost:
            flow = await self._once(claimed, tries)
            if flow is None or flow.away is None:
                self._services.outage.over(claimed.chat_id)
                self.talk.done(claimed.update_id)
                return
            claimed = claimed.model_copy(update={"sent": tuple(flow.sent.values())})
            await asyncio.sleep(PAUSES_S[min(tries, len(PAUSES_S)) - 1])
            if flow.away is Away.CORE:
                await self._until_core_answers(flow)
            tries += 1
        self._lost.discard(claimed.update_id)

    async def _until_core_answers(self, flow: Flow) -> None:
        """Wait for core; a person who waits longer than a moment is told so."""
        try:
            async with asyncio.timeout(TOLD_AFTER_S if flow.tries == 1 else 0):
                await self.talk.answered.wait()
        except TimeoutError:
            await self._services.outage.tell(flow.claimed.chat_id, flow.tr)
            await self.talk.answered.wait()

    async def _once(self, claimed: Claimed, tries: int) -> Flow | None:
        """One try; None for an update that makes no sense to us."""
        REQUEST_ID.set(f"tg{claimed.update_id}")
        try:
            update = Update.de_json(claimed.body, self._app.bot)
        except (KeyError, TypeError, ValueError, AttributeError):
            logger().warning("update_not_readable", update_id=claimed.update_id)
            return None
        flow = Flow(
            claimed=claimed,
            update=update,
            core=self._services.core.for_chat(claimed.chat_id, f"tg{claimed.update_id}"),
            bot_id=self._app.bot.id,
            tries=tries,
        )
        self._services.flows[claimed.update_id] = flow
        busy = asyncio.get_running_loop().call_later(BUSY_AFTER_S, self._say_busy, flow)
        try:
            await self._app.process_update(update)
            await flow.settle()
        finally:
            busy.cancel()
            del self._services.flows[claimed.update_id]
        return flow

    def _say_busy(self, flow: Flow) -> None:
        """Show that an answer is being made, again and again until it is."""
        if self._services.flows.get(flow.claimed.update_id) is not flow:
            return
        task = asyncio.create_task(self._services.display.say_busy(flow))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        asyncio.get_running_loop().call_later(BUSY_EVERY_S, self._say_busy, flow)
