"""What a line tells of a tree in which people are passed up."""

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
