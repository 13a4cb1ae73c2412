"""What callers ask for: parts of a draft, words, and what staff change."""

from typing import Annotated

from pydantic import Field

from core.kernel.words import Model, ShortText
from core.plan.model import Priority
from core.tickets.model.phases import LinkKind
from core.tickets.model.shown import FileRefused

TEXT_MAX = 20_000
"""Characters of one message of hers; a messenger's longest is 4,096."""
ANSWER_MAX = 3_500
"""Characters of one answer, so that it fits into one message of the messenger."""
FILES_MAX = 10
"""Files of one message; the plan says how many a ticket may have."""
UNDO_S_MAX = 600
NOBODY_ELSE = ""
"""As an assignee: it is nobody's any more."""
ME = "me"

Number = Annotated[int, Field(ge=1, le=2**53)]
Text = Annotated[str, Field(max_length=100_000, pattern=r"^[^\x00]*$")]
"""Any text at all; how long it may be is the service's to say, in a sentence."""
Files = Annotated[tuple[Number, ...], Field(max_length=100)]
Code = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]


class Wanted(Model):
    """What she named; each becomes evidence only if it is exactly one thing of hers or of her line."""

    order: ShortText | None = None
    cycle: ShortText | None = None
    """A cycle's code, such as `2026-09`."""
    person: ShortText | None = None
    """A name or a code."""
    award: ShortText | None = None
    """A line of her earnings, as `why` takes it."""


class DraftPart(Model):
    """One message of hers for the draft; a part that is known by its key changes nothing."""

    part: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    text: Text = ""
    attachments: Files = ()
    type: Code | None = None
    """A proposal; it does not replace what she chose herself."""
    language: Language | None = None
    """What she writes in, where that is known; else the one of her settings."""
    wanted: Wanted | None = None
    ticket: Number | None = None
    """Begins the draft as an addition to this ticket of hers."""
    refused: Annotated[tuple[FileRefused, ...], Field(max_length=FILES_MAX)] = ()


class DraftChange(Model):
    """What she changes of her draft; what is left out stays."""

    draft: Number
    type: Code | None = None
    drop_link: Number | None = None
    """By the link's `ref`; one that is gone already changes nothing."""
    drop_last: bool = False
    """Takes the last part away, with its files."""
    only_last: bool = False
    """Keeps only the last part, with what it names."""
    parts: Annotated[int, Field(ge=0)] | None = None
    """How many parts she saw; where there are others now, no part is dropped."""
    ticket: Annotated[int, Field(ge=0, le=2**53)] | None = None
    """To which ticket of hers the words belong; 0 is a new one."""


class DraftSent(Model):
    """Her confirmation of the draft that she saw."""

    draft: Number


class Words(Model):
    """What somebody adds to a ticket; words, files or both."""

    text: Text = ""
    attachments: Files = ()


class Reopening(Model):
    """Why it is not done."""

    text: Text = ""


class Rating(Model):
    """How content she is."""

    stars: int = Field(ge=1, le=5)
    text: Text = ""


class NewTicket(Model):
    """A ticket that staff open towards a person; its first words go to her like an answer."""

    person: ShortText
    """Her code."""
    type: Code
    text: Text
    subject: ShortText | None = None
    """Else the first line of the text."""
    attachments: Files = ()
    priority: Priority | None = None
    delay_s: Annotated[int, Field(ge=0, le=UNDO_S_MAX)] = 10


class NewAnswer(Model):
    """What staff answer; it goes out after so many seconds unless it is taken back."""

    text: Text = ""
    attachments: Files = ()
    solve: bool = False
    """It is done with this answer."""
    delay_s: Annotated[int, Field(ge=0, le=UNDO_S_MAX)] = 10
    canned: Code | None = None
    """In place of a text: the canned answer of this code, in her language."""


class TicketChange(Model):
    """What staff change; what is left out stays."""

    type: Code | None = None
    priority: Priority | None = None
    queue: Code | None = None
    state: Code | None = None
    assignee: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] | None = None
    """`me`, a member of staff's name, or an empty text for nobody."""
    version: int | None = None
    """Refused as `ticket_changed` where it is no longer this one."""


class Merge(Model):
    """Into which ticket of the same person."""

    into: Number


class Split(Model):
    """Which messages become a ticket of their own."""

    messages: Annotated[tuple[Number, ...], Field(min_length=1, max_length=100)]
    type: Code | None = None


class NewLink(Model):
    """What staff say that a ticket is about."""

    kind: LinkKind
    id: ShortText


class CannedText(Model):
    """The text of a canned answer."""

    text: Annotated[str, Field(min_length=1, max_length=ANSWER_MAX, pattern=r"^[^\x00]*$")]
