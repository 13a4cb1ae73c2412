"""Sentences about files that people and staff send."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "attachment_unknown": mark("This file is not there any more. Please send it again."),
    "attachment_empty": mark("There is nothing in this file. Please send it again."),
    "attachment_too_large": mark("This file is too large: I can take at most {most_mb} MB."),
    "attachment_type_refused": mark(
        "I can't take files of this kind. Photos, PDF, text, Word, Excel and voice messages are fine."
    ),
    "too_many_attachments": mark(
        "Those are too many files at once: at most {most}. Please send the others a little later."
    ),
}
