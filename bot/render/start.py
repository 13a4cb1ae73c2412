"""The first words, for people we know and for strangers."""

from bot.render.common import menu_rows
from bot.screen import Screen, bold, lines
from core.people.model import Me
from i18n.translator import Translator


def home(me: Me, tr: Translator) -> Screen:
    """The starting page of somebody we know."""
    return Screen(
        lines(
            tr("Hello, {name}!", name=bold(me.name)),
            tr("I show you where you stand, what is still missing for your next rank, and who to call."),
            "",
            tr("What would you like to see?"),
        ),
        menu_rows(tr),
    )


def stranger(tr: Translator) -> Screen:
    """The kind way in, without a word about anybody's figures."""
    return Screen(
        lines(
            tr("Hello! I show distributors where they stand, what is missing for the next rank, and who to call."),
            "",
            tr("To see your own figures, share your phone number with the button below this chat."),
            tr("It has to be the number your company has on file. A personal link from your company works too."),
        )
    )


def linked(me: Me, tr: Translator) -> Screen:
    """After the chat was connected."""
    return Screen(tr("Thank you, {name}! This chat now belongs to your account.", name=bold(me.name)))


def foreign_contact(tr: Translator) -> Screen:
    """A contact that is not the sender's own."""
    return Screen(
        lines(
            tr("For your safety I can only accept your own number."),
            tr("Please use the button below this chat instead of sending a contact."),
        )
    )


def known_already(me: Me, tr: Translator) -> Screen:
    """A contact shared in a chat that is connected."""
    return Screen(tr("I know you already, {name}. You are all set.", name=bold(me.name)), menu_rows(tr))


def refused(reason: str, tr: Translator) -> Screen:
    """Why it did not work, and the way in that is left."""
    return Screen(
        lines(
            reason,
            "",
            tr("You can share your phone number with the button below, or ask your company for a personal link."),
        )
    )
