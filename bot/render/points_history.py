"""How her points came and went."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.render.common import menu_button, paging, points_button, rows
from bot.render.points import PRODUCT_MAX
from bot.screen import Screen, bold, cut, lines
from core.kernel.words import CompanyText
from core.points.model import Movement, MovementKind
from i18n.translator import Translator

PAGE = 8
NAME_MAX = 32
REASON_MAX = 80


def history(
    found: Sequence[Movement], name: CompanyText, tr: Translator, *, page: int, more: bool, zone: str
) -> Screen:
    """One page of what came and went, newest first."""
    onward = (points_button(tr), menu_button(tr))
    if not found and not page:
        text = lines(
            tr("Nothing has come or gone yet."),
            tr("Every paid order earns {points}, and you'll see each of them here.", points=tr.company(name, 2)),
        )
        return Screen(text, rows(onward))
    title = bold(tr("How your {points} came and went", points=tr.company(name, 2)))
    waiting = [tr("⏳ can be used once the return period is over")] if any(one.pending for one in found) else []
    return Screen(
        lines(title, "", *[movement(one, tr, zone) for one in found], *(["", *waiting] if waiting else [])),
        rows(paging(tr, "ph", page=page, more=more), onward),
    )


def movement(one: Movement, tr: Translator, zone: str) -> str:
    """A line of the history: when, how much, and what for."""
    day = tr.date(one.at.astimezone(ZoneInfo(zone)).date())
    amount = bold(("+" if one.points > 0 else "") + tr.number(one.points))
    return f"{day} · {amount} · {_what_for(one, tr)}" + (" ⏳" if one.pending else "")


def _what_for(one: Movement, tr: Translator) -> str:
    product = cut(tr.company(one.product), PRODUCT_MAX) if one.product else ""
    person = cut(one.person, NAME_MAX) if one.person else ""
    money = tr.money(one.money.amount_minor, one.money.currency) if one.money else ""
    order = cut(one.order_id, 24) if one.order_id else ""
    said = {
        MovementKind.EARNED: tr("order {number}", number=order) if order else tr("earned"),
        MovementKind.RULE: _rule(one, person, tr),
        MovementKind.TAKEN_BACK: tr("return of order {number}", number=order) if order else tr("taken back"),
        MovementKind.REDEEMED: tr("redeemed: {product}", product=product) if product else tr("redeemed"),
        MovementKind.RESTORED: tr("back from {product}", product=product) if product else tr("given back"),
        MovementKind.EXPIRED: tr("expired"),
        MovementKind.SENT: tr("to {name}", name=person) if person else tr("given away"),
        MovementKind.RECEIVED: tr("from {name}", name=person) if person else tr("received"),
        MovementKind.CONVERTED: tr("converted into {amount}", amount=money) if money else tr("converted"),
        MovementKind.BOUGHT: tr("bought for {amount}", amount=money) if money else tr("bought"),
        MovementKind.ADJUSTED: cut(one.reason, REASON_MAX) if one.reason else tr("correction"),
        MovementKind.OPENING: tr("carried over"),
    }
    return said[one.kind]


def _rule(one: Movement, person: str, tr: Translator) -> str:
    label = cut(tr.company(one.rule), PRODUCT_MAX) if one.rule else tr("bonus")
    return f"{label} ({person})" if person else label
