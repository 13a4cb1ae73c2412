"""Her coupons and credit notes: what each is worth, and until when."""

from collections.abc import Sequence

from bot.render.common import menu_button, paging, points_button, rows
from bot.screen import Screen, bold, button, cut, lines
from core.incentives.model import Holding, HoldingKind, HoldingState
from i18n.translator import Translator

PAGE = 6
NAME_MAX = 48


def coupons(items: Sequence[Holding], tr: Translator, *, page: int = 0) -> Screen:
    """One page of what she holds; what works today comes first, as core orders it."""
    back = (points_button(tr), menu_button(tr))
    if not items:
        return Screen(
            lines(
                tr("You don't have any coupons or credit notes at the moment."),
                tr("When the company gives you one, you'll find it here, with what it's worth and how long it works."),
            ),
            rows((button(tr("📦 My orders"), "o", 0),), back),
        )
    start = min(page, (len(items) - 1) // PAGE) * PAGE
    shown = items[start : start + PAGE]
    usable = sum(one.state is HoldingState.USABLE for one in items)
    blocks = [part for one in shown for part in ("", *holding(one, tr))]
    return Screen(
        lines(_count(usable, tr), *blocks),
        rows(paging(tr, "cp", page=start // PAGE, more=start + PAGE < len(items)), back),
    )


def _count(usable: int, tr: Translator) -> str:
    """The number asked for."""
    if not usable:
        return bold(tr("Nothing of it can be used today."))
    return bold(tr.plural("You can use {n} of these today.", "You can use {n} of these today.", usable))


def holding(one: Holding, tr: Translator) -> list[str]:
    """What it is, what it is worth, and how it stands."""
    name = cut(tr.company(one.label), NAME_MAX)
    mark = {HoldingState.USABLE: "✅", HoldingState.EARLY: "🕓"}.get(one.state, "▫️")
    title = f"{mark} {bold(name)} · {cut(one.code, NAME_MAX)}" if name else f"{mark} {bold(cut(one.code, NAME_MAX))}"
    return [title, " · ".join(part for part in (_worth(one, tr), _least(one, tr)) if part), _state(one, tr)]


def _worth(one: Holding, tr: Translator) -> str:
    if one.percent is not None:
        return tr("{percent} off", percent=tr.percent(one.percent))
    if one.currency is None or one.amount_minor is None:
        return ""
    amount = tr.money(one.amount_minor, one.currency)
    if one.kind is HoldingKind.COUPON:
        return tr("{amount} off", amount=amount)
    if one.left_minor is None or one.left_minor == one.amount_minor:
        return tr("Credit note for {amount}", amount=amount)
    return tr("{left} left of {amount}", left=tr.money(one.left_minor, one.currency), amount=amount)


def _least(one: Holding, tr: Translator) -> str:
    if not one.order_least_minor or one.currency is None:
        return ""
    return tr("on orders of {amount} or more", amount=tr.money(one.order_least_minor, one.currency))


def _state(one: Holding, tr: Translator) -> str:
    match one.state:
        case HoldingState.USED:
            return tr("used up")
        case HoldingState.WITHDRAWN:
            return tr("withdrawn by the company")
        case HoldingState.EXPIRED if one.valid_until is not None:
            return tr("ended on {day}", day=tr.date(one.valid_until))
        case HoldingState.EARLY if one.valid_from is not None:
            return tr("works from {day} on", day=tr.date(one.valid_from))
    until = tr("valid until {day}", day=tr.date(one.valid_until)) if one.valid_until else tr("without an end date")
    uses = one.uses_left
    return until if uses is None or uses == 1 else f"{until} · " + tr.plural("{n} use left", "{n} uses left", uses)
