"""Users, chats and their messages, in the form the Bot API gives them."""

from dataclasses import dataclass, field

from bot.sandbox.model import Json


@dataclass
class User:
    """Somebody with a Telegram account; only whom she shares it with sees the phone, only the page sees the note."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    phone: str = ""
    note: str = ""

    def as_json(self) -> Json:
        """As `User`; what is empty is absent."""
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        body = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return body | {name: value for name, value in optional.items() if value}

    def as_chat(self) -> Json:
        """As the private `Chat` with this user."""
        optional = {"last_name": self.last_name, "username": self.username}
        body = {"id": self.id, "first_name": self.first_name, "type": "private"}
        return body | {name: value for name, value in optional.items() if value}


@dataclass
class Chat:
    """A private chat or a group; messages by id in order."""

    id: int
    title: str = ""
    user: User | None = None
    members: list[int] = field(default_factory=list)
    forum: bool = False
    supergroup: bool = False
    administrator: bool = True
    """The bot's standing in a group: an administrator hears everything and may make topics."""
    topics: dict[int, Json] = field(default_factory=dict)
    """`ForumTopic` by thread, with `closed`."""
    messages: dict[int, Json] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    migrated_to: int | None = None
    keyboard: Json | None = None
    pinned: list[int] = field(default_factory=list)
    menu_button: Json | None = None
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def private(self) -> bool:
        """Whether this is a chat with one person."""
        return self.user is not None

    def as_json(self) -> Json:
        """As `Chat`."""
        if self.user:
            return self.user.as_chat()
        body: Json = {"id": self.id, "title": self.title, "type": "supergroup" if self.supergroup else "group"}
        return body | ({"is_forum": True} if self.forum else {})


@dataclass
class Query:
    """A tap on an inline button that waits for `answerCallbackQuery`; times are monotonic seconds."""

    id: str
    chat_id: int
    message_id: int
    user_id: int
    asked_at: float
    answered: bool = False
    reported: bool = False
