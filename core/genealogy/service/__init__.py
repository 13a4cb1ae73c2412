"""Use cases on the sponsor tree: who stands where at a time, enrolment, operations that move people, verification."""

from core.genealogy.service.enrolment import enrol, enrol_person
from core.genealogy.service.questions import downline_ids, frontline, links_of, roots, sponsor_of, upline
from core.genealogy.service.surgery import change_sponsor, company_node, hang_roots, reinstate, terminate
from core.genealogy.service.verifying import verify

__all__ = [
    "change_sponsor",
    "company_node",
    "downline_ids",
    "enrol",
    "enrol_person",
    "frontline",
    "hang_roots",
    "links_of",
    "reinstate",
    "roots",
    "sponsor_of",
    "terminate",
    "upline",
    "verify",
]
