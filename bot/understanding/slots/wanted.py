"""What is wanted of messages, in plain words: only some, fewer, of which topics, how often the summary."""

import re

from bot.understanding.model import Intent, SlotValue
from bot.understanding.text import fold

_ABOUT = {
    "gauges": r"gauges?|indicador\w*|jauges?|\bmein stand\b|standanzeige\w*",
    "month_end": r"month[- ]?end|end of (?:the )?(?:month|cycle)|cierre|fin de (?:mes|mois|ciclo)|monatsende"
    r"|monatsabschluss|fim d[eo] (?:mes|ciclo)|fechamento|cloture",
    "inactive_customers": r"customers?|clientes?|kunden?|clients?",
    "inactive_team": r"team|equipo|equipe|partnern?|distribu\w+",
    "rank_progress": r"ranks?|rango|rangs?|rangaufstieg|graduac\w+",
    "points": r"points?|puntos?|pontos?|(?:pramien)?punkten?",
    "coupons": r"coupons?|vouchers?|cupon\w*|cupom|cupons|gutschein\w*|bons? d'achat",
    "orders": r"orders?|parcels?|pedidos?|bestellung\w*|pakete?n?|commandes?|colis",
    "tickets": r"tickets?|chamados?|anfragen|incidencias?",
    "payout": r"pay(?:outs?|ments?)|pagos?|auszahlung\w*|zahlung\w*|pagamentos?|paiements?|versements?",
    "announcements": r"announcements?|company news|anuncios?|novedades|comunicados?|ankundigung\w*|rundschreiben"
    r"|neuigkeiten(?: der firma)?|novidades|annonces?|actualites|werbung|publicidad|propaganda|ads?|pubs?|promos?",
}
_TOPICS = {topic: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for topic, words in _ABOUT.items()}
_ONLY = r"only|just|solo|solamente|unicamente|nur(?: noch)?|bloss|so|apenas|somente|seulement|uniquement|rien que"
_POLITE = r"(?:[\s,]*(?:please|pls|por favor|porfa|bitte|s'il te plait|stp|obrigad[oa]|gracias|thanks|danke|merci))?"
_ABOUT_THEM = (
    r"(?:(?:messages?|news|avisos?|mensajes?|nachrichten|meldungen|mensage(?:m|ns)|notifications?|alertes?)\s)?"
    r"(?:(?:about|on|from|de|del|sobre|zu|zum|uber|do|da|dos|das|des|du|sur|les|los|las|os|as|the|my|mis|meine|mes|meus)"
    r"\s)*"
)
_NAMED = "|".join(f"(?:{words})" for words in _ABOUT.values())
_ASKED = (
    r"(?:(?:i|want|to|hear|send|text|tell|me|avisame|escribeme|mandame|quiero|avis[ae]|quero|je|veux|previens[- ]moi"
    r"|ich|will|mochte|schreib|mir)\s){0,4}"
)
_ONLY_THESE = re.compile(
    rf"^{_ASKED}(?:{_ONLY})\s{_ASKED}{_ABOUT_THEM}(?:{_NAMED})(?:(?:\s?,\s?|\s(?:and|y|und|e|et)\s){_ABOUT_THEM}(?:{_NAMED}))*{_POLITE}$"
)
_ONLY_WORD = re.compile(rf"(?<!\w)(?:{_ONLY})(?!\w)")
_LESS = re.compile(
    r"(?<!\w)(?:less|fewer|not so many|too many|too much|menos|demasiad[oa]s|weniger|nicht so viele|zu viele|demais"
    r"|muit[ao]s|moins|trop)(?!\w)"
)
_WEEKEND = re.compile(
    r"week-?ends?|fin(?:es)? de semana|\bfinde\b|\bwochenenden?\b|fi(?:m|ns) de semana|\bfds\b|\bsaturdays?|\bsundays?"
    r"|\bsabados?|\bdomingos?|\bsamstags?|\bsonntags?|\bsamedis?|\bdimanches?"
)
_NO_MORE = re.compile(r"(?<!\w)kein(?:e|en|er)?\s(?:\w+\s){1,4}mehr(?!\w)|\saus$")
_SUMMARY = re.compile(
    r"(?<!\w)(?:(?:weekly |monthly |gauges? )?summar(?:y|ies)|resum(?:en|enes|o|os)|(?:wochen|monats)?"
    r"(?:zusammenfassung|ubersicht)(?:en)?|(?:resumes?|recap\w*|bilans?))(?!\w)"
)
_STOP = re.compile(
    r"(?<!\w)(?:off|stop|no more|don'?t (?:want|send|need)|cancel|unsubscribe|quita|quitar|desactiva|deja"
    r"|no (?:quiero|me)|sin|aus|abbestellen|abstellen|kein\w*|nicht mehr|desliga\w*|desativa\w*"
    r"|nao (?:quero|me|preciso)|chega|para|tira|arrete\w*|coupe|desactive\w*|plus de|ne veux (?:pas|plus))(?!\w)"
)
_MONTHLY = re.compile(
    r"(?<!\w)(?:summar(?:y|ies) monthly|(?:every|each|once a) month"
    r"|(?:cada|todos los|una vez al|tod[ao]|uma vez por) mes(?:es)?|mensualmente|mensalmente|monatlich"
    r"|(?:jeden|einmal im) monat|(?:chaque|tous les|une fois par) mois)(?!\w)"
)
_WEEKLY = re.compile(
    r"(?<!\w)(?:summar(?:y|ies) weekly|(?:every|each|once a) week"
    r"|(?:cada|todas las|una vez a la|toda|uma vez por) semanas?|semanalmente|wochentlich"
    r"|(?:jede|einmal (?:in der|pro)) woche|(?:chaque|toutes les|une fois par) semaines?)(?!\w)"
)

_IN_SLOTS = frozenset(_ABOUT) - {"gauges", "coupons", "orders", "announcements"}
"""Topics that the slot of that name knows."""

Wish = tuple[Intent, dict[str, SlotValue]]


def plain_wish(text: str) -> Wish | None:
    """A cleaned message that wants only some messages, or the summary more or less often; None for any other.

    | message                       | slots                             |
    | ----------------------------- | --------------------------------- |
    | only tickets please           | enabled, topic tickets, only      |
    | turn the weekly summary off   | not enabled, summary off          |
    | quiero el resumen cada mes    | enabled, summary monthly          |
    | how about a summary           | None                              |
    """
    folded = fold(text).strip(" .!?¿¡")
    if _ONLY_THESE.match(folded):
        named = about(text, "") or ""
        topic = {"topic": named} if named in _IN_SLOTS else {}
        return Intent.NOTIFICATIONS, {"enabled": True, **topic, "about": named, "only": True}
    often = summary(text, "")
    if often is None:
        return None
    return Intent.NOTIFICATIONS, {"enabled": often != "off", "summary": often}


def about(text: str, language: str) -> str | None:
    """The topics that a cleaned message about messages names, comma between them."""
    folded = fold(text)
    return ",".join(topic for topic, words in _TOPICS.items() if words.search(folded)) or None


def only(text: str, language: str) -> bool | None:
    """True where nothing else is wanted."""
    return True if _ONLY_WORD.search(fold(text)) else None


def less(text: str, language: str) -> bool | None:
    """True where fewer are wanted, and not none."""
    return True if _LESS.search(fold(text)) else None


def weekend(text: str, language: str) -> bool | None:
    """True where whole days are named."""
    return True if _WEEKEND.search(fold(text)) else None


def summary(text: str, language: str) -> str | None:
    """How often the summary of the gauges is wanted: off, weekly or monthly."""
    folded = fold(text)
    if not _SUMMARY.search(folded):
        return None
    if _STOP.search(folded):
        return "off"
    if _MONTHLY.search(folded):
        return "monthly"
    return "weekly" if _WEEKLY.search(folded) else None


def is_stopping(text: str) -> bool:
    """Whether a message plainly says "no more": *keine Erinnerungen mehr*, *Gutscheine aus*."""
    return _NO_MORE.search(fold(text).rstrip(" .!")) is not None
