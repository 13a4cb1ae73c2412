"""`python -m bot understand`: reads messages and tells what was understood, for trying out and for measuring."""

import json
import sys

from bot.understanding.lexicon import demo_lexicon
from bot.understanding.service import understand


def run(language: str) -> int:
    """Read one message a line from standard input, write one JSON object a line, each at once.

    Args:
        language: BCP 47 code of the language that the writer reads the bot in.

    Returns:
        The exit status, always 0.
    """
    lexicon = demo_lexicon()
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # the declared type is the base
    for line in sys.stdin:
        read = understand(line, prior_language=language, lexicon=lexicon)
        answer = {"intent": read.intent, "slots": dict(read.slots), "confidence": round(read.confidence, 4)}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0
