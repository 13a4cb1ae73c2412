"""Sentences about incidents."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "incident_unknown": mark("There is no incident {incident}."),
    "incident_over": mark("Incident {incident} is over, so nothing more is told of it."),
    "incident_unsolved": mark("Incident {incident} isn't solved yet. Solve it first, with what caused it."),
    "incident_people_unknown": mark("Nobody has these codes: {people}."),
}
