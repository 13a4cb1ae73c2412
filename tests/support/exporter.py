"""Exports payment lists in processes of their own, forked from one that has loaded everything; each can be killed.

It reads lines of a database's address, a list's number and a folder, and answers each with the number of the process
that exports it, and when that is over.
"""

import asyncio
import os
import sys
from pathlib import Path

from core.db.database import Database
from core.kernel.clock import Clock
from core.payments import job


async def export(url: str, number: int, folder: Path) -> None:
    database = Database(url, Clock())
    try:
        await job.export(database, number, folder, actor="exporter")
    finally:
        await database.close()


def main() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        url, number, folder = line.split(maxsplit=2)
        child = os.fork()
        if child == 0:
            asyncio.run(export(url, int(number), Path(folder.strip())))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("over\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
