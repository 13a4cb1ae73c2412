"""Faults that somebody could make in the fast engine and in the reader of plans, each with a plan in which it shows."""

from tests.core.settlement.faults.bonuses import BONUSES
from tests.core.settlement.faults.caps import CAPS
from tests.core.settlement.faults.edges import EDGES
from tests.core.settlement.faults.model import Fault
from tests.core.settlement.faults.orders import ORDERS
from tests.core.settlement.faults.others import OTHERS
from tests.core.settlement.faults.packages import PACKAGES
from tests.core.settlement.faults.people import PEOPLE
from tests.core.settlement.faults.programmes import PROGRAMMES
from tests.core.settlement.faults.reader import READER
from tests.core.settlement.faults.teams import TEAMS

FAULTS: tuple[Fault, ...] = (
    *BONUSES, *CAPS, *EDGES, *ORDERS, *OTHERS, *PACKAGES, *PEOPLE, *PROGRAMMES, *READER, *TEAMS
)  # fmt: skip

__all__ = ["FAULTS", "READER", "Fault"]
