"""The handling of one update, from the moment that it is claimed."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from telegram import Update, User

from core.client import ChatClient
from core.messaging.model import Claimed, SentStep
from core.people.model import Me
from i18n.negotiation import choose
from i18n.translator import Translator, translator

ANSWERED = "answer"
"""The step that stops a tapped button's spinner."""


class Away(Enum):
    """Whom we wait for."""

    CORE = "core"
    TELEGRAM = "telegram"


@dataclass
class Flow:
    """What is known of an update while it is handled; one per try."""

    claimed: Claimed
    update: Update
    core: ChatClient
    bot_id: int
    tries: int = 1
    me: Me | None = None
    """The person of this chat; None before it was looked up, and in a stranger's chat."""
    tr: Translator = field(default_factory=lambda: translator(choose()))
    away: "Away | None" = None
    """Who was away, so that the update is to be handled again; None when it is done."""
    action: str = "typing"
    """What the person is told when it takes long."""
    sent: dict[str, SentStep] = field(default_factory=dict)
    apart: bool = False
    """Whether the answer goes into a message of its own, because the one that was tapped is worth keeping."""
    kept: Mapping[str, Any] | None = None
    """What the bot keeps of this chat, once it was read."""
    answer: asyncio.Task[None] | None = None
    """The acknowledgement of a button press, on its way while we work."""
    _steps: int = 0

    def __post_init__(self) -> None:
        self.sent = {step.step: step for step in self.claimed.sent}

    @property
    def user(self) -> User | None:
        """Who did it."""
        return self.update.effective_user

    @property
    def private(self) -> bool:
        """Whether nobody else reads along."""
        chat = self.update.effective_chat
        return chat is not None and chat.type == chat.PRIVATE

    def next_step(self) -> str:
        """The name of the next answer to this update; the same names in each try."""
        self._steps += 1
        return str(self._steps)

    def key(self, step: str) -> str:
        """The idempotency key of something that this update changes in core."""
        body = self.claimed.body
        inner = body.get("callback_query") or body.get("message") or {}
        mark = inner.get("id") or f"{inner.get('message_id')}.{inner.get('date')}"  # numbers of updates start anew
        return f"tg:{self.bot_id}:{self.claimed.update_id}:{mark}:{step}"

    def greet_in(self, tag: str | None) -> None:
        """Speak the language of a messenger's tag, before anything else is known."""
        self.tr = translator(choose(telegram_tag=tag))

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it while the answer is made; `settle` waits for it."""
        self.answer = asyncio.create_task(work)

    async def settle(self) -> None:
        """Wait for what runs in the background."""
        if self.answer is not None:
            await self.answer
