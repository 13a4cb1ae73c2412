"""What is seen of messages by Prometheus: how they end, how fast they go, and how long the first in line waits."""

from collections import deque
from collections.abc import Iterable
from time import monotonic

from prometheus_client import Counter, Gauge

WINDOW_S = 60.0

MESSAGES = Counter(
    "upline_messages",
    "Parts of messages to people by kind and outcome (sent, retried, failed, lapsed, dropped, unwanted, unsure).",
    ["kind", "outcome"],
)
OLDEST = Gauge(
    "upline_messages_oldest_waiting_seconds", "How long the longest waiting message whose time has come waits."
)
RATE = Gauge("upline_messages_sent_per_second", "Messages that went out by this process's reports in the last minute.")


class _Window:
    """How many events there were in the last minute."""

    def __init__(self) -> None:
        self._at: deque[float] = deque()

    def note(self) -> None:
        """One more."""
        self._at.append(monotonic())

    def per_second(self) -> float:
        """Their rate now."""
        begin = monotonic() - WINDOW_S
        while self._at and self._at[0] < begin:
            self._at.popleft()
        return len(self._at) / WINDOW_S


_WINDOW = _Window()
RATE.set_function(_WINDOW.per_second)


def count(outcomes: Iterable[tuple[str, str]]) -> None:
    """Note outcomes by kind; call it when they are committed."""
    for kind, outcome in outcomes:
        MESSAGES.labels(kind, outcome).inc()


def went_out() -> None:
    """One message went out, a digest counting as one."""
    _WINDOW.note()


def waited(seconds: float) -> None:
    """How long the first in line has been waiting."""
    OLDEST.set(seconds)
