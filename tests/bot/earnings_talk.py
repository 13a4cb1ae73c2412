"""One conversation about earnings, held in any language: estimate, statement, why, why not, payouts, past ranks."""

from pathlib import Path

from core.earnings.model import PaymentState
from tests.bot.conversation import FOLDER, Told
from tests.support.chatting import chatting
from tests.support.earnings_story import EarningsRoom
from tests.support.story import maria

ASKED = {
    "en": ("how much will I earn this month?", "why was I paid this in October?", "when do I get my money?"),
    "es": ("¿cuánto voy a ganar este mes?", "¿por qué me pagaron esto en octubre?", "¿cuándo me pagan?"),
    "de": (
        "wie viel verdiene ich diesen Monat?",
        "warum habe ich im Oktober so viel bekommen?",
        "wann kommt mein Geld?",
    ),
    "pt-BR": ("quanto vou ganhar este mês?", "por que recebi isso em outubro?", "quando cai meu pagamento?"),
    "fr": (
        "combien je vais gagner ce mois-ci ?",
        "pourquoi j'ai été payé ça en octobre ?",
        "quand est-ce que je suis payé ?",
    ),
}
"""The estimate, a past amount, and the money."""
RANKS = {
    "en": ("what was my rank in October?", "what was my highest rank ever?"),
    "es": ("¿qué rango tuve en octubre?", "¿cuál fue mi rango más alto?"),
    "de": ("welchen Rang hatte ich im Oktober?", "was war mein höchster Rang?"),
    "pt-BR": ("qual foi minha graduação em outubro?", "qual foi a minha maior graduação até hoje?"),
    "fr": ("j'étais à quel rang en octobre ?", "quel a été mon rang le plus haut ?"),
}
STATEMENTS = {
    "en": ("my statement for 2025-03", "my statement for this month", "my statements of this year"),
    "es": ("mi liquidación de 2025-03", "mi liquidación de este mes", "mis liquidaciones de este año"),
    "de": ("meine Abrechnung für 2025-03", "meine Abrechnung für diesen Monat", "meine Abrechnungen dieses Jahr"),
    "pt-BR": ("meu extrato de 2025-03", "meu extrato deste mês", "meus extratos deste ano"),
    "fr": ("mon relevé de 2025-03", "mon relevé de ce mois-ci", "mon relevé de cette année"),
}
"""Of a month without one, of the open one, of several."""


def path_of(language: str) -> Path:
    """Where the conversation is kept."""
    return FOLDER / f"earnings-{language}.txt"


def approved(language: str) -> str:
    """The conversation as it should be."""
    return path_of(language).read_text(encoding="utf-8")


async def held_in(language: str) -> str:
    """The whole conversation as text, each step with what the screen showed right after it."""
    person, room = maria(), EarningsRoom()
    person.rooms = [room]
    estimate, why, money = ASKED[language]
    async with chatting(person, language=language.lower()) as chat:
        told = Told(chat)
        await told.by(estimate)
        await told.taps("el:e:0:levels", "ey:e:0:7.2", "el:e:0:levels", "ee", "en:e")
        await told.by(why)
        await told.taps(
            "el:2026-10:0:levels", "ey:2026-10:0:7.1", "el:2026-10:0:levels", "es:2026-10", "el:2026-10:0:match"
        )
        await told.taps("es:2026-10", "en:2026-10", "es:2026-10", "es:2026-09", "es:2026-10", "ep")
        await told.by(money, *RANKS[language], *STATEMENTS[language], "/earnings", "/statement")
        for state in PaymentState:
            room.state = state
            await told.by(money)
        room.empty, room.cycles, room.ranks = True, {}, []
        await told.by("/earnings", "/statement", money, RANKS[language][1])
        room.ready = False
        await told.by("/earnings")
        faults = await chat.faults()
        assert faults["total"] == 0, faults["faults"]
    return told.text
