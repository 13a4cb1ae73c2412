"""Sentences about who brought whom."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "referral_unknown": mark("This invitation link is not valid any more. You can still connect your account."),
    "not_by_yourself": mark("That is your own link. Send it to somebody else."),
}
