"""The database, and messages kept in it."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "database_away": mark("The database cannot be reached right now. Please try again in a moment."),
    "database_busy": mark("There is a lot going on right now. Please try again in a moment."),
    "message_unknown": mark("There is no such message waiting, or somebody else has taken it over."),
    "company_exists": mark("This database already holds a company. The demo company needs an empty one."),
}
