"""Which orders a figure of people takes in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """The orders that count for a KPI, or for who is active; as `OrderFilter` has it for bonuses."""

    only: str = "all"
    """"first" is a person's first paid sale ever, "repeat" every other order, returns among them."""
    products: tuple[str, ...] = ()
    """Only lines of these count; empty is all."""
    without_products: tuple[str, ...] = ()
    within_days: int | None = None
    """So many days from the day of joining on, that day included."""

    minimum: int = 0
    """Only single orders with so much QV, at scale, in the lines that count; 0 is any."""

    @property
    def by_product(self) -> bool:
        """Whether lines are looked at one by one."""
        return bool(self.products or self.without_products)


EVERY_ORDER = OrderChoice()
"""No order is left out."""
