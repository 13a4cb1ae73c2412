"""Delivering what the outbox holds: claim, wait for each message's turn, send, say how it went.

A worker sends to chats one message after the other: at most one of its messages is between sending and reporting, so a
`kill -9` leaves at most one in doubt. Who needs more a second than that gives starts more workers. E-mail, which takes
long and whose mailboxes tell a repetition by its number, goes several at once and holds up no chat.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from core.client import CoreClient
from core.kernel.errors import CoreAway, DeliveryError, Refused
from core.kernel.logs import logger
from core.messaging.kinds import Doubt
from core.messaging.model import Channel, Delivered, NotDelivered, Outgoing, OutgoingClaim, Sending, Unsure
from i18n.translator import translator
from notifications.channels import Carrier
from notifications.composing import KindUnknown, compose
from notifications.failures import AddressGone, AddressMoved, FateUnknown, TooFast
from notifications.message import Message

IDLE_S = 1.0
"""Between two questions where there is nothing to do."""
AWAY_MAX_S = 5.0
"""Between two questions to a core that does not answer, at most."""
ENOUGH_S = 1.0
"""A worker with turns for so long does not ask for more yet."""
AT_A_TIME_S = 0.5
"""For so long it takes messages at a time: what a killed worker had in hand waits for the end of its lease."""
SOON_S = 0.2
"""Between two questions where some messages are still in hand and there are no further ones."""
LANES = {Channel.TELEGRAM: 1, Channel.EMAIL: 8}
"""How many messages a worker sends at the same time."""
BATCH_MIN = 10
LEASE_S = 60.0
FILE_LEASE_S = 180.0
"""Longer than a channel takes for the largest file."""
MARGIN = 0.5
"""What is in hand for longer than this part of its lease is left alone: it may be somebody else's before it is sent."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message in hand, with its moments on the loop's clock."""

    message: Outgoing
    at: float
    until: float
    """Not to be sent after it."""


class Delivery:
    """One worker at the outbox."""

    def __init__(
        self,
        core: CoreClient,
        carriers: Mapping[Channel, Carrier],
        holder: str,
        *,
        rate_per_s: float = 25,
        lease_s: float = LEASE_S,
        idle_s: float = IDLE_S,
    ) -> None:
        self._core, self._carriers, self._holder = core, carriers, holder
        self._lease_s, self._idle_s = lease_s, idle_s
        self._wish = OutgoingClaim(
            holder=holder,
            count_max=max(BATCH_MIN, round(rate_per_s * AT_A_TIME_S)),
            rate_per_s=rate_per_s,
            channels=tuple(carriers),
            lease_s=lease_s,
        )
        self._turns: dict[Channel, asyncio.Queue[Turn | None]] = {channel: asyncio.Queue() for channel in carriers}
        self._step_s = 1 / rate_per_s
        self._last_turn = 0.0
        self._pause_until = 0.0

    async def run(self, stopped: asyncio.Event) -> None:
        """Deliver until `stopped`; what is in hand then is sent at its turn, a few seconds at most.

        Raises:
            Refused: core does not know this worker.
        """
        async with asyncio.TaskGroup() as tasks:
            self._open_lanes(tasks)
            await self._claim_all(stopped)
            self._close_lanes()

    async def round(self) -> bool:
        """Claim some messages and deliver them; whether there were any.

        Raises:
            CoreAway: nothing can be claimed now.
        """
        found = await self._claim()
        async with asyncio.TaskGroup() as tasks:
            self._open_lanes(tasks)
            self._close_lanes()
        return found

    async def _claim_all(self, stopped: asyncio.Event) -> None:
        pause = self._idle_s
        while not stopped.is_set():
            if self._has_enough():
                await _sleep(SOON_S, stopped)
                continue
            try:
                found = await self._claim()
                pause = self._idle_s
            except CoreAway:
                found, pause = False, min(2 * pause, AWAY_MAX_S)
            if not found:
                await _sleep(SOON_S if self._last_turn > _now() else pause, stopped)

    def _has_enough(self) -> bool:
        """Whether there are turns for a while, or messages that are late already."""
        in_hand = sum(queue.qsize() for queue in self._turns.values())
        return self._last_turn > _now() + ENOUGH_S or in_hand >= self._wish.count_max

    async def _claim(self) -> bool:
        asked = _now()
        batch = await self._core.claim_outgoing(self._wish)
        answered = _now()
        for message in batch.messages:
            turn = Turn(message, answered + message.send_in_s, asked + MARGIN * self._lease_s)
            self._last_turn = max(self._last_turn, turn.at)
            self._turns[_channel(message)].put_nowait(turn)
        return bool(batch.messages)

    def _open_lanes(self, tasks: asyncio.TaskGroup) -> None:
        for channel, turns in self._turns.items():
            for _ in range(LANES[channel]):
                tasks.create_task(self._send_all(turns))

    def _close_lanes(self) -> None:
        for channel, turns in self._turns.items():
            for _ in range(LANES[channel]):
                turns.put_nowait(None)

    async def _send_all(self, turns: asyncio.Queue[Turn | None]) -> None:
        """One message after the other, each at its turn, until there is the None that ends them.

        Who is late does not hurry: what was missed is made up for in the time that is others' turn, not in a burst.
        """
        next_at = 0.0
        while (turn := await turns.get()) is not None:
            begins = max(turn.at, self._pause_until, 0.0 if turn.message.chat_id is None else next_at)
            if begins < turn.until:
                await asyncio.sleep(begins - _now())
            next_at = _now() + self._step_s
            if max(begins, _now()) < turn.until:
                await self._guarded(turn.message)

    async def _guarded(self, message: Outgoing) -> None:
        """Deliver; one message that cannot be made must not hold up all others."""
        try:
            await self._deliver(message)
        except Exception as error:  # noqa: BLE001  the edge of a job: our own mistake is logged, and tried again later
            logger().error("delivery_failed", kind=message.parts[0].kind, exc_info=error)
            await self._failed(message, DeliveryError(type(error).__name__, permanent=False))

    async def _deliver(self, message: Outgoing) -> None:
        tr = translator(message.language)
        try:
            made = compose(message, tr)
        except KindUnknown:
            await self._failed(message, DeliveryError("kind_unknown", permanent=True))
            return
        if not await self._may_go(message, made):
            return
        try:
            whole = await self._with_file(message, made)
            sent = await self._carriers[_channel(message)].send(message, whole, tr)
        except FateUnknown as unknown:
            report = Unsure(holder=self._holder, reason=str(unknown))
            await self._tell(lambda: self._core.unsure(message.id, report))
        except DeliveryError as error:
            await self._failed(message, error)
        else:
            done = Delivered(holder=self._holder, message_id=sent)
            await self._tell(lambda: self._core.delivered(message.id, done))

    async def _may_go(self, message: Outgoing, made: Message) -> bool:
        """Whether it is still ours to send; of what must not be said twice, or takes long, core is told first."""
        if message.doubt is Doubt.REPEAT and made.file is None:
            return True
        lease_s = self._lease_s if made.file is None else max(self._lease_s, FILE_LEASE_S)
        try:
            await self._core.sending(message.id, Sending(holder=self._holder, lease_s=lease_s))
        except CoreAway:
            return False  # its lease ends, and it goes out then
        except Refused as refusal:
            logger().info("message_taken_back", code=refusal.code)
            return False
        return True

    async def _with_file(self, message: Outgoing, made: Message) -> Message:
        """The message with what is in its file, where it has one.

        Raises:
            DeliveryError: the file is gone, or core does not answer.
        """
        if made.file is None:
            return made
        try:
            content = await self._core.outgoing_file(message.id, self._holder)
        except CoreAway as away:
            raise DeliveryError("core_away", permanent=False) from away
        except Refused as refusal:
            raise DeliveryError("file_gone", permanent=True) from refusal
        return replace(made, file=replace(made.file, content=content))

    async def _failed(self, message: Outgoing, error: DeliveryError) -> None:
        report = NotDelivered(
            holder=self._holder,
            reason=str(error)[:200],
            permanent=error.permanent,
            chat_gone=isinstance(error, AddressGone),
            pause_all_s=error.pause_s if isinstance(error, TooFast) else 0,
            migrated_to=error.moved_to if isinstance(error, AddressMoved) else None,
        )
        if isinstance(error, TooFast):
            self._pause_until = max(self._pause_until, _now() + error.pause_s)
        logger().info("message_not_sent", kind=message.parts[0].kind, reason=report.reason)
        await self._tell(lambda: self._core.not_delivered(message.id, report))

    async def _tell(self, tell: Callable[[], Awaitable[None]]) -> None:
        """Report until core has heard it, as long as it can matter: a message that went out must not go out again."""
        until, pause = _now() + self._lease_s, self._idle_s
        while True:
            try:
                await tell()
            except CoreAway:
                if _now() + pause > until:
                    return
                await asyncio.sleep(pause)
                pause = min(2 * pause, AWAY_MAX_S)
            except Refused as refusal:
                logger().warning("report_refused", code=refusal.code)
                return
            else:
                return


def _channel(message: Outgoing) -> Channel:
    return Channel.EMAIL if message.chat_id is None else Channel.TELEGRAM


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _sleep(seconds: float, stopped: asyncio.Event) -> None:
    """Sleep, but wake when asked to stop."""
    try:
        async with asyncio.timeout(seconds):
            await stopped.wait()
    except TimeoutError:
        return
