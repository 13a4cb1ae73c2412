"""A person asks after her earnings: estimate, statement, why, why not, payouts; nobody else's."""

from datetime import UTC, datetime

import pytest

from core.kernel.ids import PersonId
from tests.core.plan.plans import SMALL
from tests.core.runs.company import found, ordered, released
from tests.support.api import Api, Asker

NOVEMBER = datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.fixture
async def people(api: Api) -> dict[str, PersonId]:
    """Ana above Ben above Eva, with September and October released and an order in November."""
    numbers = await found(api.database)
    for cycle in ("2026-09", "2026-10"):
        await released(api.database, cycle)
    await ordered(api.database, "Eva", 300, "Eva-11", NOVEMBER)
    return numbers


@pytest.fixture
async def ana(api: Api, people: dict[str, PersonId]) -> Asker:
    return await api.person(people["Ana"], 1)


async def test_statements_add_up_and_each_line_has_its_why_for_her_alone(
    api: Api, ana: Asker, people: dict[str, PersonId]
) -> None:
    latest = (await ana.get("/v1/me/statements/latest")).body
    assert (latest["cycle"], latest["before"], latest["after"]) == ("2026-10", "2026-09", None)
    assert latest["totals"] == [{"currency": "EUR", "amount": 5500}]
    assert [(one["bonus"], one["amount"], one["lines"]) for one in latest["bonuses"]] == [("team", 5500, 2)]
    assert [(one["paid"], one["state"]) for one in latest["payouts"]] == [(5500, "no_account")]
    assert len(latest["seal"]) == 64
    lines = (await ana.get("/v1/me/statements/2026-10/lines")).body["items"]
    assert [(one["amount"], one["order"], one["person"], one["level"]) for one in lines] == [
        (3500, "Eva-10", "Eva Doe", 2),
        (2000, "Ben-10", "Ben Doe", 1),
    ]
    why = (await ana.get(f"/v1/me/awards/{lines[0]['award']}/why", headers={"Accept-Language": "es"})).body
    assert why["sentences"][0] == "Viene del pedido Eva-10 del 20 oct 2026, de Eva Doe."
    assert why["line"] == lines[0]
    await listed(ana)
    await refused(ana)
    ben, eva = await api.person(people["Ben"], 2), await api.person(people["Eva"], 3)
    his = (await ben.get(f"/v1/me/awards/{lines[1]['award']}/why")).body["line"]
    assert his["amount"] == 7000, "the same name is a line of his own"
    for line in lines:
        assert (await eva.get(f"/v1/me/awards/{line['award']}/why")).code == "award_unknown"
    assert (await api.stranger().get("/v1/me/statements/latest")).status == 401


async def listed(ana: Asker) -> None:
    cards = (await ana.get("/v1/me/statements")).body["items"]
    assert [(one["cycle"], one["totals"]) for one in cards] == [
        ("2026-10", [{"currency": "EUR", "amount": 5500}]),
        ("2026-09", [{"currency": "EUR", "amount": 6000}]),
    ]
    first = (await ana.get("/v1/me/statements", params={"limit": 1})).body
    second = (await ana.get("/v1/me/statements", params={"limit": 1, "cursor": first["next"]})).body
    assert [one["cycle"] for one in (*first["items"], *second["items"])] == ["2026-10", "2026-09"]
    assert second["next"] is None


REFUSED = {
    "/v1/me/statements/2019-01": "statement_unknown",
    "/v1/me/statements/2019-01/lines": "statement_unknown",
    "/v1/me/awards/1.99/why": "award_unknown",
    "/v1/me/awards/e9.0/why": "award_unknown",
    "/v1/me/awards/nonsense/why": "award_unknown",
    "/v1/me/awards/1.99999999999999999999/why": "award_unknown",
    "/v1/me/statements/latest/lines?cursor=x": "cursor_invalid",
    "/v1/me/estimate/lines?bonus=nothing": "bonus_unknown",
}


async def refused(ana: Asker) -> None:
    for path, code in REFUSED.items():
        told = await ana.get(path, headers={"Accept-Language": "de"})
        assert told.code == code, path
        assert told.body["detail"]


async def test_the_open_cycle_is_estimated_and_payouts_say_what_waits(
    api: Api, ana: Asker, people: dict[str, PersonId]
) -> None:
    first = (await ana.get("/v1/me/estimate")).body
    assert (first["cycle"], first["totals"]) == ("2026-11", [{"currency": "EUR", "amount": 1500}])
    [line] = (await ana.get("/v1/me/estimate/lines", params={"bonus": "team"})).body["items"]
    why = (await ana.get(f"/v1/me/awards/{line['award']}/why")).body
    assert why["sentences"][-2] == "So the line is €15.00; nothing had to be rounded."
    payouts = (await ana.get("/v1/me/payouts")).body
    assert [(one["cycle"], one["paid"], one["state"]) for one in payouts["latest"]] == [
        ("2026-10", 5500, "no_account"),
        ("2026-09", 6000, "no_account"),
    ]
    assert (payouts["has_account"], payouts["balances"]) == (False, [])
    eva, ben = await api.person(people["Eva"], 3), await api.person(people["Ben"], 2)
    [open_one] = (await eva.get("/v1/me/why-not")).body
    [closed] = (await eva.get("/v1/me/why-not", params={"cycle": "2026-10"})).body
    said = ["Nobody below you, as deep as you are paid, brought anything that counts for it."]
    assert (open_one["earned"], open_one["sentences"]) == (False, said)
    assert (closed["cycle"], closed["sentences"]) == ("2026-10", said)
    assert [one["earned"] for one in (await ben.get("/v1/me/why-not")).body] == [True]


ASKING = """
[[bonuses]]
code = "wide"
kind = "unilevel"
label = "Wide"
levels = ["1 %"]
earner = [{ kpi = "gv", minimum = 500, leg_cap = "50 %" }]

[[bonuses]]
code = "buyers"
kind = "rule"
label = "Buyers"
when = "referrals >= 1 and kpi.pv >= 1000"
rate = "1 %"

[[bonuses]]
code = "brought"
kind = "rule"
label = "Brought"
when = "kpi.pv >= 1"
rate = "1 %"
per = "referral"
"""


async def test_a_released_cycle_remembers_leg_caps_and_rules(api: Api) -> None:
    """Of Ana's group of 1,000 at most 250 of the leg count, and Eva brought nobody though the rule holds for her."""
    numbers = await found(api.database, SMALL + ASKING)
    await released(api.database, "2026-10")
    ana, eva = await api.person(numbers["Ana"], 1), await api.person(numbers["Eva"], 3)
    hers = (await ana.get("/v1/me/why-not", params={"cycle": "2026-10"})).body
    said = {one["bonus"]: one["sentences"] for one in hers}
    assert said["wide"] == ["It asks for 500 in “Group volume”. You have 350, so 150 is missing."]
    short = "It asks for 1,000 in “Personal volume”. You have 100, so 900 is missing."
    assert said["buyers"] == [short], "she has brought Ben, so that is not named"
    told = (await eva.get("/v1/me/why-not", params={"cycle": "2026-10"}, headers={"Accept-Language": "de"})).body
    said = {one["bonus"]: one["sentences"] for one in told}
    assert said["buyers"][0] == "Nötig ist, dass für dich gilt: Personen, die du geworben hast: mindestens 1."
    assert "1.000" in said["buyers"][1] and len(said["buyers"]) == 2
    assert "geworben" not in said["brought"][0] and "gilt" not in said["brought"][0]
