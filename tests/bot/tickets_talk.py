"""One conversation about tickets, held in any language: from a complaint to its end, with photos and people between."""

from pathlib import Path

from tests.bot.conversation import FOLDER, Told
from tests.support.chatting import Chatting, chatting
from tests.support.sandbox import picture
from tests.support.story import maria
from tests.support.ticket_story import TicketRoom

COMPLAINT = {
    "en": ("my commission for September is wrong, Ana Torres' order 70001 is missing", "it was 48 euros"),
    "es": ("mi comisión de septiembre está mal, falta el pedido 70001 de Ana Torres", "eran 48 euros"),
    "de": ("meine Provision für September stimmt nicht, Bestellung 70001 von Ana Torres fehlt", "es ging um 48 Euro"),
    "pt-BR": ("minha comissão de setembro está errada, falta o pedido 70001 da Ana Torres", "eram 48 euros"),
    "fr": ("ma commission de septembre est fausse, il manque la commande 70001 d'Ana Torres", "c'était 48 euros"),
}
"""What is wrong, and a word more."""
REPLY = {
    "en": "and <b>please</b> hurry 🙏",
    "es": "y <b>rápido</b> por favor 🙏",
    "de": "und <b>bitte</b> schnell 🙏",
    "pt-BR": "e <b>rápido</b> por favor 🙏",
    "fr": "et <b>vite</b> s'il vous plaît 🙏",
}
ANSWERS = {
    "en": ("Could you send us the invoice, please?", "It is counted now. Thank you!"),
    "es": ("¿Nos envías la factura, por favor?", "Ya está contado. ¡Gracias!"),
    "de": ("Schickst du uns bitte die Rechnung?", "Jetzt ist sie mitgezählt. Danke!"),
    "pt-BR": ("Pode mandar a nota, por favor?", "Agora foi contado. Obrigado!"),
    "fr": ("Tu peux nous envoyer la facture ?", "C'est compté maintenant. Merci !"),
}
"""What staff write: a question, and the end."""
SECOND = {
    "en": ("the bottle arrived broken", "I want to talk to a person", "what about ticket 1042?", "and ticket 99?"),
    "es": (
        "la botella llegó rota",
        "quiero hablar con una persona",
        "¿qué pasó con el ticket 1042?",
        "¿y el ticket 99?",
    ),
    "de": (
        "die Flasche kam kaputt an",
        "ich will mit einem Menschen sprechen",
        "was ist mit Ticket 1042?",
        "und Ticket 99?",
    ),
    "pt-BR": (
        "a garrafa chegou quebrada",
        "quero falar com uma pessoa",
        "como está o chamado 1042?",
        "e o chamado 99?",
    ),
    "fr": (
        "la bouteille est arrivée cassée",
        "je veux parler à une personne",
        "où en est le ticket 1042 ?",
        "et le ticket 99 ?",
    ),
}
"""Another complaint, people, and what became of two."""
PHOTO = ("photo.png", picture())


def path_of(language: str) -> Path:
    """Where the conversation is kept."""
    return FOLDER / f"tickets-{language}.txt"


def approved(language: str) -> str:
    """The conversation as somebody read and approved it."""
    return path_of(language).read_text(encoding="utf-8")


async def held_in(language: str) -> str:
    """The whole conversation as text, each step with what the screen showed right after it."""
    person, room = maria(), TicketRoom()
    person.rooms.append(room)
    async with chatting(person, language=language.lower()) as chat:
        told = Told(chat)
        await told.by("/tickets")
        await _written(told, language)
        await _followed(told, chat, room, language)
        await _second(told, chat, room, language)
        faults = await chat.faults()
        assert faults["total"] == 0, faults["faults"]
    return told.text


async def _written(told: Told, language: str) -> None:
    """A draft: words, evidence, type; sent."""
    complaint, more = COMPLAINT[language]
    await told.by(complaint)
    await told.taps("tdl:7:2", "tdt:7", "tdt:7:network")
    await told.by(more)
    await told.taps("tdt:7", "tdt:7:commissions", "tds:7:0")


async def _followed(told: Told, chat: Chatting, room: TicketRoom, language: str) -> None:
    """Words both ways until it is solved, rated, open again and closed."""
    asked, done = ANSWERS[language]
    confirmation = (await chat.messages())[-1]["message_id"]
    await told.after("(a reply)", chat.replies(confirmation, REPLY[language]))
    room.answers(1042, asked)
    await told.after("(a photo)", chat.sends("photo", PHOTO))
    await told.taps("tko:1042")
    room.answers(1042, done, solve=True)
    await told.by("/ticket 1042")
    await told.taps("tkr:1042:2", "tkp:1042")
    await told.by(REPLY[language])
    await told.taps("tko:1042", "tkc:1042")


async def _second(told: Told, chat: Chatting, room: TicketRoom, language: str) -> None:
    """A second one, which of them is meant, people, and what cannot be passed on."""
    broken, people, status, other = SECOND[language]
    await told.by(broken)
    await told.after("(an album)", chat.sends("photo", PHOTO, ("other.png", picture(colour="red"))))
    await told.taps("tds:8:0", "tka:1043")
    await told.after("(a document)", chat.sends("document", ("list.exe", b"MZ")))
    await told.by("/tickets", people, "🌵🌵🌵")
    await told.taps("tdx:9")
    await told.by(status, other)
    await told.after("(a sticker)", chat.sends("sticker", ("s.webp", picture(kind="WEBP"))))
    await told.after("(a film of 30 MB)", _large(chat))
    await told.by("/cancel")


async def _large(chat: Chatting) -> None:
    """A file that Telegram does not hand out."""
    await chat.sandbox.act(f"chats/{chat.chat}/large", kind="document", name="film.mp4", size=30_000_000)
    await chat.quiet()
