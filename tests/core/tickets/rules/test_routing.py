"""Which queue a ticket goes to; docs/plan-language.md has the table."""

import pytest

from core.plan.model import QueueSpec, TicketsSpec, TypeSpec
from core.tickets.rules.routing import queue_of

MONEY = QueueSpec("money", {}, ("commissions",))
IBERIA = QueueSpec("iberia", {}, (), ("es", "pt"))
REST = QueueSpec("rest", {})
NORDIC = QueueSpec("nordic", {}, ("events",), ("sv",))


def spec(*queues: QueueSpec, own: str | None = None) -> TicketsSpec:
    return TicketsSpec(types=(TypeSpec("commissions", {}, own), TypeSpec("other", {})), queues=queues)


@pytest.mark.parametrize(
    ("plan", "kind", "language", "queue"),
    [
        (spec(MONEY, IBERIA, REST, own="money"), "commissions", "es", "money"),
        (spec(IBERIA, MONEY, REST, own="money"), "commissions", "es", "money"),
        (spec(MONEY, IBERIA, REST), "other", "pt-BR", "iberia"),
        (spec(MONEY, IBERIA, REST), "other", "de", "rest"),
        (spec(MONEY, IBERIA, REST), "gone", "es", "iberia"),
        (spec(REST, IBERIA, own="iberia"), "commissions", "es", "iberia"),
        (spec(REST, IBERIA, own="iberia"), "commissions", "fr", "rest"),
        (spec(NORDIC), "other", "es", "nordic"),
    ],
)
def test_the_types_own_queue_comes_first_then_the_first_that_takes_both(
    plan: TicketsSpec, kind: str, language: str, queue: str
) -> None:
    assert queue_of(plan, kind, language) == queue
