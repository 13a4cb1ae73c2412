"""A team bonus by the week beside a plan of months: its open week in the estimate, with its why and why not."""

from datetime import UTC, datetime

import pytest

from core.earnings.estimating import calendars_of
from core.plan.reading import check
from tests.core.runs.company import PLAN, found, ordered
from tests.core.runs.test_calendars import TWO
from tests.support.api import Api, Asker

ASKING = """
[[bonuses]]
code = "strong"
kind = "unilevel"
label = "Strong weeks"
calendar = "week"
levels = ["1 %"]
earner = [{ kpi = "pv", minimum = 500 }]
"""


@pytest.fixture
async def ana(api: Api) -> Asker:
    """It is Sunday, the 22nd of November, the last day of week 47; Ben ordered in it, and before it."""
    numbers = await found(api.database, TWO + ASKING)
    for day, volume in ((3, 300), (17, 200)):
        await ordered(api.database, "Ben", volume, f"Ben-{day}", datetime(2026, 11, day, 9, tzinfo=UTC))
    return await api.person(numbers["Ana"], 1)


async def test_the_open_week_stands_beside_the_month(ana: Asker) -> None:
    found_ = (await ana.get("/v1/me/estimate")).body
    assert (found_["cycle"], found_["pays"], found_["totals"]) == (
        "2026-11",
        True,
        [{"currency": "EUR", "amount": 5000}],
    )
    [week] = found_["beside"]
    assert (week["cycle"], week["calendar"], week["ends_on"], week["days_left"]) == (
        "2026-W47", "week", "2026-11-22", 1,
    )  # fmt: skip
    assert week["totals"] == [{"currency": "EUR", "amount": 2000}]
    assert [(one["bonus"], one["amount"], one["lines"]) for one in week["bonuses"]] == [("weekly", 2000, 1)]
    assert [one["bonus"] for one in found_["raises"]] == ["strong"]


@pytest.mark.parametrize("params", [{"bonus": "weekly"}, {"bonus": "weekly", "calendar": "week"}, {"calendar": "week"}])
async def test_its_lines_have_their_why(ana: Asker, params: dict[str, str]) -> None:
    [line] = (await ana.get("/v1/me/estimate/lines", params=params)).body["items"]
    assert (line["bonus"], line["order"], line["amount"]) == ("weekly", "Ben-17", 2000)
    why = (await ana.get(f"/v1/me/awards/{line['award']}/why")).body
    assert (why["line"], why["cycle"]) == (line, "2026-W47")
    [month, earlier] = (await ana.get("/v1/me/estimate/lines", params={"bonus": "team"})).body["items"]
    assert [month["order"], earlier["order"]] == ["Ben-3", "Ben-17"]
    assert (await ana.get(f"/v1/me/awards/{month['award']}/why")).body["cycle"] == "2026-11"


async def test_what_another_calendar_does_not_calculate_is_unknown_there(ana: Asker) -> None:
    for params, named in (({"bonus": "team", "calendar": "week"}, "team"), ({"calendar": "year"}, "year")):
        refused = await ana.get("/v1/me/estimate/lines", params=params)
        assert (refused.code, refused.body["facts"]["bonus"]) == ("bonus_unknown", named)


async def test_why_not_tells_of_the_week_too(ana: Asker) -> None:
    told = (await ana.get("/v1/me/why-not")).body
    assert [(one["bonus"], one["cycle"], one["earned"]) for one in told] == [
        ("team", "2026-11", True), ("weekly", "2026-W47", True), ("strong", "2026-W47", False),
    ]  # fmt: skip


def test_only_calendars_that_pay_and_are_settled_are_estimated() -> None:
    one_run = '\n[runs.monthly]\ncalendar = "month"\n'
    for text, codes in ((PLAN, ["month"]), (TWO, ["month", "week"]), (TWO + one_run, ["month"])):
        plan, problems = check(text)
        assert plan is not None, problems
        assert [one.code for one in calendars_of(plan)] == codes
