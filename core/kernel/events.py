"""What happened, as the event log keeps it: written in the same transaction as the change that it tells of."""

from typing import Any, ClassVar

from core.kernel.ids import PersonId
from core.kernel.words import Model

OF_ONE_LINE: set[str] = set()
"""The kinds of events that say so of themselves."""


class Event(Model):
    """Base of every event. A room defines its own in `model.py`, frozen, with a `kind` such as `orders.order_paid`.

    Fields are written as JSON, so they must survive `model_dump(mode="json")` and back.
    """

    kind: ClassVar[str]
    of_one_line: ClassVar[bool] = False
    """Whether it shows to nobody but the person that its `person_id` names and to those above her, so that answers to
    all others may be given again."""

    person: PersonId | None = None
    """Whom it concerns, kept in a column of its own so that a person's history is one query."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_more: Any) -> None:
        """Remember the kinds whose events are of one line."""
        if cls.of_one_line:
            assert "person_id" in cls.model_fields, f"{cls.__name__} names the person whose line it is of"
            OF_ONE_LINE.add(cls.kind)
