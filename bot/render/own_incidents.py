"""One incident as somebody sees it whom it concerns."""

from bot.render.common import human_button, menu_button, rows, tickets_button
from bot.screen import Screen, bold, lines
from core.incidents.model import IncidentState, MyIncident
from i18n.translator import Translator, mark

STATES = {
    IncidentState.OPEN: mark("🔵 we are looking into it"),
    IncidentState.PROGRESS: mark("🔵 we are working on it"),
    IncidentState.SOLVED: mark("✅ it works again"),
    IncidentState.CLOSED: mark("✅ it works again"),
}
UPDATES_MAX = 5


def incident(found: MyIncident, tr: Translator, *, zone: str) -> Screen:
    """What happened, where it stands, and what was told, the last word first."""
    told = [
        part
        for update in found.updates[:UPDATES_MAX]
        for part in ("", tr.moment(update.at, zone), tr.company(update.words))
    ]
    return Screen(
        lines(bold(tr.company(found.title)), tr(STATES[found.state]), *told),
        rows((tickets_button(tr), human_button(tr)), (menu_button(tr),)),
    )
