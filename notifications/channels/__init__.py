"""Ways to a reader, one file each; here is all the input and output of the worker."""

from typing import Protocol

from core.messaging.model import Outgoing
from i18n.translator import Translator
from notifications.message import Message


class Carrier(Protocol):
    """One way to a reader. Open it where a loop runs, and close it."""

    async def send(self, outgoing: Outgoing, message: Message, tr: Translator) -> int | None:
        """Send one message.

        Returns:
            The channel's number of the message, where it has one.

        Raises:
            AddressGone, AddressMoved, TooFast, FateUnknown: as they say.
            DeliveryError: anything else; it says whether another try can help.
        """
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...
