"""A numbered page of what core hands out by cursor, so that a button needs only the number."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.http.model import Page

T = TypeVar("T")
ASKED_MAX = 50
"""No list of core's hands out fewer at once where it is asked for so many."""
PAGES_MAX = 500


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """One page, and whether another follows."""

    items: list[T]
    page: int
    more: bool


async def numbered(ask: Callable[[str | None, int], Awaitable[Page[T]]], *, page: int, size: int) -> Shown[T]:
    """The page of that number; the first ones cost one question.

    Args:
        ask: given a cursor and how many.
    """
    page = max(0, min(page, PAGES_MAX))
    wanted = (page + 1) * size + 1
    items: list[T] = []
    cursor: str | None = None
    while len(items) < wanted:
        part = await ask(cursor, min(ASKED_MAX, wanted - len(items)))
        items.extend(part.items)
        cursor = part.next
        if cursor is None:
            break
    return Shown(items[page * size : (page + 1) * size], page, more=len(items) > (page + 1) * size)


def page_number(text: str) -> int:
    """The page that a button names; the first one where that makes no sense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
