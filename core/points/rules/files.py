"""A statement as a CSV file. Pure."""

import csv
from collections.abc import Iterator

from core.kernel.sheets import plain
from core.kernel.words import CompanyText, text_in
from core.points.model import Movement, Statement

COLUMNS = (
    "at",
    "kind",
    "points",
    "pending",
    "expires_on",
    "order_id",
    "product",
    "person",
    "rule",
    "reason",
    "amount_minor",
    "currency",
)


class _Line:
    """Takes what a CSV writer writes."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        """Keep it until it is asked for."""
        self.text += text
        return len(text)


def statement_csv(statement: Statement, language: str) -> str:
    """Opening, movements and closing, a line each, under a line of headings.

    Args:
        language: of products and rules.
    """
    return "".join(_lines(statement, language))


def _lines(statement: Statement, language: str) -> Iterator[str]:
    line = _Line()
    writer = csv.writer(line, lineterminator="\n")
    rows = [
        COLUMNS,
        (statement.since.isoformat(), "opening", statement.opening, *[""] * (len(COLUMNS) - 3)),
        *(_row(movement, language) for movement in statement.movements),
        (statement.until.isoformat(), "closing", statement.closing, *[""] * (len(COLUMNS) - 3)),
    ]
    for row in rows:
        writer.writerow(row)
        yield line.text
        line.text = ""


def _row(movement: Movement, language: str) -> tuple[object, ...]:
    money = movement.money
    return (
        movement.at.isoformat(),
        movement.kind.value,
        movement.points,
        "yes" if movement.pending else "",
        movement.expires_on or "",
        _plain(movement.order_id),
        _words(movement.product, language),
        _plain(movement.person),
        _words(movement.rule, language),
        _plain(movement.reason),
        money.amount_minor if money else "",
        money.currency if money else "",
    )


def _words(words: CompanyText | None, language: str) -> str:
    return _plain(text_in(words, language)) if words else ""


def _plain(text: str | None) -> str:
    return plain(text or "")
