"""The bot as a whole: it serves until it is stopped, and never with a part of it dead."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from bot.app import Parts, _until_stopped


@dataclass
class Part:
    """Something that runs."""

    task: asyncio.Task[None] | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


def parts(intake: Part, talk: Part) -> Parts:
    services: Any = type("Services", (), {"talk": talk})()
    return cast("Parts", type("Parts", (), {"intake": intake, "services": services})())


async def fails() -> None:
    raise ValueError("a bug")


async def test_a_part_that_fails_ends_the_bot() -> None:
    poller = Part(tasks=[asyncio.create_task(fails()), asyncio.create_task(asyncio.sleep(60))])
    with pytest.raises(ValueError, match="a bug"):
        await _until_stopped(parts(poller, Part()), asyncio.Event())


async def test_stopping_is_no_failure() -> None:
    stopped = asyncio.Event()
    stopped.set()
    talk = Part(task=asyncio.create_task(asyncio.sleep(60)))
    await _until_stopped(parts(Part(), talk), stopped)
