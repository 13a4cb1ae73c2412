"""The room's words: groups, topics, previews, what a watch pass did, and refusals."""

from typing import Annotated, ClassVar

from pydantic import Field

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.words import CompanyText, Model

CHAT_MAX = 10**15
Group = Annotated[int, Field(ge=-CHAT_MAX, le=-1)]
"""A group's number at the messenger."""
Message = Annotated[int, Field(ge=1, le=2**31 - 1)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
Queue = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]


class Topic(Model):
    """A queue of the company's and where it is told of."""

    queue: str
    name: CompanyText
    thread: int | None = None
    """The forum's topic; None where the group is no forum, or the topic was not made yet."""


class StaffGroup(Model):
    """A group in which staff work."""

    chat: int
    forum: bool
    language: str
    topics: tuple[Topic, ...]
    """One a queue of the plan in force, in its order."""


class Named(Model):
    """A type, a state or a queue of the company's."""

    code: str
    name: CompanyText


class DeskTerms(Model):
    """The company's words that staff choose from."""

    types: tuple[Named, ...]
    states: tuple[Named, ...]
    """Those that the company named; a state that is not among them is one of ours."""
    queues: tuple[Named, ...]
    zone: str
    """By which the company's times are told."""


class GroupWish(Model):
    """What the bot knows of a group that is to be registered."""

    forum: bool = False
    language: Language = "en"


class TopicWish(Model):
    """The topic that was made for a queue."""

    thread: Message


class Moved(Model):
    """A group goes on under another number, as the messenger does when one grows."""

    to: Group


class PreviewPlace(Model):
    """Where the preview of an answer is shown, so that it can tell later what became of the answer."""

    ticket: Annotated[int, Field(ge=1, le=2**53)]
    answer: Annotated[int, Field(ge=1, le=2**53)]
    chat: Annotated[int, Field(ge=-CHAT_MAX, le=CHAT_MAX)]
    message: Message


class Watched(Model):
    """What one watch pass put into the staff's groups."""

    cards: int = 0
    words: int = 0
    alerts: int = 0
    previews: int = 0
    more: bool = False
    """There is more to tell than one pass does; ask again at once."""


class GroupUnknown(NotFound):
    """Staff do not work in this group. Facts: `group`, as text, because it is a name."""

    code: ClassVar[str] = "staff_group_unknown"


class QueueUnknown(DomainError):
    """The plan in force has no such queue. Facts: `queue`."""

    code: ClassVar[str] = "staff_queue_unknown"
    status: ClassVar[int] = 404


class GroupRegistered(Event):
    """Staff work in this group from now on."""

    kind = "support.group_registered"
    chat: int


class GroupLeft(Event):
    """Staff work in this group no more."""

    kind = "support.group_left"
    chat: int
