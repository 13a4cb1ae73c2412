"""What a line tells of the how-manieth people are whom somebody brought: whose orders count, who is passed up."""

from collections.abc import Iterator

from core.plan.model import Bonus, Plan
from i18n.translator import Translator, mark, mark_plural

FIRST = mark_plural(
    "The first person whom somebody brings is passed up to whoever stands above.",
    "The first {n} people whom somebody brings are passed up to whoever stands above.",
)
LISTED = mark("Of the people whom somebody brings these are passed up to whoever stands above: number {numbers}.")
AND_LATER = mark(
    "Of the people whom somebody brings these are passed up to whoever stands above: number {numbers}, "
    "and after that one in {every}."
)
FROM = mark("It counts orders of the people whom somebody brought, from number {first} on.")
UP_TO = mark("It counts orders of the people whom somebody brought, up to number {last}.")
BETWEEN = mark("It counts orders of the people whom somebody brought, from number {first} to number {last}.")


def brought(bonus: Bonus, tr: Translator) -> Iterator[str]:
    """Of whose orders the bonus is, by the how-manieth they are whom somebody brought."""
    first, last = bonus.orders.brought_from, bonus.orders.brought_to
    if first is not None and last is not None:
        yield tr(BETWEEN, first=tr.number(first), last=tr.number(last))
    elif first is not None:
        yield tr(FROM, first=tr.number(first))
    elif last is not None:
        yield tr(UP_TO, last=tr.number(last))


def passed_up(bonus: Bonus | None, plan: Plan, tr: Translator) -> Iterator[str]:
    """Who is passed up in the tree that the bonus goes along; nothing where nobody is."""
    matrix = plan.trees.matrix
    if bonus is None or bonus.tree != "matrix" or matrix is None or not matrix.passed_up:
        return
    numbers, every = matrix.passed_up, matrix.passed_up_every
    listed = tr.list([tr.number(one) for one in numbers])
    if every:
        yield tr(AND_LATER, numbers=listed, every=tr.number(every))
    elif numbers == tuple(range(1, len(numbers) + 1)):
        yield tr.plural(*FIRST, len(numbers))
    else:
        yield tr(LISTED, numbers=listed)
