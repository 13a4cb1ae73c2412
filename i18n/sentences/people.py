"""People, their settings, and their place in the sponsor tree."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "code_taken": mark("The code {person} already belongs to somebody else."),
    "contact_invalid": mark("That does not look like a valid e-mail address or phone number."),
    "genealogy_circle": mark("{sponsor} is in the line of {person}, so {sponsor} cannot be the sponsor."),
    "person_not_in_tree": mark("{person} is terminated and has no sponsor that could be changed."),
    "person_still_in_tree": mark("{person} is not terminated, so there is nothing to reinstate."),
    "person_unknown": mark("I found nobody with the code {person} in your line."),
    "setting_invalid": mark("“{value}” does not work here. Please choose another value for {field}."),
    "sponsor_unfit": mark("{sponsor} cannot be a sponsor: only active distributors can."),
    "sponsor_unknown": mark("I found no sponsor with the code {sponsor}."),
    "status_refused": mark("{person} has the status “{status}”, which cannot be changed this way."),
}
