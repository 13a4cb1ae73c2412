from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from core.bonuses.arrays import Basis, Settled, Unit
from core.bonuses.rules.caps import cap_bonus, of_company, of_highest, of_person, unpaid
from core.bonuses.rules.lines import no_lines
from core.plan.model import CapSpec

EUR = Unit("EUR", 2)
CAP = CapSpec("cap", amount=Decimal(100))


def bonus(code: str, *paid: tuple[int, int]) -> Settled:
    """What a bonus pays: node and minor units."""
    payee = np.array([node for node, _ in paid], np.int32)
    amount = np.array([minor for _, minor in paid], np.int64)
    lines = replace(no_lines(Basis(2)), payee=payee)
    named = replace(cap_bonus(CAP, EUR), code=code, kind="unilevel")
    return Settled(named, EUR, lines, amount, "money", np.ones(len(paid), np.bool_))


def paid(settled: Settled) -> list[tuple[int, int]]:
    return list(zip(settled.lines.payee.tolist(), settled.amount.tolist(), strict=True))


@pytest.mark.parametrize(
    ("before", "a", "b", "cut"),
    [
        (0, 80, 50, -30),
        (70, 80, -10, -40),
        (120, 10, 0, -10),  # what was paid before is never taken back
        (120, -10, 0, 0),
        (0, 60, 40, 0),  # exactly on the cap is allowed
    ],
)
def test_what_is_beyond_a_persons_cap_is_taken_off(before: int, a: int, b: int, cut: int) -> None:
    settled = [bonus("a", (0, 100 * a)), bonus("b", (0, 100 * b))]
    found = of_person(CAP, EUR, settled, np.array([10_000]), np.array([100 * before]))
    assert (paid(found) if found else []) == ([(0, 100 * cut)] if cut else [])


def test_who_has_no_limit_is_not_cut() -> None:
    assert of_person(CAP, EUR, [bonus("a", (0, 99))], np.array([-1]), np.array([0])) is None


@pytest.mark.parametrize(
    ("a", "b", "c", "cut"),
    [
        (80, 50, 10, [("b", -50), ("c", -10)]),
        (50, 50, 0, [("b", -50)]),  # of equal ones the plan's first stays
        (10, 50, 80, [("a", -10), ("b", -50)]),
        (80, -10, 0, []),
        (-10, -20, 0, []),
    ],
)
def test_only_the_bonus_that_comes_to_most_is_kept(a: int, b: int, c: int, cut: list[tuple[str, int]]) -> None:
    settled = [bonus("a", (0, 40 * a), (0, 60 * a)), bonus("b", (0, 100 * b)), bonus("c", (0, 100 * c), (1, 700))]
    found = of_highest(replace(CAP, amount=None, keep="highest"), EUR, settled, np.array([1, 0]))
    if found is None:
        assert cut == []
        return
    names = [settled[number].bonus.code for number in found.lines.facts["bonus"].values.tolist()]
    assert [(name, minor // 100) for name, (_, minor) in zip(names, paid(found), strict=True)] == cut
    assert {payee for payee, _ in paid(found)} == {0}
    left = {code: payee.tolist() for (code, _), payee in unpaid([*settled, found]).items()}
    assert left == {code: [0] if code in dict(cut) else [] for code in "abc"}


def test_the_companys_cap_cuts_everybody_alike_and_gives_the_rest_by_largest_remainder() -> None:
    settled = [bonus("a", (0, 500), (1, 500)), bonus("b", (1, 500))]
    # by place node 1 comes before node 0, so hers is the unit that is left
    cut = of_company(CAP, EUR, settled, Fraction(1000, 1500), np.array([1, 0]))
    assert paid(cut) == [(1, -166), (1, -167), (0, -167)]
    assert cut.lines.facts["bonus"].values.tolist() == [0, 1, 0]


def test_the_companys_cap_cuts_what_was_taken_away_alike() -> None:
    cut = of_company(CAP, EUR, [bonus("a", (0, 1000), (1, -200))], Fraction(1, 2), np.array([0, 1]))
    assert paid(cut) == [(0, -500), (1, 100)]
