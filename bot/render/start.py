"""The first words, for people we know and for strangers."""

from bot.render.answers import given_name
from bot.render.common import menu_rows, rows
from bot.screen import Screen, bold, button, lines
from core.people.model import Kind, Me, Status
from i18n.translator import Translator


def home(me: Me, tr: Translator) -> Screen:
    """The starting page of somebody we know: what there is for her to see, and whether her account rests."""
    customer = me.kind is Kind.CUSTOMER
    return Screen(
        lines(
            tr("Hello, {name}!", name=bold(given_name(me))),
            tr("Your account is suspended. Please contact the company.") if me.status is Status.SUSPENDED else None,
            tr("I show you your orders and where they are.")
            if customer
            else tr("I show you where you stand, what is still missing for your next rank, and who to call."),
            "",
            tr("What would you like to see?"),
        ),
        rows((button(tr("📦 My orders"), "o", 0), button(tr("⚙️ Settings"), "s"))) if customer else menu_rows(tr),
    )


def stranger(tr: Translator, *, asked: bool = False) -> Screen:
    """The kind way in, without a word about anybody's figures; `asked` where she wants to know something already."""
    return Screen(
        lines(
            tr("I'd love to tell you, but first I need to know who you are.")
            if asked
            else tr("Hello! I show distributors where they stand, what is missing for the next rank, and who to call."),
            "",
            tr("To see your own figures, tap the button below this chat to share your phone number."),
            tr("It has to be the number your company has on file. A personal link from your company works too."),
        )
    )


def linked(me: Me, tr: Translator) -> Screen:
    """After the chat was connected."""
    return Screen(tr("Thank you, {name}! This chat is now connected to your account.", name=bold(given_name(me))))


def linked_already(tr: Translator) -> Screen:
    """The link was opened again."""
    return Screen(tr("This chat is already connected to your account."), menu_rows(tr))


def foreign_contact(tr: Translator) -> Screen:
    """A contact that is not the sender's own."""
    return Screen(
        lines(
            tr("For your security, I can only accept your own number."),
            tr("Please tap the button below this chat instead of sending a contact."),
        )
    )


def known_already(me: Me, tr: Translator) -> Screen:
    """A contact shared in a chat that is connected."""
    return Screen(tr("I know you already, {name}. You're all set.", name=bold(given_name(me))), menu_rows(tr))


def refused(reason: str, tr: Translator) -> Screen:
    """Why it did not work, and the way in that is left."""
    return Screen(
        lines(
            reason,
            "",
            tr(
                "You can tap the button below this chat to share your phone number, "
                "or ask your company for a personal link."
            ),
        )
    )
