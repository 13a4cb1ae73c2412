"""The first words, for people we know and for strangers."""

from bot.render.answers import given_name
from bot.render.common import has_no_line, home_rows, is_paid_customer, own_rows, rows
from bot.screen import Screen, bold, button, lines
from core.people.model import Me, Status
from i18n.translator import Translator


def home(me: Me, tr: Translator, *, new: bool = False) -> Screen:
    """The starting page of somebody we know: what there is for her to see, and whether her account rests.

    Args:
        new: her chat was connected just now, so she is asked what she wants to be told.
    """
    wishes = rows((button(tr("⚙️ Choose what I get"), "nm", 0),)) if new else ()
    return Screen(
        lines(
            tr("Hello, {name}!", name=bold(given_name(me))),
            _resting(me.status, tr),
            own(me, tr)
            if has_no_line(me)
            else tr("I can show you where you stand, what you still need for your next rank, and who to call."),
            tr("I'll also write to you when something matters. You decide what about.") if new else None,
            "",
            tr("What would you like to see?"),
        ),
        rows(home_rows(me, tr), wishes),
    )


def own(me: Me, tr: Translator) -> str:
    """What there is for somebody without a line."""
    if me.points_name is None:
        if is_paid_customer(me):
            return tr("I can show you your orders, where they are, and your earnings.")
        return tr("I can show you your orders and where they are.")
    if is_paid_customer(me):
        points = tr.company(me.points_name, 2)
        return tr("I can show you your {points}, your orders, your coupons, and your earnings.", points=points)
    return tr("I can show you your {points}, your orders, and your coupons.", points=tr.company(me.points_name, 2))


def _resting(status: Status, tr: Translator) -> str | None:
    if status is Status.ACTIVE:
        return None
    if status is Status.SUSPENDED:
        return tr("Your account is suspended. Please contact the company.")
    return tr("Your account is closed. Please contact the company.")


def closed(reason: str, tr: Translator) -> Screen:
    """Her account is closed, and the sentence says so; what stays hers is behind the buttons."""
    return Screen(reason, own_rows(tr))


def stranger(tr: Translator, *, asked: bool = False) -> Screen:
    """The kind way in, without a word about anybody's figures; `asked` where she wants to know something already."""
    return Screen(
        lines(
            tr("I'd love to tell you, but first I need to know who you are.")
            if asked
            else tr(
                "Hello! I show distributors where they stand, what they still need for their next rank, and who to "
                "call."
            ),
            "",
            tr("To get started, tap the button below this chat to share your phone number."),
            tr("It has to be the number your company has on file. A personal link from your company works too."),
        )
    )


def linked(me: Me, tr: Translator) -> Screen:
    """After the chat was connected."""
    return Screen(tr("Thank you, {name}! This chat is now connected to your account.", name=bold(given_name(me))))


def linked_already(me: Me, tr: Translator) -> Screen:
    """The link was opened again."""
    return Screen(tr("This chat is already connected to your account."), home_rows(me, tr))


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
    return Screen(tr("We've already met, {name}. You're all set.", name=bold(given_name(me))), home_rows(me, tr))


def refused(reason: str, tr: Translator) -> Screen:
    """Why it did not work, and the way in that is left."""
    return Screen(
        lines(
            reason,
            "",
            tr("Or tap the button below this chat to share your phone number."),
        )
    )
