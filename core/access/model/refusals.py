"""How access is refused."""

from typing import ClassVar

from core.kernel.errors import DomainError, NotFound


class NotAuthenticated(DomainError):
    """No key or token, or one that is not known (any more)."""

    code: ClassVar[str] = "not_authenticated"
    status: ClassVar[int] = 401


class PermissionMissing(DomainError):
    """The caller is known and may not do this. Facts: `permission`."""

    code: ClassVar[str] = "permission_missing"
    status: ClassVar[int] = 403


class ChatNotLinked(DomainError):
    """The operation is about a person, and the chat is linked to none."""

    code: ClassVar[str] = "chat_not_linked"
    status: ClassVar[int] = 403


class ChatMissing(DomainError):
    """The operation is about a chat, and the caller named none."""

    code: ClassVar[str] = "chat_missing"
    status: ClassVar[int] = 403


class LinkTokenInvalid(DomainError):
    """The token was never made, is used up, or is too old; which of them is nobody's business."""

    code: ClassVar[str] = "link_token_invalid"
    status: ClassVar[int] = 404


class PhoneUnknown(DomainError):
    """Nobody has this phone number."""

    code: ClassVar[str] = "phone_unknown"
    status: ClassVar[int] = 404


class PhoneAmbiguous(DomainError):
    """Two people have this phone number, so it links nobody."""

    code: ClassVar[str] = "phone_ambiguous"


class AlreadyLinked(DomainError):
    """The person has another chat already; only a one-time link can move her to this one."""

    code: ClassVar[str] = "already_linked"


class TooManyAttempts(DomainError):
    """This chat tried too often. Facts: `minutes` until it may try again."""

    code: ClassVar[str] = "too_many_attempts"
    status: ClassVar[int] = 429


class StaffNameTaken(DomainError):
    """A member of staff of this name exists. Facts: `name`."""

    code: ClassVar[str] = "staff_name_taken"


class StaffUnknown(NotFound):
    """No member of staff has this name. Facts: `name`."""

    code: ClassVar[str] = "staff_unknown"
