"""What a request to the control address says: its body, the chat it is about, who acts and how."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox.chat import Chat, User
from bot.sandbox.control.acts import ActImpossible, Manner
from bot.sandbox.model import Json, Upload
from bot.sandbox.refusals import Refusal
from bot.sandbox.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MANNERS = ("from", "reply_to", "topic", "forwarded")


@web.middleware
async def explain_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Acts that no messenger allows are answered with 400 and a sentence."""
    try:
        return await handler(request)
    except (ActImpossible, ValueError, KeyError, TypeError) as error:
        if not request.path.startswith("/sandbox/"):
            raise
        return web.json_response({"error": str(error) or type(error).__name__}, status=400)
    except Refusal as refusal:
        return web.json_response({"error": refusal.description, "source": refusal.source}, status=400)


async def read_json(request: web.Request) -> Json:
    """The body as an object; only JSON is taken, so that no foreign web page can post a form here."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="send application/json")
    body: Any = await request.json()
    if not isinstance(body, dict):
        raise TypeError("send a JSON object")
    return body


async def read_form(request: web.Request) -> tuple[dict[str, str], list[Upload]]:
    """A multipart body: its fields, and its parts called `file` in their order."""
    form = await request.post()
    parts = form.getall("file")
    files = [Upload(one.filename, one.file.read(), one.content_type) for one in parts if isinstance(one, FileField)]
    if not files or len(files) < len(parts):
        raise TypeError("send the file as a file part")
    return {name: value for name, value in form.items() if isinstance(value, str)}, files


def chat_of(world: World, request: web.Request) -> Chat:
    """The chat that the path names."""
    chat = world.chats.get(int(request.match_info["chat"]))
    if chat is None:
        raise ValueError("there is no such chat; POST /sandbox/users makes one")
    return chat


def actor(world: World, body: Mapping[str, Any]) -> User | None:
    """Who acts, where the body says it."""
    return world.users[int(body["from"])] if body.get("from") else None


def manner(world: World, body: Mapping[str, Any]) -> Manner:
    """How something is said; a form writes numbers as text."""
    forwarded = body.get("forwarded") or None
    return Manner(
        user=actor(world, body),
        reply_to=_number(body.get("reply_to")),
        topic=_number(body.get("topic")),
        forwarded=int(forwarded) if isinstance(forwarded, str) and forwarded.isdecimal() else forwarded,
    )


def _number(value: Any) -> int | None:
    return None if value in (None, "") else int(value)
