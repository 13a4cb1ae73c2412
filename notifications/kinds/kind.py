"""What a kind of message is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.people.model import Me
from i18n.translator import Translator

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message.

    Attributes:
        text: what it says, made of its facts in the reader's language.
        due: whether it is still true and wanted, asked just before it goes; the reader is None in a stranger's chat.
        can_be_muted: False for what a person must hear for her safety.
    """

    code: str
    text: Callable[[Facts, Translator], str]
    due: Callable[[Facts, Me | None], bool] = lambda _facts, _reader: True
    can_be_muted: bool = True

    def wanted(self, facts: Facts, reader: Me | None) -> bool:
        """Whether the reader is to hear it now."""
        muted = reader is not None and not reader.notifications and self.can_be_muted
        return not muted and self.due(facts, reader)
