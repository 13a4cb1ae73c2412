"""Points over HTTP: for whoever holds them, and for staff."""

from datetime import timedelta

import pytest

from core.access.model import Role
from core.db.database import Database
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Purpose
from core.people import service as people_service
from core.points import service as points
from core.points.model import Adjustment
from tests.core.points.companies import NOW, balances, found, order, require_sound
from tests.support.api import Api, Asker


@pytest.fixture
async def people(database: Database) -> dict[str, PersonId]:
    """Ana has 300 points that end on 23 December, and 80 that end a week later; Ben has none."""
    async with database.begin() as uow:
        people = await found(uow)
        await order(uow, "1", "Ana", [("TEA", 300)], at=NOW - timedelta(days=30))
        await order(uow, "2", "Ana", [("TEA", 80)], at=NOW - timedelta(days=23))
        await uow.commit()
    return people


@pytest.fixture
async def ana(api: Api, people: dict[str, PersonId]) -> Asker:
    return await api.person(people["Ana"], 1)


async def sound(api: Api, person: PersonId) -> tuple[int, int]:
    async with api.database.read() as questions:
        await require_sound(questions)
        return await balances(questions, person)


async def test_the_card_says_all_at_a_glance(ana: Asker) -> None:
    card = (await ana.get("/v1/me/points")).body
    assert (card["available"], card["pending"], card["name"]) == (380, 0, {"en": {"one": "star", "other": "stars"}})
    assert card["expiries"] == [{"on": "2026-12-23", "points": 300}, {"on": "2026-12-30", "points": 80}]
    assert [one["sku"] for one in card["within_reach"]] == ["TEA"]
    assert (card["next_reach"]["sku"], card["next_reach"]["missing"]) == ("SOAP", 20)
    assert card["tier"]["code"] == "bronze"
    assert not card["warn"]


async def test_products_are_found_in_any_language_without_accents_and_with_slips(ana: Asker) -> None:
    async def skus(q: str) -> list[str]:
        return [one["sku"] for one in (await ana.get("/v1/me/redeemables", params={"q": q})).body["items"]]

    assert [one["sku"] for one in (await ana.get("/v1/me/redeemables")).body["items"]] == ["TEA", "SOAP"]
    assert [await skus(q) for q in ("te de", "TÉ", "menta", "mneta", "soap", "sopa", "zzz")] == [
        ["TEA"], ["TEA"], ["TEA"], ["TEA"], ["SOAP"], [], [],
    ]  # fmt: skip
    page = (await ana.get("/v1/me/redeemables", params={"limit": 1})).body
    assert [
        one["sku"] for one in (await ana.get("/v1/me/redeemables", params={"cursor": page["next"]})).body["items"]
    ] == ["SOAP"]


async def test_a_transfer_is_offered_confirmed_once_and_told(api: Api, ana: Asker, people: dict[str, PersonId]) -> None:
    offer = (await ana.post("/v1/me/transfers/offer", {"to": "ben doe", "points": 320})).body
    assert (offer["to_code"], offer["to_name"], offer["points"], offer["left"]) == ("Ben", "Ben Doe", 320, 60)
    assert await sound(api, people["Ben"]) == (0, 0)
    done = (await ana.post("/v1/me/transfers", {"offer": offer["offer"]})).body
    assert done == offer
    assert (await ana.post("/v1/me/transfers", {"offer": offer["offer"]})).body == done
    assert await sound(api, people["Ana"]) == (60, 0)
    assert await sound(api, people["Ben"]) == (320, 0)
    ben = await api.person(people["Ben"], 2)
    ends = (await ben.get("/v1/me/points/expiries")).body["expiries"]
    assert ends == [{"on": "2026-12-23", "points": 300}, {"on": "2026-12-30", "points": 20}]
    told = (await ben.get("/v1/me/points/history")).body["items"]
    assert [(one["kind"], one["points"], one["person"]) for one in told] == [("received", 320, "Ana Doe")]
    batch = (await api.service().post("/v1/outreach/claim", {"holder": "test"})).body["messages"]
    [[part]] = [one["parts"] for one in batch]
    assert (part["kind"], part["facts"]["points"]) == ("points.received", 320)


NOT_GIVEN: list[tuple[dict[str, object], str]] = [
    ({"to": "Ana", "points": 20}, "not_to_yourself"),
    ({"to": "Ana Doe", "points": 20}, "not_to_yourself"),
    ({"to": "Nobody", "points": 20}, "receiver_unknown"),
    ({"to": "Doe", "points": 20}, "receiver_ambiguous"),
    ({"to": "Cleo", "points": 20}, "receiver_closed"),
    ({"to": "Ben", "points": 9}, "below_least"),
    ({"to": "Ben", "points": 381}, "points_too_few"),
    ({"to": "Ben", "points": 0}, "request_invalid"),
    ({"to": "Ben", "points": -5}, "request_invalid"),
    ({"to": "Ben", "points": 1.5}, "request_invalid"),
    ({"to": "Ben", "points": 10**15}, "request_invalid"),
]


async def test_what_cannot_be_given_is_refused_and_nothing_moves(
    api: Api, ana: Asker, people: dict[str, PersonId]
) -> None:
    async with api.database.begin() as uow:
        await people_service.suspend(uow, "Cleo")
        await uow.commit()
    answers = [(await ana.post("/v1/me/transfers/offer", wish)).code for wish, _ in NOT_GIVEN]
    assert answers == [code for _, code in NOT_GIVEN]
    assert await sound(api, people["Ana"]) == (380, 0)


async def test_limits_count_what_went_out_today(api: Api, ana: Asker, people: dict[str, PersonId]) -> None:
    async with api.database.begin() as uow:
        await points.adjust(uow, Adjustment(person="Ana", amount=1000, reason="gift"))
        await uow.commit()
    assert (await ana.post("/v1/me/transfers/offer", {"to": "Ben", "points": 501})).code == "above_most"
    first = (await ana.post("/v1/me/transfers/offer", {"to": "Ben", "points": 450})).body
    second = (await ana.post("/v1/me/transfers/offer", {"to": "Eva", "points": 450})).body
    assert (await ana.post("/v1/me/transfers", {"offer": first["offer"]})).status == 200
    refused = await ana.post("/v1/me/transfers", {"offer": second["offer"]})
    assert (refused.code, refused.body["facts"]["most"]) == ("above_most", 150)
    assert (await ana.post("/v1/me/transfers/offer", {"to": "Eva"})).body["points"] == 150


async def test_an_offer_that_would_do_something_else_by_now_is_not_done(
    api: Api, ana: Asker, people: dict[str, PersonId]
) -> None:
    offer = (await ana.post("/v1/me/transfers/offer", {"to": "Ben", "points": 20})).body
    async with api.database.begin() as uow:
        await points.adjust(uow, Adjustment(person="Ana", amount=-10, reason="correction"))
        await uow.commit()
    assert (await ana.post("/v1/me/transfers", {"offer": offer["offer"]})).code == "offer_changed"
    assert await sound(api, people["Ben"]) == (0, 0)


async def test_someone_beside_the_line_gets_nothing_and_is_not_named(api: Api, people: dict[str, PersonId]) -> None:
    eva = await api.person(people["Eva"], 3)
    async with api.database.begin() as uow:
        await points.adjust(uow, Adjustment(person="Eva", amount=100, reason="gift"))
        await uow.commit()
    assert (await eva.post("/v1/me/transfers/offer", {"to": "Cleo", "points": 20})).code == "receiver_unknown"
    up = (await eva.post("/v1/me/transfers/offer", {"to": "Ana", "points": 20})).body
    assert up["to_name"] == "Ana"  # two levels up: the first name alone


async def test_points_become_credit_and_back_at_the_companys_price(
    api: Api, ana: Asker, people: dict[str, PersonId]
) -> None:
    wallet = (await ana.get("/v1/me/wallet")).body
    assert [(way["source"], way["target"], way["rate"], way["most"]) for way in wallet["ways"]] == [
        ("points", "credit", "0.04", 380)
    ]
    offer = (await ana.post("/v1/me/conversions/offer", {"amount": 250})).body
    assert (offer["give"], offer["get"], offer["get_unit"], offer["left"]) == (250, 1000, "EUR", 130)
    done = (await ana.post("/v1/me/conversions", {"offer": offer["offer"]})).body
    assert done == offer == (await ana.post("/v1/me/conversions", {"offer": offer["offer"]})).body
    back = {"source": "credit", "target": "points"}
    offer = (await ana.post("/v1/me/conversions/offer", back)).body
    assert (offer["give"], offer["get"], offer["expires_on"]) == (1000, 200, "2027-01-22")
    assert (await ana.post("/v1/me/conversions", {"offer": offer["offer"]})).status == 200
    assert await sound(api, people["Ana"]) == (330, 0)
    told = (await ana.get("/v1/me/points/history", params={"limit": 2})).body
    assert [(one["kind"], one["points"], one["money"]["amount_minor"]) for one in told["items"]] == [
        ("bought", 200, 1000),
        ("converted", -250, 1000),
    ]
    rest = (await ana.get("/v1/me/points/history", params={"cursor": told["next"]})).body["items"]
    assert [(one["kind"], one["order_id"], one["expires_on"]) for one in rest] == [
        ("earned", "2", "2026-12-30"),
        ("earned", "1", "2026-12-23"),
    ]


async def test_no_circle_of_currencies_gains(api: Api, ana: Asker, people: dict[str, PersonId]) -> None:
    async with api.database.begin() as uow:
        await points.adjust(uow, Adjustment(person="Ana", amount=10_000, currency="EUR", reason="gift"))
        await uow.commit()
    for source, target in (("EUR", "USD"), ("USD", "JPY"), ("JPY", "EUR")):
        wish = {"source": "credit", "target": "credit", "currency": source, "target_currency": target}
        offer = (await ana.post("/v1/me/conversions/offer", wish)).body
        assert (await ana.post("/v1/me/conversions", {"offer": offer["offer"]})).status == 200, offer
    credit = (await ana.get("/v1/me/wallet")).body["credit"]
    assert sum(one["amount_minor"] for one in credit if one["currency"] == "EUR") <= 10_000
    wish = {"source": "credit", "target": "credit", "currency": "EUR", "target_currency": "CHF"}
    assert (await ana.post("/v1/me/conversions/offer", wish)).code == "rate_missing"


NOT_CONVERTED: list[tuple[dict[str, object], str]] = [
    ({"amount": 9}, "below_least"),
    ({"amount": 381}, "points_too_few"),
    ({"amount": 0}, "request_invalid"),
    ({"source": "commissions", "target": "credit"}, "way_closed"),
    ({"target": "commissions"}, "way_closed"),
    ({"source": "points", "target": "points"}, "way_closed"),
    ({"source": "credit", "target": "points", "amount": 500}, "money_too_little"),
    ({"currency": "XYZ"}, "rate_missing"),
    ({"source": "credit", "target": "credit", "currency": "EUR", "target_currency": "EUR"}, "way_closed"),
]


async def test_what_cannot_be_converted_is_refused(ana: Asker) -> None:
    answers = [(await ana.post("/v1/me/conversions/offer", wish)).code for wish, _ in NOT_CONVERTED]
    assert answers == [code for _, code in NOT_CONVERTED]


async def test_staff_adjust_see_and_file(api: Api, people: dict[str, PersonId]) -> None:
    staff = await api.staff(Role.MARKETING)
    body = {"person": "Ben", "amount": 40, "reason": "=sorry", "expires_on": "2026-12-01"}
    key = {"Idempotency-Key": "once"}
    first = await staff.post("/v1/points/adjustments", body, headers=key)
    assert (first.status, first.body["balance"]) == (201, 40)
    assert (await staff.post("/v1/points/adjustments", body, headers=key)).body == first.body
    assert (await staff.post("/v1/points/adjustments", {**body, "amount": 0})).code == "nothing_to_adjust"
    assert (await staff.post("/v1/points/adjustments", {**body, "expires_on": "2026-11-01"})).code == "request_invalid"
    money = {"person": "Ben", "amount": -1, "reason": "x", "currency": "EUR"}
    assert (await staff.post("/v1/points/adjustments", money)).code == "money_too_little"
    assert (await staff.get("/v1/people/Ben/points")).body["available"] == 40
    statement = (await staff.get("/v1/people/Ben/points/statement")).body
    assert (statement["opening"], statement["closing"], len(statement["movements"])) == (0, 40, 1)
    file = (await staff.get("/v1/people/Ben/points/statement.csv")).body.decode()
    assert file.splitlines()[1:4:2] == ["2026-01-01,opening,0,,,,,,,,,", "2026-11-22,closing,40,,,,,,,,,"]
    assert "'=sorry" in file
    rules = (await staff.get("/v1/points/rules")).body
    assert [one["code"] for one in rules["rules"]] == ["both", "first_order"]
    assert (await staff.get("/v1/people/Nobody/points")).code == "person_unknown"


async def test_a_statement_is_of_its_days(api: Api, people: dict[str, PersonId]) -> None:
    staff = await api.staff(Role.SUPPORT)
    days = {"since": "2026-11-23", "until": "2026-11-30"}
    later = (await staff.get("/v1/people/Ana/points/statement", params=days)).body
    assert (later["opening"], later["closing"], later["movements"]) == (380, 380, [])
    turned = {"since": "2026-12-01", "until": "2026-11-01"}
    assert (await staff.get("/v1/people/Ana/points/statement", params=turned)).code == "request_invalid"


async def test_a_reversal_by_the_book_is_not_confused_with_spending(api: Api, people: dict[str, PersonId]) -> None:
    async with api.database.begin() as uow:
        entry = await points.spend(
            uow,
            people["Ana"],
            100,
            key="spent",
            kind="points.redeemed",
            reason="test",
            document=("order", "1"),
            counter=Purpose.POINTS_REDEEMED,
        )
        await points.restore(uow, entry, key="undone", reason="cancelled")
        await uow.commit()
        assert (await ledger.entry_of(uow, entry)).reversed_by is not None
    staff = await api.staff(Role.SUPPORT)
    moved = (await staff.get("/v1/people/Ana/points/statement")).body["movements"]
    assert [(one["kind"], one["points"]) for one in moved][-2:] == [("redeemed", -100), ("restored", 100)]
    assert moved[-1]["product"] == {"en": "Tea", "es": "Té de menta"}
