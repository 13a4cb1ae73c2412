"""What is tried in every language: the commands, the questions, and everything that goes wrong."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.support.talks.points import RECEIVER, play_points
from tests.support.talks.stage import Stage, stage
from tests.support.talks.talk import Talk

LANGUAGES = ("en", "es", "de", "pt-BR", "fr")
COUNTRIES = ("US", "MX", "DE", "BR", "FR")
"""Where the heroine of each language lives."""
PHRASES = Path(__file__).parent / "phrases"
COMMANDS = (
    "gauges",
    "progress",
    "team",
    "customers",
    "orders",
    "points",
    "redeem",
    "coupons",
    "invite",
    "settings",
    "help",
    "earnings",
    "statement",
    "tickets",
    "ticket",
    "cancel",
)
ASKED = (
    "how_close",
    "to_next",
    "will_i",
    "gauges",
    "inactive_customers",
    "inactive_team",
    "team",
    "level",
    "my_rank",
    "cycle_end",
    "orders",
    "other_language",
    "unknown_rank",
    "points",
    "earnings",
    "ticket",
    "human",
    "nonsense",
    "weather",
    "thanks",
)
DRAFTS = ("ticket", "human")
"""What begins a letter to the company, which what is said next would go into."""
HEAD = (
    "Made by `python -m tests.support.talks` on the demo company of 2026-11-22. What the person does is bold or italic,"
    " what the bot says is quoted, buttons stand in brackets."
)
LINE = """
WITH RECURSIVE line(id) AS (
  SELECT person_id FROM sponsor_link WHERE valid_to IS NULL AND sponsor_id = (SELECT id FROM person WHERE code = :code)
  UNION ALL SELECT l.person_id FROM sponsor_link l JOIN line ON l.sponsor_id = line.id WHERE l.valid_to IS NULL
)
"""


@dataclass(frozen=True)
class Played:
    """The texts by language, what Telegram would not have liked, and acts that nothing followed.

    Floods do not count: here nobody waits between two messages, so the bot's pace is switched off.
    """

    texts: dict[str, str]
    faults: list[str]
    silent: list[str]


async def play_all(folder: Path, languages: tuple[str, ...] = LANGUAGES, company: Path | None = None) -> Played:
    """Play everything in each language on one stage, on a copy of a company's database or in one of the demo's size."""
    texts: dict[str, str] = {}
    silent: list[str] = []
    async with stage(folder, company) as running:
        for number, language in enumerate(languages):
            talks = await play(running, language, number)
            texts[language] = _page(language, talks)
            silent.extend(f"{language}: {act}" for talk in talks for act in talk.silent)
        faults = (await running.sandbox.look("faults?all=1"))["faults"]
    return Played(texts, [str(fault) for fault in faults if fault["rule"] != "flood"], silent)


async def play(stage: Stage, language: str, number: int) -> list[Talk]:
    """All scenes of one language, each person in a chat of her own."""
    words = tomllib.loads((PHRASES / f"{language}.toml").read_text("utf-8"))
    base = 6_000_000_000 + 1000 * number
    heroine = stage.rows(
        "SELECT code, phone, name FROM person WHERE language = :language AND country = :country AND id > 1"
        " AND kind = 'distributor' ORDER BY id LIMIT 1",
        language=language,
        country=COUNTRIES[number],
    )[0]
    talks = [Talk(stage, base + chat) for chat in range(6)]
    for talk in talks:
        await talk.begin(first_name="Toni", language_code=language.lower())
    await talks[0].begin(phone=heroine[1])
    await _strangers(stage, talks[0], words, heroine)
    await _questions(talks[0], words)
    await _people(stage, talks[0], words, heroine[0])
    await play_points(stage, talks[0], talks[1], words, heroine[0])
    await _drill_down(talks[0])
    await _trouble(talks[0], words)
    receiver = stage.rows(RECEIVER, code=heroine[0])[0][0]
    await _others(stage, talks[2:], words, language, met={heroine[1], receiver})
    return talks


async def _strangers(stage: Stage, talk: Talk, words: dict[str, str], heroine: tuple[str, ...]) -> None:
    code, phone, _ = heroine
    talk.title("A stranger finds the way in")
    await talk.opens("", "")
    await talk.says(words["how_close"])
    await talk.says("/gauges")
    await talk.shares(phone_number=phone, first_name="Ana", user_id=77)
    await talk.opens("abcdefghijklmnopqrstuvwxyz012345", "of last year")
    link = await stage.one_time_link(code)
    await talk.opens(link, "from the company")
    await talk.opens(link, "from the company, again")


async def _questions(talk: Talk, words: dict[str, str]) -> None:
    talk.title("Commands")
    for command in COMMANDS:
        await talk.says(f"/{command}")
    await talk.says("/language")
    await talk.says("/progress executive")
    await talk.says("/progress emerald")
    talk.title("A command that is still to come")
    await talk.says("/goals")
    talk.title("In her own words")
    await talk.says(words["greeting"])
    for asked in ASKED:
        await talk.says(words[asked])
        if asked in DRAFTS:
            await talk.says("/cancel")
    await talk.says(words["cancel"])


async def _people(stage: Stage, talk: Talk, words: dict[str, str], code: str) -> None:
    talk.title("People by name, and what if")
    one = stage.rows(LINE + "SELECT name FROM person JOIN line USING (id) ORDER BY length(name) DESC, code", code=code)
    twice = stage.rows(
        LINE + "SELECT substr(name, 1, instr(name, ' ') - 1) AS first FROM person JOIN line USING (id)"
        " GROUP BY first HAVING count(*) > 1 ORDER BY count(*) DESC, first",
        code=code,
    )
    await talk.says(words["person"].format(name=one[0][0]))
    await talk.says(words["person"].format(name=twice[0][0]))
    await talk.says(words["person"].format(name="Zebulon"))
    await talk.says(words["what_if"].format(name=one[0][0]))
    await talk.says(words["what_if"].format(name=twice[0][0]))
    await talk.says(words["what_if"].format(name="Zebulon"))
    await talk.says(words["what_if_me"])


async def _drill_down(talk: Talk) -> None:
    talk.title("From a gauge to a person and back")
    await talk.says("/gauges")
    await talk.taps("l:gc")
    await talk.taps("l:gca1:1")
    await talk.taps("w:")
    await talk.taps("wo:")
    await talk.taps("w:")
    if await talk.has("wi:"):
        await talk.taps("wi:")
        await talk.taps("w:")
    await talk.taps("g")
    await talk.taps("p:")
    await talk.taps("o:" if await talk.has("o:") else "g")
    talk.title("Orders, settings and language by buttons")
    await talk.says("/orders")
    await talk.taps("oo:")
    await talk.taps("o:")
    await talk.taps("home")
    await talk.taps("t")
    await talk.taps("l:tdi")
    await talk.says("/settings")
    await talk.taps("s:off")
    await talk.taps("s:on")
    await talk.taps("lang:")
    await talk.taps("lang:fr")
    await talk.taps("s")
    await talk.taps("un:")


async def _trouble(talk: Talk, words: dict[str, str]) -> None:
    await talk.says(words["own_language"])
    talk.title("Trouble")
    await talk.says("/gauges")
    await talk.taps("l:gd", times=2)
    for data in ("version1:x", "w:gca1:0:S99999", "oo:0:NOPE"):
        await talk.says("/gauges")
        await talk.taps_old((await talk.newest())["message_id"], data)
    await talk.says("?")
    await talk.says("asdf qwer 🦄")
    await talk.says((words["how_close"] + " ").ljust(4096, "x"))
    await talk.says("<b>&amp;</b> {rank} %s")
    await talk.shares()
    await talk.says("/start")


async def _others(stage: Stage, talks: list[Talk], words: dict[str, str], language: str, met: set[str]) -> None:
    people = {
        "A customer": "kind = 'customer' AND language = :language AND phone IS NOT NULL ORDER BY id",
        "A newcomer without orders": "kind = 'distributor' AND language = :language AND phone IS NOT NULL AND"
        " status = 'active' AND id NOT IN (SELECT person_id FROM customer_order) ORDER BY id DESC",
        "A high title": "career_rank IS NOT NULL AND phone IS NOT NULL AND id NOT IN (SELECT id FROM person"
        " WHERE career_rank IN ('bronze', 'silver')) AND language = :language ORDER BY id DESC",
        "Somebody suspended": "status = 'suspended' AND language = :language",
    }
    for talk, (title, wanted) in zip(talks, people.items(), strict=True):
        found = stage.rows(f"SELECT phone FROM person WHERE {wanted}", language=language)
        phone = next((phone for (phone,) in found if phone and phone not in met), None)
        if not phone:
            continue
        met.add(phone)
        talk.title(title)
        await talk.begin(phone=phone)
        await talk.opens("", "")
        await talk.shares()
        await talk.says(words["how_close"])
        for command in ("gauges", "team", "customers", "orders"):
            await talk.says(f"/{command}")
        await talk.says(words["my_rank"])


def _page(language: str, talks: list[Talk]) -> str:
    head = f"# Conversations: {language}\n\n{HEAD}"
    return "\n\n".join([head, *(part for talk in talks for part in talk.record)]) + "\n"
