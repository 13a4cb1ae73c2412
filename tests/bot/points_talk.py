"""One conversation about stars, held in any language: from how many there are to an order and back."""

from pathlib import Path

from tests.bot.conversation import FOLDER, Told
from tests.support.chatting import chatting
from tests.support.points_story import PointsRoom
from tests.support.story import maria

ASKED = {
    "en": ("how many stars do I have?", "redeem 1,500 stars for the blender", "redeem 2 creams"),
    "es": ("¿cuántas estrellas tengo?", "quiero canjear 1.500 estrellas por la licuadora", "canjear 2 cremas"),
    "de": ("wie viele Sterne habe ich?", "ich möchte 1.500 Sterne gegen den Standmixer einlösen", "2 Cremes einlösen"),
    "pt-BR": ("quantas estrelas eu tenho?", "quero trocar 1.500 estrelas pelo liquidificador", "resgatar 2 cremes"),
    "fr": ("j'ai combien d'étoiles ?", "je veux échanger 1 500 étoiles contre le mixeur", "échanger 2 crèmes"),
}
"""How many there are, one product by name, and a name that two products have."""
WHAT = {
    "en": "what can I get for my stars?",
    "es": "¿qué puedo canjear con mis estrellas?",
    "de": "was bekomme ich für meine Sterne?",
    "pt-BR": "o que dá pra trocar com as minhas estrelas?",
    "fr": "qu'est-ce que je peux avoir avec mes étoiles ?",
}


def path_of(language: str) -> Path:
    """Where the conversation is kept."""
    return FOLDER / f"points-{language}.txt"


async def held_in(language: str) -> str:
    """The whole conversation as text, each step with what the screen showed right after it."""
    person, room = maria(), PointsRoom()
    person.rooms = [room]
    many, one, two = ASKED[language]
    async with chatting(person, language=language.lower()) as chat:
        told = Told(chat)
        await told.by(many)
        await told.taps("px", "pt", "ph:0", "ph:1")
        await told.by(WHAT[language])
        await told.taps("ro:0:BL-100", "ra:offer-number-000000001:1::BL-100", "rc:R000000001", "rcy:R000000001")
        await told.by(one)
        await told.taps("rx")
        await told.by(two)
        await told.taps("rq:2::CR-410")
        room.lapsed.update(room.offers)
        await told.taps("ra:offer-number-000000003:2::CR-410", "rq:2::CR-410")
        room.available = 900
        await told.taps("rq:1::CR-410", "rd:0:", "ro:0:BL-100")
        room.mixed, room.credit_minor = True, 500
        await told.taps("ro:0:CR-420", "rd:0:", "ro:0:BL-100", "rq:1:900:BL-100")
        await told.by("/redeem -5", "/redeem 1.5", "🚀")
        room.available = -300
        await told.by("/points")
        faults = await chat.faults()
        assert faults["total"] == 0, faults["faults"]
    return told.text
