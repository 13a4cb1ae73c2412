"""Amounts in the place of percentages: `"0.25 each"` for every order or person that a bonus counts.

| base     | written       | of two orders |
| -------- | ------------- | ------------- |
| `orders` | `"25 each"`   | 25.00 and 25.00 |
| `orders` | `"25 %"`      | 0.25 and 0.25 |
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from core.plan.language.source import Node
from core.plan.language.table import Table
from core.plan.language.values import PERCENT_EXPECTED, as_percent, tell_small
from core.plan.model import Bonus
from core.plan.model.percents import Percent
from i18n.translator import mark

EACH = re.compile(r"(\d{1,7}(?:\.\d{1,6})?)\s+each\Z")
RATED = (
    "levels", "levels_steps", "levels_by_rank", "levels_by_package", "generations", "generations_by_rank",
    "generations_by_package", "rate", "rate_by_rank", "rate_by_package", "schedule", "order_max",
)  # fmt: skip
"""Words of bonuses whose numbers can be amounts."""
KINDS = ("unilevel", "matrix", "fast_start", "first_order", "differential", "breakaway", "generation", "infinity")
"""Kinds of bonuses that know them; the others name amounts in words of their own."""
BY_ONES = ("orders", "heads", "pieces")
"""Bases that count one by one."""
RATE_EXPECTED = mark('a percentage from 0 to {most} such as "12.5 %", or an amount such as "0.25 each"')
HUNDRED = 100


def as_each(node: Node) -> Decimal | None:
    """The amount as the percentage of one that it is; None where something else stands there.

    `"0.25 each"` is 25 % of 1.
    """
    match = EACH.match(node.value.strip()) if isinstance(node.value, str) else None
    return Decimal(match[1]) * HUNDRED if match else None


def part(table: Table, word: str, node: Node, most: int, *, amounts: bool) -> Percent | None:
    """A percentage of a list, or with `amounts` an amount in its place; None where it is neither."""
    each = as_each(node) if amounts else None
    if each is not None:
        return each
    value = as_percent(node)
    if value is None or not 0 <= value <= most:
        table.wrong(word, node, RATE_EXPECTED if amounts else PERCENT_EXPECTED, most=most)
        return None
    tell_small(table, node, value)
    return value


def tell_each(bonus: Bonus, table: Table) -> None:
    """A fault for an amount beside a base that is no count, a notice of a bare number beside one that is."""
    for word in RATED if bonus.kind in KINDS else ():
        for node in _numbers(table.words.get(word), word):
            if as_each(node) is not None and bonus.base not in BY_ONES:
                table.findings.fault("plan_each_unfit", node.place, found=str(node.value), base=bonus.base)
            bare = None if isinstance(node.value, str) or bonus.base not in BY_ONES else as_percent(node)
            if isinstance(bare, Decimal) and bare:
                pays = f"{(bare / HUNDRED).normalize():f}"
                table.findings.notice("plan_each_bare", node.place, found=f"{bare:f}", pays=pays)


def _numbers(node: Node | None, word: str) -> Iterator[Node]:
    """Every rate below the word; where a step begins is none."""
    if node is None:
        return
    if node.table is not None:
        for name, one in node.table.items():
            if name != "from":
                yield from _numbers(one, name)
    elif node.items is not None:
        for one in node.items:
            yield from _numbers(one, word)
    else:
        yield node
