"""Finds a browser to drive; where there is none, the tests that need one are named at the end of the run."""

import os
import shutil
from pathlib import Path

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PLACES = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-browser"), Path("/opt/google/chrome/chrome"))
ARGUMENTS = tuple(os.environ.get("BROWSER_ARGUMENTS", "--no-sandbox --disable-dev-shm-usage").split())
"""A browser that comes in an npm package wants others; whoever names it names them too."""

_NO_BROWSER = "no browser found (install chromium or set BROWSER_PATH)"


def find_browser() -> str | None:
    """The executable: `BROWSER_PATH`, else a known name on the path, else a known place."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((str(place) for place in _PLACES if place.exists()), None)


def browser_or_skip() -> str:
    """The executable; without one the test is listed as not run, and with `CI=true` it fails."""
    path = find_browser()
    if path:
        return path
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"CI must run the browser tests, but there is {_NO_BROWSER}")
    pytest.skip(_NO_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that did not run, so that nobody takes green for complete."""
    skipped = terminalreporter.stats.get("skipped", [])
    names = sorted(report.nodeid for report in skipped if _NO_BROWSER in str(report.longrepr))
    if names:
        terminalreporter.section("not run: no browser")
        for name in names:
            terminalreporter.write_line(name)
