"""What a distributor is shown of her line, and that nothing else can be found out by asking cleverly."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from core.access.model import Role
from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.unit_of_work import UnitOfWork
from core.line import sorting
from core.people.rules import folded
from core.people.store import PEOPLE
from core.plan import service as plans
from core.plan.reading import example
from tests.support.api import Api, Asker
from tests.support.planting import plant

TREE = """
ana
  bea
    cleo
      dora
other
  strange
"""


@dataclass
class Line:
    """Ana, who asks, in a company that shows figures to level 2, contacts to 2 and orders to 1."""

    api: Api
    ana: Asker

    async def found(self, **asked: str) -> list[str]:
        """Codes of her line that a question finds."""
        page = await self.ana.get("/v1/me/line", params=asked)
        assert page.status == 200
        return [person["code"] for person in page.body["items"]]

    async def person(self, code: str) -> Any:
        return (await self.ana.get(f"/v1/me/line/{code}")).body


@pytest.fixture
async def line(api: Api) -> Line:
    plan = example("demo")
    for what, level in {"figures": 2, "orders": 1, "contacts": 2}.items():
        plan = re.sub(rf"^({what}_to_level) = .*$", rf"\1 = {level}", plan, flags=re.MULTILINE)
    async with api.database.begin() as uow:
        await plans.activate(uow, plan)
        numbers = await plant(uow, TREE)
        for code, number in numbers.items():
            await _reachable(uow, code, number)
        await uow.commit()
    return Line(api, await api.person(numbers["ana"], chat=1))


async def _reachable(uow: UnitOfWork, code: str, number: int) -> None:
    contacts = {"email": f"{code}@example.org", "phone": f"+3460000000{number}"}
    await uow.connection.execute(update(PEOPLE).where(PEOPLE.c.id == number).values(**contacts))


async def test_a_name_or_code_is_found_in_the_line_alone(line: Line) -> None:
    assert await line.found(q="CLEO d") == ["cleo"]
    assert await line.found(q="dora") == ["dora"]
    assert await line.found(q="doe") == ["bea", "cleo", "dora"]
    assert await line.found(q="doe", level="2") == ["cleo"]
    assert await line.found(q="strange") == []
    assert await line.found(q="%") == []


@pytest.mark.parametrize("contact", ["dora@example", "+3460000000", "bea@"])
async def test_nobody_is_found_by_her_contacts(line: Line, contact: str) -> None:
    assert await line.found(q=contact) == []


async def test_contacts_and_figures_are_left_out_below_their_levels(line: Line) -> None:
    bea, cleo, dora = [await line.person(code) for code in ("bea", "cleo", "dora")]
    assert [one["phone"] is not None for one in (bea, cleo, dora)] == [True, True, False]
    assert [one["group_volume"] is not None for one in (bea, cleo, dora)] == [True, True, False]
    assert [one["active"] is not None for one in (bea, cleo, dora)] == [True, True, False]
    assert [one["orders_shown"] for one in (bea, cleo, dora)] == [True, False, False]


async def test_a_filter_does_not_tell_what_is_not_shown(line: Line) -> None:
    assert (await line.found(active="true"), await line.found(active="false")) == ([], ["bea", "cleo"])
    assert [await line.found(active=active, level="3") for active in ("true", "false")] == [[], []]
    assert [await line.found(active=active, q="dora") for active in ("true", "false")] == [[], []]


async def _called(line: Line, **names: str) -> None:
    async with line.api.database.begin() as uow:
        for code, name in names.items():
            renamed = update(PEOPLE).where(PEOPLE.c.code == code).values(name=name, name_folded=folded(name))
            await uow.connection.execute(renamed)
        await uow.commit()


async def test_a_line_is_listed_by_name_whatever_capitals_and_accents_names_have(line: Line) -> None:
    await _called(line, bea="Zoë", cleo="Álex", dora="bo")
    assert await line.found(sort="name") == ["cleo", "dora", "bea"]
    assert await line.found() == ["bea", "cleo", "dora"], "level by level where nothing is asked"


async def test_equal_usual_orders_are_listed_by_name(line: Line) -> None:
    await _called(line, bea="Zoë", cleo="Álex", dora="bo")
    assert await line.found(sort="usual_order") == ["cleo", "dora", "bea"]


async def test_a_page_names_the_order_that_it_is_really_in(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    async def order(**asked: str) -> str:
        return str((await line.ana.get("/v1/me/line", params=asked)).body["sort"])

    assert [await order(), await order(sort="name"), await order(q="doe")] == ["level", "name", "name"]
    monkeypatch.setattr(sorting, "SORTED_MAX", 2)
    assert await order(sort="name") == "level", "a crowd too large to sort"


@pytest.mark.parametrize("code", ["ana", "other", "strange", "*company*", "nobody"])
async def test_who_is_not_below_her_does_not_exist_for_her(line: Line, code: str) -> None:
    for path in (f"/v1/me/line/{code}", f"/v1/me/line/{code}/orders"):
        assert (await line.ana.get(path)).code == "person_unknown"
    supposed = {"orders": [{"person": code, "volume": "10"}]}
    assert (await line.ana.post("/v1/me/what-if", supposed)).code == "person_unknown"


async def test_orders_are_shown_to_their_level_only(line: Line) -> None:
    assert (await line.ana.get("/v1/me/line/bea/orders")).status == 200
    assert (await line.ana.get("/v1/me/line/cleo/orders")).code == "person_unknown"


async def test_who_is_moved_out_of_the_line_is_gone_at_the_next_question(line: Line) -> None:
    staff = await line.api.staff(Role.COMMISSIONS)
    assert await line.found(q="cleo") == ["cleo"]
    moved = await staff.post("/v1/people/cleo/sponsor", {"sponsor": "other", "with_line": True, "reason": "asked"})
    assert moved.status == 200
    assert await line.found() == ["bea"]
    assert (await line.ana.get("/v1/me/line/cleo")).code == "person_unknown"


async def test_a_last_order_stands_on_the_readers_own_day(line: Line) -> None:
    """As in the list of orders: late in the evening for her it is the next day already in company time."""
    async with line.api.database.begin() as uow:
        await catalog.record_products(uow, [Product(sku="TEA", name="Tea", price=Decimal("12.50"), currency="EUR")])
        await uow.commit()
    shop = await line.api.staff(Role.SHOP)
    late = {"date": "2026-09-10T03:00:00Z", "paid_on": "2026-09-10T03:00:00Z"}
    sold = await shop.post(
        "/v1/orders", {"order_id": "O1", "person": "bea", "lines": [{"sku": "TEA", "quantity": 2}], **late}
    )
    assert sold.status == 201
    assert (await line.person("bea"))["last_order_on"] == "2026-09-10"
    await line.ana.patch("/v1/me/settings", {"time_zone": "America/New_York"})
    assert (await line.person("bea"))["last_order_on"] == "2026-09-09"
