"""How python-telegram-bot's requests travel: over one aiohttp session, a third of the default transport's work."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter
from typing_extensions import override

PAUSES_S = (0.3, 1.0, 3.0)
"""Before another try when Telegram stumbles. A request whose answer got lost may then act twice: better than never."""
TIMEOUT_S = 20.0
DOWNLOADS_MAX = 4
"""At once, so that many large files do not fill the memory."""
CHUNK = 64 * 1024


class FileTooLarge(Exception):
    """A file holds more than the caller takes."""


class FileGone(Exception):
    """Telegram has no such file any more."""


def parameters(given: Mapping[str, Any]) -> RequestData:
    """Parameters of a call that is made beside python-telegram-bot's own methods."""
    return RequestData([RequestParameter(name, value, None) for name, value in given.items()])


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API.

    Args:
        patient: try again when Telegram answers 5xx or the connection breaks; the poller has a loop of its own.
    """

    def __init__(self, *, patient: bool = True, pauses_s: tuple[float, ...] = PAUSES_S) -> None:
        self._pauses_s = pauses_s if patient else ()
        self._session: aiohttp.ClientSession | None = None
        self._downloads = asyncio.Semaphore(DOWNLOADS_MAX)

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take, in seconds."""
        return TIMEOUT_S

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=100, keepalive_timeout=30)
            self._session = aiohttp.ClientSession(connector=connector, skip_auto_headers=("User-Agent",))

    async def shutdown(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """What Telegram answered.

        Raises:
            TelegramError: something between us and Telegram answered instead, in HTML as a rule.
        """
        try:
            return orjson.loads(payload)
        except ValueError as error:
            raise TelegramError("Telegram's answer is not JSON") from error

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = None,
        write_timeout: ODVInput[float] = None,
        connect_timeout: ODVInput[float] = None,
        pool_timeout: ODVInput[float] = None,
    ) -> tuple[int, bytes]:
        """Send one request, again after a pause where Telegram stumbles.

        Raises:
            TimedOut: no answer in time.
            NetworkError: no connection, or it broke.
        """
        seconds = float(read_timeout) if isinstance(read_timeout, int | float) else TIMEOUT_S
        for pause in self._pauses_s:
            try:
                status, answer = await self._once(url, method, request_data, seconds)
            except NetworkError:
                await asyncio.sleep(pause)
                continue
            if status < 500:
                return status, answer
            await asyncio.sleep(pause)
        return await self._once(url, method, request_data, seconds)

    async def download(self, url: str, bytes_max: int) -> bytes:
        """A file of Telegram's, read piece by piece so that none fills the memory.

        Raises:
            FileTooLarge: it holds more than `bytes_max`.
            FileGone: it is not there any more.
            NetworkError: Telegram is away, also after several tries.
        """
        async with self._downloads:
            for pause in self._pauses_s:
                try:
                    return await self._read(url, bytes_max)
                except NetworkError:
                    await asyncio.sleep(pause)
            return await self._read(url, bytes_max)

    async def _read(self, url: str, bytes_max: int) -> bytes:
        assert self._session is not None, "initialize comes before the first request"
        timeout = aiohttp.ClientTimeout(total=None, connect=10, sock_read=TIMEOUT_S)
        content = bytearray()
        try:
            async with self._session.get(url, timeout=timeout) as response:
                if response.status in (400, 404):
                    raise FileGone
                if response.status != 200:
                    raise NetworkError(f"file answered {response.status}")
                async for piece in response.content.iter_chunked(CHUNK):
                    content += piece
                    if len(content) > bytes_max:
                        raise FileTooLarge
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None  # the address holds the token
        return bytes(content)

    async def _once(self, url: str, method: str, data: RequestData | None, seconds: float) -> tuple[int, bytes]:
        assert self._session is not None, "initialize comes before the first request"
        timeout = aiohttp.ClientTimeout(total=seconds, connect=10)
        headers = {}
        body: aiohttp.FormData | bytes | None = None
        if data is not None and data.contains_files:
            body = _form(data)
        elif data is not None:
            body, headers = orjson.dumps(data.parameters), {"Content-Type": "application/json"}
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # The address holds the token, so only the kind of error may be told.
            raise NetworkError(type(error).__name__) from None


def _form(data: RequestData) -> aiohttp.FormData:
    """Files and the other parameters as one multipart body."""
    form = aiohttp.FormData()
    for name, text in data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
