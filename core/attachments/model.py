"""Words of files that people and staff send."""

from dataclasses import dataclass
from typing import ClassVar

from core.kernel.errors import DomainError, NotFound
from core.kernel.words import Model

BYTES_MAX = 20 * 2**20
"""What a messenger lets a bot fetch, and the most that we keep of one file whatever the plan says."""
A_DAY_MAX = 200
"""Files that one owner may send in 24 hours; more is no conversation."""


class Attachment(Model):
    """A file as everybody speaks of it; its content is asked for by its number."""

    id: int
    name: str
    """Safe to show, to save and to send."""
    media_type: str
    """What its content is, such as `image/jpeg`."""
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file with what is in it."""

    attachment: Attachment
    content: bytes


class AttachmentUnknown(NotFound):
    """There is no such file, or it is somebody else's. Facts: `attachment`."""

    code: ClassVar[str] = "attachment_unknown"


class AttachmentEmpty(DomainError):
    """Nothing is in the file."""

    code: ClassVar[str] = "attachment_empty"
    status: ClassVar[int] = 422


class AttachmentTooLarge(DomainError):
    """The file is larger than the company takes. Facts: `most_mb`."""

    code: ClassVar[str] = "attachment_too_large"
    status: ClassVar[int] = 413


class AttachmentTypeRefused(DomainError):
    """Its content is of no kind that we take; its name may say otherwise. Facts: `name`."""

    code: ClassVar[str] = "attachment_type_refused"
    status: ClassVar[int] = 415


class TooManyAttachments(DomainError):
    """More files than may come together, or in one day. Facts: `most`."""

    code: ClassVar[str] = "too_many_attachments"
    status: ClassVar[int] = 429
