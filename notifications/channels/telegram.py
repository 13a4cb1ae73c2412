"""Telegram, as a channel: one message out or changed, or why not."""

from typing import Any

import aiohttp
import orjson

from core.kernel.errors import DeliveryError
from core.messaging.model import Outgoing
from i18n.translator import Translator
from notifications.channels.uploading import form, ways
from notifications.failures import REASON_MAX, AddressGone, AddressMoved, FateUnknown, TooFast
from notifications.keyboard import keyboard
from notifications.message import File, Message, Rows

TIMEOUT_S, CONNECT_TIMEOUT_S = 20.0, 5.0
UPLOAD_TIMEOUT = aiohttp.ClientTimeout(total=120, sock_connect=CONNECT_TIMEOUT_S)
JSON = {"Content-Type": "application/json"}
GONE = {
    "bot was blocked": "blocked",
    "bot was kicked": "kicked",
    "user is deactivated": "deactivated",
    "chat not found": "chat_not_found",
    "peer_id_invalid": "chat_not_found",
}
"""What Telegram says of a chat that takes nothing, and what core calls it."""
UNCHANGED = "message is not modified"
NO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_TOPIC = ("message thread not found", "topic_deleted", "topic_closed")
PAUSE_S, PAUSE_MAX_S = 1.0, 86_400.0
"""After a 429 that does not say for how long, and the longest that core takes."""


class Telegram:
    """Sends as the bot."""

    def __init__(self, api_url: str, token: str) -> None:
        self._url = f"{api_url}/bot{token}"
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S, sock_connect=CONNECT_TIMEOUT_S)
        self._session = aiohttp.ClientSession(timeout=timeout)

    async def send(self, outgoing: Outgoing, message: Message, tr: Translator) -> int:
        """Send, or change the message that it takes the place of; where that one is gone, send.

        Returns:
            Telegram's number of the message.
        """
        assert outgoing.chat_id is not None, "core gives a chat to whatever goes to one"
        if message.file is not None:
            return await self._upload(outgoing, message.file)
        wish: dict[str, Any] = {"chat_id": outgoing.chat_id, "text": message.text}
        rows = message.rows or keyboard(outgoing, message.action, tr)
        if rows:
            wish["reply_markup"] = _markup(rows)
        if outgoing.edit is not None:
            status, answer = await self._call("editMessageText", {**wish, "message_id": outgoing.edit})
            if _was_edited(status, answer):
                return outgoing.edit
            if "edit" in outgoing.parts[0].facts:
                raise DeliveryError("message_gone", permanent=True)
        return await self._send_in_topic("sendMessage", {**wish, "disable_notification": outgoing.silent}, outgoing)

    async def _send_in_topic(self, method: str, wish: dict[str, Any], outgoing: Outgoing) -> int:
        """Send to the topic of the group that the facts name; where that one is gone, to the group."""
        thread = outgoing.parts[0].facts.get("thread")
        if isinstance(thread, int):
            status, answer = await self._call(method, {**wish, "message_thread_id": thread})
            if not any(reason in _told(answer) for reason in NO_TOPIC):
                return _sent(status, answer)
        return _sent(*await self._call(method, wish))

    async def _upload(self, outgoing: Outgoing, file: File) -> int:
        """Send a file, as a document where it is not taken as what it is."""
        fields = {"chat_id": str(outgoing.chat_id), "disable_notification": str(outgoing.silent).lower()}
        tried = ways(file)
        for way in tried:
            status, answer = await self._call(way.method, form(way, file, fields))
            if way is tried[-1] or not _is_not_taken(status, answer):
                return _sent(status, answer)
        raise AssertionError("the last way answers or raises")

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def _call(self, method: str, wish: dict[str, Any] | aiohttp.FormData) -> tuple[int, dict[str, Any]]:
        """Status and answer.

        Raises:
            DeliveryError: there was no connection, so nothing went out.
            FateUnknown: it was lost when the call was on its way.
        """
        if isinstance(wish, aiohttp.FormData):
            how: dict[str, Any] = {"data": wish, "timeout": UPLOAD_TIMEOUT}
        else:
            how = {"data": orjson.dumps(wish), "headers": JSON}
        try:
            async with self._session.post(f"{self._url}/{method}", **how) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            # The address holds the token, so only the kind of error may be told.
            raise DeliveryError(type(error).__name__, permanent=False) from None
        except (TimeoutError, aiohttp.ClientError) as error:
            raise FateUnknown(type(error).__name__) from None
        return status, _read(body)


def _sent(status: int, answer: dict[str, Any]) -> int:
    """The number of the message that was sent.

    Raises:
        DeliveryError: it was not, or nobody knows.
    """
    if status != 200:
        raise _failure(status, answer)
    if "result" not in answer:
        raise FateUnknown("unreadable_answer")
    return int(answer["result"]["message_id"])


def _is_not_taken(status: int, answer: dict[str, Any]) -> bool:
    """Whether a file is not taken in this form; the chat is there, and another form may do."""
    return status == 400 and type(_failure(status, answer)) is DeliveryError


def _was_edited(status: int, answer: dict[str, Any]) -> bool:
    """Whether the message now says it; False where it is gone or too old, and another must be sent.

    Raises:
        DeliveryError: neither; a new message would meet the same.
    """
    told = _told(answer)
    if status == 200 or UNCHANGED in told:
        return True
    if any(reason in told for reason in NO_EDIT):
        return False
    raise _failure(status, answer)


def _failure(status: int, answer: dict[str, Any]) -> DeliveryError:
    """What an answer means that is no success.

    | status | description, parameters                  | means                                             |
    | ------ | ---------------------------------------- | ------------------------------------------------- |
    | 429    | retry_after 7                            | TooFast: everybody waits 7 s                      |
    | 400    | migrate_to_chat_id -100123               | AddressMoved to it                                |
    | 429    | retry_after 1000000                      | TooFast: a day, then we ask again                 |
    | 403    | bot was blocked by the user              | AddressGone, blocked                              |
    | 400    | chat not found                           | AddressGone, chat_not_found                       |
    | 400    | anything else                            | no other try can help                             |
    | 413    |                                          | no other try can help: too_large                  |
    | 4xx    | none: a page of whatever lies between us | try again                                         |
    | 404    | not found: the bot's address is wrong    | try again, once that is mended                    |
    | 504    |                                          | FateUnknown: it may have gone through             |
    | 5xx    |                                          | not carried out: try again                        |
    """
    told, parameters = _told(answer), answer.get("parameters") or {}
    if status == 429:
        return TooFast(min(float(parameters.get("retry_after", PAUSE_S)), PAUSE_MAX_S))
    if "migrate_to_chat_id" in parameters:
        return AddressMoved(int(parameters["migrate_to_chat_id"]))
    gone = next((reason for words, reason in GONE.items() if words in told), None)
    if gone is not None or (status == 403 and told):
        return AddressGone(gone or "forbidden")
    if status == 504:
        return FateUnknown("gateway_timeout")
    if status == 413:
        return DeliveryError("too_large", permanent=True)
    return DeliveryError(told[:REASON_MAX] or f"status {status}", permanent=status == 400 and bool(told))


def _told(answer: dict[str, Any]) -> str:
    return str(answer.get("description", "")).lower()


def _markup(rows: Rows) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row] for row in rows]}


def _read(body: bytes) -> dict[str, Any]:
    """The answer; nothing where it is none of Telegram's, such as a gateway's page."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return answer if isinstance(answer, dict) else {}
