"""The queue of updates: kept until the bot confirms them, whatever happens to its process."""

import copy
import time
from collections import deque

from bot.sandbox.bell import Bell
from bot.sandbox.model import Json
from bot.sandbox.refusals import refuse

BATCH_MAX = 100
HISTORY = 500
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}  # only on explicit wish, says getUpdates


class Updates:
    """Updates in order, one poller at a time."""

    def __init__(self) -> None:
        self.pending: list[Json] = []
        self.history: deque[Json] = deque(maxlen=HISTORY)
        self.bell = Bell()
        self.allowed: list[str] | None = None
        self.webhook_url = ""
        self.next_id = int(time.time())  # a bot that remembers ids takes no new update for an old one
        self._poller = 0

    def put(self, kind: str, body: Json) -> int | None:
        """Queue an update.

        Returns:
            Its id, or None when the bot has not asked for that kind.
        """
        wanted = kind in self.allowed if self.allowed else kind not in UNASKED
        if not wanted:
            return None
        update_id = self.next_id
        self.next_id += 1
        update = {"update_id": update_id, kind: copy.deepcopy(body)}  # what was true when it happened
        self.pending.append(update)
        self.history.append(update)
        self.bell.ring()
        return update_id

    def again(self, update_id: int | None) -> int:
        """Queue an update a second time under its old id, as Telegram does after an unclear answer.

        Args:
            update_id: which one; None means the newest.

        Raises:
            ValueError: no such update is remembered.
        """
        found = next((u for u in reversed(self.history) if update_id in (None, u["update_id"])), None)
        if found is None:
            raise ValueError("no such update is remembered")
        self.pending.insert(0, dict(found))
        self.bell.ring()
        return int(found["update_id"])

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps only that many from the end."""
        if offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        elif offset < 0:
            self.pending = self.pending[offset:]

    def remove(self, update: Json) -> None:
        """Forget one delivered update."""
        self.pending = [other for other in self.pending if other is not update]

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """What `getUpdates` answers: at once when something waits, else within `seconds`.

        Raises:
            Refusal: a webhook is set, or another poller came while this one waited.
        """
        if self.webhook_url:
            raise refuse("webhook_active")
        self._poller += 1
        mine = self._poller
        self.bell.ring()  # an older poller wakes up and is refused
        self.confirm(offset)
        deadline = time.monotonic() + seconds
        while not self.pending and (left := deadline - time.monotonic()) > 0:
            await self.bell.wait(left)
            if self.webhook_url:
                raise refuse("terminated_by_webhook")
            if self._poller != mine:
                raise refuse("other_poller")
        return self.pending[: min(limit or BATCH_MAX, BATCH_MAX)]
