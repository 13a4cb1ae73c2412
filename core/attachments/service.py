"""Use cases of files: keeping one, and what is in it. Who may see which is the business of the room that shows it."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import timedelta

from core.attachments import store
from core.attachments.model import (
    A_DAY_MAX,
    BYTES_MAX,
    Attachment,
    AttachmentEmpty,
    AttachmentTooLarge,
    AttachmentTypeRefused,
    AttachmentUnknown,
    Content,
    TooManyAttachments,
)
from core.attachments.rules.names import safe_name
from core.attachments.rules.types import kind_of
from core.db.unit_of_work import UnitOfWork
from core.plan import service as plans
from core.plan.model import PlanMissing

DAY = timedelta(days=1)


async def keep(uow: UnitOfWork, owner: str, name: str, content: bytes, *, bytes_max: int = BYTES_MAX) -> Attachment:
    """Keep a file. Safe to repeat: the same content of the same owner under the same name is the same attachment.

    Args:
        owner: who sends it, as events name her: `person:5`.
        name: what the sender calls it, or nothing; what is kept is safe and fits the content.
        bytes_max: what the company takes; never more than `BYTES_MAX`.

    Raises:
        AttachmentEmpty: nothing is in it.
        AttachmentTooLarge: it is larger than `bytes_max`.
        AttachmentTypeRefused: its content is of no kind that we take.
        TooManyAttachments: this owner sent `A_DAY_MAX` files in the last 24 hours.
    """
    most = min(bytes_max, BYTES_MAX)
    if not content:
        raise AttachmentEmpty
    if len(content) > most:
        raise AttachmentTooLarge(most_mb=most // 2**20)
    kind = kind_of(content, name)
    if kind is None:
        raise AttachmentTypeRefused(name=name[:80])
    kept_as, digest = safe_name(name, kind), hashlib.sha256(content).digest()
    known = await store.find(uow, owner, digest, kept_as)
    if known is not None:
        return known
    if await store.sent_since(uow, owner, uow.now - DAY) >= A_DAY_MAX:
        raise TooManyAttachments(most=A_DAY_MAX)
    return await store.add(uow, owner, digest, content, kept_as, kind.media_type)


async def bytes_most(uow: UnitOfWork) -> int:
    """How large a file the company takes; without a plan, what we keep at most."""
    try:
        plan = await plans.plan_in_force(uow, uow.now)
    except PlanMissing:
        return BYTES_MAX
    return plan.tickets.file_megabytes * 2**20


async def content(uow: UnitOfWork, number: int) -> Content:
    """A file with what is in it, whoever's it is.

    Raises:
        AttachmentUnknown: there is no such file.
    """
    found = await store.content(uow, number)
    if found is None:
        raise AttachmentUnknown(attachment=number)
    return found


async def owned(uow: UnitOfWork, owner: str, numbers: Sequence[int]) -> tuple[Attachment, ...]:
    """Files that this owner sent, each once, in the order asked for.

    Raises:
        AttachmentUnknown: the first that does not exist or is somebody else's; which of the two nobody learns.
    """
    found = await store.some(uow, numbers, owner) if numbers else {}
    for number in numbers:
        if number not in found:
            raise AttachmentUnknown(attachment=number)
    return tuple(found[number] for number in dict.fromkeys(numbers))


async def some(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, Attachment]:
    """Files by number, whosever they are; those that do not exist are left out."""
    return await store.some(uow, numbers, None) if numbers else {}


async def forget(uow: UnitOfWork, numbers: Collection[int]) -> None:
    """Delete files that nothing refers to any more, such as those of a draft that lapsed."""
    if numbers:
        await store.forget(uow, numbers)
