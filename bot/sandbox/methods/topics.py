"""Topics of a forum: a supergroup whose messages stand in threads."""

from bot.sandbox.chat import Chat
from bot.sandbox.model import Call, Json
from bot.sandbox.refusals import refuse
from bot.sandbox.world import World

NAME_MAX = 128
COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
"""Those that the documentation of `createForumTopic` names."""


def _forum(world: World, call: Call) -> Chat:
    chat = world.reachable_chat(call.params["chat_id"])
    if not chat.forum:
        raise refuse("not_a_forum")
    if not chat.administrator:
        raise refuse("topic_rights")
    return chat


def _topic(world: World, call: Call) -> tuple[Chat, Json]:
    chat = _forum(world, call)
    topic = chat.topics.get(call.integer("message_thread_id"))
    if topic is None:
        raise refuse("thread_not_found")
    return chat, topic


def _name(call: Call) -> str:
    name = call.text("name").strip()
    if not 1 <= len(name) <= NAME_MAX:
        raise refuse("topic_name_invalid")
    return name


def open_topic(world: World, chat: Chat, sender: Json, name: str, colour: int = COLOURS[0]) -> Json:
    """Make a topic; the message that opens it has the topic's own number."""
    words = {"name": name, "icon_color": colour}
    opening = world.new_message(chat, sender, forum_topic_created=words, is_topic_message=True)
    opening["message_thread_id"] = opening["message_id"]
    chat.topics[opening["message_id"]] = {"message_thread_id": opening["message_id"], **words, "closed": False}
    world.bus.publish("topics", chat_id=chat.id)
    return {"message_thread_id": opening["message_id"], **words}


async def create_forum_topic(world: World, call: Call) -> Json:
    """`createForumTopic`."""
    chat, name = _forum(world, call), _name(call)
    colour = call.integer("icon_color", COLOURS[0])
    if colour not in COLOURS:
        raise refuse(
            "field_wrong_type", field="icon_color", kinds="a colour", where="methods.createForumTopic.icon_color"
        )
    return open_topic(world, chat, world.bot.as_json(), name, colour)


async def edit_forum_topic(world: World, call: Call) -> bool:
    """`editForumTopic`: its name."""
    chat, topic = _topic(world, call)
    if not call.has("name"):
        return True
    if topic["name"] == _name(call):
        raise refuse("topic_not_modified")
    topic["name"] = _name(call)
    return _tell(world, chat, topic, forum_topic_edited={"name": topic["name"]})


async def close_forum_topic(world: World, call: Call) -> bool:
    """`closeForumTopic`."""
    return _shut(world, call, closed=True)


async def reopen_forum_topic(world: World, call: Call) -> bool:
    """`reopenForumTopic`."""
    return _shut(world, call, closed=False)


def _shut(world: World, call: Call, *, closed: bool) -> bool:
    chat, topic = _topic(world, call)
    if topic["closed"] is closed:
        raise refuse("topic_not_modified")
    topic["closed"] = closed
    return _tell(world, chat, topic, **{f"forum_topic_{'closed' if closed else 'reopened'}": {}})


async def delete_forum_topic(world: World, call: Call) -> bool:
    """`deleteForumTopic`: with all that stands in it."""
    chat, topic = _topic(world, call)
    thread = topic["message_thread_id"]
    for message in [one for one in chat.messages.values() if one.get("message_thread_id") == thread]:
        world.delete_message(chat, message["message_id"])
    del chat.topics[thread]
    world.bus.publish("topics", chat_id=chat.id)
    return True


def _tell(world: World, chat: Chat, topic: Json, **told: Json) -> bool:
    thread = {"message_thread_id": topic["message_thread_id"], "is_topic_message": True}
    world.new_message(chat, world.bot.as_json(), **thread, **told)
    world.bus.publish("topics", chat_id=chat.id)
    return True


METHODS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
