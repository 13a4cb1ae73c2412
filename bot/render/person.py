"""One person of her line, as far as the company lets her see."""

from collections.abc import Sequence

import phonenumbers

from bot.render.common import gauges_button, honoured, menu_button, paging, rank_of, rows
from bot.render.orders import card_line
from bot.screen import Button, Screen, bold, button, cut, lines
from core.kernel.words import CompanyText
from core.orders.model import OrderCard
from core.people.model import Kind, LinePerson
from i18n.translator import Translator

NAME_MAX = 80


CameFrom = tuple[str, str]
"""The list and its page that a card was opened from; "x" for none."""


def person(
    found: LinePerson, names: dict[str, CompanyText], tr: Translator, *, scale: int, came_from: CameFrom
) -> Screen:
    """Her card: figures first, then how to reach her."""
    usual = found.usual_order
    what_if = tr("🧮 What if they order {volume}?", volume=tr.volume(usual, scale)) if usual else ""
    return Screen(
        lines(
            bold(cut(found.name, NAME_MAX)),
            _place(found, tr),
            _rank(found, names, tr),
            "",
            *_figures(found, tr, scale),
            *_contacts(found),
        ),
        rows(
            (
                button(tr("📦 Orders"), "wo", 0, *came_from, found.code) if found.orders_shown else None,
                button(what_if, "wi", usual, *came_from, found.code) if usual else None,
            ),
            (_back(came_from, tr), menu_button(tr)),
        ),
        on_photo=True,
    )


def orders(
    found: LinePerson,
    cards: Sequence[OrderCard],
    tr: Translator,
    *,
    page: int,
    more: bool,
    zone: str,
    came_from: CameFrom,
) -> Screen:
    """What she ordered, newest first."""
    told = [card_line(card, tr, zone) for card in cards]
    return Screen(
        lines(
            tr("{name}'s orders", name=bold(cut(found.name, NAME_MAX))),
            "",
            *(told or [tr("No orders yet.")]),
        ),
        rows(
            paging(tr, "wo", page=page, more=more, tail=(*came_from, found.code)),
            (button(tr("‹ Back"), "w", *came_from, found.code), menu_button(tr)),
        ),
        on_photo=True,
    )


def _place(found: LinePerson, tr: Translator) -> str:
    place = (
        tr("Customer on level {level}", level=found.level)
        if found.kind is Kind.CUSTOMER
        else tr("Distributor on level {level}", level=found.level)
    )
    if found.active is None:
        return place
    return f"{place} · " + (tr("active this cycle") if found.active else tr("not active this cycle"))


def _rank(found: LinePerson, names: dict[str, CompanyText], tr: Translator) -> str | None:
    rank = rank_of(names, found.paid_rank, tr)
    told = tr("Rank today: {rank}", rank=bold(rank)) if rank else None
    if told and found.by_grace:
        told = tr("{rank}, kept by grace", rank=told)
    honour = rank_of(names, found.honorary_rank, tr)
    if not honour:
        return told
    return tr("{told} (honorary rank: {rank})", told=told, rank=honour) if told else honoured(honour, tr)


def _figures(found: LinePerson, tr: Translator, scale: int) -> list[str]:
    told: list[str] = []
    if found.own_volume is not None:
        told.append(tr("Personal volume this cycle: {volume}", volume=bold(tr.volume(found.own_volume, scale))))
    if found.group_volume is not None and found.kind is Kind.DISTRIBUTOR:
        told.append(tr("Group volume this cycle: {volume}", volume=tr.volume(found.group_volume, scale)))
    if found.usual_order is not None:
        told.append(tr("Usual order: {volume} in volume", volume=tr.volume(found.usual_order, scale)))
    if found.last_order_on is not None:
        told.append(tr("Last order: {date}", date=tr.date(found.last_order_on)))
    if found.frontline_count and found.kind is Kind.DISTRIBUTOR:
        told.append(tr("People directly below: {n}", n=found.frontline_count))
    if found.joined_on is not None:
        date = tr.date(found.joined_on)
        customer = found.kind is Kind.CUSTOMER
        told.append(tr("Customer since {date}", date=date) if customer else tr("Joined on {date}", date=date))
    return told


def _contacts(found: LinePerson) -> list[str]:
    contacts = [f"☎️ {_spaced(found.phone)}"] if found.phone else []
    if found.email:
        contacts.append(f"✉️ {found.email}")
    return ["", *contacts] if contacts else []


def _spaced(phone: str) -> str:
    """A number in the groups of its country, as one reads it to somebody: "+1 212 555 0108"."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _back(came_from: CameFrom, tr: Translator) -> Button | None:
    which, page = came_from
    return gauges_button(tr) if which == "x" else button(tr("‹ Back"), "l", which, page)
