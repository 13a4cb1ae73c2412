"""One conversation that meets every screen, held in any language, and written down as text."""

from pathlib import Path
from typing import Any

from tests.support.chatting import PHONE, Chatting, chatting
from tests.support.story import maria
from tests.support.transcript import transcript

FOLDER = Path(__file__).parent / "transcripts"
QUESTIONS = {
    "en": ["how close am I to diamond?", "which customers stopped buying", "how is Ana doing", "what rank am i"],
    "es": ["¿cuánto me falta para Diamante?", "qué clientes dejaron de comprar", "cómo va Ana", "qué rango tengo"],
    "de": [
        "wie weit bin ich von Diamant entfernt?",
        "welche Kunden kaufen nicht mehr",
        "wie läuft es bei Ana",
        "welchen Rang habe ich",
    ],
    "pt-BR": [
        "quanto falta pra Diamante?",
        "quais clientes pararam de comprar",
        "como está a Ana",
        "qual é a minha graduação",
    ],
    "fr": [
        "il me manque quoi pour passer Diamant ?",
        "quels clients n'achètent plus",
        "comment va Ana",
        "quel est mon rang",
    ],
}
"""The same four questions, the way one types them."""
ENDS = {
    "en": "when does the cycle close",
    "es": "cuándo cierra el ciclo",
    "de": "wann endet der Monat",
    "pt-BR": "quando fecha o ciclo",
    "fr": "quand se termine le mois",
}


async def held_in(language: str) -> str:
    """The whole conversation as text, each step with what the screen showed right after it."""
    async with chatting(language=language.lower()) as chat:
        chat.core.phones[PHONE.lstrip("+")] = [maria()]
        told = Told(chat)
        await told.by("/start")
        await told.after("(somebody else's contact)", chat.shares(phone_number="+34611", first_name="Ana", user_id=9))
        await told.after("(her own contact)", chat.shares())
        await told.taps("g", "l:gca1:0", "l:gci1:0", "w:gci1:0:C00002", "wo:0:gci1:0:C00002", "w:gci1:0:C00002")
        await told.taps("wi:800000:gci1:0:C00002", "g", "p:platinum")
        for question in QUESTIONS[language]:
            await told.by(question)
        await told.by("/team")
        await told.taps("l:taa2:0", "t", "l:tdi0:0", "l:tdk0:0")
        await told.by("/orders")
        await told.taps("oo:0:70001", "o:0", "o:1")
        await told.by(ENDS[language], "/progress emperor", "/help", "/tickets", "🌵🌵🌵", "/cancel", "/settings")
        await told.taps("s:off", "lang:", f"lang:{language}", "s", "un:", "un:yes")
        faults = await chat.faults()
        assert faults["total"] == 0, faults["faults"]
    return told.text


class Told:
    """Writes down what changed on her screen, step by step."""

    def __init__(self, chat: Chatting) -> None:
        self._chat = chat
        self._before: list[dict[str, Any]] = []
        self.text = ""

    async def by(self, *texts: str) -> None:
        """She types."""
        for text in texts:
            await self.after("", self._chat.says(text))

    async def taps(self, *data: str) -> None:
        """She taps the buttons that lead there."""
        for one in data:
            await self.after(f"(tap {one})", self._chat.taps_to(one))

    async def after(self, step: str, act: Any) -> None:
        """Something she does, and what shows then."""
        await act
        now = await self._chat.messages()
        changed = [message for message in now if message not in self._before]
        self._before = now
        written = transcript(changed, self._chat.parts.app.bot.id)
        self.text += (f"{step}\n" if step else "") + written + "\n" + "-" * 40 + "\n"
