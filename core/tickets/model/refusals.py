"""How the room refuses."""

from typing import ClassVar

from core.kernel.errors import DomainError, NotFound


class TicketUnknown(NotFound):
    """No such ticket, or not one that the caller may know of. Facts: `ticket`."""

    code: ClassVar[str] = "ticket_unknown"


class TicketMoveImpossible(DomainError):
    """It cannot go from where it stands to there. Facts: `ticket`, `from_state`, `to_state`."""

    code: ClassVar[str] = "ticket_move_impossible"


class TicketMerged(DomainError):
    """It became part of another. Facts: `ticket`, `into`."""

    code: ClassVar[str] = "ticket_merged"


class TicketClosed(DomainError):
    """It was closed too long ago to be opened again; a new one can be written. Facts: `ticket`."""

    code: ClassVar[str] = "ticket_closed"


class TicketChanged(DomainError):
    """Somebody else changed it since the caller looked. Facts: `ticket`, `version` as it is now."""

    code: ClassVar[str] = "ticket_changed"


class TicketTypeUnknown(DomainError):
    """The company has no such type. Facts: `type`, `known`."""

    code: ClassVar[str] = "ticket_type_unknown"
    status: ClassVar[int] = 422


class TicketStateUnknown(DomainError):
    """The company has no such state. Facts: `state`, `known`."""

    code: ClassVar[str] = "ticket_state_unknown"
    status: ClassVar[int] = 422


class TicketQueueUnknown(DomainError):
    """The company has no such queue. Facts: `queue`, `known`."""

    code: ClassVar[str] = "ticket_queue_unknown"
    status: ClassVar[int] = 422


class TicketRated(DomainError):
    """It is rated already. Facts: `ticket`, `stars`."""

    code: ClassVar[str] = "ticket_rated"


class TicketNotDone(DomainError):
    """Only what is solved or closed can be rated. Facts: `ticket`."""

    code: ClassVar[str] = "ticket_not_done"


class TicketPersonDiffers(DomainError):
    """Only tickets of one person are merged. Facts: `ticket`, `into`."""

    code: ClassVar[str] = "ticket_person_differs"


class TicketSplitWhole(DomainError):
    """Nothing would stay with the old ticket. Facts: `ticket`."""

    code: ClassVar[str] = "ticket_split_whole"


class TicketMessageUnknown(NotFound):
    """The ticket has no such message. Facts: `ticket`, `message`."""

    code: ClassVar[str] = "ticket_message_unknown"


class TicketLinkUnknown(NotFound):
    """There is no such thing to link to, or the ticket has no such link. Facts: `id`."""

    code: ClassVar[str] = "ticket_link_unknown"


class TicketTextEmpty(DomainError):
    """There are neither words nor files."""

    code: ClassVar[str] = "ticket_text_empty"
    status: ClassVar[int] = 422


class TicketTextTooLong(DomainError):
    """More characters than one message takes. Facts: `length`, `most`."""

    code: ClassVar[str] = "ticket_text_too_long"
    status: ClassVar[int] = 422


class TooManyOpenTickets(DomainError):
    """The person has as many open tickets as anybody may. Facts: `most`."""

    code: ClassVar[str] = "too_many_open_tickets"


class DraftGone(DomainError):
    """There is no draft any more, or another one than the caller saw."""

    code: ClassVar[str] = "draft_gone"


class DraftEmpty(DomainError):
    """The draft has no words yet."""

    code: ClassVar[str] = "draft_empty"


class AnswerGone(DomainError):
    """The answer is on its way already, or was taken back before. Facts: `answer`."""

    code: ClassVar[str] = "answer_gone"


class CannedAnswerUnknown(NotFound):
    """There is no canned answer of this code. Facts: `canned`."""

    code: ClassVar[str] = "canned_answer_unknown"
