"""Pages by number over what core hands out by cursor."""

import pytest

from bot.paging import numbered, page_number
from core.http.model import Page


@pytest.mark.parametrize(
    ("page", "items", "more"),
    [(0, [0, 1, 2], True), (1, [3, 4, 5], True), (2, [6], False), (3, [], False), (-1, [0, 1, 2], True)],
)
@pytest.mark.parametrize("handed_out", [2, 100])
async def test_the_page_of_a_number(page: int, items: list[int], more: bool, handed_out: int) -> None:
    async def ask(cursor: str | None, limit: int) -> Page[int]:
        start = int(cursor or 0)
        stop = min(start + min(limit, handed_out), 7)
        return Page(items=list(range(start, stop)), next=str(stop) if stop < 7 else None)

    shown = await numbered(ask, page=page, size=3)
    assert (shown.items, shown.more) == (items, more)


async def test_the_first_page_costs_one_question() -> None:
    asked = []

    async def ask(cursor: str | None, limit: int) -> Page[int]:
        asked.append((cursor, limit))
        return Page(items=list(range(limit)), next="more")

    await numbered(ask, page=0, size=6)
    assert asked == [(None, 7)]


@pytest.mark.parametrize(("text", "page"), [("3", 3), ("", 0), ("-1", 0), ("x", 0), ("9999999", 0), ("٣", 0)])
def test_a_page_that_makes_no_sense_is_the_first(text: str, page: int) -> None:
    assert page_number(text) == page
