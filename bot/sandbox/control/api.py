"""`/sandbox/…`: the address by which tests and the chat page play people and watch the bot."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox.chat import Chat, User
from bot.sandbox.control import acts
from bot.sandbox.control.views import chat_view, known_people
from bot.sandbox.failures import Failure
from bot.sandbox.model import Json, Options, Upload
from bot.sandbox.people import PeopleProvider
from bot.sandbox.refusals import Refusal
from bot.sandbox.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_PERSON = ("id", "first_name", "last_name", "username", "language_code", "phone")


@web.middleware
async def explain_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Acts that no messenger allows are answered with 400 and a sentence."""
    try:
        return await handler(request)
    except (acts.ActImpossible, ValueError, KeyError, TypeError) as error:
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


class Control:
    """Handlers of the control address."""

    def __init__(self, world: World, provider: PeopleProvider) -> None:
        self._world = world
        self._provider = provider

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where they are served."""
        chat = r"/sandbox/chats/{chat:-?\d+}"
        return [
            web.get("/sandbox/people", self.people),
            web.post("/sandbox/users", self.add_user),
            web.post("/sandbox/groups", self.add_group),
            web.get(chat, self.chat),
            web.post(chat + "/start", self.start),
            web.post(chat + "/text", self.text),
            web.post(chat + "/edit", self.edit),
            web.post(chat + "/tap", self.tap),
            web.post(chat + "/key", self.key),
            web.post(chat + "/contact", self.contact),
            web.post(chat + "/file", self.file),
            web.post(chat + "/block", self.block),
            web.post(chat + "/unblock", self.block),
            web.post(chat + "/deactivate", self.deactivate),
            web.post(chat + "/migrate", self.migrate),
            web.get("/sandbox/faults", self.faults),
            web.delete("/sandbox/faults", self.clear_faults),
            web.get("/sandbox/failures", self.failures),
            web.post("/sandbox/failures", self.order_failure),
            web.delete("/sandbox/failures", self.clear_failures),
            web.get("/sandbox/calls", self.calls),
            web.post("/sandbox/options", self.options),
            web.post("/sandbox/repeat", self.repeat),
        ]

    # -- people

    async def people(self, request: web.Request) -> web.Response:
        """Everybody one can chat as."""
        return web.json_response(known_people(self._world, await self._provider.people()))

    async def add_user(self, request: web.Request) -> web.Response:
        """Make a person, or change her (her language, say); an id that is on offer fills in the rest."""
        body = await read_json(request)
        known = self._world.users.get(int(body["id"]))
        base = asdict(known) if known else await self._offered(int(body["id"]))
        merged = base | {name: value for name, value in body.items() if name in _PERSON}
        chat = self._world.add_user(User(**merged))
        return web.json_response(chat_view(self._world, chat))

    async def _offered(self, user_id: int) -> Json:
        for person in await self._provider.people():
            if person.id == user_id:
                return {name: value for name, value in asdict(person).items() if name in _PERSON}
        return {"id": user_id}

    async def add_group(self, request: web.Request) -> web.Response:
        """Make a group with the bot in it; its id is negative."""
        body = await read_json(request)
        chat = Chat(int(body["id"]), title=body["title"], members=list(body.get("members", [])), started=True)
        if chat.id >= 0:
            raise ValueError("the id of a group is negative")
        self._world.chats[chat.id] = chat
        return web.json_response(chat_view(self._world, chat))

    # -- chats

    def _chat(self, request: web.Request) -> Chat:
        chat = self._world.chats.get(int(request.match_info["chat"]))
        if chat is None:
            raise ValueError("there is no such chat; POST /sandbox/users makes one")
        return chat

    def _actor(self, body: Json) -> User | None:
        return self._world.users[int(body["from"])] if "from" in body else None

    async def chat(self, request: web.Request) -> web.Response:
        """The chat; with `after` and `wait` only once the bot has said or edited something past that event."""
        chat = self._chat(request)
        after = int(request.query.get("after", 0))
        wait = min(float(request.query.get("wait", 0)), 60.0)
        if wait and after >= self._world.bus.last:
            await self._world.bus.bell.wait(wait)
        return web.json_response(chat_view(self._world, chat))

    async def start(self, request: web.Request) -> web.Response:
        """Open the bot by its link, with a payload or without."""
        body = await read_json(request)
        return web.json_response(acts.start(self._world, self._chat(request), body.get("payload") or ""))

    async def text(self, request: web.Request) -> web.Response:
        """Say something."""
        body = await read_json(request)
        said = acts.say(
            self._world, self._chat(request), body["text"], user=self._actor(body), reply_to=body.get("reply_to")
        )
        return web.json_response(said)

    async def edit(self, request: web.Request) -> web.Response:
        """Change an own message."""
        body = await read_json(request)
        return web.json_response(acts.edit(self._world, self._chat(request), body["message_id"], body["text"]))

    async def tap(self, request: web.Request) -> web.Response:
        """Tap an inline button, by its data."""
        body = await read_json(request)
        query = acts.tap(
            self._world,
            self._chat(request),
            body["message_id"],
            body["data"],
            user=self._actor(body),
            forged=bool(body.get("forged")),
        )
        return web.json_response({"callback_query_id": query})

    async def key(self, request: web.Request) -> web.Response:
        """Tap a key under the field, by its text."""
        body = await read_json(request)
        return web.json_response(acts.press_key(self._world, self._chat(request), body["text"]))

    async def contact(self, request: web.Request) -> web.Response:
        """Share a contact; an empty object shares one's own."""
        body = await read_json(request)
        return web.json_response(acts.share_contact(self._world, self._chat(request), body or None))

    async def file(self, request: web.Request) -> web.Response:
        """Send a file, as multipart: `kind` (photo or document), `file`, `caption`."""
        form = await request.post()
        part = form["file"]
        if not isinstance(part, FileField):
            raise TypeError("send the file as a file part")
        upload = Upload(part.filename, part.file.read(), part.content_type)
        kind = "document" if form.get("kind") == "document" else "photo"
        sent = acts.send_file(self._world, self._chat(request), kind, upload, str(form.get("caption", "")))
        return web.json_response(sent)

    async def block(self, request: web.Request) -> web.Response:
        """Stop the bot, or let it write again."""
        await read_json(request)
        act = acts.unblock if request.path.endswith("/unblock") else acts.block
        act(self._world, self._chat(request))
        return web.json_response({})

    async def deactivate(self, request: web.Request) -> web.Response:
        """Give up the person's account."""
        await read_json(request)
        acts.deactivate(self._world, self._chat(request))
        return web.json_response({})

    async def migrate(self, request: web.Request) -> web.Response:
        """Make the group a supergroup: `{"to": -100123}`."""
        body = await read_json(request)
        return web.json_response(
            chat_view(self._world, acts.migrate(self._world, self._chat(request), int(body["to"])))
        )

    # -- reports and trouble

    async def faults(self, request: web.Request) -> web.Response:
        """What the bot did wrong; `?all=1` counts taps that still wait for their answer too."""
        self._world.note_unanswered(at_once="all" in request.query)
        return web.json_response(self._world.faults.report())

    async def clear_faults(self, request: web.Request) -> web.Response:
        """Count anew."""
        self._world.note_unanswered(at_once=True)
        self._world.faults.clear()
        return web.json_response({})

    async def failures(self, request: web.Request) -> web.Response:
        """The orders that are left."""
        return web.json_response(self._world.failures.listing())

    async def order_failure(self, request: web.Request) -> web.Response:
        """Order trouble: `{"method": "send*", "kind": "429", "count": 1, "seconds": 2}`."""
        self._world.failures.order(Failure(**await read_json(request)))
        return web.json_response(self._world.failures.listing())

    async def clear_failures(self, request: web.Request) -> web.Response:
        """Forget all orders."""
        self._world.failures.clear()
        return web.json_response([])

    async def calls(self, request: web.Request) -> web.Response:
        """The last calls of the bot, oldest first; `?method=sendPhoto` filters."""
        wanted = request.query.get("method")
        return web.json_response([call for call in self._world.calls if wanted in (None, call["method"])])

    async def options(self, request: web.Request) -> web.Response:
        """Change options while it runs, such as `{"strict": true, "limits": true}`."""
        body = await read_json(request)
        known = {field.name for field in fields(Options)}
        if unknown := body.keys() - known:
            raise ValueError(f"unknown options: {', '.join(sorted(unknown))}")
        for name, value in body.items():
            setattr(self._world.options, name, value)
        return web.json_response(asdict(self._world.options))

    async def repeat(self, request: web.Request) -> web.Response:
        """Send an update again under its old id, the last one unless `update_id` says which."""
        body = await read_json(request)
        return web.json_response({"update_id": self._world.updates.again(body.get("update_id"))})
