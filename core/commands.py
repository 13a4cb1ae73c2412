"""What the rooms' commands have in common.

A room with commands has a `commands.py` with `register(subparsers)`; `COMMANDS` in `core/__main__.py` says where each
is.
"""

import argparse
from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeAlias

from babel.core import get_global

from core.settings import Settings

Run = Callable[[argparse.Namespace, Settings], Awaitable[int]]
Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # it has no public name

REASON_MAX = 200


def a_reason(text: str) -> str:
    """Why somebody does something, as an argument of a command: words, not blanks.

    Raises:
        ArgumentTypeError: there are none, or too many of them.
    """
    words = text.strip()
    if not words or len(words) > REASON_MAX:
        raise argparse.ArgumentTypeError(f"say why, in at most {REASON_MAX} letters")
    return words


def a_currency(text: str) -> str:
    """A currency as an argument of a command, in small letters too.

    Raises:
        ArgumentTypeError: there is none of this code.
    """
    if text.upper() not in get_global("all_currencies"):
        raise argparse.ArgumentTypeError(f'"{text}" is no currency; give its three letters, such as EUR')
    return text.upper()


def a_day(text: str) -> date:
    """A day as an argument of a command.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" is no day; write one such as 2026-12-10') from error


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
