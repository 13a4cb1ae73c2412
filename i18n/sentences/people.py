"""Sentences about people and the sponsor tree."""

from i18n.sentences import Counted, Sentences
from i18n.translator import mark, mark_plural

SENTENCES: Sentences = {
    "person_unknown": mark("There's nobody with the code {person}."),
    "account_closed": mark(
        "Your account is closed, so there are no current figures for you. What you did until then stays on record; "
        "please contact your company about it."
    ),
    "account_suspended": mark(
        "Your account is suspended at the moment, so nothing of what you have can be moved. It stays yours; please "
        "contact your company about it."
    ),
    "code_taken": mark("The code {person} belongs to somebody else already. Choose another one."),
    "email_invalid": mark("That is not an e-mail address. Check how it is written."),
    "phone_invalid": mark("That is not a phone number. Write it with its country code, such as +34 612 345 678."),
    "setting_invalid": mark("“{value}” cannot be used here ({field}). Choose another value."),
    "status_refused": mark("{person} has left, so this is not possible until they are reinstated."),
    "sponsor_unknown": mark("There is no sponsor with the code {sponsor}. Check the code."),
    "sponsor_unfit": mark(
        "{sponsor} cannot sponsor this person. Distributors who have not left can sponsor anybody, customers other "
        "customers."
    ),
    "root_taken": mark("A network has one root, and that is {root}. Name a sponsor for the new person."),
    "genealogy_circle": mark("{sponsor} stands below {person} and cannot become the sponsor."),
    "person_not_in_tree": mark("{person} has left and has no sponsor now. Reinstate them first."),
    "person_still_in_tree": mark("{person} has not left, so there is nothing to reinstate."),
    "network_several_roots": Counted(
        mark_plural(
            "{person} has no sponsor, and there is {n} person like that; the network must have one root.",
            "{person} has no sponsor, and there are {n} people like that; the network must have one root.",
        ),
        "count",
    ),
    "network_no_root": mark("The network has no root: nobody is without a sponsor. {person} is one of those in it."),
    "network_circle": Counted(
        mark_plural(
            "{person} is recorded as their own sponsor.",
            "{person} stands in a circle of {n} people who sponsor each other, with {others}.",
        ),
        "count",
    ),
    "network_sponsor_missing": mark("{person} has a sponsor who does not exist (number {number})."),
    "network_sponsor_terminated": mark("{person} still has a sponsor who has left: {others}."),
    "network_links_overlap": mark("{person} had two sponsors at the same time."),
    "network_link_backwards": mark("{person} has a sponsor link that ends before it begins."),
    "network_no_link": mark("{person} takes part but has no place in the network."),
    "network_terminated_in_tree": mark("{person} has left but still has a place in the network."),
    "network_link_of_nobody": mark("There is a sponsor link of somebody who does not exist ({person})."),
}
