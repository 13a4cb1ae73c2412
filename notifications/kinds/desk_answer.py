"""What became of an answer, or that it waits: it takes the place of the preview that staff saw when they wrote it."""

from i18n.places import isolated
from i18n.translator import Translator
from notifications.kinds.desk_alert import why
from notifications.kinds.desk_card import SUBJECT_MAX
from notifications.message import Facts, Message
from notifications.phrases import short

SIGNS = {"sent": "✅", "waiting": "🌙"}


def message(facts: Facts, tr: Translator) -> Message:
    """To whom about which ticket, and whether it is there; what waits for the morning can still be taken back."""
    number = tr("Ticket {number}", number=str(facts["ticket"]))
    name = isolated(short(facts["person_name"]), rtl=tr.rtl)
    said = tr("{label}: {value}", label=f"{name} · {number}", value=_outcome(facts, tr))
    lead = f"{SIGNS.get(facts['state'], '⚠️')} {said}"
    undo = ((tr("↩ Undo"), f"sd:u:{facts['ticket']}:{facts['answer']}"),) if facts["state"] == "waiting" else ()
    return Message(lead, None, short(lead, SUBJECT_MAX), (undo,) if undo else ())


def _outcome(facts: Facts, tr: Translator) -> str:
    if facts["state"] == "waiting":
        return tr("it's night there, so the answer goes out in the morning")
    if facts["state"] != "sent":
        return tr("did not arrive: {why}", why=why(facts, tr))
    return tr("the answer was delivered")
