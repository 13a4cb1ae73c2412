"""Products for points: the list, a choice among some, and why one cannot be had."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.common import menu_button, paging, points_button, points_of, rows
from bot.render.points import (
    PRODUCT_MAX,
    catalogue_button,
    earning,
    pending_line,
    product_button,
    product_line,
)
from bot.screen import Screen, bold, button, cut, grid, lines
from core.kernel.words import CompanyText
from core.points.model import PointsCard, Redeemable
from i18n.translator import Translator

PAGE = 6
SEARCH_BYTES_MAX = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What she wants, as buttons carry it. `points` is what to pay in points; None is all of it."""

    sku: str
    quantity: int = 1
    points: int | None = None
    coupon: str | None = None
    credit_note: str | None = None

    @property
    def parts(self) -> tuple[str | int, ...]:
        """For a button's data; without a document, which has a button of its own."""
        return self.quantity, self.points or "", self.sku


def catalogue(
    found: Sequence[Redeemable],
    card: PointsCard,
    tr: Translator,
    *,
    page: int,
    more: bool,
    search: str = "",
    missed: str = "",
) -> Screen:
    """One page of products, those within her reach first.

    Args:
        search: only products of such a name are shown.
        missed: what she looked for and is not there.
    """
    word = tr.company(card.name, 2)
    onward = (points_button(tr), menu_button(tr))
    if not found and not page:
        return Screen(tr("There is nothing to be had for {points} at the moment.", points=word), rows(onward))
    return Screen(
        lines(
            *(
                [tr("I can't find {product} among what there is for {points}.", product=bold(missed), points=word), ""]
                if missed
                else []
            ),
            tr("You have {points}.", points=bold(points_of(card.available, card.name, tr))),
            "",
            *[product_line(one, card.name, tr) for one in found],
            "",
            tr("To look for something else, type the product's name."),
        ),
        rows(
            grid([product_button(one, tr, page) for one in found]),
            paging(tr, "rd", page=page, more=more, tail=(shortened(search),)),
            (catalogue_button(tr) if search else None,),
            onward,
        ),
    )


def shortened(search: str) -> str:
    """What a button can carry of it."""
    return search.encode()[:SEARCH_BYTES_MAX].decode(errors="ignore")


def several(name: str, found: Sequence[tuple[Redeemable, Wanted]], card: PointsCard, tr: Translator) -> Screen:
    """Products that a typed name may mean; without a name those that a message may mean."""
    ask = tr("Which of these products do you mean?")
    if name:
        ask = tr("Several products match {product}. Which one do you mean?", product=bold(cut(name, PRODUCT_MAX)))
    return Screen(
        lines(
            ask,
            "",
            *[product_line(one, card.name, tr) for one, _ in found],
        ),
        rows(
            grid([button(tr.company(one.product), "rq", *wanted.parts) for one, wanted in found]),
            (catalogue_button(tr), menu_button(tr)),
        ),
    )


def not_done(tr: Translator) -> Screen:
    """She thought better of it."""
    return Screen(
        tr("All right, nothing was redeemed."),
        rows((catalogue_button(tr),), (points_button(tr), menu_button(tr))),
        on_photo=True,
    )


def too_few(
    product: CompanyText, wanted: Wanted, card: PointsCard, tr: Translator, *, needed: int, mix: int | None = None
) -> Screen:
    """How many are missing, how they come, and what she can have instead.

    Args:
        mix: points that she could pay with the rest in money; None where that is not possible.
    """
    missing = max(1, needed - card.available)
    short, what = bold(points_of(missing, card.name, tr)), bold(pieces(wanted.quantity, product, tr))
    return Screen(
        lines(
            tr.plural(
                "You're {points} short of {product}.",
                "You're {points} short of {product}.",
                missing,
                points=short,
                product=what,
            ),
            tr(
                "It costs {price}, and you have {points}.",
                price=points_of(needed, card.name, tr),
                points=points_of(card.available, card.name, tr),
            ),
            "",
            *earning(tr, pending_line(card, tr)),
            *(
                ["", tr("Within reach:"), *[product_line(one, card.name, tr) for one in card.within_reach]]
                if card.within_reach
                else []
            ),
        ),
        rows(
            (button(tr("Pay part in money"), "rq", wanted.quantity, mix, wanted.sku) if mix else None,),
            grid([product_button(one, tr) for one in card.within_reach]),
            (catalogue_button(tr),),
            (points_button(tr), menu_button(tr)),
        ),
    )


def sold_out(product: str, tr: Translator) -> str:
    """Why a product cannot be had when none is left."""
    return tr("{product} is sold out at the moment. Please choose something else.", product=product)


def refused(reason: str, tr: Translator, instead: Wanted | None = None) -> Screen:
    """Why it cannot be, and what can. `instead` is the nearest that she can have of it."""
    nearest = None
    if instead is not None:
        label = tr.plural("Take {n} piece", "Take {n} pieces", instead.quantity)
        nearest = button(label, "rq", *instead.parts)
    return Screen(reason, rows((nearest,), (catalogue_button(tr),), (points_button(tr), menu_button(tr))))


def pieces(quantity: int, product: CompanyText, tr: Translator) -> str:
    """So many of a product."""
    return f"{tr.number(quantity)} × {cut(tr.company(product), PRODUCT_MAX)}"
