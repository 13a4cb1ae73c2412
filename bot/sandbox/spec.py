"""The machine-readable specification, read once from package data."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.sandbox.model import Json

DATA = Path(__file__).parent / "data" / "api.json"


@dataclass(frozen=True)
class Field:
    """A parameter of a method or a member of a type; `kinds` are the types it may have."""

    name: str
    kinds: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class Method:
    """A method of the Bot API; `fields` is None where the sandbox knows only the name."""

    name: str
    fields: tuple[Field, ...] | None


@dataclass(frozen=True)
class Spec:
    """Methods by lower-case name, types by name, and what abstract types may be."""

    methods: dict[str, Method]
    types: dict[str, tuple[Field, ...]]
    subtypes: dict[str, tuple[str, ...]]

    def method(self, name: str) -> Method | None:
        """The method of that name; Telegram does not mind its case."""
        return self.methods.get(name.lower())


def _fields(raw: dict[str, str]) -> tuple[Field, ...]:
    return tuple(
        Field(name.rstrip("?"), tuple(kinds.split("|")), not name.endswith("?")) for name, kinds in raw.items()
    )


@cache
def load_spec() -> Spec:
    """The specification that the package carries."""
    raw: Json = json.loads(DATA.read_text(encoding="utf-8"))
    return Spec(
        methods={
            name.lower(): Method(name, None if fields is None else _fields(fields))
            for name, fields in raw["methods"].items()
        },
        types={name: _fields(fields) for name, fields in raw["types"].items()},
        subtypes={name: tuple(subtypes) for name, subtypes in raw["subtypes"].items()},
    )
