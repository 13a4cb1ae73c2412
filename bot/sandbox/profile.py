"""What the bot tells about itself: commands by scope and language, names and descriptions by language."""

from dataclasses import dataclass, field

from bot.sandbox.model import Json

Scope = tuple[str, int, int]  # type, chat, user; 0 where the scope has none


def scope_key(scope: Json | None) -> Scope:
    """A scope as a key; none means the default one."""
    scope = scope or {"type": "default"}
    return scope["type"], int(scope.get("chat_id", 0)), int(scope.get("user_id", 0))


@dataclass
class Profile:
    """The bot's own account."""

    id: int
    username: str = "upline_sandbox_bot"
    first_name: str = "Upline"
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "default"})

    def as_json(self) -> Json:
        """As `User`, without what only getMe tells."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}

    def commands_for(self, chat_id: int, user_id: int, language: str) -> list[Json]:
        """The command list a client shows, by Telegram's order of scopes: narrow before wide, language before none."""
        everywhere = ("all_private_chats", 0, 0) if chat_id > 0 else ("all_group_chats", 0, 0)
        scopes: list[Scope] = [("chat_member", chat_id, user_id), ("chat", chat_id, 0), everywhere, ("default", 0, 0)]
        for scope in scopes:
            for code in (language[:2], ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

    @staticmethod
    def localised(texts: dict[str, str], language: str) -> str:
        """The text for a language's two letters, else the one for everybody."""
        return texts.get(language[:2]) or texts.get("", "")
