"""Products for points."""

from collections.abc import Iterable, Mapping

from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.unit_of_work import UnitOfWork
from core.http.model import Page, read_cursor, write_cursor
from core.kernel.ids import PersonId
from core.points.model import Redeemable, WayClosed
from core.points.rules import search
from core.points.service.programme import programme
from core.points.service.viewing import view

PAGE_SIZE_MAX = 50


async def redeemables(
    uow: UnitOfWork, person: PersonId, *, q: str | None, cursor: str | None, limit: int
) -> Page[Redeemable]:
    """Products for points: affordable ones first, the dearest of them first, then the others, the cheapest first.

    Args:
        q: a product's name or a part of one, in any language, or its sku; what fits best comes first then.

    Raises:
        WayClosed: the company redeems no points.
        CursorInvalid: the cursor is none of ours.
    """
    current = await programme(uow)
    if current.spec.redeem is None:
        raise WayClosed(what="redeem")
    hand = await view(uow, current, person)
    shown = await offered(uow, hand.available)
    wanted = search.folded(q or "")
    if wanted:
        fits = {one.sku: search.fit(wanted, one.sku, one.product) for one in shown}
        shown = sorted((one for one in shown if fits[one.sku]), key=lambda one: -fits[one.sku])
    [start] = read_cursor(cursor, int) if cursor else [0]
    assert isinstance(start, int), "read_cursor checks the type"
    first = max(0, start)
    chosen = shown[first : first + min(limit, PAGE_SIZE_MAX)]
    after = first + len(chosen)
    return Page(items=chosen, next=write_cursor(after) if after < len(shown) else None)


async def offered(uow: UnitOfWork, available: int) -> list[Redeemable]:
    """All that is to be had for points, as somebody with so many sees it."""
    products = await catalog.all_products(uow)
    pictures = await catalog.pictures(uow)
    return in_reach((product for product in products.values() if product.redeem_points), pictures, available)


def in_reach(products: Iterable[Product], pictures: Mapping[str, str], available: int) -> list[Redeemable]:
    """In the order of `redeemables`; what is sold out stands last."""
    shown = [_redeemable(product, pictures.get(product.sku), available) for product in products]
    return sorted(shown, key=_place)


def _place(one: Redeemable) -> tuple[bool, bool, int, str]:
    return one.left == 0, not one.affordable, -one.points if one.affordable else one.points, one.sku


def _redeemable(product: Product, picture: str | None, available: int) -> Redeemable:
    points = product.redeem_points
    assert points, "only products with redeem points are shown"
    missing = max(0, points - available)
    return Redeemable(
        sku=product.sku,
        product=product.words,
        points=points,
        affordable=not missing,
        missing=missing,
        left=product.stock,
        picture=picture,
    )
