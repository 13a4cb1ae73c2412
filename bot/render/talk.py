"""Small talk: help, thanks, cancel, what the bot does not understand and what it cannot do yet."""

from collections.abc import Sequence

from bot.render.common import has_no_line, home_rows, human_button, menu_button, rows
from bot.render.start import own
from bot.screen import Button, Rows, Screen, grid, lines
from core.people.model import Me
from i18n.translator import Translator


def help_page(me: Me, tr: Translator) -> Screen:
    """What one can ask, by examples; of ranks and teams only where she has a line."""
    examples = [
        tr("Where is my order?"),
        *([tr("What can I get for my {points}?", points=tr.company(me.points_name, 2))] if me.points_name else []),
        *([tr("Which coupons do I have?")] if has_no_line(me) else [tr("When does the cycle close?")]),
        tr("Something in my order was broken."),
    ]
    return Screen(
        lines(
            tr("Just ask me in your own words, for example:"),
            *["• " + example for example in (*([] if has_no_line(me) else _about_line(me, tr)), *examples)],
            "",
            tr("You can also use the buttons below. To stop what you're doing, send /cancel."),
        ),
        rows(home_rows(me, tr), (human_button(tr),)),
    )


def _about_line(me: Me, tr: Translator) -> list[str]:
    """Questions that only somebody with a line has."""
    highest = tr.company(list(me.rank_names.values())[-1]) if me.rank_names else ""
    return [
        *([tr("How close am I to {rank}?", rank=highest)] if highest else []),
        tr("Which customers stopped buying?"),
        tr("Who is inactive on my team?"),
        tr("Why was I paid this?"),
    ]


def cancelled(me: Me, tr: Translator) -> Screen:
    """Nothing goes on any more."""
    return Screen(tr("All right, nothing has changed."), home_rows(me, tr))


def thanks(me: Me, tr: Translator) -> Screen:
    """A kind word back."""
    return Screen(tr("You're welcome! I'm here whenever you need me."), home_rows(me, tr))


def not_understood(guesses: Sequence[Button | None], me: Me, tr: Translator) -> Screen:
    """Honest; a choice where several guesses are likely, else what there is to ask."""
    maybe = grid(guesses)
    if not maybe:
        return Screen(_what_else(me, tr), rows(home_rows(me, tr), (human_button(tr),)))
    return Screen(
        lines(tr("I'm not sure what you mean."), tr("Did you mean one of these?")),
        rows(maybe, (human_button(tr), menu_button(tr))),
    )


def _what_else(me: Me, tr: Translator) -> str:
    if has_no_line(me):
        return lines(tr("I can't help with that."), own(me, tr))
    if me.points_name is None:
        return tr(
            "I can't help with that, but I can tell you about your progress, your team, your customers, your orders, "
            "and your earnings."
        )
    return tr(
        "I can't help with that, but I can tell you about your progress, your team, your customers, your orders, "
        "your earnings, and your {points}.",
        points=tr.company(me.points_name, 2),
    )


def expired(me: Me, tr: Translator) -> Screen:
    """A button of a message that we no longer understand."""
    return Screen(tr("That button has expired. Here's the menu:"), home_rows(me, tr))


def not_yet(what: str, me: Me, tr: Translator) -> Screen:
    """What it cannot do yet, and what it can. `what` is a whole sentence in her language."""
    return Screen(lines(what, tr("Here's what I can do for you:")), home_rows(me, tr))


def in_private(username: str, tr: Translator) -> Screen:
    """In a group: nothing personal, only the way to the private chat."""
    return Screen(
        tr("I only talk about figures in private. Please write to me in our private chat."),
        rows((Button(tr("Open our chat"), url=f"https://t.me/{username}"),)),
    )


def went_wrong(me: Me | None, tr: Translator) -> Screen:
    """Our own mistake."""
    return Screen(
        tr("Sorry, something went wrong on our side. Nothing was changed. Please try again in a moment."),
        _with_people(me, tr),
    )


def refused(reason: str, me: Me | None, tr: Translator) -> Screen:
    """The business says no; the sentence says why."""
    return Screen(reason, _with_people(me, tr))


def _with_people(me: Me | None, tr: Translator) -> Rows:
    """Her starting page's buttons and the way to people, once we know who she is."""
    return rows(home_rows(me, tr), () if me is None else (human_button(tr),))
