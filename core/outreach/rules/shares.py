"""Who is left without a message, to see what it changes for the others."""

from decimal import Decimal
from hashlib import blake2b

ALL = 2**64


def held_out(kind: str, person: int, cycle: str, share: Decimal | int) -> bool:
    """Whether somebody is left without messages of a kind for a whole cycle.

    It is a matter of a hash: anybody finds the same again later, and no kind or cycle tells anything of another one.

    Args:
        share: in percent; 0 leaves nobody out, 100 everybody.
    """
    drawn = blake2b(f"{kind}:{cycle}:{person}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn) * 100 < share * ALL
