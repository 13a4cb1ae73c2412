"""Orders from some days after their buyer's joining on: renewals, the thirteenth month."""

from pathlib import Path

import pytest

from core.__main__ import main
from core.plan.reading import check
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

BASE = HEAD.replace('"UTC"', '"Europe/Madrid"') + PERSONAL + ONE_RANK
FIRST = bonus("unilevel", 'levels = ["50 %"]\norders = { within_days = 365 }', "first")
LATER = bonus("unilevel", 'levels = ["5 %"]\norders = { after_days = 365 }', "later")


def test_the_documented_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = Offline(tmp_path, BASE + FIRST + LATER)
    company.person("a", joined="2024-01-01")
    company.person("b", "a", "2025-01-31")
    paid = {}
    for day in ("2025-01-31", "2026-01-30", "2026-01-31"):
        company.orders.clear()
        company.order("b", 100, on=day)
        assert company.settle(day[:7]) == 0
        paid[day] = [(row["bonus"], row["amount"]) for row in company.awards()]
    assert paid == {
        "2025-01-31": [("first", "50.00")],
        "2026-01-30": [("first", "50.00")],
        "2026-01-31": [("later", "5.00")],
    }
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "a", "--award", "1"]) == 0
    assert "365 days after they joined, or later." in " ".join(capsys.readouterr().out.split())


def test_a_stretch_that_ends_before_it_begins_is_a_fault() -> None:
    words = 'levels = ["5 %"]\norders = { after_days = 30, within_days = DAYS }'
    assert check(BASE + bonus("unilevel", words.replace("DAYS", "31")))[0] is not None
    plan, problems = check(BASE + bonus("unilevel", words.replace("DAYS", "30")))
    assert (plan, problems[-1].code, problems[-1].facts["least"]) == (None, "plan_value_wrong", 31)
