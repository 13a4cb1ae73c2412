"""Returns that name their sale take back no more than it was, whether the plan speaks of returns or not."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, WITH_RETURNS, Offline

LEVELS = '\n[[bonuses]]\ncode = "levels"\nkind = "unilevel"\nlabel = "Levels"\nlevels = ["10 %"]\n'


@pytest.mark.parametrize("returns", ["", "\n[returns]\nwithin_days = 60\n"])
@pytest.mark.parametrize(
    ("back", "left"), [(("100", "100"), "0"), (("60", "60"), "0"), (("30.5", "30.5"), "39"), (("150",), "0")]
)
def test_two_returns_take_back_one_sale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], returns: str, back: tuple[str, ...], left: str
) -> None:
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + LEVELS + returns, order_columns=WITH_RETURNS)
    for person, sponsor in (("a", None), ("b", "a")):
        company.person(person, sponsor)
    company.sold("b", 50, on="2026-10-02")
    sale = company.sold("b", 100, on="2026-10-05")
    for amount in back:
        company.sold_back(sale, "b", amount, on="2026-10-07")
    assert company.settle() == 0
    assert company.kpi("b", "pv") == 50 + Decimal(left)
    assert company.earned() == {"a": (50 + Decimal(left)) / 10}
    told = capsys.readouterr().err
    assert ("was left of" in told) is (left == "0")


def test_returns_of_other_people_and_of_nothing_count_as_they_say(tmp_path: Path) -> None:
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + LEVELS, order_columns=WITH_RETURNS)
    for person, sponsor in (("a", None), ("b", "a")):
        company.person(person, sponsor)
    sale = company.sold("b", 100, on="2026-10-05")
    company.sold_back(sale, "a", 120, on="2026-10-07")
    company.sold_back("nothing", "b", 70, on="2026-10-07")
    assert company.settle() == 0
    assert [company.kpi(person, "pv") for person in "ab"] == [-120, 30]
