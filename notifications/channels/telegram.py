"""Telegram, as a channel: one message out, or why not."""

import asyncio
import time
from typing import Any

import aiohttp
import orjson

from core.kernel.errors import DeliveryError

TIMEOUT_S = 20.0
APART_S = 1 / 25
"""Between two messages: a little under Telegram's thirty a second."""
GONE = ("chat not found", "user is deactivated", "bot was blocked", "bot was kicked", "peer_id_invalid")


class ChatGone(DeliveryError):
    """The chat takes no messages any more: blocked, or deleted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, permanent=True)


class Telegram:
    """Sends as the bot. Open it where a loop runs, and close it."""

    def __init__(self, api_url: str, token: str) -> None:
        self._url = f"{api_url}/bot{token}/sendMessage"
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_S))
        self._free_at = 0.0

    async def send(self, chat: int, text: str, *, silent: bool = False) -> int:
        """Send plain text.

        Returns:
            Telegram's number of the message.

        Raises:
            ChatGone: 403, or a chat that does not exist.
            DeliveryError: anything else; it says whether another try can help, and when.
        """
        await self._turn()
        wish = {"chat_id": chat, "text": text, "disable_notification": silent}
        try:
            async with self._session.post(
                self._url, data=orjson.dumps(wish), headers={"Content-Type": "application/json"}
            ) as answer:
                status, body = answer.status, await answer.read()
        except (TimeoutError, aiohttp.ClientError) as error:
            # The address holds the token, so only the kind of error may be told.
            raise DeliveryError(type(error).__name__, permanent=False) from None
        return _message_id(status, body)

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def _turn(self) -> None:
        now = time.monotonic()
        wait = self._free_at - now
        self._free_at = max(now, self._free_at) + APART_S
        if wait > 0:
            await asyncio.sleep(wait)


def _message_id(status: int, body: bytes) -> int:
    answer = _read(body)
    if status == 200 and answer.get("ok"):
        return int(answer["result"]["message_id"])
    told = str(answer.get("description", ""))
    if status == 429:
        after = float((answer.get("parameters") or {}).get("retry_after", 1))
        raise DeliveryError("too many requests", permanent=False, retry_after_s=after)
    if status == 403 or (status == 400 and any(reason in told.lower() for reason in GONE)):
        raise ChatGone(told[:100])
    raise DeliveryError(told[:100] or f"status {status}", permanent=status in (400, 404))


def _read(body: bytes) -> dict[str, Any]:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return answer if isinstance(answer, dict) else {}
