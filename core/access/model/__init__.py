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
    StaffLinked,
    StaffUnlinked,
)
from core.access.model.links import (
    STAFF_PREFIX,
    ByPhone,
    ByToken,
    Link,
    LinkToken,
    Member,
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
    "STAFF_PREFIX",
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
    "Member",
    "NotAuthenticated",
    "Permission",
    "PermissionMissing",
    "PhoneAmbiguous",
    "PhoneUnknown",
    "Role",
    "StaffChanged",
    "StaffLinked",
    "StaffNameTaken",
    "StaffUnknown",
    "StaffUnlinked",
    "TooManyAttempts",
]
