"""`python -m core warm`."""

import argparse

from core.commands import Subparsers, command
from core.live.warming import warm
from core.settings import Settings


def register(subparsers: Subparsers) -> None:
    """Add this room's command."""
    words = "Compile what calculates and keep it on disk, so that no later start has to; once after an installation."
    command(subparsers, "warm", warm_up, words)


async def warm_up(_arguments: argparse.Namespace, _settings: Settings) -> int:
    """Compile the kernels."""
    warm()
    print("The kernels are compiled.")
    return 0
