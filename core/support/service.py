"""Use cases of the staff's groups: register, leave, follow, topics, and where previews are shown."""

from core.db.unit_of_work import UnitOfWork
from core.messaging import service as messaging
from core.messaging.model import ChatState
from core.plan import service as plans
from core.plan.model import PlanMissing, QueueSpec, TicketsSpec
from core.support import store
from core.support.model import (
    DeskTerms,
    GroupLeft,
    GroupRegistered,
    GroupUnknown,
    GroupWish,
    Named,
    PreviewPlace,
    QueueUnknown,
    StaffGroup,
    Topic,
)
from core.support.store import Room


async def register(uow: UnitOfWork, chat: int, wish: GroupWish) -> StaffGroup:
    """Let staff work in a group from now on. One that is known already is renewed, and keeps its topics."""
    if await store.add_group(uow, chat, wish.forum, wish.language):
        await uow.emit(GroupRegistered(chat=chat))
    await _speak(uow, chat, wish.language)
    return await group(uow, chat)


async def group(uow: UnitOfWork, chat: int) -> StaffGroup:
    """A group with the queues that are told of there.

    Raises:
        GroupUnknown: staff do not work there.
    """
    room = await store.group(uow, chat)
    if room is None:
        raise GroupUnknown(group=str(chat))
    return _shown(room, await _queues(uow))


async def groups(uow: UnitOfWork) -> list[StaffGroup]:
    """All groups in which staff work, by number."""
    queues = await _queues(uow)
    return [_shown(room, queues) for room in await store.groups(uow)]


async def leave(uow: UnitOfWork, chat: int) -> None:
    """Staff work in this group no more; one in which they did not stays so."""
    if await store.remove_group(uow, chat):
        await uow.emit(GroupLeft(chat=chat))


async def follow(uow: UnitOfWork, old: int, new: int) -> None:
    """A group goes on under another number; one in which no staff work is nobody's business."""
    if await store.group(uow, old) is not None:
        await store.move_group(uow, old, new)
        await uow.emit(GroupLeft(chat=old))
        await uow.emit(GroupRegistered(chat=new))


async def set_topic(uow: UnitOfWork, chat: int, queue: str, thread: int) -> StaffGroup:
    """Tell of a queue in this topic of the group from now on.

    Raises:
        GroupUnknown: staff do not work there.
        QueueUnknown: the plan in force has no such queue.
    """
    known = await group(uow, chat)
    if queue not in {topic.queue for topic in known.topics}:
        raise QueueUnknown(queue=queue)
    await store.set_topic(uow, chat, queue, thread)
    return await group(uow, chat)


async def previewed(uow: UnitOfWork, place: PreviewPlace, own: int | None) -> None:
    """Remember which message shows an answer, so that it can say later what became of it.

    Args:
        own: the private chat of who answers, the only one in which that may be besides the staff's groups.

    Raises:
        GroupUnknown: staff do not work where it is shown.
    """
    if place.chat != own and await store.group(uow, place.chat) is None:
        raise GroupUnknown(group=str(place.chat))
    await store.add_preview(uow, place)


async def terms(uow: UnitOfWork) -> DeskTerms:
    """The company's words for types, states and queues."""
    spec, zone = await _plan(uow)
    return DeskTerms(
        types=tuple(Named(code=one.code, name=one.name) for one in spec.types),
        states=tuple(Named(code=one.code, name=one.name) for one in spec.states),
        queues=tuple(Named(code=one.code, name=one.name) for one in spec.queues),
        zone=zone,
    )


async def _queues(uow: UnitOfWork) -> tuple[QueueSpec, ...]:
    return (await _plan(uow))[0].queues


async def _plan(uow: UnitOfWork) -> tuple[TicketsSpec, str]:
    """What the plan in force says about tickets, and its time zone."""
    try:
        plan = await plans.plan_in_force(uow, uow.now)
    except PlanMissing:
        return TicketsSpec(), "UTC"
    return plan.tickets, plan.calendar.time_zone


async def _speak(uow: UnitOfWork, chat: int, language: str) -> None:
    """Keep where the worker looks it up in which language to write there."""
    kept = (await messaging.chat_state(uow, chat)).state
    if kept.get("language") != language:
        await messaging.keep_chat_state(uow, chat, ChatState(state={**kept, "language": language}))


def _shown(room: Room, queues: tuple[QueueSpec, ...]) -> StaffGroup:
    topics = tuple(Topic(queue=one.code, name=one.name, thread=room.threads.get(one.code)) for one in queues)
    return StaffGroup(chat=room.chat, forum=room.forum, language=room.language, topics=topics)
