"""Callers, permissions, roles, links, and how access is refused."""

from core.access.model.caller import (
    NOBODY,
    Caller,
    CallerKind,
)
from core.access.model.events import (
    ChatLinked,
    ChatUnlinked,
    StaffChanged,
)
from core.access.model.links import (
    ByPhone,
    ByToken,
    Link,
    LinkToken,
)
from core.access.model.permissions import (
    PERSON,
    ROLES,
    SERVICE,
    STRANGER,
    Permission,
    Role,
)
from core.access.model.refusals import (
    AlreadyLinked,
    ChatMissing,
    ChatNotLinked,
    LinkTokenInvalid,
    NotAuthenticated,
    PermissionMissing,
    PhoneAmbiguous,
    PhoneUnknown,
    StaffNameTaken,
    StaffUnknown,
    TooManyAttempts,
)

__all__ = [
    "NOBODY",
    "PERSON",
    "ROLES",
    "SERVICE",
    "STRANGER",
    "AlreadyLinked",
    "ByPhone",
    "ByToken",
    "Caller",
    "CallerKind",
    "ChatLinked",
    "ChatMissing",
    "ChatNotLinked",
    "ChatUnlinked",
    "Link",
    "LinkToken",
    "LinkTokenInvalid",
    "NotAuthenticated",
    "Permission",
    "PermissionMissing",
    "PhoneAmbiguous",
    "PhoneUnknown",
    "Role",
    "StaffChanged",
    "StaffNameTaken",
    "StaffUnknown",
    "TooManyAttempts",
]
