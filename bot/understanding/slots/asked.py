"""How a question is put, where the answer should begin accordingly: whether she will make it, where something is."""

import re

_WHETHER = re.compile(
    r"^[\s¿¡]*(?:(?:and|so|y|und|e|et)[\s,]+)?(?:"
    r"will i|am i going to|can i (?:still )?(?:make|reach|get)|do i (?:still )?(?:make|reach|get)|"
    r"(?:todav[ií]a |a[uú]n )?(?:llego|llegar[eé]|alcanzo|voy a llegar|lo logro|lo lograr[eé]|puedo llegar)\b|"
    r"(?:schaffe?|erreiche?|werde|kann|komme?)\s+ich\b|"
    r"(?:ser[aá] que\s+)?(?:eu\s+)?(?:ainda\s+)?(?:chego|vou chegar|consigo|alcan[cç]o|d[aá] (?:pra|para) chegar)\b|"
    r"(?:est-ce que\s+)?(?:je (?:vais )?(?:passer?|atteindre|atteins|r[eé]ussis|r[eé]ussir)|vais-je|j['’]arrive)\b)",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:where|when will|arrived?|arriving|status|d[oó]nde|cu[aá]ndo llega|lleg[oó]|estado de|"
    r"wo|wann kommt|angekommen|cad[eê]|onde|quando chega|chegou|o[uù]|quand arrive|arriv[eé]e?|statut)\b",
    re.IGNORECASE,
)


def asks_whether(text: str) -> bool:
    """Whether a message asks if she will make it, so that the answer begins with yes or no."""
    return _WHETHER.match(text) is not None


def asks_where(text: str) -> bool:
    """Whether a message about orders asks where one is, so that the answer begins with the latest."""
    return _WHERE.search(text) is not None
