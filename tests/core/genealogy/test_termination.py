"""The plan says what becomes of the line of somebody who leaves and comes back; docs/plan-language.md has the table."""

import pytest

from core.access.model import Role
from core.plan import service as plans
from core.plan.reading import example
from tests.support.api import Api
from tests.support.planting import plant


@pytest.mark.parametrize(
    ("goes_to", "returns", "left", "back"),
    [
        ("sponsor", "false", "A", "A"),
        ("sponsor", "true", "A", "B"),
        ("company", "false", None, None),
        ("company", "true", None, "B"),
    ],
)
async def test_the_documented_table(api: Api, goes_to: str, returns: str, left: str | None, back: str | None) -> None:
    words = f'\n[termination]\nline_goes_to = "{goes_to}"\nline_returns = {returns}\nrank_returns = false\n'
    async with api.database.begin() as uow:
        await plant(uow, "A\n  B\n    C")
        await plans.activate(uow, example("demo") + words)
        await uow.commit()
    office = await api.staff(Role.ADMINISTRATOR)
    assert (await office.post("/v1/people/B/terminate", {"reason": "left"})).status == 200
    assert (await office.get("/v1/people/C/links")).body[-1]["sponsor"] == left
    assert (await office.post("/v1/people/B/reinstate", {"reason": "back"})).status == 200
    assert (await office.get("/v1/people/C/links")).body[-1]["sponsor"] == back
    assert (await office.get("/v1/network/verify")).body["findings"] == []
