"""A group becomes the staff's: /desk registers it, and opens a topic for each queue where it is a forum."""

from telegram import Chat
from telegram.error import BadRequest

from bot import desk_menu, staff
from bot.context import Context
from bot.render import desk as render
from bot.staff import core_of, post
from core.access.model import PermissionMissing
from core.kernel.errors import Refused
from core.support.model import GroupWish, StaffGroup
from i18n.negotiation import choose

GONE = ("thread not found", "topic_deleted", "topic_id_invalid")
"""What Telegram says of a topic that is not there; of one that is open already it says that nothing changed."""


async def register(context: Context, chat: Chat) -> None:
    """/desk in a group, by a member who may: let staff work here from now on. Again shows how it stands."""
    message, user = context.flow.update.message, context.flow.user
    assert message is not None and user is not None, "a command is somebody's message"
    here = await staff.staff_group(context, anew=True)
    language = here.language if here else choose(telegram_tag=user.language_code)
    wish = GroupWish(forum=bool(chat.is_forum), language=language)
    try:
        # Not as `core_of` asks: before it is registered nobody has any rights in a group.
        member = context.services.core.for_member(user.id, language=context.tr.language)
        group = await member.register_group(chat.id, wish, idempotency_key=context.key("register"))
    except Refused as refusal:
        if refusal.code != PermissionMissing.code:
            raise
        await post(context, staff.spot_of(message), render.not_set_up(context.tr))
        return
    group, refused = await _open_topics(context, group)
    await staff.staff_group(context, anew=True)
    await desk_menu.in_group(context, chat.id)
    await post(context, staff.spot_of(message), render.set_up(group, context.tr, topics_refused=refused))


async def _open_topics(context: Context, group: StaffGroup) -> tuple[StaffGroup, bool]:
    """A topic for each queue that has none, or whose was deleted; and whether the group does not let us open any."""
    for topic in group.topics if group.forum else ():
        if topic.thread is not None and not await _is_gone(context, group.chat, topic.thread):
            continue
        name = context.tr.company(topic.name)
        try:
            made = await context.bot.create_forum_topic(group.chat, name)
        except BadRequest:
            return group, True
        thread, key = made.message_thread_id, context.key(f"topic:{topic.queue}")
        group = await core_of(context).set_topic(group.chat, topic.queue, thread, idempotency_key=key)
    return group, False


async def _is_gone(context: Context, chat: int, thread: int) -> bool:
    """Whether a topic was deleted; one that was closed is open again."""
    try:
        await context.bot.reopen_forum_topic(chat, thread)
    except BadRequest as error:
        return any(reason in str(error).lower() for reason in GONE)
    return False
