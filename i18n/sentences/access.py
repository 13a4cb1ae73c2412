"""Who may do what, and which chat belongs to whom."""

from i18n.sentences import Counted, Sentences
from i18n.translator import mark, mark_plural

SENTENCES: Sentences = {
    "already_linked": mark(
        "This account is already connected to another chat. Ask your company for a one-time link to move it here."
    ),
    "chat_missing": mark("This only works from a chat."),
    "chat_not_linked": mark(
        "I don't know you yet. Share your phone number or open the link from your company, and I'll connect you."
    ),
    "link_token_invalid": mark("This link no longer works. Ask your company for a new one."),
    "not_authenticated": mark("I don't know who is asking. Please sign in with a valid key."),
    "permission_missing": mark("You are not allowed to do this. It takes the permission “{permission}”."),
    "phone_ambiguous": mark(
        "More than one account has this phone number, so I cannot tell which is yours. "
        "Ask your company for a one-time link."
    ),
    "phone_unknown": mark(
        "I couldn't find an account with this phone number. Ask your company to add it or to send you a one-time link."
    ),
    "staff_name_taken": mark("There is already a member of staff named {name}."),
    "staff_unknown": mark("There is no member of staff named {name}."),
    "too_many_attempts": Counted(
        mark_plural(
            "Too many tries. Please wait {n} minute and try again.",
            "Too many tries. Please wait {n} minutes and try again.",
        ),
        count="minutes",
    ),
}
