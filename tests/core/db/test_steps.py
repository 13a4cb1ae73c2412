import pytest

from core.db import steps
from core.db.database import Database
from core.db.state import fact, put


async def test_a_step_leaves_a_gap_after_it_where_there_is_one_writer_at_a_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def paused(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr("asyncio.sleep", paused)
    async with steps.step(database, actor="test") as uow:
        await put(uow, "a", {"b": 1})
        await uow.commit()
    assert [0 < pause <= steps.PAUSE_MOST_S for pause in pauses] == [True] * (database.dialect == "sqlite")
    async with database.read() as questions:
        assert await fact(questions, "a") == {"b": 1}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_while_others_write_the_gap_is_longer(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    now = 100.0

    async def paused(seconds: float) -> None:
        pauses.append(round(seconds, 3))

    async def one(name: str) -> None:
        nonlocal now
        async with steps.step(database, actor="test") as uow:
            await put(uow, name, {})
            await uow.commit()
            now += 0.01

    monkeypatch.setattr("asyncio.sleep", paused)
    monkeypatch.setattr(steps, "monotonic", lambda: now)
    for name in ("a", "b"):
        await one(name)
    other = Database(database.url.render_as_string(hide_password=False), database.clock)
    async with other.begin(actor="test") as uow:
        await put(uow, "c", {})
        await uow.commit()
    await other.close()
    for name in ("d", "e"):
        await one(name)
    assert pauses == [0.01, 0.01, 0.04, 0.04]
    now += steps.ALONE_AFTER_S
    await one("f")
    assert pauses[4:] == [0.01]
