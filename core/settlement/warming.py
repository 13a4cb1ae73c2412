"""Compiling every kernel that a settlement needs, beside those of the figures that run live."""

from datetime import UTC, date, datetime

import numpy as np

from core.catalog.rules import RateTable
from core.forest import generations, ordering
from core.live.warming import warm as warm_figures
from core.plan.reading import check, example
from core.settlement.cycle.figures import microseconds
from core.settlement.files.timing import silent
from core.settlement.model import LINES, ORDERS, PEOPLE, Carried, Company, framed
from core.settlement.running import run

EXAMPLES = {
    "unilevel": "2026-10",
    "stairstep": "2026-10",
    "binary": "2026-W41",
    "matrix": "2026-10",
    "hybrid": "2026-10",
    "demo": "2026-10",
}
"""Complete plans, which have every kind between them, and a cycle of each."""


def warm() -> None:
    """Settle a company of three by every example; takes a second, or a minute on a machine's very first start."""
    warm_figures()
    moving = example("stairstep").replace("schedule_kpi", 'schedule_mode = "from_order"\nschedule_kpi')
    texts = [(example(name), cycle) for name, cycle in EXAMPLES.items()]
    for text, cycle in [*texts, (moving, EXAMPLES["stairstep"])]:
        plan, _ = check(text)
        assert plan is not None, "our own example is a right plan"
        company = _company(plan.currency)
        run(company, plan, RateTable([]), cycle, calendar=None, carried=Carried(), timings=silent(), text=text)
    _warm_what_no_example_needs()


def _warm_what_no_example_needs() -> None:
    line, marks = np.arange(-1, 2, dtype=np.int32), np.ones(3, np.bool_)
    ordering.depths(line)
    generations.higher_above(line, marks, line)
    generations.endless(line, line, marks, line, line)


def _company(currency: str) -> Company:
    """A line of three, each with an order in the middle of the cycle."""
    everybody = ["a", "b", "c"]
    moment = microseconds(datetime(2026, 10, 7, tzinfo=UTC))
    ordered = {"order_id": everybody, "amount_minor": [100] * 3, "cv": [100] * 3, "qv": [100] * 3, "points": [1] * 3}
    person = {"person": range(3), "kind": ["sale"] * 3, "ordered_at": [moment] * 3, "paid_at": [moment] * 3}
    joined = {"code": everybody, "sponsor": range(-1, 2), "joined_on": [date(2026, 10, 6)] * 3}
    return Company(
        framed(PEOPLE, joined | {"kind": ["distributor"] * 3, "status": ["active"] * 3}),
        framed(ORDERS, ordered | person | {"currency": [currency] * 3}),
        framed(LINES, ordered | {"sku": ["A"] * 3}),
        {},
    )
