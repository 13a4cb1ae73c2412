"""Whether a posting may stand, as tables of numbers."""

import pytest

from core.kernel.ids import PersonId
from core.ledger.model import Line
from core.ledger.rules import Demand, demands, imbalance, shortage
from tests.support.bookkeeping import account, posting

PEOPLE = {"Ana": PersonId(1), "Bo": PersonId(2)}
ANA = (1, "credit", "EUR")


def lines(*taken: tuple[int, int | None]) -> tuple[Line, ...]:
    """Lines on Ana's account, each with the least that it may leave."""
    return tuple(Line(account=account("Ana credit EUR", PEOPLE), amount=amount, least=least) for amount, least in taken)


@pytest.mark.parametrize(
    ("taken", "demand"),
    [
        ([(-10, 0)], Demand(-10, 0)),
        ([(-10, None)], Demand(-10, None)),
        ([(-15, -5)], Demand(-15, -5)),
        ([(-5, 0), (5, 0)], Demand(0, None)),
        ([(7, 0)], Demand(7, None)),
        ([(-5, None), (-6, 0)], Demand(-11, 0)),
        ([(-5, -9), (-6, -3)], Demand(-11, -3)),
    ],
)
def test_the_strictest_limit_of_the_lines_that_take_holds(taken: list[tuple[int, int | None]], demand: Demand) -> None:
    drawn = posting("k", "- opening EUR 0", "- sales EUR 0").model_copy(update={"lines": lines(*taken)})
    assert demands(drawn) == {ANA: demand}


@pytest.mark.parametrize(
    ("balance", "change", "short"),
    [(10, -10, False), (10, -11, True), (-20, 0, False), (-20, 7, False)],
)
def test_what_a_posting_takes_must_be_there(balance: int, change: int, short: bool) -> None:
    one = posting("k", f"Ana credit EUR {change}", f"- sales EUR {-change}", people=PEOPLE)
    found = shortage([one], {ANA: balance})
    assert (found is not None) == short
    if found is not None:
        assert found == (ANA, balance, -change)


def test_postings_are_judged_one_after_the_other() -> None:
    give = posting("give", "- opening EUR -5", "Ana credit EUR +5", people=PEOPLE)
    take = posting("take", "Ana credit EUR -5", "- sales EUR +5", people=PEOPLE)
    assert shortage([give, take], {ANA: 0}) is None
    assert shortage([take, give], {ANA: 0}) == (ANA, 0, 5)


def test_units_balance_each_for_itself() -> None:
    assert imbalance(posting("k", "- opening EUR -5", "Ana credit EUR +5", people=PEOPLE).lines) == {}
    assert imbalance(posting("k", "- opening USD -5", "Ana credit EUR +5", people=PEOPLE).lines) == {
        "USD": -5,
        "EUR": 5,
    }
