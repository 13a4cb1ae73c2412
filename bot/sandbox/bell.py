"""Waking those who wait: a bell for updates, a bus for the page's event streams."""

import asyncio

from bot.sandbox.model import Json

CUT = "cut"


class Bell:
    """Wakes everybody who waits, once per ring."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        """Whether the bell rang within `seconds`."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return False
        return True


class Bus:
    """Hands every event to every open stream; `last` numbers them."""

    def __init__(self) -> None:
        self.last = 0
        self.bell = Bell()
        self._streams: set[asyncio.Queue[Json]] = set()

    def publish(self, kind: str, **facts: object) -> None:
        """Tell all streams, and wake who waits for any change."""
        self.last += 1
        for stream in self._streams:
            stream.put_nowait({"seq": self.last, "kind": kind, **facts})
        self.bell.ring()

    def open(self) -> asyncio.Queue[Json]:
        """A new stream of the events from now on."""
        stream: asyncio.Queue[Json] = asyncio.Queue()
        self._streams.add(stream)
        return stream

    def cut(self) -> None:
        """End all streams, as a restart would; pages open new ones by themselves."""
        for stream in self._streams:
            stream.put_nowait({"kind": CUT})

    def close(self, stream: asyncio.Queue[Json]) -> None:
        """Forget a stream."""
        self._streams.discard(stream)
