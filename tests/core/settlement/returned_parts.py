"""An agent and a client whose policies pay her in parts, settled month by month without files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from core.catalog.rules import RateTable
from core.plan.reading import check
from core.settlement.comparing import differences, inputs
from core.settlement.cycle.figures import microseconds
from core.settlement.files.timing import silent
from core.settlement.model import LINES, ORDERS, PEOPLE, Carried, Company, framed
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome, run
from core.settlement.second.whole.run import whole
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL

NO_RATES = RateTable(())
POLICY = """
[[bonuses]]
code = "policies"
kind = "unilevel"
label = "Policies"
levels = ["68 %"]
paid_now = "75 %"
rest_in_cycles = [3, 4, 5]
"""
"""Of a policy of 1,200, 816: 612 at once, 68 in each of the third to fifth month."""
RETURNED = '\n[returns]\namount = "original_lines"\n'
RECOMPUTED = '\n[returns]\namount = "recompute"\nvolume_in = "original_period"\n'


@dataclass
class Agency:
    """Her sales and returns, and who is there in which month."""

    plan: str
    orders: list[tuple[str, str, date, int, date | None]] = field(default_factory=list)
    """Id, sale, day, volume, day of payment; the sale of a return is another order."""
    later: str = ""
    """The plan from the second month on, where that is another."""
    buyer: int = 1
    """The place of whoever orders: the client, whom she sponsors, or 2, whom the client does."""
    asked: frozenset[int] | None = None
    """Of whom the second engine is asked, by place; None is everybody."""
    left: int = 13
    """From this month on she is terminated."""
    outcomes: list[Outcome] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What the second engine finds otherwise."""

    def sold(self, volume: int, on: date, paid: date | None = None) -> str:
        self.orders.append((f"o{len(self.orders)}", "", on, volume, paid or on))
        return self.orders[-1][0]

    def returned(self, sale: str, volume: int, on: date) -> None:
        self.orders.append((f"r{len(self.orders)}", sale, on, -volume, on))

    def company(self, month: int, until: datetime) -> Company:
        """What is known when a month is settled."""
        orders = sorted(self.orders, key=lambda one: (one[2], one[0]))
        days = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for _, _, day, _, _ in orders]
        paid = [None if day is None else datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for *_, day in orders]
        volumes = [volume * 10_000 for *_, volume, _ in orders]
        columns = {
            "order_id": [one[0] for one in orders],
            "person": [self.buyer] * len(orders),
            "kind": ["return" if one[1] else "sale" for one in orders],
            "ordered_at": [microseconds(one) for one in days],
            "paid_at": [microseconds(one) if one is not None and one < until else None for one in paid],
            "currency": ["USD"] * len(orders),
            "amount_minor": [volume // 100 for volume in volumes],
            "points": [0] * len(orders),
            "returns_order_id": [one[1] or None for one in orders],
            **dict.fromkeys(("cv", "qv"), volumes),
        }
        people = {
            "code": ["agent", "client", "friend"], "sponsor": [-1, 0, 1], "joined_on": [date(2025, 1, 1)] * 3,
            "status": ["terminated" if month >= self.left else "active", "active", "active"],
        }  # fmt: skip
        return Company(framed(PEOPLE, people), framed(ORDERS, columns), framed(LINES, {}), {})

    def months(self, count: int) -> list[str]:
        """What she earns month by month; both engines agree."""
        found = self.settled(count)
        assert self.told == []
        return found

    def settled(self, count: int) -> list[str]:
        """The same, also where they differ, which ends it."""
        given, found = Carried(), []
        for month in range(1, count + 1):
            text = HEAD + PERSONAL + ONE_RANK + (self.plan if month == 1 else self.later or self.plan)
            plan, problems = check(text)
            assert plan is not None, problems
            code, end = f"2026-{month:02}", datetime(2026 + month // 12, month % 12 + 1, 3, tzinfo=UTC)
            known = self.company(month, end)
            outcome = run(known, plan, NO_RATES, code, calendar=None, carried=given, timings=silent(), text=text)
            second = whole(inputs(outcome, text, NO_RATES, given), self.asked)
            self.told += [one.told for one in differences(outcome, second, self.asked)]
            if self.told:
                break
            given = carried_out(outcome)
            self.outcomes.append(outcome)
            found.append(f"{earned(outcome).get('agent', 0) / 100:.2f}")
        return found


def earned(outcome: Outcome) -> Mapping[str, int]:
    """Minor units by person, lines and corrections."""
    found: dict[str, int] = {}
    for settled in outcome.settled:
        codes = outcome.company.people["code"].gather(outcome.standings.place[settled.lines.payee])
        for person, amount in zip(codes, settled.amount.tolist(), strict=True):
            found[person] = found.get(person, 0) + amount
    for person, amount in outcome.corrections.select("person_id", "amount_minor").iter_rows():
        found[person] = found.get(person, 0) + amount
    return found


def agency(plan: str = POLICY + RETURNED, back: Sequence[tuple[int, int]] = (), sold: int = 1200) -> Agency:
    """One policy of January, and what comes back of it: month and volume."""
    found = Agency(plan)
    policy = found.sold(sold, date(2026, 1, 5))
    for month, volume in back:
        found.returned(policy, volume, date(2026, month, 20))
    return found
