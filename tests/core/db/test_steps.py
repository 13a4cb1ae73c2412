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
