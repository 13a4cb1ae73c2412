"""What a handler is given: core as this chat may ask it, the reader's language, and ways to answer."""

from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.flow import Flow
from bot.screen import Picture, Screen, arguments
from bot.services import Acquaintance, Services
from core.client import ChatClient
from core.kernel.errors import Refused
from core.messaging.model import ChatState
from core.people.model import Me
from i18n.translator import Translator

Bot = ExtBot[dict[str, Any]]


class Context(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], Services]):
    """Handed to every handler of one update."""

    flow: Flow

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Context":
        """The context of an update that the desk has opened a flow for."""
        context = super().from_update(update, application)
        assert isinstance(update, Update), "the desk feeds updates only"
        context.flow = context.services.flows[update.update_id]
        return context

    @property
    def services(self) -> Services:
        """What all handlers share."""
        return self.bot_data

    @property
    def core(self) -> ChatClient:
        """Core, asked in the name of this chat and in its language."""
        return self.flow.core.speaking(self.tr.language)

    @property
    def tr(self) -> Translator:
        """The reader's language, with her company's word for points."""
        words = self.flow.me and self.flow.me.points_name
        return self.flow.tr.naming(words) if words else self.flow.tr

    @property
    def me(self) -> Me:
        """The person of this chat.

        Raises:
            Refused: a stranger's; the error handler shows her the way in.
        """
        if self.flow.me is None:
            raise Refused("chat_not_linked", {})
        return self.flow.me

    @property
    def stranger(self) -> bool:
        """Whether the chat is linked to nobody."""
        return self.flow.me is None

    def tapped(self, count: int) -> list[str]:
        """The arguments of the button that was tapped; the last one may hold colons."""
        query = self.flow.update.callback_query
        return arguments((query and query.data) or "", count)

    def key(self, step: str) -> str:
        """The idempotency key of something that this update changes."""
        return self.flow.key(step)

    async def acquaint(self, *, anew: bool = False) -> Acquaintance:
        """Find out who is behind this chat."""
        chat = self.flow.claimed.chat_id
        known = None if anew else self.services.people.get(chat)
        if known is None or not known.fresh:
            known = await self._ask_who()
            self.services.people.put(chat, known)
        self.flow.me = known.me
        return known

    async def keep_language(self) -> None:
        """Have core keep which language is spoken here, for the worker and for when the chat is nobody's again."""
        chat = self.flow.claimed.chat_id
        kept = (await self.services.core.chat_state(chat)).state
        self.flow.kept = {**kept, "language": self.tr.language}
        await self.services.core.keep_chat_state(chat, ChatState(state=dict(self.flow.kept)))

    async def show(self, screen: Screen) -> None:
        """Answer with a message: in place where a button was tapped, else a new one."""
        await self.services.display.show(self.flow, screen)

    async def show_photo(self, screen: Screen, picture: Picture) -> None:
        """Answer with a picture and its caption, likewise."""
        await self.services.display.show_photo(self.flow, screen, picture)

    async def _ask_who(self) -> Acquaintance:
        try:
            return Acquaintance(await self.core.me(), None)
        except Refused as refusal:
            if refusal.code != "chat_not_linked":
                raise
        kept = await self.services.core.chat_state(self.flow.claimed.chat_id)
        language = kept.state.get("language")
        return Acquaintance(None, language if isinstance(language, str) else None)


App = Application[Bot, Context, dict[Any, Any], dict[Any, Any], Services, None]
