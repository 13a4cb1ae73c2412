"""Use cases of tickets: hers, the staff's, and what happens by itself."""

from core.tickets.service.answering import Member, answer, note, open_towards
from core.tickets.service.arranging import change
from core.tickets.service.bulk import Ready, bring_in, known, ready, written_out
from core.tickets.service.canned import canned_answers, drop_canned, keep_canned
from core.tickets.service.concerning import solve_for_incident, tie, tied, tied_open
from core.tickets.service.drafting import add as add_to_draft
from core.tickets.service.drafting import change as change_draft
from core.tickets.service.drafting import draft
from core.tickets.service.drafting import forget as forget_draft
from core.tickets.service.ending import sweep
from core.tickets.service.escalating import escalate, is_escalation_due
from core.tickets.service.evidence import Sources
from core.tickets.service.hearing import add, close, rate, reopen
from core.tickets.service.linking import link, unlink
from core.tickets.service.merging import merge, split
from core.tickets.service.sending import send as send_draft
from core.tickets.service.showing import desk, file, history, own, own_page, staff
from core.tickets.service.terms import states, terms
from core.tickets.service.undoing import take_back
from core.tickets.service.watching import News, cards, deliveries, is_anything_due, news

__all__ = [
    "Member",
    "News",
    "Ready",
    "Sources",
    "add",
    "add_to_draft",
    "answer",
    "bring_in",
    "canned_answers",
    "cards",
    "change",
    "change_draft",
    "close",
    "deliveries",
    "desk",
    "draft",
    "drop_canned",
    "escalate",
    "file",
    "forget_draft",
    "history",
    "is_anything_due",
    "is_escalation_due",
    "keep_canned",
    "known",
    "link",
    "merge",
    "news",
    "note",
    "open_towards",
    "own",
    "own_page",
    "rate",
    "ready",
    "reopen",
    "send_draft",
    "solve_for_incident",
    "split",
    "staff",
    "states",
    "sweep",
    "take_back",
    "terms",
    "tie",
    "tied",
    "tied_open",
    "unlink",
    "written_out",
]
