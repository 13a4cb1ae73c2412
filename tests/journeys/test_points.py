"""Three taps from "what can I get for my points?" to the order, and kill -9 between each tap and its answer."""

import asyncio
import json
import random
import sqlite3
from pathlib import Path
from typing import Any

from tests.journeys.test_kills import ANSWER_WITHIN_S, Office, office
from tests.support.processes import Program

BOUGHT = """
SELECT o.order_id, o.points_paid FROM customer_order o JOIN person p ON p.id = o.person_id
WHERE p.phone = :phone AND o.redeemed ORDER BY o.id
"""
AVAILABLE = """
SELECT a.balance FROM account a JOIN person p ON p.id = a.person_id
WHERE p.phone = :phone AND a.purpose = 'points_available'
"""


async def test_a_product_for_points_is_had_once_whoever_is_killed(demo_company: Path, tmp_path: Path) -> None:
    """The bot dies after the second tap; it and core die after the third, which came twice."""
    async with office(tmp_path, demo_company) as here:
        bot, rng = here.bot("bot"), random.Random(5)
        chat, people = here.chats[0], here.people
        await bot.start()
        try:
            await people.converse(chat, [])
            phone = _phone(here, chat)
            [[before]], had = _rows(here, AVAILABLE, phone), _rows(here, BOUGHT, phone)
            await people.act(f"chats/{chat}/text", text="what can I get for my points?")
            await _tap(here, chat, "ro:")
            await _die(rng, bot)
            await _tap(here, chat, "ra:", times=2)
            await _die(rng, bot, here.service)
            await _button(here, chat, "rc:")
        finally:
            await bot.kill()
        [(_, paid)] = [row for row in _rows(here, BOUGHT, phone) if row not in had]
        assert _rows(here, AVAILABLE, phone) == [(before - paid,)]


async def _die(rng: random.Random, *victims: Program) -> None:
    await asyncio.sleep(rng.uniform(0.0, 0.08))
    for victim in victims:
        await victim.kill()
    await asyncio.gather(*(victim.start() for victim in victims))


async def _tap(here: Office, chat: int, data: str, *, times: int = 1) -> None:
    """Tap the newest button whose data begin so, once it is there."""
    message, button = await _button(here, chat, data)
    for _ in range(times):
        await here.people.act(f"chats/{chat}/tap", message_id=message, data=button)


async def _button(here: Office, chat: int, data: str) -> tuple[int, str]:
    deadline = asyncio.get_running_loop().time() + ANSWER_WITHIN_S
    while True:
        for message in reversed(await _messages(here, chat)):
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if button.get("callback_data", "").startswith(data):
                        return message["message_id"], button["callback_data"]
        assert asyncio.get_running_loop().time() < deadline, f"no button {data!r} came"
        await asyncio.sleep(0.1)


async def _messages(here: Office, chat: int) -> list[dict[str, Any]]:
    async with here.people.session.get(f"{here.people.base}/sandbox/chats/{chat}") as answer:
        said: list[dict[str, Any]] = (await answer.json())["messages"]
        return said


def _phone(here: Office, chat: int) -> str:
    known = json.loads((here.folder / "people.json").read_text(encoding="utf-8"))
    return next(str(one["phone"]) for one in known if one["id"] == chat)


def _rows(here: Office, question: str, phone: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(here.folder / "upline.db") as connection:
        return connection.execute(question, {"phone": phone}).fetchall()
