"""Sentences about files that people and staff send."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "attachment_unknown": mark("This file is not there any more. Please send it again."),
    "attachment_empty": mark("There is nothing in this file. Please send it again."),
    "attachment_too_large": mark("This file is too large: at most {most_mb} MB arrive here."),
    "attachment_type_refused": mark(
        "Files of this kind can't be taken. Photos, PDF, text, Word, Excel and voice messages arrive well."
    ),
    "too_many_attachments": mark(
        "Those are too many files at once: at most {most}. Please send the others a little later."
    ),
}
