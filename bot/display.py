"""Putting screens on the person's phone: edited in place, sent anew, or left alone where nothing changed."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import InlineKeyboardMarkup, InputMediaPhoto, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.context import Bot
from bot.flow import Flow
from bot.gallery import Gallery
from bot.keyboards import markup
from bot.screen import CAPTION_MAX, TEXT_MAX, Picture, Rows, Screen
from bot.services import Services
from core.messaging.model import SentStep, Shown

GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
SAME = "message is not modified"
DROPPED = "-"
"""Recorded of a message whose buttons were taken away: a second tap on it comes too late and does nothing."""

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


class Display:
    """Every message of the bot goes through here, so that each is recorded and none is sent twice.

    What a message shows is recorded as two fingerprints, of its picture and of its text with buttons: "p.t".
    """

    def __init__(self, bot: Bot, services: Services) -> None:
        self._bot = bot
        self._services = services
        self._gallery = Gallery(bot, services)

    async def say_busy(self, flow: Flow) -> None:
        """Show that an answer is being made."""
        with suppress(TelegramError):
            await self._bot.send_chat_action(flow.claimed.chat_id, ChatAction(flow.action))

    async def say(self, flow: Flow, screen: Screen, keyboard: Markup | None = None) -> None:
        """Send a new message, whatever the update was; `keyboard` in place of the screen's buttons."""
        step = flow.next_step()
        if step in flow.sent:
            return
        screen = screen.fitting(TEXT_MAX)
        message = await self._bot.send_message(
            flow.claimed.chat_id,
            screen.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard or markup(screen.rows),
        )
        self._record(flow, step, message.message_id, f".{screen.fingerprint}", screen.about)

    async def about(self, flow: Flow, message_id: int) -> str:
        """What a message of ours in this chat is about, whoever of us sent it; empty for nothing, or too long ago."""
        return (await self._known(flow, flow.claimed.chat_id, message_id)).about or ""

    async def show(self, flow: Flow, screen: Screen) -> None:
        """Show a text: in place of the tapped message where that can be, else as a new one."""
        screen = screen.fitting(TEXT_MAX)
        tapped = tapped_message(flow)
        if tapped is None:
            await self.say(flow, screen)
            return
        shown = await self._shown(flow, tapped)
        if shown == DROPPED:
            return
        picture = shown.partition(".")[0] if shown else ""
        if not tapped.photo:
            await self._edit(flow, tapped, f".{screen.fingerprint}", self._text(tapped, screen), screen)
        elif screen.on_photo and screen.length <= CAPTION_MAX:
            await self._edit(flow, tapped, f"{picture}.{screen.fingerprint}", self._caption(tapped, screen), screen)
        else:
            await self.say(flow, screen)
            await self._drop_keyboard(flow, tapped)

    async def show_photo(self, flow: Flow, screen: Screen, picture: Picture) -> None:
        """Show a picture: in place of the tapped one where there is one, else as a new message."""
        screen = screen.fitting(CAPTION_MAX)
        tapped = tapped_message(flow)
        shows = f"{picture.fingerprint}.{screen.fingerprint}"
        if tapped is None:
            await self._send_photo(flow, screen, picture)
            return
        shown = await self._shown(flow, tapped)
        if shown == DROPPED:
            return
        if not tapped.photo:
            await self._send_photo(flow, screen, picture)
            await self._drop_keyboard(flow, tapped)
        elif shown and shown.partition(".")[0] == picture.fingerprint:
            await self._edit(flow, tapped, shows, self._caption(tapped, screen), screen)
        else:
            await self._edit(flow, tapped, shows, self._photo(flow, tapped, screen, picture), screen)

    async def revise(self, flow: Flow, message_id: int, screen: Screen) -> None:
        """Change a text of ours that was not tapped; where it is gone, say it anew."""
        screen, chat = screen.fitting(TEXT_MAX), flow.claimed.chat_id
        step, shows = flow.next_step(), f".{screen.fingerprint}"
        if step in flow.sent or (await self._known(flow, chat, message_id)).shown == shows:
            return
        try:
            await self._bot.edit_message_text(
                screen.html, chat, message_id, parse_mode=ParseMode.HTML, reply_markup=markup(screen.rows)
            )
        except BadRequest as error:
            if SAME not in str(error).lower():
                await self.say(flow, screen)
                return
        self._record(flow, step, message_id, shows, screen.about)

    async def unbutton(self, flow: Flow, message_id: int) -> None:
        """Take the buttons of a message of ours away, because a later one has them."""
        step, chat = flow.next_step(), flow.claimed.chat_id
        known = await self._known(flow, chat, message_id)
        if step in flow.sent or known.shown == DROPPED:
            return
        with suppress(BadRequest):  # it may be gone, or without buttons by now; both is what we want
            await self._bot.edit_message_reply_markup(chat, message_id, reply_markup=None)
        self._record(flow, step, message_id, DROPPED, known.about)

    async def put_keyboard(self, flow: Flow, message: Message, rows: Rows) -> None:
        """Give a message other buttons and leave what it says."""
        step, shows = flow.next_step(), f".{Screen('', rows).fingerprint}"
        known = await self._known(flow, message.chat.id, message.message_id)
        if step in flow.sent or known.shown == shows:
            return
        with suppress(BadRequest):  # it may be gone, or have these buttons already
            await self._bot.edit_message_reply_markup(message.chat.id, message.message_id, reply_markup=markup(rows))
        self._record(flow, step, message.message_id, shows, known.about)

    async def _edit(
        self, flow: Flow, message: Message, shows: str, edit: Callable[[], Awaitable[object]], screen: Screen
    ) -> None:
        """Change a message unless it shows that already; where it is gone, say it anew."""
        step = flow.next_step()
        if step in flow.sent or await self._shown(flow, message) == shows:
            return
        try:
            await edit()
        except BadRequest as error:
            told = str(error).lower()
            if any(reason in told for reason in GONE):
                await self.say(flow, screen)
                return
            if SAME not in told:
                raise
        self._record(flow, step, message.message_id, shows, screen.about)

    def _text(self, message: Message, screen: Screen) -> Callable[[], Awaitable[object]]:
        return lambda: self._bot.edit_message_text(
            screen.html,
            message.chat.id,
            message.message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(screen.rows),
        )

    def _caption(self, message: Message, screen: Screen) -> Callable[[], Awaitable[object]]:
        return lambda: self._bot.edit_message_caption(
            message.chat.id,
            message.message_id,
            caption=screen.html,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(screen.rows),
        )

    def _photo(self, flow: Flow, message: Message, screen: Screen, picture: Picture) -> Callable[[], Awaitable[object]]:
        async def edit(photo: str | bytes) -> Message | bool:
            media = InputMediaPhoto(photo, caption=screen.html, parse_mode=ParseMode.HTML)
            return await self._bot.edit_message_media(
                media, message.chat.id, message.message_id, reply_markup=markup(screen.rows)
            )

        return lambda: self._gallery.place(flow, picture, edit)

    async def _send_photo(self, flow: Flow, screen: Screen, picture: Picture) -> None:
        step = flow.next_step()
        if step in flow.sent:
            return

        async def send(photo: str | bytes) -> Message:
            return await self._bot.send_photo(
                flow.claimed.chat_id,
                photo,
                caption=screen.html,
                parse_mode=ParseMode.HTML,
                reply_markup=markup(screen.rows),
            )

        message = await self._gallery.place(flow, picture, send)
        assert isinstance(message, Message), "sending answers with the message"
        shows = f"{picture.fingerprint}.{screen.fingerprint}"
        self._record(flow, step, message.message_id, shows, screen.about)

    async def _drop_keyboard(self, flow: Flow, message: Message) -> None:
        step = flow.next_step()
        if step in flow.sent or message.reply_markup is None:
            return
        with suppress(BadRequest):  # it may be gone, or without buttons by now; both is what we want
            await self._bot.edit_message_reply_markup(message.chat.id, message.message_id, reply_markup=None)
        known = await self._known(flow, message.chat.id, message.message_id)
        self._record(flow, step, message.message_id, DROPPED, known.about)

    async def _shown(self, flow: Flow, message: Message) -> str | None:
        return (await self._known(flow, message.chat.id, message.message_id)).shown

    async def _known(self, flow: Flow, chat: int, message_id: int) -> Shown:
        known = self._services.shown.get((chat, message_id))
        if known is None:
            known = await self._services.core.shown(flow.bot_id, chat, message_id)
            if known.shown is not None or known.about is not None:
                self._services.shown.put((chat, message_id), known)
        return known

    def _record(self, flow: Flow, step: str, message_id: int, shows: str, about: str | None) -> None:
        """Note an answer; that it is about nothing is noted only of a message that was about something before."""
        chat = flow.claimed.chat_id
        before = self._services.shown.get((chat, message_id))
        told = about if about or (before is not None and before.about) else None
        self._services.shown.put((chat, message_id), Shown(shown=shows, about=told))
        sent = SentStep(
            update_id=flow.claimed.update_id, step=step, chat_id=chat, message_id=message_id, shown=shows, about=told
        )
        flow.sent[step] = sent
        self._services.talk.sent(sent)


def tapped_message(flow: Flow) -> Message | None:
    """The message whose button was tapped, as far as it can still be changed and may be."""
    if flow.apart:
        return None
    query = flow.update.callback_query
    message = query.message if query else None
    return message if isinstance(message, Message) else None
