"""Our buttons in Telegram's forms."""

from functools import lru_cache

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.screen import Button, Rows
from i18n.translator import Translator


@lru_cache(maxsize=2048)
def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons under a message; None where there are none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(one) for one in row] for row in rows])


def contact_request(tr: Translator) -> ReplyKeyboardMarkup:
    """The one key by which a person shares her own number."""
    key = KeyboardButton(tr("📱 Share my phone number"), request_contact=True)
    return ReplyKeyboardMarkup([[key]], resize_keyboard=True, one_time_keyboard=True)


def _button(one: Button) -> InlineKeyboardButton:
    if one.url:
        return InlineKeyboardButton(one.label, url=one.url)
    return InlineKeyboardButton(one.label, callback_data=one.data, style="danger" if one.danger else None)
