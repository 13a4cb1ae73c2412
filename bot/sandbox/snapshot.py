"""Keeps users and chats in a folder, so that a demonstration can be stopped and gone on with."""

import itertools
import json
from dataclasses import asdict
from pathlib import Path

from bot.sandbox.chat import Chat, User
from bot.sandbox.model import Json
from bot.sandbox.world import World

_NAME = "chats.json"
_MESSAGES_KEPT = 200  # of each chat
_KEPT = (
    "id", "title", "members", "forum", "supergroup", "administrator", "started", "blocked", "migrated_to", "keyboard",
    "pinned", "menu_button",
)  # fmt: skip


def save(world: World, folder: Path) -> None:
    """Write the world's people, chats and unconfirmed updates, at once or not at all."""
    body = {
        "users": [asdict(user) for user in world.users.values()],
        "chats": [_chat(chat) for chat in world.chats.values()],
        "next_message_id": max((max(chat.messages, default=0) for chat in world.chats.values()), default=0) + 1,
        "next_update_id": world.updates.next_id,
        "pending": world.updates.pending,
    }
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{_NAME}.new"
    fresh.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    fresh.replace(folder / _NAME)


def _chat(chat: Chat) -> Json:
    kept = list(chat.messages.values())[-_MESSAGES_KEPT:]
    topics = list(chat.topics.values())
    return {**{name: getattr(chat, name) for name in _KEPT}, "topics": topics, "messages": kept}


def load(world: World, folder: Path) -> None:
    """Take up what `save` wrote, if anything."""
    path = folder / _NAME
    if not path.exists():
        return
    body: Json = json.loads(path.read_text(encoding="utf-8"))
    world.users = {user["id"]: User(**user) for user in body["users"]}
    for kept in body["chats"]:
        messages = {message["message_id"]: message for message in kept.pop("messages")}
        topics = {topic["message_thread_id"]: topic for topic in kept.pop("topics", [])}
        user = world.users.get(kept["id"])
        world.chats[kept["id"]] = Chat(**kept, user=user, topics=topics, messages=messages)
    world.message_ids = itertools.count(body["next_message_id"])
    world.last_message_id = body["next_message_id"] - 1
    world.updates.next_id = body["next_update_id"]
    world.updates.pending = body["pending"]
