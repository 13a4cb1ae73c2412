"""Fixtures that every test may ask for, and how random examples are drawn."""

import asyncio
import gc
import logging
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
import uvloop
from hypothesis import HealthCheck, settings

from core.kernel.logs import configure

pytest_plugins = ["tests.support.browser", "tests.support.database", "tests.support.api"]

SLOW_IS_FINE = [HealthCheck.too_slow]
"""The machine may be busy; how long a test takes is no test."""

settings.register_profile(
    "default", max_examples=60, deadline=None, derandomize=True, suppress_health_check=SLOW_IS_FINE
)
settings.register_profile("fuzz", max_examples=3_000, deadline=timedelta(minutes=5), suppress_health_check=SLOW_IS_FINE)
settings.load_profile("default")

configure("test", level=logging.ERROR)

OBJECTS_MADE = 20_000
"""Between two looks for garbage; Python's 700 make them a tenth of a test that opens a database."""
gc.disable()  # what collection loads is no garbage

LONG = ("processes", "hypothesis")
"""Marks of tests that take seconds, of waiting or of trying."""
WARMING = pytest.StashKey["subprocess.Popen[bytes]"]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Kernels that have changed are compiled once, while the worker processes collect, and not by both of them."""
    config = session.config
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        config.stash[WARMING] = subprocess.Popen(
            [sys.executable, "-m", "core", "warm"], cwd=config.rootpath, stdout=subprocess.DEVNULL
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any) -> None:
    """No worker is given a test before the kernels are there."""
    code = node.config.stash[WARMING].wait()
    assert code == 0, "python -m core warm failed"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Who is interrupted before has nothing left running."""
    warming = session.config.stash.get(WARMING, None)
    if warming is not None and warming.poll() is None:
        warming.terminate()
        warming.wait()


@pytest.hookimpl(trylast=True)  # hypothesis has marked its own by then
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys take longest and begin first, then what takes seconds: at the end one worker would wait for others."""
    items.sort(key=lambda item: ("journeys" not in item.path.parts, not any(map(item.get_closest_marker, LONG))))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: to look through it for garbage again and again takes long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_MADE)
    gc.enable()


def pytest_asyncio_loop_factories(item: pytest.Item) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests run on the loop that the service runs on; only what drives a browser has that of the standard library."""
    return {"standard": asyncio.new_event_loop} if "browser" in item.path.parts else {"uvloop": uvloop.new_event_loop}
