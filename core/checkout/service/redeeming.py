"""Products for points: what it would take, and doing it once."""

import secrets
from fractions import Fraction

from core.catalog import service as catalog
from core.catalog.model import OutOfStock
from core.checkout import rules
from core.checkout.model import Redeemed, RedemptionOffer, RedemptionWish
from core.checkout.service.documents import note_worth, usable_documents
from core.checkout.service.figures import figures, programme_now
from core.checkout.service.paying import credit_account, hold_buyer
from core.checkout.service.pricing import quote, redeeming
from core.checkout.service.taking import take_sale
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.live.service import Live
from core.offers import service as offers
from core.orders import service as orders
from core.orders.model import Means, NewLine, NewOrder, NewPayment, OrderCard
from core.orders.service import Priced
from core.people import service as people
from core.points.model import PointsTooFew
from core.points.service.programme import Programme, programme
from core.points.service.viewing import view

OFFER = "checkout.redemption"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: none that reads like another."""
ID_LENGTH = 8


async def offer_redemption(uow: UnitOfWork, person: PersonId, wish: RedemptionWish) -> RedemptionOffer:
    """What redeeming would do.

    Raises:
        AccountClosed, AccountSuspended: she has left, or is suspended.
        WayClosed: the company redeems no points.
        ProductUnknown, NotRedeemable, QuantityTooMany, OutOfStock, MixNotAllowed, AboveMost: what, and how many.
        HoldingUnknown, HoldingUnusable, HoldingCurrency, OrderTooSmall: the coupon does not work on this.
        PointsTooFew: she has not enough.
    """
    asked = await _priced(uow, person, wish)
    effect = await _effect(uow, person, wish, asked)
    offer = await offers.make(uow, person, OFFER, wish, effect)
    _, priced = asked
    stock = priced.lines[0].product.stock
    most = effect.quantity_most if stock is None else min(stock, effect.quantity_most)
    usable = await usable_documents(uow, priced, effect)
    return effect.model_copy(update={"offer": offer, "quantity_most": most, "usable": usable})


async def redeem(uow: UnitOfWork, person: PersonId, offer: str, live: Live | None) -> Redeemed:
    """Make the order that was offered, once; a second tap gets the same answer.

    Args:
        live: the figures; without them what rules about ranks give for the order is given later.

    Raises:
        OfferGone, OfferChanged: it is too old, or would no longer do what was shown.
        And what `offer_redemption` raises, where that has changed since.
    """
    taken = await offers.take(uow, person, offer, OFFER)
    answer = taken.done(Redeemed)
    if answer is not None:
        return answer
    spec = await programme_now(uow)
    state = await figures(spec, live)
    await hold_buyer(uow, person, spec)
    wish = taken.wished(RedemptionWish)
    new, priced = await _priced(uow, person, wish)
    effect = await _effect(uow, person, wish, (new, priced))
    taken.require_same(effect)
    head = await take_sale(uow, new, priced, state, redeemed=True)
    assert head is not None, "the order's id was made a moment ago"
    answer = Redeemed(
        order=await _card(uow, new.order_id),
        product=effect.product,
        quantity=effect.quantity,
        points=effect.points,
        left=effect.left,
        name=effect.name,
        due_minor=effect.amount_minor - effect.from_note_minor - effect.from_credit_minor,
    )
    await offers.done(uow, taken, answer)
    return answer


async def _priced(uow: UnitOfWork, person: PersonId, wish: RedemptionWish) -> tuple[NewOrder, Priced]:
    """The order that she wishes for: points first, then a credit note, her credit, and the rest from outside."""
    current = await programme(uow)
    redeeming(current.plan)
    profile = await people.active(uow, person)
    payments = [NewPayment(means=Means.POINTS, amount=wish.points), NewPayment(means=Means.CREDIT)]
    if wish.coupon is not None:
        payments.append(NewPayment(means=Means.COUPON, document=wish.coupon))
    if wish.credit_note is not None:
        payments.append(NewPayment(means=Means.CREDIT_NOTE, document=wish.credit_note))
    new = NewOrder(
        order_id=await _fresh_id(uow),
        person=profile.code,
        date=uow.now,
        lines=(NewLine(sku=wish.sku, quantity=wish.quantity),),
        payments=tuple(payments),
    )
    return new, await orders.price(uow, new)


async def _effect(
    uow: UnitOfWork, person: PersonId, wish: RedemptionWish, asked: tuple[NewOrder, Priced]
) -> RedemptionOffer:
    new, priced = asked
    current = await programme(uow)
    quoted = await quote(uow, priced, new.payments)
    product = priced.lines[0].product
    if product.stock is not None and product.stock < wish.quantity:
        raise OutOfStock(sku=product.sku, left=product.stock)
    terms = redeeming(current.plan)
    whole = quoted.points_price
    least = rules.least_points(whole, mixed=terms.mixed, share_least=Fraction(terms.points_share_least))
    available = (await view(uow, current, person)).available
    if available < quoted.points:
        raise _too_few(current, available=max(0, available), needed=quoted.points, least=least)
    money = quoted.amount_minor
    by_note = 0 if wish.credit_note is None else await note_worth(uow, priced, wish.credit_note, money)
    credit = await ledger.balance(uow, credit_account(person, priced.currency)) if money else 0
    return RedemptionOffer(
        offer="",
        name=current.name,
        sku=product.sku,
        product=product.words,
        quantity=wish.quantity,
        points=quoted.points,
        amount_minor=money,
        currency=priced.currency if money else None,
        from_credit_minor=min(max(0, credit), money - by_note),
        from_note_minor=by_note,
        discount_minor=sum(one.taken for one in quoted.coupons),
        document=wish.coupon or wish.credit_note,
        left=available - quoted.points,
        points_whole=whole,
        points_least=least if least < whole else None,
        quantity_most=product.redeem_most or terms.quantity_most,
        picture=(await catalog.pictures(uow)).get(product.sku),
    )


def _too_few(current: Programme, *, available: int, needed: int, least: int) -> PointsTooFew:
    """The refusal; where what she has would do for a part, it says the least part."""
    refusal = current.too_few(available=available, needed=needed)
    if least <= available:
        refusal.facts = {**refusal.facts, "mix_least": least}
    return refusal


async def _fresh_id(uow: UnitOfWork) -> str:
    """An order id that can be read out on the telephone, and that nobody has yet."""
    while True:
        order_id = "R" + "".join(secrets.choice(LETTERS) for _ in range(ID_LENGTH))
        if not await orders.is_known(uow, order_id):
            return order_id


async def _card(uow: UnitOfWork, order_id: str) -> OrderCard:
    order = await orders.order(uow, order_id)
    return OrderCard(**{name: getattr(order, name) for name in OrderCard.model_fields})
