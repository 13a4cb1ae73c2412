"""Her points: at a glance, and when they end."""

from collections.abc import Sequence

from bot.render.common import coupons_button, menu_button, points_button, points_of, rows
from bot.screen import Button, Screen, bold, button, cut, grid, lines
from core.kernel.words import CompanyText
from core.points.model import Expiries, Expiry, PointsCard, Redeemable, TierStanding
from i18n.translator import Translator

EXPIRIES_MAX = 15
PRODUCT_MAX = 40


def points(card: PointsCard, tr: Translator) -> Screen:
    """The number first, then what comes, what ends, and what she can have."""
    return Screen(
        lines(
            *_balance(card, tr),
            *_pending(card, tr),
            *_tier(card.tier, card.name, tr),
            *_expiring(card.expiries, card.name, tr),
            *_reach(card, tr),
        ),
        rows(
            grid([product_button(one, tr) for one in card.within_reach]),
            (catalogue_button(tr) if card.can_redeem else None,),
            (history_button(tr), button(tr("⏳ Expiring"), "px") if card.expiries else None),
            (
                button(tr("💱 Convert"), "cv") if card.can_convert else None,
                button(tr("🤝 Give"), "gv") if card.can_transfer else None,
            ),
            (coupons_button(tr), menu_button(tr)),
        ),
    )


def expiries(found: Expiries, tr: Translator) -> Screen:
    """All that ends, first the first."""
    if not found.expiries:
        text = lines(
            tr("You have {points}.", points=bold(points_of(found.available, found.name, tr))),
            tr("Nothing of it is about to expire."),
        )
        return Screen(text, rows((catalogue_button(tr),), (points_button(tr), menu_button(tr))))
    soonest, *_ = found.expiries
    ending = bold(points_of(soonest.points, found.name, tr))
    left = len(found.expiries) - EXPIRIES_MAX
    return Screen(
        lines(
            tr.plural(
                "{points} expires at the end of {day}.",
                "{points} expire at the end of {day}.",
                soonest.points,
                points=ending,
                day=bold(tr.date(soonest.on)),
            ),
            "",
            *[_expiry(one, found.name, tr) for one in found.expiries[1:EXPIRIES_MAX]],
            *([tr.plural("… and {n} more.", "… and {n} more.", left)] if left > 0 else []),
            *([""] if len(found.expiries) > 1 else []),
            tr("What expires first is always used first."),
        ),
        rows((catalogue_button(tr),), (points_button(tr), menu_button(tr))),
    )


def product_line(one: Redeemable, name: CompanyText, tr: Translator) -> str:
    """A product with its price; of one out of reach also what is missing."""
    product, price = cut(tr.company(one.product), PRODUCT_MAX), points_of(one.points, name, tr)
    if one.affordable:
        return "✅ " + tr("{label}: {value}", label=product, value=price)
    return "▫️ " + tr("{product}: {price} ({missing} to go)", product=product, price=price, missing=one.missing)


def product_button(one: Redeemable, tr: Translator, page: int = 0) -> Button | None:
    """To the offer of one piece."""
    return button(tr.company(one.product), "ro", page, one.sku)


def catalogue_button(tr: Translator) -> Button | None:
    """To what can be had."""
    return button(tr("🎁 What can I get?"), "rd", 0, "")


def history_button(tr: Translator) -> Button | None:
    """To how they came and went."""
    return button(tr("📜 History"), "ph", 0)


def earning(tr: Translator, pending: str | None) -> list[str]:
    """How more come. `pending` is the sentence about those on their way, where there are any."""
    return [pending or tr("Every paid order earns more. You can use what it earns once its return period is over.")]


def pending_line(card: PointsCard, tr: Translator) -> str | None:
    """What is on its way and from when it can be used; None for nothing."""
    if card.pending <= 0:
        return None
    amount = points_of(card.pending, card.name, tr)
    if card.pending_until is None:
        return tr("On the way: {points}", points=amount)
    return tr("On the way: {points}, from {day} on", points=amount, day=tr.day(card.pending_until))


def _balance(card: PointsCard, tr: Translator) -> list[str]:
    amount = bold(points_of(card.available, card.name, tr))
    if card.available < 0:
        return [
            tr("Your balance is {points}.", points=amount),
            tr(
                "That happens when an order is returned after what it earned was used. Your next orders make up for it."
            ),
        ]
    money = [tr("Account credit: {amount}", amount=tr.money(one.amount_minor, one.currency)) for one in card.credit]
    return [tr("You have {points}.", points=amount), *money]


def _pending(card: PointsCard, tr: Translator) -> list[str]:
    pending = pending_line(card, tr)
    return earning(tr, pending) if card.available <= 0 else [pending] if pending else []


def _tier(tier: TierStanding | None, name: CompanyText, tr: Translator) -> list[str]:
    if tier is None:
        return []
    told = [tr("Tier: {tier}", tier=bold(tr.company(tier.label)))] if tier.code else []
    if tier.next_label and tier.to_go > 0:
        to_go = points_of(tier.to_go, name, tr)
        told.append(tr("Still to earn for {tier}: {points}", points=to_go, tier=tr.company(tier.next_label)))
    return [" · ".join(told)] if told else []


def _expiring(found: Sequence[Expiry], name: CompanyText, tr: Translator) -> list[str]:
    return ["", tr("Expiring next:"), *[_expiry(one, name, tr) for one in found]] if found else []


def _expiry(one: Expiry, name: CompanyText, tr: Translator) -> str:
    return "• " + tr("{label}: {value}", label=tr.date(one.on), value=points_of(one.points, name, tr))


def _reach(card: PointsCard, tr: Translator) -> list[str]:
    if not card.can_redeem:
        return []
    if card.within_reach:
        return ["", tr("Within reach:"), *[product_line(one, card.name, tr) for one in card.within_reach]]
    following = card.next_reach
    return ["", tr("Next within reach:"), product_line(following, card.name, tr)] if following else []
