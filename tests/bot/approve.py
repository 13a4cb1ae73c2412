"""Writes the conversations down anew in every language: `python -m tests.bot.approve`; then read the difference."""

import asyncio

from tests.bot import conversation, earnings_talk, points_talk, preferences_talk, tickets_talk, wallet_talk


async def main() -> None:
    for language in conversation.QUESTIONS:
        (conversation.FOLDER / f"{language}.txt").write_text(await conversation.held_in(language), encoding="utf-8")
        for talk in (points_talk, wallet_talk, earnings_talk, preferences_talk, tickets_talk):
            talk.path_of(language).write_text(await talk.held_in(language), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
