"""What happened to tickets, without anything that anybody wrote."""

from core.kernel.events import Event
from core.tickets.model.phases import What


class TicketsChanged(Event):
    """Something about a ticket changed; `person` is whose it is."""

    kind = "tickets.changed"
    ticket: int
    what: tuple[What, ...]
