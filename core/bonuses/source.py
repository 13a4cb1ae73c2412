"""What bonuses ask of a cycle."""

from fractions import Fraction
from typing import Protocol

from core.bonuses.arrays import Basis, Before, Orders, Told, Unit
from core.bonuses.tree import Tree
from core.forest.above import Marks
from core.forest.kernel import Ints
from core.plan.model import Bonus, Condition

NEVER = 2**63 - 1
"""The time of what did not happen."""


class Source(Protocol):
    """Where a cycle's figures come from; everything about people is by node."""

    @property
    def cycle(self) -> str:
        """The cycle's code."""

    def counted(self, condition: Condition) -> Ints:
        """What everybody has towards a condition."""

    def kpi(self, code: str) -> Ints:
        """A KPI of everybody."""

    def orders(self, bonus: Bonus) -> Orders:
        """The orders that a bonus looks at."""

    def bought(self, figure: str) -> Orders:
        """All of the cycle's orders in their turn, with their `cv`, `qv` or `points` as the base."""

    def joined(self) -> Marks:
        """Who joined in the cycle."""

    def last_sales(self) -> Ints:
        """When everybody's last paid sale of the cycle was, in microseconds; `NEVER` where there was none."""

    def tree(self, bonus: Bonus) -> Tree | None:
        """The placement tree that the bonus goes along; None is the sponsor tree."""

    def basis(self, bonus: Bonus) -> Basis:
        """What its base is counted in."""

    def unit(self, bonus: Bonus) -> Unit:
        """In what it pays."""

    def holds(self, bonus: Bonus) -> Marks | None:
        """Where its expression holds; None where it has none."""

    def comes_to(self, bonus: Bonus) -> Told | None:
        """What the expression of its amount comes to; None where it has none."""

    def worth(self, unit: Unit, paid: Unit) -> Fraction:
        """What one whole unit of `unit` is worth in `paid`."""

    def rests(self) -> list[Bonus]:
        """Bonuses that the plan has no more, or that paid in something else, of which parts are due."""

    def before(self, bonus: Bonus) -> Before:
        """What the cycles before left to it."""
