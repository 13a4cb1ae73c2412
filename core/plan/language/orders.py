"""Which orders count for a KPI or for who is active, and the last days that are looked at."""

from core.kernel.volume import to_volume
from core.plan.language.table import Shape, Table
from core.plan.model import EVERY_ORDER, OrderChoice
from i18n.translator import mark

ORDERS = Shape("orders", ("only", "products", "without_products", "within_days", "minimum"))
ONLY = ("all", "first", "repeat")
DAYS_MAX = 3660
BOTH_WAYS = mark("{other} decides here")
NEVER_BOTH = mark("a list without what products has")


def read_orders(parent: Table, scale: int) -> OrderChoice:
    """The orders that count; all of them unless the table says.

    Args:
        scale: decimals of volume.
    """
    node = parent.words.get("orders")
    if node is None:
        return EVERY_ORDER
    table = Table(node, ORDERS, parent.findings)
    minimum = table.number("minimum", decimals=scale)
    found = OrderChoice(
        only=table.one_of("only", ONLY, "all"),
        products=table.texts("products"),
        without_products=table.texts("without_products"),
        within_days=table.whole("within_days", least=1, most=DAYS_MAX, default=1) if table.has("within_days") else None,
        minimum=0 if minimum is None else to_volume(minimum, scale),
    )
    if set(found.products) & set(found.without_products):
        table.wrong("without_products", table.words["without_products"], NEVER_BOTH)
    return found


def read_days(table: Table) -> int:
    """The last so many days in place of cycles; 0 is by cycles."""
    if not table.has("days"):
        return 0
    table.useless("cycles", BOTH_WAYS, other="days")
    return table.whole("days", least=1, most=DAYS_MAX, default=1)
