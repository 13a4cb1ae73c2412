"""The report of what the bot did wrong: refusals of its own doing, and what Telegram would let pass in silence."""

import time
from collections import Counter, deque
from dataclasses import asdict, dataclass

from bot.sandbox.model import Json
from bot.sandbox.refusals import RULES, Refusal

KEPT = 1000


@dataclass(frozen=True)
class Fault:
    """One mistake of the bot, with the source that says it is one."""

    at: float
    rule: str
    method: str
    description: str
    source: str
    chat_id: int | None = None


class Faults:
    """Counts all faults and keeps the last ones."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._kept: deque[Fault] = deque(maxlen=KEPT)

    def add(self, refusal: Refusal, method: str, chat_id: int | None = None) -> None:
        """Count a refusal as the bot's fault."""
        rule = refusal.rule.name
        self._counts[rule] += 1
        self._kept.append(Fault(time.time(), rule, method, refusal.description, refusal.source, chat_id))

    def clear(self) -> None:
        """Start counting anew."""
        self._counts.clear()
        self._kept.clear()

    def report(self) -> Json:
        """Counts by rule, the last faults, and every rule that exists with its source."""
        return {
            "total": self._counts.total(),
            "by_rule": dict(self._counts),
            "faults": [asdict(fault) for fault in self._kept],
            "rules": {rule.name: {"status": rule.status, "source": rule.source} for rule in RULES.values()},
        }
