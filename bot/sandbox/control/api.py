"""`/sandbox/…`: the address by which tests and the chat page play people."""

from dataclasses import asdict

from aiohttp import web

from bot.sandbox.chat import User
from bot.sandbox.control import acts, groups, sending
from bot.sandbox.control.reading import MANNERS, actor, chat_of, manner, read_form, read_json
from bot.sandbox.control.views import chat_view, known_groups, known_people
from bot.sandbox.model import Json
from bot.sandbox.people import PeopleProvider
from bot.sandbox.world import World

_PERSON = ("id", "first_name", "last_name", "username", "language_code", "phone", "note")


class Control:
    """Handlers of people's acts."""

    def __init__(self, world: World, provider: PeopleProvider) -> None:
        self._world = world
        self._provider = provider

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where they are served."""
        chat = r"/sandbox/chats/{chat:-?\d+}"
        acting = {
            "start": self.start, "text": self.text, "edit": self.edit, "delete": self.delete, "tap": self.tap,
            "key": self.key, "contact": self.contact, "location": self.location, "file": self.file,
            "album": self.album, "large": self.large, "block": self.block, "unblock": self.block,
            "deactivate": self.deactivate, "members": self.members, "topic": self.topic, "migrate": self.migrate,
        }  # fmt: skip
        return [
            web.get("/sandbox/people", self.people),
            web.get("/sandbox/groups", self.groups),
            web.post("/sandbox/users", self.add_user),
            web.post("/sandbox/groups", self.add_group),
            web.get(chat, self.chat),
            *(web.post(f"{chat}/{name}", handler) for name, handler in acting.items()),
        ]

    # -- people and groups

    async def people(self, request: web.Request) -> web.Response:
        """Everybody one can chat as."""
        return web.json_response(known_people(self._world, await self._provider.people()))

    async def groups(self, request: web.Request) -> web.Response:
        """Every group with its members."""
        return web.json_response(known_groups(self._world))

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
        wanted = {name: bool(body[name]) for name in ("forum", "supergroup", "administrator") if name in body}
        members = list(body.get("members", []))
        user = actor(self._world, body)
        chat = groups.make(self._world, int(body["id"]), body["title"], members, user=user, **wanted)
        return web.json_response(chat_view(self._world, chat))

    async def members(self, request: web.Request) -> web.Response:
        """Let people into a group and out of it: `{"add": [5], "remove": [6]}`."""
        body = await read_json(request)
        chat = chat_of(self._world, request)
        user = actor(self._world, body)
        groups.change_members(self._world, chat, body.get("add", []), body.get("remove", []), user)
        return web.json_response(chat_view(self._world, chat))

    async def topic(self, request: web.Request) -> web.Response:
        """Open a topic as a person: `{"name", "from"}`."""
        body = await read_json(request)
        user = self._world.users[int(body["from"])]
        return web.json_response(groups.begin_topic(self._world, chat_of(self._world, request), body["name"], user))

    async def migrate(self, request: web.Request) -> web.Response:
        """Make the group a supergroup: `{"to": -100123}`."""
        body = await read_json(request)
        grown = groups.migrate(self._world, chat_of(self._world, request), int(body["to"]))
        return web.json_response(chat_view(self._world, grown))

    # -- chats

    async def chat(self, request: web.Request) -> web.Response:
        """The chat; with `after` and `wait` only once the bot has said or edited something past that event."""
        chat = chat_of(self._world, request)
        after = int(request.query.get("after", 0))
        wait = min(float(request.query.get("wait", 0)), 60.0)
        if wait and after >= self._world.bus.last:
            await self._world.bus.bell.wait(wait)
        return web.json_response(chat_view(self._world, chat))

    async def start(self, request: web.Request) -> web.Response:
        """Open the bot by its link, with a payload or without."""
        body = await read_json(request)
        return web.json_response(acts.start(self._world, chat_of(self._world, request), body.get("payload") or ""))

    async def text(self, request: web.Request) -> web.Response:
        """Say something."""
        body = await read_json(request)
        chat = chat_of(self._world, request)
        return web.json_response(acts.say(self._world, chat, body["text"], manner(self._world, body)))

    async def edit(self, request: web.Request) -> web.Response:
        """Change an own message."""
        body = await read_json(request)
        chat = chat_of(self._world, request)
        return web.json_response(acts.edit(self._world, chat, body["message_id"], body["text"]))

    async def delete(self, request: web.Request) -> web.Response:
        """Take a message away."""
        body = await read_json(request)
        acts.delete(self._world, chat_of(self._world, request), body["message_id"])
        return web.json_response({})

    async def tap(self, request: web.Request) -> web.Response:
        """Tap an inline button, by its data."""
        body = await read_json(request)
        query = acts.tap(
            self._world,
            chat_of(self._world, request),
            body["message_id"],
            body["data"],
            user=actor(self._world, body),
            forged=bool(body.get("forged")),
        )
        return web.json_response({"callback_query_id": query})

    async def key(self, request: web.Request) -> web.Response:
        """Tap a key under the field, by its text."""
        body = await read_json(request)
        return web.json_response(acts.press_key(self._world, chat_of(self._world, request), body["text"]))

    async def contact(self, request: web.Request) -> web.Response:
        """Share a contact; a body without one shares one's own."""
        body = await read_json(request)
        contact = {name: value for name, value in body.items() if name not in MANNERS}
        chat = chat_of(self._world, request)
        return web.json_response(acts.share_contact(self._world, chat, contact or None, manner(self._world, body)))

    async def location(self, request: web.Request) -> web.Response:
        """Share a place: `{"latitude", "longitude"}`."""
        body = await read_json(request)
        place = {"location": {name: float(body[name]) for name in ("latitude", "longitude")}}
        chat = chat_of(self._world, request)
        return web.json_response(acts.send(self._world, chat, place, manner(self._world, body)))

    # -- files

    async def file(self, request: web.Request) -> web.Response:
        """Send a file, as multipart: `kind`, `file`, `caption`."""
        form, [upload, *_] = await read_form(request)
        kind, caption = form.get("kind", "photo"), form.get("caption", "")
        chat = chat_of(self._world, request)
        sent = sending.send_file(self._world, chat, kind, upload, caption, manner(self._world, form))
        return web.json_response(sent)

    async def album(self, request: web.Request) -> web.Response:
        """Send several files at once, as multipart with several parts called `file`."""
        form, uploads = await read_form(request)
        kind, caption = form.get("kind", "photo"), form.get("caption", "")
        chat = chat_of(self._world, request)
        sent = sending.send_album(self._world, chat, kind, uploads, caption, manner(self._world, form))
        return web.json_response(sent)

    async def large(self, request: web.Request) -> web.Response:
        """Send a file that is larger than a bot may fetch, without its content: `{"kind", "name", "size"}`."""
        body = await read_json(request)
        chat = chat_of(self._world, request)
        file = (body.get("kind", "document"), str(body.get("name", "")), int(body["size"]))
        how = manner(self._world, body)
        return web.json_response(sending.send_large(self._world, chat, *file, str(body.get("caption", "")), how))

    # -- standing

    async def block(self, request: web.Request) -> web.Response:
        """Stop the bot, or let it write again; in a group `from` says who removes it or takes it in."""
        body = await read_json(request)
        act = acts.unblock if request.path.endswith("/unblock") else acts.block
        act(self._world, chat_of(self._world, request), actor(self._world, body))
        return web.json_response({})

    async def deactivate(self, request: web.Request) -> web.Response:
        """Give up the person's account."""
        await read_json(request)
        acts.deactivate(self._world, chat_of(self._world, request))
        return web.json_response({})
