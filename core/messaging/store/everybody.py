"""Reading all chats and silent addresses, in stretches so that others get in between."""

from sqlalchemy import Text, select

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.store.addresses import CHAT_LINK, CHATS, MAILS, STATES

AT_ONCE = 50_000


async def chat_ways(uow: UnitOfWork) -> list[tuple[PersonId, str | None, str | None]]:
    """Of every linked chat whose it is, why it is silent, and the language last spoken there."""
    language = STATES.c.state.op("->>", return_type=Text())("language")
    joined = CHAT_LINK.outerjoin(CHATS, CHATS.c.chat_id == CHAT_LINK.c.chat_id).outerjoin(
        STATES, STATES.c.chat_id == CHAT_LINK.c.chat_id
    )
    asked = (
        select(CHAT_LINK.c.chat_id, CHAT_LINK.c.person_id, CHATS.c.reason, language)
        .select_from(joined)
        .order_by(CHAT_LINK.c.chat_id)
        .limit(AT_ONCE)
    )
    found = list((await uow.connection.execute(asked)).all())
    stretch = found
    while len(stretch) == AT_ONCE:
        after = CHAT_LINK.c.chat_id > stretch[-1].chat_id
        stretch = list((await uow.connection.execute(asked.where(after))).all())
        found += stretch
    return [(PersonId(person), reason, language) for _, person, reason, language in found]


async def gone_mails(uow: UnitOfWork) -> set[str]:
    """E-mail addresses that take no messages."""
    return set((await uow.connection.execute(select(MAILS.c.email))).scalars())
