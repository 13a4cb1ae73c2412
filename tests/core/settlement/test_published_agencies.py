"""Worked examples of insurance agencies and of real estate, as in `test_published_parties`."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_elsewhere import bonus
from tests.core.settlement.test_published_parties import line_of

SOLD_EVER = '[kpis.ever]\nlabel = "Sold ever"\nmeasure = "cv"\ncycles = "all"\n\n[ladder]'


@pytest.mark.parametrize(
    ("premium", "rate", "advanced", "rest"), [(600, 95, "427.50", "142.50"), (480, 100, "360.00", "120.00")]
)
def test_an_agent_is_advanced_nine_months_and_three_are_left(
    tmp_path: Path, premium: int, rate: int, advanced: str, rest: str
) -> None:
    """finalexpensesuperstar.com: 50 a month at 95 % is 570, of it 427.50 now and 47.50 in months 10, 11 and 12.

    The Life Book of 2025 at lastingmarklifebook.online: of a commission of 480 it is 360 and three times 40.
    """
    words = f'when = "true"\nper = "order"\nrate = "{rate} %"\npaid_now = "75 %"\nrest_in_cycles = [10, 11, 12]'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", words))
    company.person("agent")
    company.order("agent", premium, on="2026-01-15")
    assert company.settle("2026-01") == 0
    assert company.earned() == {"agent": Decimal(advanced)}
    waits = {row["due"]: Decimal(row["exact"]) for row in company.rows("carry_due")}
    assert waits == dict.fromkeys(("2026-10", "2026-11", "2026-12"), Decimal(rest) / 3)


def test_family_heritage_pays_more_of_what_is_sold_beyond_150000_ever(tmp_path: Path) -> None:
    """workforcelife.com: the first 150,000 of a career at 30 % are 45,000, the next 100,000 at 35 % 35,000: 80,000.

    That it was sold in two halves is ours.
    """
    steps = '[{ from = 0, rate = "30 %" }, { from = 150000, rate = "35 %" }]'
    rising = f'of = "own"\nschedule_kpi = "ever"\nschedule_mode = "rising"\nschedule = {steps}'
    company = Offline(
        tmp_path, HEAD + PERSONAL.replace("[ladder]", SOLD_EVER) + ONE_RANK + bonus("differential", rising)
    )
    company.person("agent")
    for month in ("10", "11"):
        company.order("agent", 125_000, on=f"2026-{month}-05")
    assert company.settle() == 0
    assert company.earned() == {"agent": 37_500}
    assert company.settle("2026-11", "--carry", str(tmp_path / "out"), out="11") == 0
    assert company.earned(out="11") == {"agent": 80_000 - 37_500}


@pytest.mark.parametrize(("contract", "own", "above"), [("associate", 1260, 1080), ("senior", 1620, 720)])
def test_contracts_of_an_agency_pay_what_is_between_them(tmp_path: Path, contract: str, own: int, above: int) -> None:
    """legacytraining.pro: 300 a month are 3,600; a senior associate of 45 % has 1,620 of it.

    What a senior marketing director of 65 % has above her, and an associate of 35 % below him, follows from his table.
    """
    contracts = ("training", "associate", "senior", "director", "head")
    rates = ", ".join(f'{code} = "{rate} %"' for code, rate in zip(contracts, (25, 35, 45, 50, 65), strict=True))
    words = f"rate_by_rank = {{ {rates} }}"
    company = Offline(tmp_path, HEAD + PERSONAL + ladder(*contracts) + bonus("differential", words))
    line_of(company, ("head", "agent"))
    company.order("head", 0, 5)
    company.order("agent", 3600, contracts.index(contract) + 1)
    assert company.settle() == 0
    assert company.earned() == {"agent": own, "head": above}


def test_keller_williams_shares_half_of_what_an_agent_brought_of_the_profit(tmp_path: Path) -> None:
    """bethanymitchellhomes.squarespace.com: 9,000 of an office's 90,000, of which 40,000 is profit, bring 900.

    45 % of the profit are the agents'; 50, 10, 5, 5, 7.5, 10 and 12.5 % of what she brought go to seven levels. So her
    order's volume is her part of the profit, 4,000; what the levels beyond the first have is worked out by hand.
    """
    levels = 'levels = ["50 %", "10 %", "5 %", "5 %", "7.5 %", "10 %", "12.5 %"]\norders = { volume_counted = "45 %" }'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", levels))
    line_of(company, [*(f"level{number}" for number in range(7, 0, -1)), "agent"])
    company.order("agent", 4000)
    assert company.settle() == 0
    assert company.earned() == {
        f"level{at}": part for at, part in enumerate((900, 180, 90, 90, 135, 180, 225), start=1)
    }
