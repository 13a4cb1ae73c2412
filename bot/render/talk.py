"""Small talk: help, thanks, cancel, what the bot does not understand and what it cannot do yet."""

from collections.abc import Sequence

from bot.render.common import menu_button, menu_rows, rows
from bot.screen import Button, Screen, grid, lines
from core.kernel.words import CompanyText
from i18n.translator import Translator


def help_page(ranks: dict[str, CompanyText], tr: Translator) -> Screen:
    """What one can ask, by examples."""
    highest = tr.company(list(ranks.values())[-1]) if ranks else ""
    return Screen(
        lines(
            tr("Just ask me in your own words, for example:"),
            "• " + tr("How close am I to {rank}?", rank=highest) if highest else None,
            "• " + tr("Which customers stopped buying?"),
            "• " + tr("Who is inactive on my team?"),
            "• " + tr("Where is my order?"),
            "• " + tr("What can I get for my points?"),
            "• " + tr("When does the cycle close?"),
            "",
            tr("You can also use the buttons below. To stop what you're doing, send /cancel."),
        ),
        menu_rows(tr),
    )


def cancelled(tr: Translator) -> Screen:
    """Nothing goes on any more."""
    return Screen(tr("All right, nothing has changed."), menu_rows(tr))


def thanks(tr: Translator) -> Screen:
    """A kind word back."""
    return Screen(tr("You're welcome! I'm here whenever you need me."), menu_rows(tr))


def not_understood(guesses: Sequence[Button | None], tr: Translator) -> Screen:
    """Honest; a choice where several guesses are likely, else what there is to ask."""
    maybe = grid(guesses)
    if not maybe:
        return Screen(
            tr(
                "I can't help with that, but I can tell you about your progress, your team, "
                "your customers, your orders, and your points."
            ),
            menu_rows(tr),
        )
    return Screen(
        lines(tr("I'm not sure what you mean."), tr("Did you mean one of these?")), rows(maybe, (menu_button(tr),))
    )


def expired(tr: Translator) -> Screen:
    """A button of a message that we no longer understand."""
    return Screen(tr("That button has expired. Here's the menu:"), menu_rows(tr))


def not_yet(what: str, tr: Translator) -> Screen:
    """What it cannot do yet, and what it can. `what` is a whole sentence in her language."""
    return Screen(lines(what, tr("Here's what I can do for you:")), menu_rows(tr))


def no_text(tr: Translator) -> Screen:
    """Pictures, voice and the like."""
    return Screen(tr("I can only read text for now. Type a message or tap a button."), menu_rows(tr))


def in_private(username: str, tr: Translator) -> Screen:
    """In a group: nothing personal, only the way to the private chat."""
    return Screen(
        tr("I only talk about figures in private. Please write to me in our private chat."),
        rows((Button(tr("Open our chat"), url=f"https://t.me/{username}"),)),
    )


def went_wrong(tr: Translator) -> Screen:
    """Our own mistake."""
    return Screen(
        tr("Sorry, something went wrong on our side. Nothing was changed. Please try again in a moment."),
        menu_rows(tr),
    )


def refused(reason: str, tr: Translator) -> Screen:
    """The business says no; the sentence says why."""
    return Screen(reason, menu_rows(tr))
