"""Trouble on demand: errors, silence and cut connections that a test orders beforehand."""

from dataclasses import asdict, dataclass
from fnmatch import fnmatch

from bot.sandbox.model import Json

KINDS = ("429", "500", "502", "403", "timeout", "reset", "reset_after", "timeout_after", "slow")


@dataclass
class Failure:
    """One order.

    Args:
        method: pattern of method names, such as `send*`; upper and lower case are the same.
        kind: one of KINDS; those with `_after` strike when the call has already taken effect.
        count: how many calls it strikes; below 0 all of them.
        seconds: `retry_after` of a 429, or how long silence lasts.
        chat_id: strike only calls for this chat.
    """

    method: str
    kind: str
    count: int = 1
    seconds: float = 1.0
    chat_id: int | None = None


class Failures:
    """The orders, first come first served."""

    def __init__(self) -> None:
        self._orders: list[Failure] = []

    def order(self, failure: Failure) -> None:
        """Add an order.

        Raises:
            ValueError: there is no such kind of failure.
        """
        if failure.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        self._orders.append(failure)

    def clear(self) -> None:
        """Forget all orders."""
        self._orders.clear()

    def strike(self, method: str, chat_id: int | None) -> Failure | None:
        """The failure that meets this call, counted down."""
        for failure in self._orders:
            fits = fnmatch(method.lower(), failure.method.lower()) and failure.chat_id in (None, chat_id)
            if fits and failure.count != 0:
                failure.count -= 1
                return failure
        return None

    def listing(self) -> list[Json]:
        """The orders with what is left of each."""
        return [asdict(failure) for failure in self._orders if failure.count != 0]
