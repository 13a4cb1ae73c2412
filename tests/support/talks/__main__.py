"""`python -m tests.support.talks [--check] [--months]`: write the transcripts, or tell which are out of date."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.support.talks.month import play_months
from tests.support.talks.scenes import Played, play_all

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "transcripts"


async def main(check: bool, months: bool) -> int:
    """Play all conversations; 1 when something is out of date or the bot did what Telegram does not like."""
    with tempfile.TemporaryDirectory() as folder:
        played = await play_months(Path(folder))
        if not months:
            talks = await play_all(Path(folder))
            played = Played(talks.texts | played.texts, talks.faults + played.faults, talks.silent + played.silent)
    stale = []
    for name, text in played.texts.items():
        file = FOLDER / f"{name}.md"
        if not file.exists() or file.read_text("utf-8") != text:
            stale.append(file.name)
            if not check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
    print(f"{'out of date' if check else 'written'}: {', '.join(stale) or 'none'}")
    print(f"faults: {played.faults}; acts without an answer: {played.silent}")
    return int(bool(played.faults or (check and stale)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Play the conversations of docs/transcripts and write them down.")
    parser.add_argument("--check", action="store_true", help="only tell which are out of date")
    parser.add_argument("--months", action="store_true", help="only the months, a minute's work")
    given = parser.parse_args()
    sys.exit(asyncio.run(main(given.check, given.months)))
