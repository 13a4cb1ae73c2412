"""What the rooms' commands have in common.

A room with commands has a `commands.py` with `register(subparsers)`; `COMMANDS` in `core/__main__.py` says where each
is.
"""

import argparse
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from core.settings import Settings

Run = Callable[[argparse.Namespace, Settings], Awaitable[int]]
Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # it has no public name


def command(subparsers: Subparsers, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    """Add a command.

    Args:
        run: does it, and returns the exit code: 0 done, 1 refused or faults found, 2 called wrongly.
        words: what it does, for `--help`.

    Returns:
        Its parser, for arguments.
    """
    parser = subparsers.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser
