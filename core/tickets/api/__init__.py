"""Operations of tickets, for whoever asks and for staff."""

from core.tickets.api import canned, drafts, own, queues, staff

routes = [*own.routes, *drafts.routes, *queues.routes, *staff.routes, *canned.routes]
