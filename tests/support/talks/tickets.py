"""A ticket from her first word to her stars, in a real company whose processes are killed in between.

She writes with a photo, staff answer in their group, it is solved, is not, and is at last. Strangers try what they can.
"""

import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.support.samples import picture
from tests.support.talks.house import House, found, house
from tests.support.talks.scenes import LANGUAGES, Played
from tests.support.talks.sides import Sides, loses, offers, says, shows, stands

HEAD = (
    "Made by `python -m tests.support.talks` on the demo company, the day after 2026-11-22, with real processes that"
    " are killed (`kill -9`) in between. What people do is bold or italic, what the bot says is quoted, buttons stand"
    " in brackets."
)
WORDS = Path(__file__).parent / "ticket_words.toml"
SHE, NOOR, OUTSIDER = 6_910_000_001, 6_910_000_002, 6_910_000_003
GROUP = -1_009_100_000_001
A_WHILE = timedelta(minutes=4)
HEROINE = """
SELECT p.id, p.phone, p.name FROM person p
WHERE p.language = :language AND p.kind = 'distributor' AND p.id > 1 AND p.phone IS NOT NULL AND p.status = 'active'
AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.person_id = p.id AND t.phase <> 'closed')
AND EXISTS (SELECT 1 FROM sponsor_link l WHERE l.sponsor_id = p.id AND l.valid_to IS NULL) ORDER BY p.id LIMIT 1
"""
OF_HER_LINE = """
SELECT p.name FROM person p JOIN sponsor_link l ON l.person_id = p.id
WHERE l.sponsor_id = :person AND l.valid_to IS NULL ORDER BY p.id LIMIT 1
"""
STANDS = "SELECT state, assignee, priority, rating, version FROM ticket WHERE number = :number"
SAID = "SELECT direction, text FROM ticket_message WHERE ticket = :number AND withdrawn_at IS NULL ORDER BY id"
CHANGES = "SELECT count(*) FROM ticket_change WHERE ticket = :number"


@dataclass
class Story:
    """The story as it goes on."""

    here: House
    sides: Sides
    words: dict[str, str]
    brief: bool = False
    """Kill each process once or twice only, wait for no news of the group beside the cards, and leave out an answer."""
    number: int = 0

    # -- what people do

    async def she(self, text: str, *expected: Any, reply_to: int | None = None) -> None:
        how = " *as a reply*" if reply_to else ""
        body = {"text": text} | ({"reply_to": reply_to} if reply_to else {})
        await self.sides.does(f"**{text}**{how}", self._act(SHE, "text", **body), *expected)

    async def she_taps(self, data: str, *expected: Any) -> None:
        await self._taps(SHE, "She", SHE, data, *expected)

    async def noor_taps(self, data: str, *expected: Any) -> None:
        await self._taps(GROUP, "Noor", NOOR, data, *expected)

    async def noor_replies(self, text: str, *expected: Any, data: str, photo: bytes | None = None) -> None:
        """Answer the newest message of the group with such a button."""
        card, _ = self.sides.found(GROUP, data)
        how = {"reply_to": card["message_id"], "from": NOOR}
        if photo is None:
            await self.sides.does(f"*Noor replies:* **{text}**", self._act(GROUP, "text", text=text, **how), *expected)
            return
        said = f"*Noor replies with a picture:* **{text}**"
        await self.sides.does(said, self._file(GROUP, photo, "statement.jpg", caption=text, **how), *expected)

    async def _taps(self, chat: int, who: str, user: int, data: str, *expected: Any) -> None:
        message, whole = self.sides.found(chat, data)
        rows = message["reply_markup"]["inline_keyboard"]
        label = next(button["text"] for row in rows for button in row if button.get("callback_data") == whole)
        act = self._act(chat, "tap", message_id=message["message_id"], data=whole, **{"from": user})
        await self.sides.does(f"*{who} taps* [{label}]", act, *expected)

    def _act(self, chat: int, kind: str, **body: Any) -> Callable[[], Awaitable[Any]]:
        return lambda: self.here.act(f"chats/{chat}/{kind}", **body)

    def _file(self, chat: int, content: bytes, name: str, **fields: Any) -> Callable[[], Awaitable[Any]]:
        return lambda: self.here.send_file(chat, "photo", content, name, **fields)

    async def group_hears(self, *expected: Any) -> None:
        """What the worker tells the group by itself."""
        if not self.brief:
            await self.sides.does("*in the group*", self.here.watch, *expected)

    # -- the story

    async def begins(self, language: str) -> None:
        """Staff set their group up, and she connects her chat."""
        here = self.here
        [(person, phone, name)] = here.rows(HEROINE, language=language)
        first, _, last = name.partition(" ")
        [(of_hers,)] = here.rows(OF_HER_LINE, person=person)
        self.words = {key: text.replace("{name}", of_hers) for key, text in self.words.items()}
        await here.act("users", id=SHE, first_name=first, last_name=last, language_code=language.lower(), phone=phone)
        await here.act("users", id=NOOR, first_name="Noor", language_code=language.lower())
        await here.act("users", id=OUTSIDER, first_name="Kim", language_code=language.lower())
        await here.act("groups", id=GROUP, title="Team", members=[NOOR, OUTSIDER], forum=True)
        link = await here.staff_link("Noor")
        sides = self.sides
        sides.title("The staff's group")
        await sides.does("*Noor opens her link*", self._act(NOOR, "start", payload=link), says(NOOR, "/desk"))
        desk = self._act(GROUP, "text", text="/desk", **{"from": NOOR})
        await sides.does("*Noor writes in the group:* **/desk**", desk, says(GROUP, "/canned"))
        await here.act(f"chats/{OUTSIDER}/start")
        await here.act(f"chats/{SHE}/start")
        sides.title("She connects her chat")
        await sides.does("*shares her own contact*", self._act(SHE, "contact"), offers(SHE, ""))

    async def complains(self) -> None:
        """Her words, a photo while the bot is dead, one confirmation, a number."""
        sides, here = self.sides, self.here
        sides.title("She complains")
        await self.she(self.words["complaint"], offers(SHE, "tds:"))
        await here.bot.kill()
        sides.aside("the bot is killed; she goes on; the bot comes back")
        caption = self.words["caption"]
        said = f"*sends a picture:* **{caption}**"
        await self.here.send_file(SHE, "photo", picture("JPEG", "olive", (320, 240)), "receipt.jpg", caption=caption)
        await sides.does(said, here.bot.start, says(SHE, caption))
        await self.she_taps("tds:", offers(SHE, "tko:"))
        self.number = int(sides.found(SHE, "tko:")[1].split(":")[1])

    async def is_answered(self) -> None:
        """The card comes from a worker that was killed; strangers fail; the answer survives a killed core."""
        sides, here, number = self.sides, self.here, self.number
        sides.title("Staff see it, and answer")
        await here.worker.kill()

        async def back() -> None:
            await here.worker.start()
            await here.watch()

        sides.aside("the worker is killed, and comes back")
        await sides.does("*in the group*", back, offers(GROUP, f"sd:o:{number}"))
        await self.noor_taps(f"sd:o:{number}", says(NOOR, self.words["complaint"]))
        await self.strangers_try()
        await self.noor_replies(self.words["answer"], offers(GROUP, f"sd:u:{number}"), data=f"sd:o:{number}")
        sides.aside("core is killed; when it is back, some minutes have passed")
        await sides.does("*later*", lambda: here.later(A_WHILE), says(SHE, self.words["answer"]))
        await self.group_hears(loses(GROUP, f"sd:u:{number}"))

    async def goes_on(self) -> None:
        """She asks on; the answer with a picture solves it."""
        sides, here, number, words = self.sides, self.here, self.number, self.words
        sides.title("She asks on")
        answered = next(one for one in reversed(sides.now[SHE]) if words["answer"] in one.get("text", ""))
        await self.she(words["more"], offers(SHE, f"tko:{number}"), reply_to=answered["message_id"])
        await self.group_hears(says(GROUP, str(number)))
        statement = picture("JPEG", "navy", (320, 200))
        preview = offers(GROUP, f"sd:u:{number}")
        await self.noor_replies(words["proof"], preview, data=f"sd:o:{number}", photo=statement)
        if not self.brief:
            sides.aside("core is killed again; some minutes later")
            await sides.does("*later*", lambda: here.later(A_WHILE), says(SHE, words["proof"]), shows(SHE, "photo"))
        await self.noor_taps(f"sd:s:{number}", offers(GROUP, f"sd:s:{number}:solved"))
        await self.noor_taps(f"sd:s:{number}:solved", offers(SHE, "n:"))

    async def is_not_done(self) -> None:
        """She opens it again, in the middle of which the bot is killed; then she is content."""
        sides, here, number, words = self.sides, self.here, self.number, self.words
        sides.title("It is not done yet")
        await self.she_taps("n:", offers(SHE, f"tkp:{number}"))
        await self.she_taps(f"tkp:{number}", says(SHE, str(number)))
        if self.brief:
            await self.she(words["again"], offers(SHE, f"tko:{number}"))
            await sides.does("*ten seconds are over*", here.watch, stands(SHE, words["proof"]))
        else:
            await here.bot.kill()
            sides.aside("the bot is killed, and comes back")
            await here.act(f"chats/{SHE}/text", text=words["again"])
            await sides.does(f"**{words['again']}**", here.bot.start, offers(SHE, f"tko:{number}"))
            await self.group_hears(says(GROUP, str(number)))
            await self.noor_replies(words["done"], offers(GROUP, f"sd:u:{number}"), data=f"sd:o:{number}")
            await sides.does("*later*", lambda: here.later(A_WHILE), says(SHE, words["done"]))
        await self.noor_taps(f"sd:s:{number}", offers(GROUP, f"sd:s:{number}:solved"))
        await self.noor_taps(f"sd:s:{number}:solved", offers(SHE, "n:"))
        sides.title("She is content")
        await self.she_taps("n:", offers(SHE, f"tkr:{number}:5"))
        await self.she_taps(f"tkr:{number}:5", says(SHE, "⭐"))

    async def strangers_try(self) -> None:
        """Forged taps and replies of who may not: nothing changes.

        Raises:
            AssertionError: something does.
        """
        number, here = self.number, self.here
        card, _ = self.sides.found(GROUP, f"sd:o:{number}")
        before = self.stands
        kim = {"from": OUTSIDER}
        forged = [
            *((GROUP, f"sd:{act}:{number}", kim) for act in ("t", "s", "o", "p")),
            (GROUP, f"sd:s:{number}:closed", kim),
            (SHE, f"sd:t:{number}", {}),
            (OUTSIDER, f"tkr:{number}:1", {}),
            (OUTSIDER, f"sd:s:{number}:closed", {}),
        ]
        answered = len(await here.look("calls?method=answerCallbackQuery"))
        own = {chat: (await here.messages(chat))[-1]["message_id"] for chat in (SHE, OUTSIDER)}
        for chat, data, who in forged:
            message = own.get(chat, card["message_id"])
            await here.act(f"chats/{chat}/tap", message_id=message, data=data, forged=True, **who)
        reply = self._act(GROUP, "text", text="Refused!", reply_to=card["message_id"], **kim)

        async def heard() -> bool:
            return len(await here.look("calls?method=answerCallbackQuery")) >= answered + len(forged)

        said = "*Kim, who is in the group but not of staff, forges taps, and replies to the card:* **Refused!**"
        await self.sides.does(said, reply, lambda sides, seen: len(sides.now[GROUP]) > len(seen[GROUP]) + 1)
        for _ in range(100):
            if await heard():
                break
            await here.look("faults")
        assert await heard(), "a tap stayed unanswered"
        assert self.stands == before, "a stranger changed something"

    @property
    def stands(self) -> tuple[Any, ...]:
        """All that a deed would change of the ticket."""
        questions = (STANDS, SAID, CHANGES)
        return tuple(self.here.rows(question, number=self.number) for question in questions)


async def play(running: House, language: str, *, brief: bool = False) -> Story:
    """The whole story in one language; brief, as tests play it."""
    words = tomllib.loads(WORDS.read_text("utf-8"))[language]
    places = {SHE: "in her chat", GROUP: "in the staff's group", NOOR: "to Noor in private"}
    story = Story(running, Sides(running, places), words, brief)
    await story.begins(language)
    await story.complains()
    await story.is_answered()
    await story.goes_on()
    await story.is_not_done()
    return story


async def play_tickets(folder: Path, languages: tuple[str, ...] = LANGUAGES) -> Played:
    """The story in each language, each on a copy of one company."""
    texts: dict[str, str] = {}
    faults: list[str] = []
    await found(folder)
    for language in languages:
        own = folder / f"ticket.{language}"
        own.mkdir()
        async with house(own, folder) as running:
            story = await play(running, language)
            texts[f"ticket.{language}"] = "\n\n".join([f"# A ticket: {language}\n\n{HEAD}", *story.sides.record]) + "\n"
            told = (await running.look("faults?all=1"))["faults"]
            faults += [str(fault) for fault in told]
    return Played(texts, faults, [])
