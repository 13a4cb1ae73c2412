"""Several workers at once: each is a database of its own on the same data."""

import asyncio

import pytest

from core.db.database import Database
from core.messaging.model import Outgoing
from tests.core.outreach.desk import SECOND, Desk

PEOPLE, MESSAGES_EACH = 12, 2


async def test_two_workers_never_hold_the_same_message_or_the_same_person(database: Database) -> None:
    async with database.begin() as uow:
        desk = Desk(uow)
        for number in range(PEOPLE):
            person = await desk.person(f"p{number}", chat=1000 + number)
            for turn in range(MESSAGES_EACH):
                await desk.say(person, "payout.made", key=f"{number} {turn}", not_before=uow.now - SECOND)
        await uow.commit()

    async def work(door: Database, holder: str) -> list[Outgoing]:
        found: list[Outgoing] = []
        for _ in range(4):
            async with door.begin() as uow:
                found += await Desk(uow).claim(holder, count_max=2)
                await uow.commit()
        return found

    other = Database(database.url.render_as_string(hide_password=False), database.clock)
    try:
        first, second = await asyncio.gather(work(database, "a"), work(other, "b"))
    finally:
        await other.close()
    chats = sorted(message.chat_id or 0 for message in first + second)
    assert chats == [1000 + number for number in range(PEOPLE)], "everybody has one message in hand"
    turns = sorted(message.send_in_s for message in first + second)
    assert turns == pytest.approx([number * 0.04 for number in range(PEOPLE)]), "no two turns are the same"
