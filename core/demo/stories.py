"""The stories of the demo's tickets: read from their file, and told in moments. Pure but for reading the file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from core.plan.model import Priority, Target, TicketsSpec
from core.tickets.rules.hours import opens, worked
from core.tickets.rules.targets import allowed

FILE = Path(__file__).parent / "data" / "tickets.toml"
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
HERS = frozenset({"she", "rate", "reopen", "close"})
"""What she does, at any hour; staff work when the company does."""
LOOKED_BACK = timedelta(days=60)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Step:
    """What happened, so long after the step before; `act` says what."""

    act: str
    after: timedelta
    said: Any
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """One ticket from its first word on."""

    language: str
    who: int
    type: str
    words: str
    steps: tuple[Step, ...]
    days: float | None = None
    """How long before the company's last day it began."""
    share: float | None = None
    """How much of its target's time is gone, counted from her last word."""
    incident: bool = False
    """Whether it is tied to the incident."""


@cache
def canned() -> dict[str, dict[str, str]]:
    """What staff answer often, by code and language."""
    found: dict[str, dict[str, str]] = _file()["canned"]
    return found


@cache
def incident() -> dict[str, Any]:
    """The incident of the last days: type, title and first words."""
    found: dict[str, Any] = _file()["incident"]
    return found


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def stories() -> tuple[Story, ...]:
    """Every story of the file."""
    return tuple(
        Story(**{**one, "steps": tuple(_step(**step) for step in one.get("steps", ()))}) for one in _file()["story"]
    )


def _step(after: str, **acts: Any) -> Step:
    wait = int(after[:-1]) * UNITS[after[-1]]
    [act, *_] = [name for name in acts if name not in ("solve", "text")] or ["solve"]
    more = {name: value for name, value in acts.items() if name != act}
    return Step(act, wait, acts[act], more)


def moments(story: Story, spec: TicketsSpec, today: datetime, now: datetime) -> Iterator[datetime]:
    """When it began, and when each of its steps happened; none lies in the future.

    Args:
        today: when the company's last day is in its middle.
        now: up to when the shares of targets are counted.
    """
    begun = today - timedelta(days=story.days or 0) if story.share is None else _begun(story, spec, now)
    at = min(begun, now)
    yield at
    for step in story.steps:
        at += step.after
        if step.act not in HERS and story.share is None:
            at = opens(spec.hours, at)  # staff work in working hours
        at = min(at, now)
        yield at


def _begun(story: Story, spec: TicketsSpec, now: datetime) -> datetime:
    """When a story began whose last word of hers has waited for its share of the target's time."""
    answered = any(step.act == "answer" for step in story.steps)
    target = Target.NEXT_ANSWER if answered else Target.FIRST_ANSWER
    raised = [Priority(step.said) for step in story.steps if step.act == "priority"]
    whole = allowed(spec, target, story.type, (*raised, spec.type(story.type).priority)[0])
    waited = (whole or timedelta(hours=8)) * (story.share or 0)
    last = max((place for place, step in enumerate(story.steps) if step.act == "she"), default=-1)
    until_then = sum((step.after for step in story.steps[: last + 1]), timedelta())
    return _worked_since(spec, waited, now) - until_then


def _worked_since(spec: TicketsSpec, waited: timedelta, now: datetime) -> datetime:
    """The last moment since which at least so much working time has passed, to the second."""
    early, late = now - LOOKED_BACK, now
    while late - early > SECOND:
        middle = early + (late - early) / 2
        if worked(spec.hours, middle, now) >= waited:
            early = middle
        else:
            late = middle
    return early
