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
        AttachmentTypeRefused: it is of no kind that we take, whatever its name says.
        TooManyAttachments: the caller sent too many in one day.
    """
    return Created(await service.keep(uow, f"person:{caller.me}", name, content))


@routes.post("/v1/attachments", needs=Permission.ANSWER_TICKETS, body_limit=BYTES_MAX, takes=FILES)
async def send(caller: Caller, uow: UnitOfWork, content: bytes, name: FileName = "") -> Created[Attachment]:
    """Keep a file of a member of staff, to be named in an answer or a note later.

    Raises:
        AttachmentEmpty: as for `/v1/me/attachments`, and so are the others.
        AttachmentTypeRefused: see there.
        TooManyAttachments: see there.
    """
    return Created(await service.keep(uow, caller.actor, name, content))
