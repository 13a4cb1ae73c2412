"""Giving points to somebody: whom, how many, the confirmation, and what was done."""

import re
from collections.abc import Sequence

from bot.render.amounts import round_numbers
from bot.render.common import menu_button, points_button, points_of, rows
from bot.screen import LABEL_MAX, Button, Screen, bold, button, cut, grid, lines
from core.kernel.words import CompanyText
from core.people.model import LinePerson
from core.points.model import TransferOffer
from i18n.translator import Translator

SUGGESTED = 6
ROUND_SHOWN = 3
NAME_MAX = 60
_NAMED = re.compile(r"(?P<name>.*) \((?P<code>[^()]+)\)")


def whom(suggested: Sequence[LinePerson], name: CompanyText, points: int | None, tr: Translator) -> Screen:
    """Whom to give to: somebody of her line by a tap, anybody else by typing. `points` where she said how many."""
    return Screen(
        lines(
            tr("Who would you like to give to?")
            if points is None
            else tr("Who should get {points}?", points=bold(points_of(points, name, tr))),
            "",
            tr("Type the name or the code, or choose somebody from your team.")
            if suggested
            else tr("Type the name or the code."),
        ),
        rows(
            grid([_to(one.name, one.code, points) for one in suggested]),
            (points_button(tr), menu_button(tr)),
        ),
    )


def _to(label: str, code: str, points: int | None) -> Button | None:
    """Somebody's button: how many, or straight to the confirmation where she said so."""
    if points is None:
        return button(label, "gvp", code)
    return button(label, "gvn", points, code)


def how_many(offer: TransferOffer, tr: Translator) -> Screen:
    """How many, for somebody who can get them. `offer` is of all that she may give."""
    most = offer.points
    rounds = [_amount(points_of(value, offer.name, tr), value, offer) for value in round_numbers(1, most, ROUND_SHOWN)]
    everything = _amount(tr("All: {amount}", amount=points_of(most, offer.name, tr)), most, offer)
    return Screen(
        lines(
            tr("How many should {name} get?", name=bold(_name(offer))),
            tr(
                "You can give up to {points} now. Tap an amount or type it.",
                points=bold(points_of(most, offer.name, tr)),
            ),
        ),
        rows(grid(rounds, 3), (everything,), (button(tr("‹ Back"), "gv"), menu_button(tr))),
    )


def _amount(label: str, value: int, offer: TransferOffer) -> Button | None:
    return button(label, "gvn", value, offer.to_code)


def offered(offer: TransferOffer, tr: Translator, *, changed: bool = False) -> Screen:
    """To whom, how many, what stays, and one button that does it; the safe one first."""
    amount = points_of(offer.points, offer.name, tr)
    whole = tr("Give {points}", points=amount)
    return Screen(
        lines(
            tr("Something has changed since, so I haven't done anything yet. This is how it would be now:")
            if changed
            else None,
            tr("Give {points} to {name}?", points=bold(amount), name=bold(_name(offer))),
            tr("You'll keep {left}.", left=points_of(offer.left, offer.name, tr)),
            tr("This can't be taken back."),
        ),
        rows(
            (button(tr("Cancel"), "gvx", offer.offer),),
            (_confirm(whole if len(whole) <= LABEL_MAX else tr("Yes, give them"), offer),),
        ),
    )


def _confirm(label: str, offer: TransferOffer) -> Button | None:
    """With what is needed to offer it anew, where that fits into a button."""
    return button(label, "gvo", offer.offer, offer.points, offer.to_code, danger=True) or button(
        label, "gvo", offer.offer, danger=True
    )


def done(offer: TransferOffer, tr: Translator) -> Screen:
    """What was done, and what she has now."""
    return Screen(
        lines(
            tr(
                "Done: {name} got {points} from you.",
                name=bold(_name(offer)),
                points=bold(points_of(offer.points, offer.name, tr)),
            ),
            tr("You have {left} left.", left=points_of(offer.left, offer.name, tr)),
        ),
        rows((points_button(tr), menu_button(tr))),
    )


def which(typed: str, named: Sequence[str], points: int | None, tr: Translator, *, everything: bool) -> Screen:
    """Several people are called so. `named` are "name (code)", as core tells them apart."""
    people = told_apart(named)
    same = len({name for name, _ in people}) < len(people)
    buttons = [_chosen(f"{name} · {code}" if same else name, code, points, everything) for name, code in people]
    return Screen(
        lines(
            tr("I know several people called {name}.", name=bold(cut(typed, NAME_MAX))),
            *([tr("Who do you mean? Type the code, or choose:")] if buttons else []),
            *[f"• {one}" for one in named] if same else [],
        ),
        rows(grid(buttons, 1), (button(tr("🔎 Somebody else"), "gv"), menu_button(tr))),
    )


def told_apart(named: Sequence[str]) -> list[tuple[str, str]]:
    """Name and code of each, from "name (code)"."""
    return [(found["name"], found["code"]) for one in named if (found := _NAMED.fullmatch(one)) is not None]


def _chosen(label: str, code: str, points: int | None, everything: bool) -> Button | None:
    return button(label, "gvn", "all", code) if everything else _to(label, code, points)


def nothing_done(tr: Translator) -> Screen:
    """She would rather not."""
    return Screen(tr("All right, nothing has changed."), rows((points_button(tr), menu_button(tr))))


def lapsed(points: str, code: str, tr: Translator) -> Screen:
    """The offer is too old; a fresh one is a tap away."""
    again = button(tr("Show it again"), "gvn", points, code) if code else None
    return Screen(
        tr("That offer has lapsed, so I did nothing. I can work it out again."),
        rows((again,), (points_button(tr), menu_button(tr))),
    )


def refused(reason: str, tr: Translator, code: str | None = None) -> Screen:
    """Why not; where the amount was wrong another can be chosen for the same person, else somebody else."""
    other = button(tr("Another amount"), "gvp", code) if code else button(tr("🔎 Somebody else"), "gv")
    return Screen(reason, rows((other,), (points_button(tr), menu_button(tr))))


def plain_refusal(reason: str, tr: Translator) -> Screen:
    """Why not, where nobody else and no other amount would change it."""
    return Screen(reason, rows((points_button(tr), menu_button(tr))))


def _name(offer: TransferOffer) -> str:
    return cut(offer.to_name, NAME_MAX)
