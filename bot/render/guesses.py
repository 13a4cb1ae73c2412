"""What a message may have meant, as buttons."""

from collections.abc import Sequence

from bot.render.common import coupons_button, gauges_button, has_no_line, orders_button, points_button, way_button
from bot.render.line import Which
from bot.render.points import catalogue_button
from bot.screen import Button, button
from bot.understanding.model import Guess, Intent
from core.people.model import Me
from i18n.translator import Translator

LIKELY = 0.1
"""The least share of a guess worth a button."""


def offers(guesses: Sequence[Guess], me: Me, tr: Translator) -> list[Button | None]:
    """The guesses that a button can answer; none where only one is left, because that one would be baseless."""
    buttons = {**({} if has_no_line(me) else _of_her_line(tr)), **_of_her_own(tr)}
    offered = [buttons[guess.intent] for guess in guesses if guess.intent in buttons and guess.confidence >= LIKELY]
    choice = {one.label: one for one in offered if one is not None}
    return list(choice.values()) if len(choice) > 1 else []


def _of_her_line(tr: Translator) -> dict[Intent, Button | None]:
    return {
        Intent.RANK_PROGRESS: way_button(tr),
        Intent.GAUGES: gauges_button(tr),
        Intent.INACTIVE_CUSTOMERS: button(tr("🛒 My customers"), "l", str(Which("t", "c", "i", 1)), 0),
        Intent.INACTIVE_TEAM: button(tr("👥 My team"), "l", str(Which("t", "d", "i", 0)), 0),
        Intent.TEAM: button(tr("👥 My team"), "t"),
    }


def _of_her_own(tr: Translator) -> dict[Intent, Button | None]:
    return {
        Intent.ORDERS: orders_button(tr),
        Intent.POINTS_BALANCE: points_button(tr),
        Intent.REDEEMABLES: catalogue_button(tr),
        Intent.CONVERT_POINTS: button(tr("💱 Wallet"), "cv"),
        Intent.TRANSFER_POINTS: button(tr("🤝 Give"), "gv"),
        Intent.COUPONS: coupons_button(tr),
        Intent.REFERRALS: button(tr("🔗 Invite"), "iv"),
        Intent.CHANGE_LANGUAGE: button(tr("🌐 Language"), "lang", ""),
        Intent.NOTIFICATIONS: button(tr("⚙️ Settings"), "s"),
    }
