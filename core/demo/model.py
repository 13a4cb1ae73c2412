"""A company in arrays, before it is written; all rows of one array belong to the same index."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Country:
    """Where people live, how they are called, and what they pay in."""

    code: str
    share: int
    languages: tuple[str, ...]
    time_zone: str
    currency: str
    phone: str
    digits: int
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    towns: tuple[str, ...]
    order: str = "given"


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the range; `prices_minor` by currency."""

    sku: str
    prices: dict[str, str]
    prices_minor: dict[str, int]
    cv: int
    qv: int
    points: int
    redeem_points: int | None
    stock: int | None
    """Pieces in the main price list; None is not counted."""
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Population:
    """Who is there. Index 0 is the founder; a sponsor's index is below that of those she sponsored."""

    sponsor: Ints
    distributor: Flags
    country: Ints
    joined_day: Ints
    """Days before `today`; 0 is today."""
    heroines: tuple[int, ...]
    block: Ints
    """Which heroine's own line a person belongs to (position in `heroines`), -1 for all others."""

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.sponsor)


@dataclass(frozen=True, slots=True)
class Orders:
    """Who ordered when; `returned` marks orders that come back, `unpaid` those still open."""

    person: Ints
    minute: Ints
    """Minutes before the end of `today`."""
    returned: Flags
    unpaid: Flags
    first_line: Ints
    """Where an order's lines begin in the line arrays; one entry more than orders."""
    product: Ints
    quantity: Ints


@dataclass(frozen=True, slots=True)
class Story:
    """What the heroines' figures are to be, from the plan in force (volumes in whole units)."""

    own_volume: int
    group_volume: int
    active_volume: int


@dataclass(frozen=True, slots=True)
class Company:
    """Everything the demo writes."""

    today: date
    people: Population
    orders: Orders
