"""Her link to bring people, who came by it, and how the people she brings are met."""

from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.render.common import menu_button, rows
from bot.screen import Button, Screen, bold, cut, lines
from core.people.model import Me
from core.referrals.model import Invitation, Referred
from i18n.translator import Translator

SHARE = "https://t.me/share/url?url={link}&text={text}"
NAME_MAX = 40


def invitation(found: Invitation, me: Me, tr: Translator, *, username: str) -> Screen:
    """The link first, then what came of it."""
    link = f"https://t.me/{username}?start={found.start}"
    return Screen(
        lines(
            bold(tr("Your invitation link:")),
            link,
            "",
            *(_came(found, tr, zone=me.time_zone) if found.opened or found.joined else [_nobody_yet(tr)]),
        ),
        rows((Button(tr("📣 Share my link"), url=_share(link, me, tr)),), (menu_button(tr),)),
    )


def _share(link: str, me: Me, tr: Translator) -> str:
    """The messenger's own way to pick a chat and send the link there."""
    text = tr("I'd like to invite you to {company}. Tap the link to get started.", company=tr.company(me.company))
    return SHARE.format(link=quote(link, safe=""), text=quote(text, safe=""))


def _nobody_yet(tr: Translator) -> str:
    return tr("Nobody has opened it yet. Share it, and you'll see here who joined.")


def _came(found: Invitation, tr: Translator, *, zone: str) -> list[str]:
    counted = [
        tr.plural("{n} chat opened it.", "{n} chats opened it.", found.opened) if found.opened else "",
        tr.plural("{n} person joined.", "{n} people joined.", found.joined),
    ]
    told = [f"• {_referred(one, tr, zone=zone)}" for one in found.latest]
    return [" ".join(filter(None, counted)), *(["", bold(tr("The latest:")), *told] if told else [])]


def _referred(one: Referred, tr: Translator, *, zone: str) -> str:
    orders = tr.plural("{n} order", "{n} orders", one.orders) if one.orders else tr("no order yet")
    day = tr.date(one.at.astimezone(ZoneInfo(zone)).date())
    return " · ".join((cut(one.name, NAME_MAX), day, orders))


def invited(name: str, tr: Translator) -> Screen:
    """To a stranger who came by somebody's link: who invites, and the way in."""
    return Screen(
        lines(
            tr("Hello! {name} invites you.", name=bold(cut(name, NAME_MAX))),
            tr("I'll remember that, so it counts for {name} when you join.", name=cut(name, NAME_MAX)),
            "",
            tr("Already registered with the company? Tap the button below this chat to share your phone number."),
            tr("Not yet? Ask {name} to sign you up, then come back to this chat.", name=cut(name, NAME_MAX)),
        )
    )
