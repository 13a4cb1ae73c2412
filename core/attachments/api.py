"""Sending a file ahead of the message that it belongs to. The body is the file itself."""

from typing import Annotated

from pydantic import Field

from core.access.model import Caller, Permission
from core.attachments import service
from core.attachments.model import BYTES_MAX, Attachment
from core.db.unit_of_work import UnitOfWork
from core.http.model import Created
from core.http.routes import Routes

routes = Routes()

FILES = ("application/octet-stream",)
FileName = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]


@routes.post("/v1/me/attachments", needs=Permission.OWN_TICKETS, body_limit=BYTES_MAX, takes=FILES)
async def send_own(caller: Caller, uow: UnitOfWork, content: bytes, name: FileName = "") -> Created[Attachment]:
    """Keep a file of the caller's, to be named in a message later; the same file again is the same attachment.

    Raises:
        AttachmentEmpty: nothing is in it.
        AttachmentTooLarge: it is larger than the company takes.
        AttachmentTypeRefused: it is of no kind that we take, whatever its name says.
        TooManyAttachments: the caller sent too many in one day.
    """
    return await _keep(uow, f"person:{caller.me}", name, content)


@routes.post("/v1/attachments", needs=Permission.ANSWER_TICKETS, body_limit=BYTES_MAX, takes=FILES)
async def send(caller: Caller, uow: UnitOfWork, content: bytes, name: FileName = "") -> Created[Attachment]:
    """Keep a file of a member of staff, to be named in an answer or a note later.

    Raises:
        AttachmentEmpty: as for `/v1/me/attachments`, and so are the others.
        AttachmentTypeRefused: see there.
        TooManyAttachments: see there.
    """
    return await _keep(uow, caller.actor, name, content)


async def _keep(uow: UnitOfWork, owner: str, name: str, content: bytes) -> Created[Attachment]:
    most = await service.bytes_most(uow)
    return Created(await service.keep(uow, owner, name, content, bytes_max=most))
