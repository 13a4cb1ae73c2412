"""Fixtures that every test may ask for, and how random examples are drawn."""

import gc
import logging
from datetime import timedelta

import pytest
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys take longest, so they begin first: at the end one worker would wait for the other."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: to look through it for garbage again and again takes long."""
    gc.collect()
    gc.freeze()
