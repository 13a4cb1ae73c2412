"""One conversation about converting, giving, coupons and the link, held in any language."""

from pathlib import Path

from tests.bot.conversation import FOLDER, Told
from tests.support.chatting import Chatting, chatting
from tests.support.points_story import STARS
from tests.support.story import maria
from tests.support.wallet_story import WalletRoom

CONVERT = {
    "en": ("convert 500 stars to credit", "convert all my stars into credit", "half", "buy 100 stars with my credit"),
    "es": (
        "pasa 500 estrellas a crédito",
        "convierte todas mis estrellas en crédito",
        "la mitad",
        "comprar 100 estrellas con mi crédito",
    ),
    "de": (
        "500 Sterne in Guthaben umwandeln",
        "wandle alle meine Sterne in Guthaben um",
        "die Hälfte",
        "Guthaben in 100 Sterne umwandeln",
    ),
    "pt-BR": (
        "passa 500 estrelas pra crédito",
        "converte todas as minhas estrelas em crédito",
        "metade",
        "trocar crédito por 100 estrelas",
    ),
    "fr": (
        "convertis 500 étoiles en crédit",
        "convertis toutes mes étoiles en crédit",
        "la moitié",
        "changer mon crédit en 100 étoiles",
    ),
}
"""So many, all, an answer to "how much?", and the other way round."""
GIVE = {
    "en": ("give 200 stars to Pedro", "send 50 stars to Ana", "transfer stars"),
    "es": ("dale 200 estrellas a Pedro", "envía 50 estrellas a Ana", "transferir estrellas"),
    "de": ("gib Pedro 200 Sterne", "schick 50 Sterne an Ana", "Sterne übertragen"),
    "pt-BR": ("dá 200 estrelas pro Pedro", "manda 50 estrelas pra Ana", "transferir estrelas"),
    "fr": ("donne 200 étoiles à Pedro", "envoie 50 étoiles à Ana", "transférer des étoiles"),
}
"""To somebody, to one of two, and to nobody yet."""
BAD = {
    "en": ("give 1.5 stars to Pedro", "give 200 stars to Fulano", "give 5 stars to María López"),
    "es": ("dale 1,5 estrellas a Pedro", "dale 200 estrellas a Fulano", "dale 5 estrellas a María López"),
    "de": ("gib Pedro 1,5 Sterne", "gib Fulano 200 Sterne", "gib María López 5 Sterne"),
    "pt-BR": ("dá 1,5 estrelas pro Pedro", "dá 200 estrelas pro Fulano", "dá 5 estrelas pra María López"),
    "fr": ("donne 1,5 étoiles à Pedro", "donne 200 étoiles à Fulano", "donne 5 étoiles à María López"),
}
"""A fraction, nobody, and herself."""
HELD = {
    "en": ("do I have any coupons?", "what's my invitation link?"),
    "es": ("¿tengo cupones?", "¿cuál es mi enlace de invitación?"),
    "de": ("habe ich Gutscheine?", "was ist mein Einladungslink?"),
    "pt-BR": ("tenho cupons?", "qual é o meu link de convite?"),
    "fr": ("j'ai des bons de réduction ?", "c'est quoi mon lien d'invitation ?"),
}


def path_of(language: str) -> Path:
    """Where the conversation is kept."""
    return FOLDER / f"wallet-{language}.txt"


def approved(language: str) -> str:
    """The conversation as somebody read and approved it."""
    return path_of(language).read_text(encoding="utf-8")


async def held_in(language: str) -> str:
    """The whole conversation as text, each step with what the screen showed right after it."""
    person, room = maria(), WalletRoom()
    person.me = person.me.model_copy(update={"points_name": STARS})
    person.rooms.append(room)
    async with chatting(person, language=language.lower()) as chat:
        told = Told(chat)
        await _convert(told, room, language)
        await _give(told, room, language)
        room.coupons, room.invitation = room.coupons[:1], room.invitation
        await told.by(*HELD[language])
        room.coupons = ()
        room.invitation = room.invitation.model_copy(update={"opened": 0, "joined": 0, "latest": ()})
        await told.by("/coupons", "/invite")
        await _stranger(told, chat)
        faults = await chat.faults()
        assert faults["total"] == 0, faults["faults"]
    return told.text


async def _convert(told: Told, room: WalletRoom, language: str) -> None:
    some, everything, half, back = CONVERT[language]
    await told.by(some)
    await told.taps("cvo:conversion-00000000001:p-cEUR:500", "cv", "cva:p-cEUR")
    await told.by("1.5", "50", half)
    await told.taps("cvx:conversion-00000000002")
    await told.by(everything, back)
    room.changed = True
    await told.taps("cvo:conversion-00000000004:cEUR-p:600")
    room.lapsed = True
    await told.taps("cvo:conversion-00000000005:cEUR-p:600")
    room.lapsed = False
    await told.taps("cvn:cEUR-p:600", "cvo:conversion-00000000006:cEUR-p:600", "cv", "cva:mEUR-p")
    await told.by("12.50", "/cancel")


async def _give(told: Told, room: WalletRoom, language: str) -> None:
    to_one, to_two, to_nobody = GIVE[language]
    await told.by(to_one)
    await told.taps("gvo:transfer-number-000001:200:D00020")
    await told.by(to_two)
    await told.taps("gvn:50:D00021", "gvx:transfer-number-000002")
    await told.by(to_nobody, "Bobby", "5", "99999", "40")
    await told.by(*BAD[language])


async def _stranger(told: Told, chat: Chatting) -> None:
    """The chat is nobody's again, and is opened by Ana's link, then by one that is nobody's."""
    del chat.core.chats[chat.chat]
    chat.parts.services.people.forget(chat.chat)
    chat.core.inviters["r_abcDEF123456_-xy"] = "Ana"
    await told.after("(Ana's link)", chat.starts("r_abcDEF123456_-xy"))
    await told.after("(nobody's link)", chat.starts("r_nobody"))
