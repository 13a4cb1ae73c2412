"""Sentences about what people want to hear."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "unsubscribe_token_unknown": mark(
        "This link doesn't lead to anybody's messages. You can end them in the chat, too."
    ),
}
