"""Whom the chat page of the demonstration offers to chat as: the heroines first, then somebody of each language."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork
from core.demo.catalogue import countries
from core.demo.rows import code_of
from core.demo.rules.population import heads, population

CHAT_BASE = 5_000_000_000
"""Added to a person's number, so that her chat's id looks like one of Telegram's."""

EACH = {"distributor": 2, "customer": 1}
"""How many of a kind are offered in each language."""

LOOKED_AT = 2000
FIRST = text(
    "SELECT id, code, name, kind, language, phone, town, country FROM person"
    " WHERE kind <> 'company' AND phone IS NOT NULL ORDER BY id LIMIT :many"
)


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody to chat as; `phone` is the number by which core knows her."""

    id: int
    code: str
    kind: str
    name: str
    language: str
    phone: str
    place: str


async def offered(uow: UnitOfWork, seed: int) -> list[Offered]:
    """The heroines of the company that `seed` made, then two distributors and a customer of each language.

    Of the distributors those whom a heroine sponsored come first: most of them lack little for a rank, or lose one.

    Args:
        seed: the one that the company was founded with; by another one the heroines are not found.
    """
    size = await uow.connection.scalar(text("SELECT count(*) FROM person")) or 0
    if not size:
        return []
    starts = population(size, np.random.default_rng(seed), countries()).heroines
    heroines, hers = {code_of(start) for start in starts}, {code_of(head) for start in starts for head in heads(start)}
    people = [_offered(*row) for row in await uow.connection.execute(FIRST, {"many": LOOKED_AT})]
    told = [person for person in people if person.code in heroines]
    others = [person for person in people[1:] if person.code not in heroines]
    return [*told, *_of_each_language(sorted(others, key=lambda person: person.code not in hers))]


def _of_each_language(people: Iterable[Offered]) -> list[Offered]:
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for person in people:
        seen[person.language, person.kind] += 1
        if seen[person.language, person.kind] <= EACH[person.kind]:
            found.append(person)
    return sorted(found, key=lambda person: person.language)


def _offered(number: int, code: str, name: str, kind: str, language: str, phone: str, *place: str | None) -> Offered:
    where = " · ".join(filter(None, place))
    return Offered(CHAT_BASE + number, code, kind, name, language, phone, where)
