"""What workers report of messages in their hands, with all that follows from it outside the outbox."""

from datetime import datetime

from core.access import service as access
from core.db.unit_of_work import UnitOfWork
from core.messaging import addresses, reports
from core.messaging.model import Channel, NotDelivered
from core.people.addressees import addressees
from core.support import service as support


async def not_delivered(uow: UnitOfWork, message: int, report: NotDelivered, now: datetime) -> reports.Outcomes:
    """As `reports.not_delivered`; a mailbox that is gone gets no more, and a chat that moved is followed everywhere.

    Raises:
        MessageUnknown: the worker took longer than its lease and another has the message, or it is closed.
    """
    head = (await reports.in_hands(uow, message, report.holder))[0]
    if report.chat_gone and head.channel is Channel.EMAIL and head.person is not None:
        known = (await addressees(uow, [head.person]))[head.person]
        if known.email is not None:
            await addresses.silence_mail(uow, known.email, report.reason)
    if report.migrated_to is not None and head.chat_id is not None:
        await access.follow_chat(uow, head.chat_id, report.migrated_to)
        await support.follow(uow, head.chat_id, report.migrated_to)
    return await reports.not_delivered(uow, message, report, now)
