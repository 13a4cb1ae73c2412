"""`python -m tests.support.talks [--check]`: write the transcripts, or tell which are out of date."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.support.talks.scenes import play_all

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "transcripts"


async def main(check: bool) -> int:
    """Play all conversations; 1 when something is out of date or the bot did what Telegram does not like."""
    with tempfile.TemporaryDirectory() as folder:
        played = await play_all(Path(folder))
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
    sys.exit(asyncio.run(main(parser.parse_args().check)))
