"""Who is due to hear each kind of message that somebody plans: one file a kind, found by its path."""

from functools import cache
from importlib import import_module
from pathlib import Path

from core.outreach.audience import Audience


@cache
def find_all() -> dict[str, Audience]:
    """Every audience by the kind of its messages."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    found: list[Audience] = [import_module(f"{__name__}.{name}").AUDIENCE for name in names]
    return {audience.kind: audience for audience in found}
