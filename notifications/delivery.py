"""Delivering what the outbox holds: claim, make the text, send, say how it went."""

import asyncio
from collections.abc import Awaitable, Callable

from core.client import CoreClient
from core.kernel.errors import CoreAway, DeliveryError, Refused
from core.kernel.logs import logger
from core.messaging.model import Delivered, NotDelivered, Outgoing, OutgoingClaim
from core.people.model import Me
from i18n.negotiation import choose
from i18n.translator import Translator, translator
from notifications.channels.telegram import ChatGone, Telegram
from notifications.kinds import KINDS

IDLE_S = 1.0
PAUSE_MAX_S = 5.0
FIRST_RETRY_S, RETRY_MAX_S = 5.0, 3600.0
ATTEMPTS_MAX = 12
"""With pauses that double up to an hour: most of a day."""
STRANGER = "chat_not_linked"


class Delivery:
    """One worker at the outbox."""

    def __init__(self, core: CoreClient, channel: Telegram, holder: str, *, idle_s: float = IDLE_S) -> None:
        self._core, self._channel, self._holder = core, channel, holder
        self._idle_s = idle_s

    async def run(self, stopped: asyncio.Event) -> None:
        """Deliver until `stopped`; what is in hand is finished first."""
        pause = self._idle_s
        while not stopped.is_set():
            try:
                busy = await self.round(stopped)
                pause = self._idle_s
            except CoreAway:
                busy, pause = False, min(2 * pause, PAUSE_MAX_S)
            if not busy:
                await _sleep(pause, stopped)

    async def round(self, stopped: asyncio.Event) -> bool:
        """Claim some messages and deliver them; whether there were any.

        Raises:
            CoreAway: nothing can be claimed now.
        """
        batch = await self._core.claim_outgoing(OutgoingClaim(holder=self._holder))
        for message in batch.messages:
            if stopped.is_set():
                return True  # their lease ends, and another worker takes them
            await self._guarded(message, stopped)
        return bool(batch.messages)

    async def _guarded(self, message: Outgoing, stopped: asyncio.Event) -> None:
        """Deliver; one message that cannot be made must not hold up all others."""
        try:
            await self._deliver(message, stopped)
        except CoreAway:
            raise
        except Exception as error:  # noqa: BLE001  the edge of a job: our own mistake is logged, and tried again later
            logger().error("delivery_failed", kind=message.parts[0].kind, exc_info=error)
            await self._failed(message, DeliveryError(type(error).__name__, permanent=False), stopped)

    async def _deliver(self, message: Outgoing, stopped: asyncio.Event) -> None:
        [part] = message.parts
        kind = KINDS.get(part.kind)
        if kind is None or message.chat_id is None:
            await self._give_up(message, "kind_unknown" if kind is None else "no_chat", stopped)
            return
        reader, tr = await self._reader(message.chat_id)
        if not kind.wanted(part.facts, reader):
            await self._give_up(message, "not_wanted", stopped)
            return
        try:
            sent = await self._channel.send(message.chat_id, kind.text(part.facts, tr))
        except DeliveryError as error:
            await self._failed(message, error, stopped)
            return
        report = Delivered(holder=self._holder, message_id=sent)
        await self._tell(lambda: self._core.delivered(message.id, report), stopped)

    async def _reader(self, chat: int) -> tuple[Me | None, Translator]:
        """Who reads there, and in which language: her choice, else the one that the bot last spoke there."""
        kept = (await self._core.chat_state(chat)).state.get("language")
        spoken = kept if isinstance(kept, str) else None
        try:
            me = await self._core.for_chat(chat).me()
        except Refused as refusal:
            if refusal.code != STRANGER:
                raise
            return None, translator(choose(spoken))
        return me, translator(choose(me.language if me.language_chosen else None, spoken or me.language, me.country))

    async def _failed(self, message: Outgoing, error: DeliveryError, stopped: asyncio.Event) -> None:
        retry_in = error.retry_after_s or min(FIRST_RETRY_S * 2 ** (message.attempt - 1), RETRY_MAX_S)
        report = NotDelivered(
            holder=self._holder,
            reason=str(error)[:200],
            permanent=error.permanent or message.attempt >= ATTEMPTS_MAX,
            chat_gone=isinstance(error, ChatGone),
            retry_in_s=retry_in,
        )
        await self._tell(lambda: self._core.not_delivered(message.id, report), stopped)

    async def _give_up(self, message: Outgoing, reason: str, stopped: asyncio.Event) -> None:
        logger().info("message_not_sent", kind=message.parts[0].kind, reason=reason)
        report = NotDelivered(holder=self._holder, reason=reason, permanent=True)
        await self._tell(lambda: self._core.not_delivered(message.id, report), stopped)

    async def _tell(self, tell: Callable[[], Awaitable[None]], stopped: asyncio.Event) -> None:
        """Report until core has heard it: a message that went out must not go out again."""
        pause = self._idle_s
        while True:
            try:
                await tell()
            except CoreAway:
                if stopped.is_set():
                    return
                await _sleep(pause, stopped)
                pause = min(2 * pause, PAUSE_MAX_S)
            except Refused as refusal:
                logger().warning("report_refused", code=refusal.code)
                return
            else:
                return


async def _sleep(seconds: float, stopped: asyncio.Event) -> None:
    """Sleep, but wake when asked to stop."""
    try:
        async with asyncio.timeout(seconds):
            await stopped.wait()
    except TimeoutError:
        return
