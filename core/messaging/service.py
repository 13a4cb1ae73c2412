"""Use cases of the inbox and of the small things beside it. The outbox has its own: `core.messaging.outbox`.

`now` is real time throughout: a lease must not jump with the company's clock.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from core.db.unit_of_work import UnitOfWork
from core.messaging import pace
from core.messaging.model import ChatState, Claimed, Claims, Exchange, FileId, Lease, LeaseWish, Shown
from core.messaging.store import addresses, desk, inbox, outbox

CHAT_LEASE = timedelta(seconds=8)
"""How long a chat waits when its process was killed; renewed well before that by every exchange."""
ATTEMPTS_MAX = 20
"""An update over which so many processes died is given up, or it would kill them for ever."""
KEPT = timedelta(days=7)
"""How long done updates stay, so that a late repetition is known."""
ABOUT_KEPT = timedelta(days=90)
"""How long it is known what a message is about, so that a reply to it finds its ticket."""


async def exchange(uow: UnitOfWork, wish: Exchange, now: datetime) -> Claims:
    """Store what came, record what was sent and done, and hand out work, in one transaction.

    Args:
        now: real time.

    Returns:
        Updates for the asker alone: of each chat it gets, all that wait there, in order. It handles them one after
        the other. What is in `wish.holding` is not handed out again.
    """
    known = await inbox.chats_of(uow, wish.bot, {*wish.done, *wish.holding})
    arrived = {update.chat_id for update in wish.updates}
    await inbox.lock_chats(uow, wish.bot, arrived | set(known.values()))
    await inbox.add_updates(uow, wish.bot, wish.updates, now)
    await addresses.unsilence(uow, arrived)
    await inbox.add_sent(uow, wish.bot, wish.sent, now)
    await desk.add_files(uow, wish.bot, wish.files, now)
    await inbox.end_updates(uow, wish.bot, wish.done, now)

    held = await inbox.renew(uow, wish.bot, _chats(wish.holding, known), wish.holder, now + CHAT_LEASE)
    await inbox.release_idle(uow, wish.bot, set(known.values()), wish.holder)
    updates = await _claim(uow, wish, now)
    await pace.answered(uow, (step.chat_id for step in wish.sent), now)
    return Claims(updates=tuple(updates), lost=tuple(u for u in wish.holding if known.get(u) not in held))


async def _claim(uow: UnitOfWork, wish: Exchange, now: datetime) -> list[Claimed]:
    if not wish.chats_max:
        return []
    chats = await inbox.take_chats(
        uow,
        wish.bot,
        holder=wish.holder,
        now=now,
        until=now + CHAT_LEASE,
        holding=wish.holding,
        count_max=wish.chats_max,
    )
    handed = await inbox.hand_out(uow, wish.bot, chats, wish.holding)
    hopeless = [update.update_id for update in handed if update.attempt > ATTEMPTS_MAX]
    await inbox.end_updates(uow, wish.bot, hopeless, now)
    return [update for update in handed if update.attempt <= ATTEMPTS_MAX]


def _chats(updates: Collection[int], known: Mapping[int, int]) -> set[int]:
    return {known[update] for update in updates if update in known}


async def lease(uow: UnitOfWork, name: str, wish: LeaseWish, now: datetime) -> Lease:
    """Take, prolong or learn who holds the lease `name`."""
    await desk.take_lease(uow, name, wish.holder, now=now, until=now + timedelta(seconds=wish.seconds))
    holder, fence = await desk.lease(uow, name)
    return Lease(name=name, holder=holder, held=holder == wish.holder, fence=fence)


async def chat_state(uow: UnitOfWork, chat: int) -> ChatState:
    """What the bot keeps of a chat."""
    return ChatState(state=await desk.chat_state(uow, chat))


async def keep_chat_state(uow: UnitOfWork, chat: int, kept: ChatState) -> None:
    """Keep that of a chat from now on."""
    await desk.keep_chat_state(uow, chat, kept.state)


async def file_id(uow: UnitOfWork, bot: int, key: str) -> FileId:
    """The messenger's name for a file that this bot uploaded before."""
    return FileId(file_id=await desk.file_id(uow, bot, key))


async def shown(uow: UnitOfWork, bot: int, chat: int, message: int) -> Shown:
    """What a message of ours shows now and is about, as far as it was recorded, whether bot or worker sent it."""
    found = await inbox.shown(uow, bot, chat, message)
    if found.about is not None:
        return found
    return found.model_copy(update={"about": await outbox.subject_of(uow, chat, message)})


async def tidy(uow: UnitOfWork, now: datetime) -> int:
    """Forget what was done more than a week ago; messages that somebody may reply to are known for longer.

    Returns:
        How many updates were forgotten.
    """
    await pace.tidy(uow, now)
    return await inbox.forget_before(uow, now - KEPT, now - ABOUT_KEPT)
