"""The whole state of one sandbox, and the few acts that methods and people share."""

import itertools
import time
from pathlib import Path

from bot.sandbox.bell import Bus
from bot.sandbox.chat import Chat, Query, User
from bot.sandbox.failures import Failures
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.flood import Flood
from bot.sandbox.model import DEFAULT_TOKEN, Json, Options
from bot.sandbox.profile import Profile
from bot.sandbox.refusals import refuse
from bot.sandbox.updates import Updates

_EPOCH = 1_750_000_000


class World:
    """Everything the stand-in remembers."""

    def __init__(self, options: Options, *, token: str = DEFAULT_TOKEN, folder: Path | None = None) -> None:
        self.options = options
        self.token = token
        self.bot = Profile(id=int(token.partition(":")[0]))
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files(folder / "files" if folder else None)
        self.updates = Updates()
        self.queries: dict[str, Query] = {}
        self.bus = Bus()
        self.faults = Faults()
        self.failures = Failures()
        self.flood = Flood(options)
        self.webhook: Json = {"url": ""}
        self.calls: list[Json] = []
        self.message_ids = itertools.count(int(time.time()) - _EPOCH)  # so that ids never come twice
        self.last_message_id = 0
        self.query_ids = itertools.count(int(time.time()) * 1_000_000)

    # -- people and chats

    def add_user(self, user: User) -> Chat:
        """Make a user known, or change what is known of her; nothing is sent yet."""
        self.users[user.id] = user
        chat = self.chats.setdefault(user.id, Chat(user.id, user=user))
        chat.user = user
        self.bus.publish("person", chat_id=user.id)
        return chat

    def reachable_chat(self, chat_id: int | str) -> Chat:
        """The chat the bot writes to.

        Raises:
            Refusal: nobody by that id, or a person who has not started the bot, or has blocked it.
        """
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise refuse("chat_id_empty" if chat_id == "" else "chat_not_found")
        if chat.migrated_to is not None:
            raise refuse("migrated", parameters={"migrate_to_chat_id": chat.migrated_to})
        if chat.deactivated:
            raise refuse("deactivated")
        if chat.blocked:
            raise refuse("blocked" if chat.private else "kicked")
        if chat.private and not chat.started:
            raise refuse("never_started")
        return chat

    # -- messages

    def new_message(self, chat: Chat, sender: Json, **content: object) -> Json:
        """Store a message and show it on the page."""
        message: Json = {
            "message_id": next(self.message_ids),
            "from": sender,
            "chat": chat.as_json(),
            "date": int(time.time()),
            **{name: value for name, value in content.items() if value not in (None, [], "")},
        }
        chat.messages[message["message_id"]] = message
        self.last_message_id = max(self.last_message_id, int(message["message_id"]))
        self.bus.publish("message", chat_id=chat.id, message=message)
        return message

    def changed_message(self, chat: Chat, message: Json) -> None:
        """Show a changed message on the page."""
        self.bus.publish("edit", chat_id=chat.id, message=message)

    def delete_message(self, chat: Chat, message_id: int) -> None:
        """Take a message away."""
        del chat.messages[message_id]
        chat.pinned = [pinned for pinned in chat.pinned if pinned != message_id]
        self.bus.publish("delete", chat_id=chat.id, message_id=message_id)

    # -- taps

    def late_queries(self, *, at_once: bool = False) -> list[Query]:
        """Taps that were not answered in time (or, `at_once`, not yet), each named once."""
        limit = time.monotonic() - (0 if at_once else self.options.callback_seconds_max)
        late = [q for q in self.queries.values() if not q.answered and not q.reported and q.asked_at < limit]
        for query in late:
            query.reported = True
        return late

    def note_unanswered(self, *, at_once: bool = False) -> None:
        """Move taps that were left unanswered into the faults; `at_once` does not wait for their time to pass."""
        for query in self.late_queries(at_once=at_once):
            self.faults.add(refuse("query_unanswered"), "answerCallbackQuery", query.chat_id)
