"""Writes the conversation down anew in every language: `python -m tests.bot.approve`; then read the difference."""

import asyncio

from tests.bot.conversation import FOLDER, QUESTIONS, held_in


async def main() -> None:
    for language in QUESTIONS:
        (FOLDER / f"{language}.txt").write_text(await held_in(language), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
