"""Words and files as they come in: how much one message takes, and whose the files are."""

from collections.abc import Sequence

from core.attachments import service as attachments
from core.attachments.model import Attachment, TooManyAttachments
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.plan.model import TicketsSpec
from core.tickets.model import ANSWER_MAX, TEXT_MAX, TicketTextEmpty, TicketTextTooLong
from core.tickets.rules.wording import says_anything, units

Written = tuple[str, tuple[Attachment, ...]]
"""The words of one message, exactly, and its files."""


def owner_of(person: PersonId) -> str:
    """How the files of a person are called hers."""
    return f"person:{person}"


async def hers(uow: UnitOfWork, spec: TicketsSpec, me: PersonId, text: str, files: Sequence[int]) -> Written:
    """A message of hers.

    Raises:
        TicketTextEmpty: there are neither words nor files.
        TicketTextTooLong, TooManyAttachments: there is too much for one message.
        AttachmentUnknown: a file is not hers.
    """
    return await written(uow, spec, owner_of(me), text, files, most=TEXT_MAX)


async def ours(uow: UnitOfWork, spec: TicketsSpec, actor: str, text: str, files: Sequence[int]) -> Written:
    """A message of staff, short enough to be one of the messenger's; refused as `hers` is.

    Args:
        actor: how events name the member of staff, which is how her files are called hers.
    """
    return await written(uow, spec, actor, text, files, most=ANSWER_MAX)


async def written(
    uow: UnitOfWork, spec: TicketsSpec, owner: str, text: str, files: Sequence[int], *, most: int
) -> Written:
    """A message of an owner of files, of at most so many units of UTF-16."""
    if not files and not says_anything(text):
        raise TicketTextEmpty
    if units(text) > most:
        raise TicketTextTooLong(length=units(text), most=most)
    if len(set(files)) > spec.files:
        raise TooManyAttachments(most=spec.files)
    return text, await attachments.owned(uow, owner, files) if files else ()
