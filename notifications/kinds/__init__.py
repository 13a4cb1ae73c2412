"""All kinds of messages, one file each: pure, facts in and text out. A kind's file is its code, `_` for `.`.

Facts are JSON, as core tells them when a message goes; days and moments are ISO texts, moments in UTC. *Text* below is
a word of the company's, `{language: text}`. To all of them the worker adds `time_zone`, the reader's. A fact with `?`
may be None or absent. A message to a group may have `thread`, its topic there; of a kind that edits `anew`.

| kind | facts |
| --- | --- |
| access.chat_moved | |
| announcement | words (text), title? (text) |
| coupon.ending | kind, code, label (text), on, percent?, amount_minor?, left_minor?, currency?, order_least_minor? |
| customers.inactive | count, customers [name, last_order_on?, usual_order?], scale |
| desk.alert | ticket, what (`due`, `missed`, `undelivered`), type_name? (text), target?, due?, person?, reason? |
| desk.answer | ticket, person_name, state (`sent` or `failed`), reason?, edit (what it takes the place of) |
| desk.card | ticket, type_name?, state_name? (texts), priority?, person, language, assignee?, waiting_since?, due_at? |
| desk.word | ticket, type_name? (text), person, count?, files? |
| gauges.summary | a standing |
| incident.updated | incident, title? (text), state, text (text) |
| month_end | a standing, reason (`reach` or `fall`), towards? (the target's code) |
| order.updated | order, state, tracking? |
| payout.made | amount, currency, on?, account?, cycle?, returned? |
| points.earned | points, name (text), usable_on?, order? |
| points.expiring | points, name (text), on |
| points.received | points, name (text), from, ends? [day or None] |
| rank.progress | a standing, reached (text) |
| rank.promotion | a standing, reached (text), cycle_closed |
| run.released | cycle, totals [amount, currency], rank? (text) |
| team.inactive | count, people [name], days_left |
| ticket.answered | ticket, text, title?, by?, files?, opened? (staff began it) |
| ticket.file | ticket, file, name, media_type, size |
| ticket.updated | ticket, title?, state, text?, by?, into? (the ticket that it goes on in) |

A *standing* is cycle, closes_at?, days_left, scale, rank? (text), target? (text), gauges [label, unit, value, needed?,
missing], gaps [the same], way? (reaches, volume, steps [name, kind, volume]).
"""

from functools import cache
from importlib import import_module
from pathlib import Path

from notifications.message import Write


@cache
def writer(code: str) -> Write | None:
    """What makes the text of a kind; None where there is no file for it."""
    name = code.replace(".", "_")
    if name not in files():
        return None
    write: Write = import_module(f"{__name__}.{name}").message
    return write


@cache
def files() -> frozenset[str]:
    """The names of all kinds' files."""
    return frozenset(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
