"""What the page and tests are shown of the world."""

from collections.abc import Sequence
from dataclasses import asdict

from bot.sandbox.chat import Chat
from bot.sandbox.model import DemoPerson, Json
from bot.sandbox.world import World


def person_view(world: World, person: DemoPerson) -> Json:
    """One line of the list of people, with the last message and the language chosen here."""
    chat = world.chats.get(person.id)
    user = world.users.get(person.id)
    language = user.language_code if user else person.language_code
    return {
        **asdict(person),
        "language_code": language,
        "started": bool(chat and chat.started),
        "blocked": bool(chat and chat.blocked),
        "last": list(chat.messages.values())[-1] if chat and chat.messages else None,
    }


def known_people(world: World, offered: Sequence[DemoPerson]) -> list[Json]:
    """The people on offer, then others that somebody made."""
    ids = {person.id for person in offered}
    others = [
        DemoPerson(user.id, user.first_name, user.last_name, user.username, user.language_code, user.phone, user.note)
        for user in world.users.values()
        if user.id not in ids
    ]
    return [person_view(world, person) for person in (*offered, *others)]


def known_groups(world: World) -> list[Json]:
    """Groups as the page lists them: those that grew into another are left out."""
    return [
        {**chat.as_json(), "members": chat.members, "last": list(chat.messages.values())[-1] if chat.messages else None}
        for chat in world.chats.values()
        if not chat.private and chat.migrated_to is None
    ]


def chat_view(world: World, chat: Chat) -> Json:
    """A whole chat: messages, keyboard, commands, and what the bot says of itself before the first message."""
    language = chat.user.language_code if chat.user else ""
    bot = world.bot
    return {
        "seq": world.bus.last,
        "chat": chat.as_json(),
        "user": asdict(chat.user) if chat.user else None,
        "started": chat.started,
        "blocked": chat.blocked,
        "members": [asdict(world.users[one]) for one in chat.members if one in world.users],
        "topics": list(chat.topics.values()),
        "messages": list(chat.messages.values()),
        "reactions": chat.reactions,
        "pinned": chat.pinned,
        "keyboard": chat.keyboard,
        "commands": bot.commands_for(chat.id, chat.user.id if chat.user else 0, language),
        "menu_button": chat.menu_button or bot.menu_button,
        "bot": {
            **bot.as_json(),
            "first_name": bot.localised(bot.names, language) or bot.first_name,
            "description": bot.localised(bot.descriptions, language),
            "short_description": bot.localised(bot.short_descriptions, language),
        },
    }
