"""What every answer and refusal has in common, and pages."""

import base64
import binascii
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

import orjson

from core.kernel.errors import DomainError
from core.kernel.words import Model

T = TypeVar("T")

CURSOR_LENGTH_MAX = 400
INTEGER_MAX = 2**63 - 1


class Page(Model, Generic[T]):
    """Some of many items; `next` is the cursor of the page after, None on the last."""

    items: list[T]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Created(Generic[T]):
    """An answer of something that is new: 201 instead of 200."""

    item: T
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Finished(Generic[T]):
    """An answer that is written already: the JSON text of a `T`."""

    body: bytes


class Fault(Model):
    """One thing that is wrong with a request: where, and what was expected there."""

    place: str
    code: str
    expected: str


class Refusal(Model):
    """A refusal as RFC 9457 writes it; `code` is stable, `detail` is a sentence in the reader's language."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    facts: dict[str, str | int | bool | list[str] | None]
    errors: tuple[Fault, ...] = ()
    request_id: str = ""


class RequestInvalid(DomainError):
    """The request does not have the form that the operation takes; every fault with its place."""

    code: ClassVar[str] = "request_invalid"
    status: ClassVar[int] = 422

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(places=[fault.place for fault in faults])
        self.faults = faults


class CursorInvalid(DomainError):
    """The cursor is not one that a page gave."""

    code: ClassVar[str] = "cursor_invalid"
    status: ClassVar[int] = 422


class BodyMalformed(DomainError):
    """The body is no JSON, or not in UTF-8."""

    code: ClassVar[str] = "body_malformed"
    status: ClassVar[int] = 400


class MediaTypeWrong(DomainError):
    """The body is not sent as JSON."""

    code: ClassVar[str] = "media_type_wrong"
    status: ClassVar[int] = 415


class BodyTooLarge(DomainError):
    """The body is larger than the operation takes."""

    code: ClassVar[str] = "body_too_large"
    status: ClassVar[int] = 413


class PathUnknown(DomainError):
    """There is nothing at this path."""

    code: ClassVar[str] = "path_unknown"
    status: ClassVar[int] = 404


class MethodNotAllowed(DomainError):
    """The path exists, but not with this method. Facts: `allowed`."""

    code: ClassVar[str] = "method_not_allowed"
    status: ClassVar[int] = 405


class KeyReused(DomainError):
    """The idempotency key came before with another request."""

    code: ClassVar[str] = "idempotency_key_reused"
    status: ClassVar[int] = 422


class KeyInvalid(DomainError):
    """An idempotency key is 1 to 200 printable ASCII characters."""

    code: ClassVar[str] = "idempotency_key_invalid"
    status: ClassVar[int] = 400


class InternalFault(DomainError):
    """We are wrong; the log knows more under the request's id."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500


class NotReady(DomainError):
    """The service has started and cannot answer yet. Facts: `waiting_for`."""

    code: ClassVar[str] = "not_ready"
    status: ClassVar[int] = 503


Place = str | int | None


def write_cursor(*after: Place) -> str:
    """Where the next page begins, as one opaque word."""
    return base64.urlsafe_b64encode(orjson.dumps(after)).decode().rstrip("=")


def read_cursor(cursor: str, *kinds: type) -> list[Place]:
    """What `write_cursor` was given.

    Args:
        kinds: the types that it must have, in order.

    Raises:
        CursorInvalid: the cursor is none of ours.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        after = orjson.loads(base64.urlsafe_b64decode(padded))
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError) as error:
        raise CursorInvalid from error
    fits = isinstance(after, list) and len(after) == len(kinds) and len(cursor) <= CURSOR_LENGTH_MAX
    if not fits or not all(type(value) is kind and _storable(value) for value, kind in zip(after, kinds, strict=True)):
        raise CursorInvalid
    return list(after)


def _storable(value: object) -> bool:
    """Whether a database could ever have given it."""
    return abs(value) <= INTEGER_MAX if isinstance(value, int) else "\0" not in str(value)
