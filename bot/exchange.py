"""The talk with core's inbox: everything there is to tell goes in one request, and work comes back with it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.sifting import sift
from core.client import CoreClient
from core.kernel.errors import CoreAway, Refused
from core.kernel.logs import logger
from core.messaging.model import Claimed, Exchange, Incoming, SentStep, StoredFile

BEAT_S = 2.0
"""How often an idle process asks for work that others left behind, and a busy one renews its leases."""
PAUSES_S = (0.1, 0.3, 0.6, 1.0)
CHATS_MAX = 64


@dataclass
class Pending:
    """What is to be told at the next opportunity."""

    updates: list[Incoming] = field(default_factory=list)
    waiters: list["asyncio.Future[None]"] = field(default_factory=list)
    sent: list[SentStep] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)
    done: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.updates or self.sent or self.files or self.done)


class InboxTalk:
    """One process's side of the inbox. At most one request is under way, so a crowd of updates shares the next."""

    def __init__(
        self,
        core: CoreClient,
        *,
        bot_id: int,
        holder: str,
        deliver: Callable[[Claimed], None],
        drop: Callable[[int], None],
        heard: Callable[[bool], None],
    ) -> None:
        """Take whom to tell.

        Args:
            deliver, drop: an update to work on, and one that somebody else has taken over.
            heard: whether core answered, after every request.
        """
        self._core = core
        self._bot_id, self._holder = bot_id, holder
        self._deliver, self._drop, self._heard = deliver, drop, heard
        self._pending = Pending()
        self._bell = asyncio.Event()
        self._holding: set[int] = set()
        self._failures = 0
        self._stopping = False
        self.task: asyncio.Task[None] | None = None
        """The talk itself."""
        self.answered = asyncio.Event()
        """Set while core answers."""

    @property
    def untold(self) -> bool:
        """Whether core has still to hear of something."""
        return bool(self._pending)

    def start(self) -> None:
        """Begin to talk."""
        self.task = asyncio.create_task(self._run())
        self._bell.set()

    async def stop(self) -> None:
        """Tell what is left to tell, take no more work, and end."""
        self._stopping = True
        self._bell.set()
        if self.task is not None:
            await self.task

    async def store(self, updates: Sequence[Incoming]) -> None:
        """Return once core has stored the updates.

        Raises:
            CoreAway: it has not, and they are not kept here either: offer them again.
        """
        waiter = asyncio.get_running_loop().create_future()
        self._pending.updates.extend(updates)
        self._pending.waiters.append(waiter)
        self._bell.set()
        await waiter

    def sent(self, step: SentStep) -> None:
        """Record an answer."""
        self._pending.sent.append(step)
        self._bell.set()

    def uploaded(self, file: StoredFile) -> None:
        """Record a file that Telegram keeps."""
        self._pending.files.append(file)

    def done(self, update_id: int) -> None:
        """Record that an update is handled."""
        self._holding.discard(update_id)
        self._pending.done.append(update_id)
        self._bell.set()

    async def _run(self) -> None:
        while not self._stopping or self._pending:
            if not self._stopping:
                await self._wait(BEAT_S)
            if not await self._tell() and self._stopping:
                return  # core is away: what is untold is found again by the next process

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            pass
        self._bell.clear()

    async def _tell(self) -> bool:
        telling, self._pending = self._pending, Pending()
        wish = Exchange(
            bot=self._bot_id,
            holder=self._holder,
            updates=tuple(telling.updates),
            sent=tuple(telling.sent),
            files=tuple(telling.files),
            done=tuple(telling.done),
            holding=tuple(self._holding),
            chats_max=0 if self._stopping else CHATS_MAX,
        )
        try:
            claims = await self._core.exchange(wish)
        except CoreAway as error:
            await self._failed(telling, error)
            return False
        except Refused as error:
            return await self._refused(telling, wish, error)
        self._succeeded(telling)
        for update_id in claims.lost:
            self._holding.discard(update_id)
            self._drop(update_id)
        for claimed in claims.updates:
            if claimed.update_id not in self._holding:
                self._holding.add(claimed.update_id)
                self._deliver(claimed)
        return True

    async def _refused(self, telling: Pending, wish: Exchange, error: Refused) -> bool:
        """Tell each part by itself, so that what is refused holds up nothing else."""
        logger().error("inbox_refused", code=error.code)
        try:
            await sift(self._core, wish)
        except CoreAway as away:
            await self._failed(telling, away)
            return False
        self._succeeded(telling)
        self._bell.set()  # no work was taken
        return True

    def _succeeded(self, told: Pending) -> None:
        self._failures = 0
        self.answered.set()
        self._heard(True)
        for waiter in told.waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def _failed(self, told: Pending, error: CoreAway) -> None:
        """Keep what only we know, give updates back to whoever brought them, and wait a little."""
        self.answered.clear()
        self._heard(False)
        self._pending.sent[:0] = told.sent
        self._pending.files[:0] = told.files
        self._pending.done[:0] = told.done
        for waiter in told.waiters:
            if not waiter.done():
                waiter.set_exception(error)
        pause = PAUSES_S[min(self._failures, len(PAUSES_S) - 1)]
        self._failures += 1
        await asyncio.sleep(pause)
        self._bell.set()
