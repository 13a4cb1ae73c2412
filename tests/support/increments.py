"""Writers that lose updates where a database lets them: read a number, wait a little, write it back plus one."""

import asyncio
import sys

from sqlalchemy import text

from core.db.database import Database
from core.db.state import fact, put
from core.kernel.clock import Clock

KEY = "counter"


async def start(database: Database) -> None:
    async with database.begin() as uow:
        await put(uow, KEY, {"n": 0})
        await uow.commit()


async def total(database: Database) -> int:
    async with database.read() as questions:
        value = await fact(questions, KEY)
    assert value is not None
    return int(value["n"])


async def increment(database: Database, times: int) -> None:
    for _ in range(times):
        async with database.begin() as uow:
            if uow.dialect == "postgresql":  # the row that decides is locked; SQLite's writer is alone anyway
                await uow.connection.execute(text("SELECT 1 FROM company_state WHERE key = 'counter' FOR UPDATE"))
            value = await fact(uow, KEY)
            await asyncio.sleep(0.001)
            assert value is not None
            await put(uow, KEY, {"n": value["n"] + 1})
            await uow.commit()


async def main(url: str, times: int) -> None:
    database = Database(url, Clock())
    await increment(database, times)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
