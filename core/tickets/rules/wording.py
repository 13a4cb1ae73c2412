"""What is made of somebody's words: a subject, and whether there are any."""

from collections.abc import Iterable

SUBJECT_MAX = 200


def subject_of(words: Iterable[str]) -> str:
    """The first line that says anything, cut at two hundred characters; empty where none does."""
    lines = (line.strip() for text in words for line in text.splitlines())
    return next((line for line in lines if line), "")[:SUBJECT_MAX].rstrip()


def says_anything(text: str) -> bool:
    """Whether there is more than blanks; one emoji is enough."""
    return bool(text.strip())


def units(text: str) -> int:
    """Its length as messengers count it, in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
