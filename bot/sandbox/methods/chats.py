"""Taps, files, pins, reactions, and what is known of a chat."""

import time

from bot.sandbox.membership import bot_member
from bot.sandbox.model import Call, Json
from bot.sandbox.refusals import refuse
from bot.sandbox.world import World

_ANSWER_MAX = 200
_REACTIONS = set(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)


async def answer_callback_query(world: World, call: Call) -> bool:
    """`answerCallbackQuery`: once, and in time."""
    query = world.queries.get(call.text("callback_query_id"))
    if len(call.text("text")) > _ANSWER_MAX:
        raise refuse("answer_too_long")
    if query is None or query.answered or time.monotonic() - query.asked_at > world.options.callback_seconds_max:
        if query is not None:
            query.reported = True  # the refusal counts it; not a second time as unanswered
        raise refuse("query_too_old")
    if call.has("url") and not call.text("url").startswith(("https://t.me/", "tg://")):
        raise refuse("answer_url_invalid")
    query.answered = True
    facts = {"text": call.text("text"), "alert": call.flag("show_alert"), "url": call.text("url")}
    world.bus.publish("answer", chat_id=query.chat_id, user_id=query.user_id, message_id=query.message_id, **facts)
    return True


async def get_file(world: World, call: Call) -> Json:
    """`getFile`: where to download from."""
    stored = world.files.find(call.text("file_id"))
    if stored is None:
        raise refuse("file_unknown")
    if stored.hollow or stored.size > world.options.download_bytes_max:
        raise refuse("download_too_big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


async def get_chat(world: World, call: Call) -> Json:
    """`getChat`: a chat as `ChatFullInfo`."""
    chat = world.chats.get(call.params["chat_id"])
    if chat is None or (chat.private and not chat.started):
        raise refuse("chat_not_found")
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), True
    )
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    full = {"accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return chat.as_json() | full | ({"pinned_message": pinned} if pinned else {})


async def get_chat_member(world: World, call: Call) -> Json:
    """`getChatMember`: in groups the bot's own standing too."""
    chat = world.chats.get(call.params["chat_id"])
    user = world.users.get(call.integer("user_id"))
    if chat is not None and call.integer("user_id") == world.bot.id:
        return bot_member(world, chat)
    if chat is None or user is None:
        raise refuse("chat_not_found")
    inside = user.id in chat.members or chat.user is user
    return {"status": "member" if inside else "left", "user": user.as_json()}


async def leave_chat(world: World, call: Call) -> bool:
    """`leaveChat`: groups only."""
    chat = world.reachable_chat(call.params["chat_id"])
    if chat.private:
        raise refuse("chat_not_found")
    chat.blocked = True
    return True


async def pin_chat_message(world: World, call: Call) -> bool:
    """`pinChatMessage`."""
    chat = world.reachable_chat(call.params["chat_id"])
    message_id = call.integer("message_id")
    if message_id not in chat.messages:
        raise refuse("pin_not_found")
    chat.pinned = [*(other for other in chat.pinned if other != message_id), message_id]
    world.bus.publish("pin", chat_id=chat.id, pinned=chat.pinned)
    return True


async def unpin_chat_message(world: World, call: Call) -> bool:
    """`unpinChatMessage`: the named one, else the newest."""
    chat = world.reachable_chat(call.params["chat_id"])
    message_id = call.integer("message_id", default=chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise refuse("pin_not_found")
    chat.pinned.remove(message_id)
    world.bus.publish("pin", chat_id=chat.id, pinned=chat.pinned)
    return True


async def unpin_all_chat_messages(world: World, call: Call) -> bool:
    """`unpinAllChatMessages`."""
    chat = world.reachable_chat(call.params["chat_id"])
    chat.pinned.clear()
    world.bus.publish("pin", chat_id=chat.id, pinned=[])
    return True


async def set_message_reaction(world: World, call: Call) -> bool:
    """`setMessageReaction`: bots may set one, from the list the documentation gives."""
    chat = world.reachable_chat(call.params["chat_id"])
    message_id = call.integer("message_id")
    reactions: list[Json] = call.params.get("reaction") or []
    if message_id not in chat.messages:
        raise refuse("react_not_found")
    if len(reactions) > 1:
        raise refuse("reactions_too_many")
    if any(reaction.get("emoji", "").removesuffix("\ufe0f") not in _REACTIONS for reaction in reactions):
        raise refuse("reaction_invalid")
    chat.reactions[message_id] = reactions
    world.bus.publish("reaction", chat_id=chat.id, message_id=message_id, reactions=reactions)
    return True


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
