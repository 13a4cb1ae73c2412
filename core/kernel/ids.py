"""Identifiers. A person's number is small and dense, so that a million of them index arrays; the rest are UUIDv7."""

from typing import NewType
from uuid import UUID

from uuid_utils.compat import uuid7

PersonId = NewType("PersonId", int)
"""The person's row number in the database; never shown. People are spoken of by their code."""

PersonCode = str
"""The company's own code of a person, as in people.csv's `id`."""


def new_id() -> UUID:
    """A fresh identifier that sorts by the time it was made."""
    return uuid7()
