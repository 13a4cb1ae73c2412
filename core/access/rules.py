"""Secrets and the limits of trying."""

import hashlib
from datetime import datetime, timedelta

TOKEN_LIFE = timedelta(hours=24)
TRIES_MAX = 5
TRIES_WITHIN = timedelta(minutes=15)
TOKEN_LENGTH_MAX = 64


def hashed(secret: str) -> bytes:
    """What is stored of a secret. It is random and long, so a plain SHA-256 cannot be turned back."""
    return hashlib.sha256(secret.encode()).digest()


def e164(phone: str) -> str:
    """A number as Telegram writes it, with a plus in front and nothing between the digits.

    | phone            | result        |
    | ---------------- | ------------- |
    | 34600123456      | +34600123456  |
    | +34 600 123 456  | +34600123456  |
    """
    return "+" + "".join(letter for letter in phone if letter.isascii() and letter.isdigit())


def minutes_to_wait(tries: int, since: datetime, now: datetime) -> int:
    """How long a chat must wait before it may try again.

    Args:
        tries: how often it tried since `since`, this time not counted.

    Returns:
        Whole minutes, rounded up; 0 when it may try.
    """
    left = since + TRIES_WITHIN - now
    if tries < TRIES_MAX or left <= timedelta(0):
        return 0
    return -(-int(left.total_seconds()) // 60) or 1
