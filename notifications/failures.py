"""What becomes of a message that did not, or may not, go out; each channel raises these and no others."""

from core.kernel.errors import DeliveryError

__all__ = ["AddressGone", "AddressMoved", "DeliveryError", "FateUnknown", "TooFast"]

REASON_MAX = 100


class AddressGone(DeliveryError):
    """The address takes no messages any more. `blocked` is her own will; core knows that reason by this name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason[:REASON_MAX], permanent=True)


class AddressMoved(DeliveryError):
    """The chat goes on under another number."""

    def __init__(self, moved_to: int) -> None:
        super().__init__("migrated", permanent=False)
        self.moved_to = moved_to


class TooFast(DeliveryError):
    """The messenger asked everybody to wait."""

    def __init__(self, pause_s: float) -> None:
        super().__init__("too_many_requests", permanent=False, retry_after_s=pause_s)
        self.pause_s = pause_s


class FateUnknown(DeliveryError):
    """The connection was lost after the message was handed over: it may have gone out or not."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason[:REASON_MAX], permanent=False)
