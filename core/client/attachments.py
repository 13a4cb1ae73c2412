"""Files that go ahead of the message they belong to."""

from core.attachments.model import Attachment
from core.client.calls import Calls


class OwnAttachmentCalls(Calls):
    """Files of "me"."""

    async def my_attachment(self, name: str, content: bytes, *, idempotency_key: str | None = None) -> Attachment:
        """Keep a file; the same again is the same attachment. Where it has no name, "" gives it one.

        Refused as `attachment_empty`, `attachment_too_large`, `body_too_large` (over 20 MB), `attachment_type_refused`
        or `too_many_attachments`.
        """
        path = "/v1/me/attachments"
        return await self._post_file(path, Attachment, content, name=name, idempotency_key=idempotency_key)


class AttachmentCalls(Calls):
    """Files of a member of staff."""

    async def attachment(self, name: str, content: bytes, *, idempotency_key: str | None = None) -> Attachment:
        """Keep a file for an answer or a note; refused as `OwnAttachmentCalls.my_attachment` is."""
        path = "/v1/attachments"
        return await self._post_file(path, Attachment, content, name=name, idempotency_key=idempotency_key)
