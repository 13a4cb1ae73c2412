"""The number or code of an order or ticket, as people give it."""

import re

_CODE = re.compile(r"(?<![\w\-/])#?((?=[A-Za-z0-9\-_/]*\d)[A-Za-z0-9]+(?:[\-_/][A-Za-z0-9]+)*)(?![\w\-/])", re.ASCII)
_NUMBERED = re.compile(
    r"(?:#|№|\bn[°º]|\b(?:no|nr|num|numero|number|nummer|numéro|número|номер|nomor|no\.lu|id|code|código|codigo|order|pedido|orden|bestellung|auftrag|"
    r"commande|заказ\w*|pesanan|sipariş\w*|ticket|caso|case|fall|tiket|тикет\w*)|号|號|番号?|رقم|طلب|नंबर|ऑर्डर)\s*[.:#]?\s*$",
    re.IGNORECASE,
)
_DIGITS_MIN = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(r"\d+(?:st|nd|rd|th|er|e|ème|eme|h|am|pm|pv|gv|k|x|d|kg|g|ml|%)", re.IGNORECASE)
_UNSPACED_EDGE = re.compile(
    r"(?<=[\u0900-\u0fff\u3040-\u9fff\u0600-\u06ff])(?=[A-Za-z0-9#])|(?<=[A-Za-z0-9])(?=[\u0900-\u0fff\u3040-\u9fff\u0600-\u06ff])"
)
_TURKISH_ENDING = re.compile(r"(?<=\d)['’]\w+")


def _is_named(before: str, code: str) -> bool:
    """Whether `code` is an order's name rather than a year, an amount or a count of days."""
    if _NUMBERED.search(before):
        return True
    if _COUNTED.fullmatch(code) or _YEAR.fullmatch(code):
        return False
    return sum(sign.isdigit() for sign in code) >= _DIGITS_MIN


def order(text: str) -> int | str | None:
    """The order (or ticket) that a cleaned message names.

    Returns:
        Digits alone as a number, anything else as typed; None when no order is named.
    """
    spaced = _TURKISH_ENDING.sub("", _UNSPACED_EDGE.sub(" ", text))
    found = [match for match in _CODE.finditer(spaced) if _is_named(spaced[: match.start()].rstrip(), match[1])]
    if not found:
        return None
    best = max(found, key=lambda match: (bool(_NUMBERED.search(spaced[: match.start()].rstrip())), len(match[1])))
    return int(best[1]) if best[1].isdigit() else best[1]
