"""What she has and what it can become: the wallet, how much of it, the confirmation and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.render.amounts import POINTS, exact_money, purse, round_numbers, worth
from bot.render.common import menu_button, points_button, points_of, rows
from bot.screen import LABEL_MAX, Button, Screen, bold, button, grid, lines
from core.kernel.money import minor_digits
from core.kernel.words import CompanyText
from core.points.model import ConversionOffer, Purse, Wallet, Way
from i18n.translator import Translator

WAYS_MAX = 8
ROUND_SHOWN = 3
_LETTERS = {Purse.POINTS: "p", Purse.CREDIT: "c", Purse.COMMISSIONS: "m"}
_PURSES = {letter: purse for purse, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Route:
    """From what into what, short enough for a button: "p*-cEUR" is points into credit in euros."""

    source: Purse
    source_unit: str
    target: Purse
    target_unit: str

    @classmethod
    def of(cls, way: Way) -> "Route":
        """A way's."""
        return cls(way.source, way.source_unit, way.target, way.target_unit)

    @classmethod
    def read(cls, text: str) -> "Route | None":
        """What `str` made; None for anything else."""
        sides = text.split("-")
        if len(sides) != 2 or any(side[:1] not in _PURSES for side in sides):
            return None
        (source, source_unit), (target, target_unit) = [(_PURSES[side[0]], side[1:] or POINTS) for side in sides]
        return cls(source, source_unit, target, target_unit)

    def __str__(self) -> str:
        return f"{self._side(self.source, self.source_unit)}-{self._side(self.target, self.target_unit)}"

    @staticmethod
    def _side(which: Purse, unit: str) -> str:
        return _LETTERS[which] + ("" if unit == POINTS else unit)


def wallet(found: Wallet, tr: Translator) -> Screen:
    """Her balances, what each way gives, and a button for it."""
    ways = found.ways[:WAYS_MAX]
    return Screen(
        lines(
            bold(points_of(found.points, found.name, tr)),
            *(_balance(Purse.CREDIT, tr.money(one.amount_minor, one.currency), found, tr) for one in found.credit),
            *(
                _balance(Purse.COMMISSIONS, tr.money(one.amount_minor, one.currency), found, tr)
                for one in found.commissions
            ),
            "",
            *(
                f"• {route_label(Route.of(way), found, tr)}: {rate(Route.of(way), way.rate, found.name, tr)}"
                for way in ways
            ),
            *([""] if ways else []),
            tr("What would you like to convert?") if ways else tr("Nothing can be converted at the moment."),
        ),
        rows(
            grid([button(route_label(Route.of(way), found, tr), "cva", str(Route.of(way))) for way in ways], 1),
            (points_button(tr), menu_button(tr)),
        ),
    )


def _balance(which: Purse, money: str, found: Wallet, tr: Translator) -> str:
    return tr("{label}: {value}", label=purse(which, found.name, tr), value=bold(money))


def route_label(route: Route, found: Wallet | ConversionOffer, tr: Translator) -> str:
    """From what into what; currencies only where credit changes into credit."""
    if route.source is route.target:
        return f"{route.source_unit} → {route.target_unit}"
    return f"{purse(route.source, found.name, tr)} → {purse(route.target, found.name, tr)}"


def how_many(found: Wallet, way: Way, tr: Translator) -> Screen:
    """One way: its rate and limits, and amounts to tap; what she types instead is understood too."""
    route = Route.of(way)
    back = (button(tr("‹ Back"), "cv"), menu_button(tr))
    least, most = (worth(value, way.source_unit, found.name, tr) for value in (way.least, way.most))
    head = (bold(route_label(route, found, tr)), rate(route, way.rate, found.name, tr))
    if way.most < way.least:
        return Screen(lines(*head, "", _too_little(way, found.name, tr)), rows(back))
    return Screen(
        lines(
            *head,
            tr("You can convert from {least} up to {most} now.", least=least, most=bold(most))
            if way.least < way.most
            else tr("You can convert exactly {most} now.", most=bold(most)),
            "",
            tr("How much should it be? Tap an amount or type it."),
        ),
        rows(grid([*_rounds(way, found, tr)], 3), grid([*_parts(way, found, tr)]), back),
    )


def _too_little(way: Way, name: CompanyText, tr: Translator) -> str:
    """Why nothing can be converted now."""
    least = worth(way.least, way.source_unit, name, tr)
    has = worth(way.available, way.source_unit, name, tr)
    if way.available < way.least:
        return tr("You need at least {least} for this, and you have {has}.", least=least, has=has)
    return tr("You've reached today's limit. You can convert again tomorrow.")


def rate(route: Route, said: str, name: CompanyText, tr: Translator) -> str:
    """What one gives, as the company says it: by the point where points are on a side, else by the unit of money."""
    each = Fraction(said)
    if route.source is Purse.POINTS:
        return tr(
            "{points} gives you {money}.", points=points_of(1, name, tr), money=exact_money(each, route.target_unit, tr)
        )
    if route.target is Purse.POINTS:
        price = (1 / each).limit_denominator(10**6)
        return tr(
            "{points} costs {money}.", points=points_of(1, name, tr), money=exact_money(price, route.source_unit, tr)
        )
    one = tr.money(10 ** minor_digits(route.source_unit), route.source_unit)
    return tr("{one} gives you {money}.", one=one, money=exact_money(each, route.target_unit, tr))


def _rounds(way: Way, found: Wallet, tr: Translator) -> Sequence[Button | None]:
    unit = 1 if way.source_unit == POINTS else 10 ** minor_digits(way.source_unit)
    values = [value * unit for value in round_numbers(-(-way.least // unit), -(-way.most // unit), ROUND_SHOWN)]
    return [_amount_button(worth(value, way.source_unit, found.name, tr), way, value) for value in values]


def _parts(way: Way, found: Wallet, tr: Translator) -> Sequence[Button | None]:
    half = half_of(way)
    said = worth(way.most, way.source_unit, found.name, tr)
    return [
        _amount_button(tr("Half: {amount}", amount=worth(half, way.source_unit, found.name, tr)), way, half)
        if half >= way.least
        else None,
        _amount_button(tr("All: {amount}", amount=said), way, way.most),
    ]


def half_of(way: Way) -> int:
    """Half of what she has, as far as she may."""
    return min(way.available // 2, way.most)


def _amount_button(label: str, way: Way, value: int) -> Button | None:
    return button(label, "cvn", str(Route.of(way)), value)


def offered(offer: ConversionOffer, tr: Translator, *, changed: bool = False) -> Screen:
    """Both sides, what stays, and one button that does it; the safe one first."""
    return Screen(
        lines(
            tr("Something has changed since, so I haven't done anything yet. This is how it would be now:")
            if changed
            else None,
            tr("Convert {give} into {get}?", give=bold(_given(offer, tr)), get=bold(_got(offer, tr))),
            tr("You'll keep {left}.", left=_left(offer, tr)),
            _ends(offer, tr),
        ),
        rows(
            (button(tr("Cancel"), "cvx", offer.offer),),
            (_confirm(offer, tr),),
        ),
    )


def _confirm(offer: ConversionOffer, tr: Translator) -> Button | None:
    """The label restates the effect where that fits on a phone."""
    route = Route(offer.source, offer.give_unit, offer.target, offer.get_unit)
    whole = tr("Convert {amount}", amount=worth(offer.give, offer.give_unit, offer.name, tr))
    label = whole if len(whole) <= LABEL_MAX else tr("Yes, convert")
    return button(label, "cvo", offer.offer, str(route), offer.give, danger=True)


def _given(offer: ConversionOffer, tr: Translator) -> str:
    return _of_purse(offer.give, offer.give_unit, offer.source, offer.name, tr)


def _got(offer: ConversionOffer, tr: Translator) -> str:
    return _of_purse(offer.get, offer.get_unit, offer.target, offer.name, tr)


def _left(offer: ConversionOffer, tr: Translator) -> str:
    return _of_purse(offer.left, offer.give_unit, offer.source, offer.name, tr)


def _of_purse(value: int, unit: str, which: Purse, name: CompanyText, tr: Translator) -> str:
    """An amount, and for money where it lies."""
    amount = worth(value, unit, name, tr)
    if which is Purse.CREDIT:
        return tr("{amount} of credit", amount=amount)
    return tr("{amount} of commissions", amount=amount) if which is Purse.COMMISSIONS else amount


def _ends(offer: ConversionOffer, tr: Translator) -> str | None:
    if offer.expires_on is None:
        return None
    return tr("What you get can be used until {day}.", day=tr.date(offer.expires_on))


def done(offer: ConversionOffer, tr: Translator) -> Screen:
    """What was done, and what she has now."""
    return Screen(
        lines(
            tr("Done: you converted {give} into {get}.", give=bold(_given(offer, tr)), get=bold(_got(offer, tr))),
            tr("You have {left} left.", left=_left(offer, tr)),
        ),
        rows((button(tr("💱 Wallet"), "cv"), points_button(tr)), (menu_button(tr),)),
    )


def nothing_done(tr: Translator) -> Screen:
    """She would rather not."""
    return Screen(tr("All right, nothing has changed."), rows((button(tr("💱 Wallet"), "cv"), menu_button(tr))))


def lapsed(route: Route | None, amount: str, tr: Translator) -> Screen:
    """The offer is too old; a fresh one is a tap away."""
    again = button(tr("Show it again"), "cvn", str(route), amount) if route is not None else None
    return Screen(
        tr("That offer has lapsed, so I did nothing. I can work it out again."),
        rows((again,), (button(tr("💱 Wallet"), "cv"), menu_button(tr))),
    )


def closed(found: Wallet, source: Purse, target: Purse | None, tr: Translator) -> Screen:
    """A way that is not open to her, and the wallet with those that are."""
    if target is None:
        return wallet(found, tr)
    shown = wallet(found, tr)
    what, into = purse(source, found.name, tr), purse(target, found.name, tr)
    return Screen(lines(tr("This isn't possible right now: {way}", way=f"{what} → {into}"), "", shown.text), shown.rows)


def refused(reason: str, tr: Translator) -> Screen:
    """Why not, and the way back to what can be done."""
    return Screen(reason, rows((button(tr("💱 Wallet"), "cv"), menu_button(tr))))
