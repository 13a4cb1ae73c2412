"""How long a career rank stays."""

from dataclasses import dataclass

from core.settlement.second.plan import Plan


@dataclass(frozen=True, slots=True)
class Title:
    """A career rank, and cycles in a row, this one included, that were paid below the one before."""

    rank: int
    misses: int


def title_after(plan: Plan, held: int, paid: int, missed: int) -> Title:
    """The title after a cycle that was paid as `paid`.

    Args:
        held: the title at the cycle's beginning.
        missed: cycles in a row, this one not included, that were paid below it.
    """
    misses = missed + 1 if paid < held else 0
    rank = held
    while rank > paid and not _stays(plan, rank, misses):
        rank -= 1
    return Title(max(rank, paid), misses)


def _stays(plan: Plan, rank: int, misses: int) -> bool:
    words = plan.tables("ranks")[rank - 1]
    keeps = words.text("title", "forever")
    return keeps == "forever" or (keeps == "cycles" and misses < words.whole("title_cycles"))
