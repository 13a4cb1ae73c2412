"""The catalogue for staff, and the products' pictures for everybody who may see it."""

from aiohttp import web

from core.access.model import Permission
from core.catalog import service
from core.catalog.model import ProductCard, ProductTerms
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Page, read_cursor, write_cursor
from core.http.routes import Routes
from core.kernel.words import ShortText

routes = Routes()

PAGE_SIZE = 50
PICTURE_BYTES_MAX = 2 * 1024 * 1024
PICTURES = ("image/png", "image/jpeg", "image/webp", "application/octet-stream")
KEPT = "private, max-age=3600"


@routes.get("/v1/products", needs=Permission.SEE_CATALOG)
async def products(uow: Questions, q: str | None = None, cursor: str | None = None) -> Page[ProductCard]:
    """Products in the order of their skus; with `q` only those that have it in sku or name, in any language.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    after = str(read_cursor(cursor, str)[0]) if cursor else ""
    found = await service.cards(uow, q, after=after, limit=PAGE_SIZE + 1)
    more = write_cursor(found[PAGE_SIZE - 1].sku) if len(found) > PAGE_SIZE else None
    return Page[ProductCard](items=found[:PAGE_SIZE], next=more)


@routes.put("/v1/products/{sku}", needs=Permission.EDIT_CATALOG)
async def put_product(uow: UnitOfWork, sku: ShortText, terms: ProductTerms) -> ProductCard:
    """Write all of a product, new or known; what is left out is empty from then on, also its stock."""
    return await service.put_product(uow, sku, terms)


@routes.get("/v1/products/{sku}/picture", needs=Permission.SEE_CATALOG, etag=True)
async def picture(request: web.Request, uow: Questions, sku: str) -> web.Response:
    """A product's picture as it is kept.

    Raises:
        ProductUnknown: there is no such product, or no picture of it.
    """
    found = await service.picture(uow, sku)
    headers = {"ETag": f'"{found.digest}"', "Cache-Control": KEPT, "X-Content-Type-Options": "nosniff"}
    if f'"{found.digest}"' in request.headers.get("If-None-Match", ""):
        return web.Response(status=304, headers=headers)
    return web.Response(body=found.content, content_type=found.media_type, headers=headers)


@routes.put("/v1/products/{sku}/picture", needs=Permission.EDIT_CATALOG, body_limit=PICTURE_BYTES_MAX, takes=PICTURES)
async def put_picture(uow: UnitOfWork, sku: str, content: bytes) -> None:
    """Show this picture of a product from now on: PNG, JPEG or WebP, told by its first bytes.

    Raises:
        ProductUnknown: there is no such product.
        PictureInvalid: neither PNG nor JPEG nor WebP.
    """
    await service.put_picture(uow, sku, content)


@routes.delete("/v1/products/{sku}/picture", needs=Permission.EDIT_CATALOG)
async def remove_picture(uow: UnitOfWork, sku: str) -> None:
    """Show no picture of a product any more; one that has none stays so."""
    await service.remove_picture(uow, sku)
