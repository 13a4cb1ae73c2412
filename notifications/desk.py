"""The staff's groups are told what is new about tickets: one worker at a time has core look, again and again."""

import time
from contextlib import suppress

from core.client import CoreClient
from core.kernel.errors import CoreAway, Refused
from core.kernel.logs import logger
from core.messaging.model import LeaseWish

EVERY_S = 5
"""Of real time: so late is a card at most, while it has its turn."""
LEASE, LEASE_S = "desk.watch", 20.0
"""How long the others wait when the worker that has it is killed."""
RENEW_S = 8.0
PASSES_MAX = 50
"""In one go; what is left then waits for the next one."""


class Watch:
    """Has core look, as long as this worker is the one that does."""

    def __init__(self, core: CoreClient, holder: str) -> None:
        self._core = core
        self._holder = holder
        self._renew_at = 0.0

    async def look(self) -> None:
        """One look, again at once while there is more than a pass tells. Every pass is safe to repeat."""
        try:
            if await self._held():
                for _ in range(PASSES_MAX):
                    if not (await self._core.watch_tickets()).more:
                        return
        except CoreAway:
            return  # the next time comes soon, and nothing is lost meanwhile
        except Refused as refusal:
            logger().warning("watch_refused", code=refusal.code)

    async def end(self) -> None:
        """Leave it to another worker at once."""
        if self._renew_at:
            with suppress(CoreAway, Refused):
                await self._core.lease(LEASE, LeaseWish(holder=self._holder, seconds=0.001))

    async def _held(self) -> bool:
        """Whether this worker is the one; asked again well before the lease ends."""
        now = time.monotonic()
        if now < self._renew_at:
            return True
        held = (await self._core.lease(LEASE, LeaseWish(holder=self._holder, seconds=LEASE_S))).held
        self._renew_at = now + RENEW_S if held else 0.0
        return held
