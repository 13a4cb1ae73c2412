"""One distributor's month in every language: what the company says by itself, and what she makes of it.

She is Gold and lacks a few people for Platinum, which she never was. The clock is hers.
"""

import shutil
import sqlite3
import tomllib
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from core.demo.catalogue import sayings
from tests.support.talks.office import CYCLE, TODAY, Office, found, later, office
from tests.support.talks.scenes import COUNTRIES, LANGUAGES, PHRASES, Played
from tests.support.talks.talk import Talk

HEAD = (
    "Made by `python -m tests.support.talks` on the demo company of 2026-11-22, on the clock of the person who is told."
    " What she does is bold or italic, what the bot says is quoted, buttons stand in brackets."
)
HEROINE = """
SELECT code, phone, time_zone FROM person
WHERE language = :language AND country = :country AND id > 1 AND kind = 'distributor' ORDER BY id LIMIT 1
"""
FRONTLINE = """
SELECT p.code FROM person p JOIN sponsor_link l ON l.person_id = p.id JOIN person h ON h.id = l.sponsor_id
WHERE h.code = :code AND p.kind = :kind ORDER BY p.id LIMIT 2
"""
"""The first of each kind in her line have not ordered in this cycle."""
MOVE = "UPDATE person SET time_zone = 'America/Bogota' WHERE time_zone = 'America/Mexico_City'"
"""In Mexico City the demo's cycles close at five in the afternoon, so nudges come a day earlier."""


@dataclass(frozen=True)
class Her:
    """Whose month it is, and who orders again in it."""

    code: str
    phone: str
    zone: ZoneInfo
    customers: tuple[str, ...]
    distributor: str


async def play_months(folder: Path, languages: tuple[str, ...] = LANGUAGES, company: Path | None = None) -> Played:
    """Play the month in each language, on a copy of a company's database, or of one founded for it."""
    texts: dict[str, str] = {}
    silent: list[str] = []
    faults: list[str] = []
    if company is None:
        company = folder / "month.db"
        await found(company)
    for language in languages:
        file = folder / f"month.{language}.db"
        shutil.copy(company, file)
        with sqlite3.connect(file) as connection:
            connection.execute(MOVE)
        async with office(file) as running:
            talk = await play_month(running, language)
            texts[f"month.{language}"] = "\n\n".join([f"# A month: {language}\n\n{HEAD}", *talk.record]) + "\n"
            silent.extend(f"month.{language}: {act}" for act in talk.silent)
            told = (await running.stage.sandbox.look("faults?all=1"))["faults"]
            faults.extend(str(fault) for fault in told if fault["rule"] != "flood")
    return Played(texts, faults, silent)


async def play_month(running: Office, language: str) -> Talk:
    """All of it."""
    words = tomllib.loads((PHRASES / f"{language}.toml").read_text("utf-8"))
    her = _her(running, language)
    running.zone = her.zone
    talk = Talk(running.stage, 6_900_000_000 + LANGUAGES.index(language))
    await talk.begin(first_name="Toni", language_code=language.lower(), phone=her.phone)
    await _arrives(running, talk, her.code)
    await _week_before(running, talk, her)
    await _order(running, talk, her)
    await _quiet_evening(running, talk, her, words, language)
    await _last_days(running, talk, her, words)
    await _closed(running, talk)
    return talk


def _her(running: Office, language: str) -> Her:
    rows, country = running.stage.rows, COUNTRIES[LANGUAGES.index(language)]
    [(code, phone, zone)] = rows(HEROINE, language=language, country=country)
    customers = tuple(one for (one,) in rows(FRONTLINE, code=code, kind="customer"))
    return Her(code, phone, ZoneInfo(zone), customers, rows(FRONTLINE, code=code, kind="distributor")[0][0])


async def _hears(running: Office, talk: Talk, moment: str, title: str) -> None:
    talk.title(f"{running.at(moment)}: {title}")
    await running.plan()
    await talk.hears()


async def _arrives(running: Office, talk: Talk, code: str) -> None:
    talk.title(f"{running.at('2026-11-22T16:00')}: she connects her chat")
    await running.post(f"/v1/coupons/AUTUMN-{code}/withdraw", {}, key="withdraw")
    await talk.opens("", "")
    await talk.shares()


async def _week_before(running: Office, talk: Talk, her: Her) -> None:
    await _hears(running, talk, "2026-11-23T09:00", "the weekly summary, and what else is due")
    await talk.heeds("redeem")
    talk.title(f"{running.at('2026-11-23T14:00')}: one of her customers has ordered again; she has a look")
    await running.sell("W-5001", her.customers[0], "SH-210", 2)
    await talk.says("/progress")
    await _hears(running, talk, "2026-11-24T09:00", "customers who stopped buying")
    await talk.heeds("customers")
    await talk.heeds("less")
    await talk.heeds("undo")
    await _hears(running, talk, "2026-11-24T17:00", "seven days to go")
    await talk.heeds("progress")


async def _order(running: Office, talk: Talk, her: Her) -> None:
    running.at("2026-11-26T08:55")
    await running.sell("W-5002", her.code, "TE-310", 1)
    await _hears(running, talk, "2026-11-26T09:00", "an order of hers is paid and earns points; older ones expire")
    running.at("2026-11-26T16:30")
    await running.post("/v1/orders/W-5002/ship", {"tracking": "SV 4471 0098"}, key="ship")
    await _hears(running, talk, "2026-11-26T16:31", "the order is on its way: the message of before tells it")
    await talk.heeds("orders")


async def _quiet_evening(running: Office, talk: Talk, her: Her, words: dict[str, str], language: str) -> None:
    talk.title(f"{running.at('2026-11-26T20:15')}: enough for today")
    await talk.says(words["evening"])
    talk.title(f"{running.at('2026-11-26T20:40')}: an order and an announcement, while it is quiet")
    await running.sell("W-5003", her.code, "CL-710", 1)
    said = {"title": words["meeting"], "text": words["meeting_text"]}
    await running.announce("winter-meeting", said, language)
    await running.plan()
    await talk.hears_nothing("her evening is quiet")
    await _hears(running, talk, "2026-11-27T08:00", "in the morning all of it, what nobody asked for as one message")
    await talk.heeds("settings")
    running.at("2026-11-27T12:00")
    await running.post("/v1/orders/W-5002/deliver", {}, key="deliver")
    await _hears(running, talk, "2026-11-27T12:01", "the first order has arrived")


async def _last_days(running: Office, talk: Talk, her: Her, words: dict[str, str]) -> None:
    await _hears(running, talk, "2026-11-28T17:00", "three days to go")
    await talk.heeds("mute")
    await talk.heeds("undo")
    coupon = {"person": her.code, "code": "SOLVENA-10", "label": sayings("labels")["autumn"], "percent": "10"}
    await running.post("/v1/coupons", coupon | {"valid_until": later(TODAY, 16)}, key="coupon")
    talk.title(f"{running.at('2026-11-29T10:00')}: no summary any more; Monday's does not come")
    await talk.says(words["no_summary"])
    running.at("2026-11-30T09:05")
    await running.plan()
    await talk.hears_nothing("she turned the summary off")
    talk.title(f"{running.at('2026-11-30T17:00')}: the last hours; before the nudge goes out, two of hers order")
    await running.plan()
    await running.sell("W-5004", her.customers[1], "SH-210", 2)
    await running.sell("W-5005", her.distributor, "BL-100", 1)
    await _hears(running, talk, "2026-11-30T17:30", "the nudge has become untrue and is dropped; this is true")


async def _closed(running: Office, talk: Talk) -> None:
    await _hears(running, talk, "2026-12-01T09:00", "a coupon ends in a week")
    await talk.heeds("coupons")
    running.at("2026-12-04T11:00")
    run = await running.settle()
    await _hears(running, talk, "2026-12-04T11:30", f"the run of {CYCLE} is released")
    await talk.heeds("statement")
    running.at("2026-12-14T11:00")
    await running.pay(run)
    await _hears(running, talk, "2026-12-14T11:30", "she is paid")
    await talk.heeds("payout")
