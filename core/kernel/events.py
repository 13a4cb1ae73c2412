"""What happened, as the event log keeps it: written in the same transaction as the change that it tells of."""

from typing import ClassVar

from core.kernel.ids import PersonId
from core.kernel.words import Model


class Event(Model):
    """Base of every event. A room defines its own in `model.py`, frozen, with a `kind` such as `orders.order_paid`.

    Fields are written as JSON, so they must survive `model_dump(mode="json")` and back.
    """

    kind: ClassVar[str]

    person: PersonId | None = None
    """Whom it concerns, kept in a column of its own so that a person's history is one query."""
