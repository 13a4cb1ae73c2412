"""Pictures on their way to Telegram: one that it has already is neither drawn nor uploaded again."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import Message
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.flow import Flow
from bot.screen import Picture
from bot.services import Services
from core.messaging.model import StoredFile

if TYPE_CHECKING:
    from bot.context import Bot

UNKNOWN_FILE = ("wrong file identifier", "wrong remote file", "wrong file_id", "file reference", "invalid file")

Place = Callable[[str | bytes], Awaitable[Message | bool]]
"""Puts a picture, given as Telegram's name for it or as a file, into a message."""


class Gallery:
    """Knows which pictures Telegram keeps, by way of core."""

    def __init__(self, bot: "Bot", services: Services) -> None:
        self._bot = bot
        self._services = services

    async def place(self, flow: Flow, picture: Picture, place: Place) -> Message | bool:
        """Put the picture into a message by `place`, drawn only where Telegram does not have it."""
        file_id = await self._known(flow, picture.key)
        if file_id is not None:
            try:
                return await place(file_id)
            except BadRequest as error:
                if not any(reason in str(error).lower() for reason in UNKNOWN_FILE):
                    raise
        return await self._upload(flow, picture, place)

    async def _known(self, flow: Flow, key: str) -> str | None:
        file_id = self._services.files.get(key)
        if file_id is None:
            file_id = (await self._services.core.file_id(flow.bot_id, key)).file_id
        return file_id

    async def _upload(self, flow: Flow, picture: Picture, place: Place) -> Message | bool:
        flow.action = ChatAction.UPLOAD_PHOTO
        drawn, _ = await asyncio.gather(asyncio.to_thread(picture.draw), self._announce(flow))
        message = await place(drawn)
        if isinstance(message, Message) and message.photo:
            file_id = message.photo[-1].file_id
            self._services.files.put(picture.key, file_id)
            self._services.talk.uploaded(StoredFile(key=picture.key, file_id=file_id))
        return message

    async def _announce(self, flow: Flow) -> None:
        """Show that a picture is coming, while it is drawn: after it would come too late."""
        with suppress(TelegramError):
            await self._bot.send_chat_action(flow.claimed.chat_id, ChatAction.UPLOAD_PHOTO)
