"""`python -m tests.support.talks [--check] [--months | --tickets]`: write transcripts, or tell which are out of date.

Tickets are played by real processes on a clock that runs, so their minutes differ each time: `--check` leaves them out.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.support.talks.month import play_months
from tests.support.talks.scenes import Played, play_all
from tests.support.talks.tickets import play_tickets

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "transcripts"


async def play(folder: Path, given: argparse.Namespace) -> Played:
    """The conversations that were asked for."""
    found = []
    if not given.tickets:
        found.append(await play_months(folder))
    if not given.tickets and not given.months:
        found.append(await play_all(folder))
    if not given.check and not given.months:
        (folder / "tickets").mkdir()  # a company of its own
        found.append(await play_tickets(folder / "tickets"))
    texts = {name: text for played in found for name, text in played.texts.items()}
    faults, silent = ([one for played in found for one in getattr(played, kind)] for kind in ("faults", "silent"))
    return Played(texts, faults, silent)


async def main(given: argparse.Namespace) -> int:
    """Play all conversations; 1 when something is out of date or the bot did what Telegram does not like."""
    check: bool = given.check
    with tempfile.TemporaryDirectory() as folder:
        played = await play(Path(folder), given)
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
    parser.add_argument("--tickets", action="store_true", help="only the tickets, a few minutes' work")
    sys.exit(asyncio.run(main(parser.parse_args())))
