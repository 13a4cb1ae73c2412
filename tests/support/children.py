"""Our programs as children of a process that has them loaded: quick to be born, and as dead as any when killed.

A program that is killed and comes back spends two seconds on loading what it had loaded, which no journey is about.
"""

import asyncio
import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

FAMILY = multiprocessing.get_context("forkserver")
FAMILY.set_forkserver_preload(["tests.support.loaded"])
"""Of all tests: a process has one such parent, who loads what was asked for last."""


class Child:
    """One of them, as asyncio has processes."""

    def __init__(self, words: Sequence[str], environ: Mapping[str, str], log: Path) -> None:
        self._process = FAMILY.Process(target=live, args=(tuple(words), dict(environ), log), daemon=True)

    @classmethod
    async def born(cls, words: Sequence[str], environ: Mapping[str, str], log: Path) -> "Child":
        """A child that lives as `python -m …` of the words would; the first one waits until its parent has loaded."""
        child = cls(words, environ, log)
        await asyncio.to_thread(child._process.start)
        return child

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None, "it is born"
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """None while it lives."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Whatever becomes of it."""
        os.kill(self.pid, number)

    async def wait(self) -> int:
        """Its end."""
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, over.set)
        try:
            await over.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        code = self.returncode
        assert code is not None, "it is over"
        return code


def live(words: tuple[str, ...], environ: dict[str, str], log: Path) -> None:
    """What a child does."""
    os.environ.clear()
    os.environ.update(environ)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.argv = list(words)
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
