"""One conversation about messages from the company: what she wants, and when; held in any language."""

from collections.abc import Sequence
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from core.messaging.kinds import Topic
from tests.bot.conversation import FOLDER, Told
from tests.support.chatting import Chatting, chatting
from tests.support.story import maria

WORDS = {
    "en": (
        "nothing after 8 pm please",
        "only tickets please",
        "turn the weekly summary off",
        "don't write on weekends",
    ),
    "es": (
        "nada después de las 20",
        "solo tickets por favor",
        "quita el resumen semanal",
        "no me escribas los domingos",
    ),
    "de": (
        "nach 20 Uhr nichts mehr",
        "nur noch Tickets bitte",
        "keine Wochenübersicht mehr",
        "am Wochenende bitte nichts schreiben",
    ),
    "pt-BR": ("nada depois das 20h", "só tickets por favor", "desliga o resumo semanal", "nada no fim de semana"),
    "fr": ("après 20 h plus de messages", "seulement les tickets", "arrête le résumé", "pas de messages le week-end"),
}
"""Hours, only some, the summary, and what cannot be."""
STOP = {
    "en": ("stop sending me messages", "fewer messages please", "no more messages about points"),
    "es": ("deja de mandarme mensajes", "menos avisos por favor", "no mas mensajes de puntos"),
    "de": ("keine Nachrichten mehr bitte", "weniger Nachrichten bitte", "keine Nachrichten mehr zu Punkten"),
    "pt-BR": ("para de me mandar mensagem", "menos mensagens por favor", "chega de mensagem de pontos"),
    "fr": ("arrête de m'envoyer des messages", "moins de messages", "plus de messages sur les points"),
}
PLACES = {"en": "Bogota", "es": "Bogotá", "de": "Kolumbien", "pt-BR": "Bogotá", "fr": "Bogota"}
NOWHERE = "Xanadu"
SINGLE, DIGEST = 17, 18


async def held_in(language: str) -> str:
    """The whole conversation as text."""
    person = maria()
    person.wishes.got = {SINGLE: (Topic.MONTH_END,), DIGEST: (Topic.MONTH_END, Topic.POINTS)}
    async with chatting(person, language=language.lower()) as chat:
        told = Told(chat)
        await told.by("/settings")
        await told.taps("nm:0", "nl:0:month_end:less", "nm:1", "s", "nq:", "nq:1320_420")
        await told.by("21:30-7", "99-100")
        await told.taps("s", "nz:")
        await told.by(PLACES[language], NOWHERE)
        await told.taps("s", "ns:", "ns:monthly")
        for text in (*STOP[language], *WORDS[language]):
            await told.by(text)
        await told.taps("nu:-.-----l-----.-.-", "nm:0")
        await told.after("(a message comes)", nudged(chat, SINGLE))
        await told.taps(*(f"n:{SINGLE}:{what}" for what in ("less", "undo", "mute", "settings")))
        await told.after("(a digest comes)", nudged(chat, DIGEST, digest=True))
        await told.taps(f"n:{DIGEST}:mute", f"n:{DIGEST}:undo:all", f"n:{DIGEST}:orders")
        faults = await chat.faults()
        assert faults["total"] == 0, faults["faults"]
    return told.text


async def nudged(chat: Chatting, number: int, *, digest: bool = False) -> None:
    """A message of the worker, with the buttons that the worker puts under it."""
    second = (("Choose", "settings"), ("Mute all", "mute")) if digest else (("Less of this", "less"), ("Mute", "mute"))
    first = (("My orders", "orders"),)
    await sent(chat, [[(label, f"n:{number}:{what}") for label, what in row] for row in (first, second)])


async def sent(chat: Chatting, rows: Sequence[Sequence[tuple[str, str]]]) -> int:
    """A message with these buttons, as the worker sends one; its number in the chat."""
    markup = InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows]
    )
    message = await chat.parts.app.bot.send_message(chat.chat, "(from the worker)", reply_markup=markup)
    return message.message_id


def path_of(language: str) -> Path:
    """Where it is written down."""
    return FOLDER / f"preferences-{language}.txt"
