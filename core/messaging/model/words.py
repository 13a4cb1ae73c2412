"""What all models of the room share."""

from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, Field

KEY_LENGTH_MAX = 200
ABOUT_LENGTH_MAX = 40
INT_MAX = 2**63 - 1


def _storable(value: dict[str, Any]) -> dict[str, Any]:
    try:
        orjson.dumps(value)
    except TypeError as error:
        raise ValueError("numbers of at most 64 bits and whole characters") from error
    return value


Json = Annotated[dict[str, Any], AfterValidator(_storable)]
Number = Annotated[int, Field(ge=-INT_MAX, le=INT_MAX)]
"""A number of the messenger's: of a bot, a chat, a message, an update."""

Holder = Annotated[str, Field(min_length=1, max_length=100)]
"""The name of a process among all that work on messages."""
