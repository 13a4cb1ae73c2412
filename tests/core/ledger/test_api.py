"""The book as staff see it."""

from datetime import timedelta

import pytest

from core.access.model import Role
from core.ledger import service
from tests.support.api import Api
from tests.support.bookkeeping import posting
from tests.support.clock import StillClock
from tests.support.planting import plant


@pytest.fixture
async def book(api: Api) -> list[int]:
    """Ana was given credit by hand and points for an order."""
    async with api.database.begin(actor="staff:1") as uow:
        people = await plant(uow, "Ana\n  Bo")
        by_hand = posting("a", "- adjustments EUR -500", "Ana credit EUR +500", people=people, kind="credit.adjusted")
        points = posting("b", "- points_issued -70", "Ana pending +70", people=people, kind="points.earned")
        done = await service.post_all(uow, [by_hand, points])
        await uow.commit()
    return [posted.entry for posted in done]


async def test_treasury_sees_balances_and_entries(api: Api, book: list[int], clock: StillClock) -> None:
    staff = await api.staff(Role.TREASURY)
    shown = await staff.get("/v1/people/Ana/accounts")
    assert [(one["purpose"], one["unit"], one["amount"]) for one in shown.body] == [
        ("credit", "EUR", 500),
        ("points_pending", "points", 70),
    ]
    before = (clock.now() - timedelta(days=1)).isoformat()
    assert (await staff.get("/v1/people/Ana/accounts", params={"at": before})).body == []
    for wrong in ("0.5", "2026-11-22", "2026-11-22T10:30:00", "soon"):
        assert (await staff.get("/v1/people/Ana/accounts", params={"at": wrong})).status == 422
    trial = (await staff.get("/v1/ledger/trial-balance")).body
    assert trial[0] == {"unit": "EUR", "purposes": {"adjustments": -500, "credit": 500}, "total": 0}
    entry = (await staff.get(f"/v1/ledger/entries/{book[0]}")).body
    assert [(line["holder"], line["amount"]) for line in entry["lines"]] == [(None, -500), ("Ana", 500)]
    assert entry["caused_by"] == "staff:1"
    whole = (await staff.get("/v1/ledger/entries")).body
    assert [one["entry"] for one in whole["items"]] == book[::-1]
    hers = (await staff.get("/v1/people/Ana/accounts/credit/EUR/entries")).body
    assert [one["entry"] for one in hers["items"]] == book[:1]


async def test_entries_are_shown_page_by_page(api: Api, book: list[int]) -> None:
    async with api.database.begin() as uow:
        await service.post_all(uow, [posting(f"k{n}", "- bank EUR -1", "- opening EUR +1") for n in range(60)])
        await uow.commit()
    staff = await api.staff(Role.AUDITOR)
    first = (await staff.get("/v1/ledger/entries")).body
    rest = (await staff.get("/v1/ledger/entries", params={"cursor": first["next"]})).body
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (50, 12, None)
    assert (await staff.get("/v1/ledger/entries", params={"cursor": "x"})).code == "cursor_invalid"


async def test_an_adjustment_is_reversed_once(api: Api, book: list[int]) -> None:
    staff = await api.staff(Role.TREASURY)
    path = f"/v1/ledger/entries/{book[0]}/reverse"
    undone = await staff.post(path, {"reason": "typed wrongly"})
    assert (undone.status, undone.body["reverses"], undone.body["reason"]) == (200, book[0], "typed wrongly")
    assert (await staff.post(path, {"reason": "typed wrongly"})).body == undone.body
    assert (await staff.get("/v1/people/Ana/accounts")).body[0]["amount"] == 0
    again = await staff.post(f"/v1/ledger/entries/{undone.body['entry']}/reverse", {"reason": "x"})
    assert again.code == "entry_not_reversible"


async def test_points_are_not_reversed_in_the_book(api: Api, book: list[int]) -> None:
    staff = await api.staff(Role.TREASURY)
    refused = await staff.post(f"/v1/ledger/entries/{book[1]}/reverse", {"reason": "x"})
    assert (refused.status, refused.code) == (409, "entry_not_reversible")
    assert (await staff.post("/v1/ledger/entries/99999/reverse", {"reason": "x"})).code == "entry_unknown"


async def test_the_book_is_not_for_everybody(api: Api, book: list[int]) -> None:
    support = await api.staff(Role.SUPPORT)
    for path in ("/v1/ledger/entries", "/v1/ledger/trial-balance", "/v1/people/Ana/accounts"):
        assert (await support.get(path)).code == "permission_missing"
    auditor = await api.staff(Role.AUDITOR)
    assert (await auditor.post(f"/v1/ledger/entries/{book[0]}/reverse", {"reason": "x"})).code == "permission_missing"
