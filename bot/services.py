"""What all handlers share in one process."""

import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.flow import Flow
from core.client import CoreClient
from core.messaging.model import Shown
from core.people.model import Me
from core.support.model import StaffGroup

if TYPE_CHECKING:
    from bot.display import Display
    from bot.exchange import InboxTalk
    from bot.outage import Outage

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
REMEMBERED = 20_000
ME_KEPT_S = 8.0


class Memory(Generic[K, V]):
    """Remembers the latest so many things; core knows them all, so nothing depends on it."""

    def __init__(self, size: int = REMEMBERED) -> None:
        self._size = size
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """What is remembered, if it is."""
        return self._kept.get(key)

    def put(self, key: K, value: V) -> None:
        """Remember it as the latest."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def forget(self, key: K) -> None:
        """Ask core next time."""
        self._kept.pop(key, None)


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Who is behind a chat, for a few seconds. `me` is None in a stranger's chat, who may have chosen a language."""

    me: Me | None
    language: str | None
    until: float = field(default_factory=lambda: time.monotonic() + ME_KEPT_S)

    @property
    def fresh(self) -> bool:
        """Whether it can still be relied on."""
        return time.monotonic() < self.until


@dataclass(frozen=True, slots=True)
class Desked:
    """Whether staff work in a group, for a few seconds; `group` is None where they do not."""

    group: StaffGroup | None
    until: float


@dataclass
class Services:
    """One per process. The last three are set while the application is put together."""

    core: CoreClient
    flows: dict[int, Flow] = field(default_factory=dict)
    """The updates under way, by number."""
    people: Memory[int, Acquaintance] = field(default_factory=Memory)
    """By chat."""
    files: Memory[str, str] = field(default_factory=Memory)
    """Telegram's names of pictures, by our key."""
    shown: Memory[tuple[int, int], Shown] = field(default_factory=Memory)
    """What messages of ours show now and are about, by chat and message."""
    desks: Memory[int, Desked] = field(default_factory=Memory)
    """By group."""
    turned_away: Memory[tuple[int, int], float] = field(default_factory=Memory)
    """Until when somebody without rights is not told again that she has none, by group and account."""
    acknowledged: Memory[str, bool] = field(default_factory=Memory)
    """Taps whose spinner was stopped."""
    display: "Display" = field(init=False)
    talk: "InboxTalk" = field(init=False)
    outage: "Outage" = field(init=False)
