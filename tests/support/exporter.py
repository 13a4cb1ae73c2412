"""Exports payment lists in processes of their own, forked from one that has loaded everything; each can be killed.

It reads lines of a database's address, a list's number, a folder, and after how many complete files, and how many
seconds then, the process ends itself (`-` is never); it answers each with `killed` or `over`.

A process that another one was to kill could be through before that one is given the machine. The system's own timer
ends it at once and without a word, as a kill does; while the process waits for the machine, it gets no further.
"""

import asyncio
import os
import signal
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


def ended(after: int, seconds: float) -> None:
    """Let this process end so many seconds after so many payments files are complete."""
    left, write = after, job._write

    def counted(path: Path, content: bytes) -> None:
        nonlocal left
        write(path, content)
        left -= path.suffix == ".csv"
        if left == 0:
            signal.setitimer(signal.ITIMER_REAL, seconds)

    job._write = counted
    if after == 0:
        signal.setitimer(signal.ITIMER_REAL, seconds)


def main() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        url, number, after, seconds, folder = line.split(maxsplit=4)
        child = os.fork()
        if child == 0:
            if after != "-":
                ended(int(after), float(seconds))
            asyncio.run(export(url, int(number), Path(folder.strip())))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write("killed\n" if os.WIFSIGNALED(status) else "over\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
