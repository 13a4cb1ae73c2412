"""What became of an answer: it takes the place of the preview that staff saw when they wrote it."""

from i18n.translator import Translator
from notifications.kinds.desk_alert import why
from notifications.kinds.desk_card import SUBJECT_MAX
from notifications.message import Facts, Message
from notifications.phrases import short


def message(facts: Facts, tr: Translator) -> Message:
    """To whom about which ticket, and whether it is there."""
    number = tr("Ticket {number}", number=str(facts["ticket"]))
    said = tr("{label}: {value}", label=f"{short(facts['person_name'])} · {number}", value=_outcome(facts, tr))
    lead = f"{'✅' if facts['state'] == 'sent' else '⚠️'} {said}"
    return Message(lead, None, short(lead, SUBJECT_MAX))


def _outcome(facts: Facts, tr: Translator) -> str:
    if facts["state"] != "sent":
        return tr("did not arrive: {why}", why=why(facts, tr))
    return tr("the answer was delivered")
