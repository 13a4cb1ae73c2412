"""The staff's groups."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "staff_group_unknown": mark("This group is not set up for staff. A member who may do so sets it up with /desk."),
    "staff_queue_unknown": mark("There is no queue “{queue}”."),
}
