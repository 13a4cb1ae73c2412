"""From what into what a message wants to convert; points into credit where it does not say."""

import re
from dataclasses import dataclass

from bot.understanding.text import fold
from core.points.model import Purse

_CREDIT = (
    r"credit\w*|saldo\w*|guthaben\w*|avoirs?|кредит\w*|счет\w*|رصيد\w*|额度|余额|क्रेडिट|kredi\w*|クレジット|残高|"
    r"bakiye\w*"
)
_COMMISSIONS = (
    r"commis+ion\w*|comision\w*|comisso\w*|comissao|comissoes|provision\w*|комисс\w*|عمول\w*|佣金|कमीशन|komisi\w*|"
    r"コミッション|報酬|komisyon\w*|bonus\w*|bonos?"
)
_CASH = (
    r"cash|money|dollars?|euros?|dinero|efectivo|plata|geld|bar|bargeld|auszahl\w*|dinheiro|grana|argent|especes|"
    r"деньг\w*|рубл\w*|نقد\w*|كاش|مال|现金|钱|पैस\w*|नकद|uang|tunai|現金|お金|nakit|para"
)
_POINTS = r"points?|pts|puntos?|punkt\w*|pontos?|балл\w*|نقط\w*|نقاط\w*|积分|पॉइंट\w*|poin\w*|ポイント|puan\w*"
_INTO = r"(?:in(?:to)?|to|zu|a|en|em|para|pra|pour|vers|в|إلى|الى|成|为|में|ke|jadi|menjadi|に)"
_FOR = r"(?:for|por|gegen|fur|pour|contre|на|ب|换)"
_CHANGE = r"(?:exchang|swap|trad|camb|canj|troc|tausch|eintausch|umtausch|echang|обмен|бир)\w*"
_BUY = r"(?:buy|purchase|get|comprar?|compro|kaufen?|acheter|achete|купи\w*|شراء|اشتر\w*|买|खरीद\w*|beli|買\w*|satin)"
_MONEY = re.compile(rf"(?<!\w)(?:(?P<commissions>{_COMMISSIONS})|(?P<credit>{_CREDIT})|(?P<cash>{_CASH}))(?!\w)|[€$£]")
_COUNTED = r"(?:\S+ ){0,3}?"
_REVERSED = (
    re.compile(rf"(?P<money>.*?)(?<!\w){_INTO} {_COUNTED}(?:{_POINTS})(?!\w)"),
    re.compile(rf"{_CHANGE} (?P<money>.*?)(?<!\w){_FOR} {_COUNTED}(?:{_POINTS})(?!\w)"),
)
_BOUGHT = re.compile(rf"(?<!\w){_BUY} {_COUNTED}(?:{_POINTS})(?!\w)(?P<money>.*)")
_CURRENCIES = {
    "EUR": r"euros?|eur|€|евро|يورو|欧元|ユーロ|avro",
    "USD": r"dol+ars?|dolares|usd|us\$|\$|доллар\w*|دولار\w*|美元|डॉलर|dolar|ドル",
    "GBP": r"pounds?|libras?|gbp|£|pfund|livres?",
    "BRL": r"rea(?:l|is)|brl|r\$",
    "MXN": r"pesos?|mxn",
    "CHF": r"frank\w*|francs?|chf",
}
_ANY_CURRENCY = "|".join(_CURRENCIES.values())
_EXCHANGED = re.compile(
    rf"(?<!\w)(?:{_CREDIT})(?!\w).*?(?<!\w)(?:{_INTO}|{_FOR}) (?:\S+ )?(?P<currency>{_ANY_CURRENCY})(?!\w)"
)
_COUNTS_POINTS = re.compile(rf"(?<!\w)(?:{_POINTS})(?!\w)")


_HELD = re.compile(
    r"(?<!\w)(?:credito?|creditos?|saldos?|guthaben|wallet|cartera|carteira|portefeuille|geldborse|billetera)(?!\w)"
)
_NOTE = re.compile(
    r"(?<!\w)(?:notes?|notas?|vales?|coupons?|cupon\w*|cupom|cupons|avoirs?|cards?|tarjeta|cartao|carte|karte)(?!\w)"
)


def asks_after_credit(text: str) -> bool:
    """Whether a message is about the credit on her account, and not about a credit note or a card."""
    folded = fold(text)
    return _HELD.search(folded) is not None and _NOTE.search(folded) is None


@dataclass(frozen=True, slots=True)
class Wish:
    """From what into what; no target leaves it to the company, and `cash` means money in hand.

    Attributes:
        currency: into which credit is to change, where it is to change into credit.
    """

    source: Purse
    target: Purse | None
    cash: bool = False
    currency: str | None = None


def wish(text: str) -> Wish:
    """What a cleaned message in common words wants to convert.

    | message                          | from        | into   |
    | -------------------------------- | ----------- | ------ |
    | convert 500 points to credit     | points      | credit |
    | quiero crédito por 1.500 puntos  | points      | credit |
    | change my commissions to points  | commissions | points |
    | Punkte mit Guthaben kaufen       | points      | credit |
    | buy 500 points with my credit    | credit      | points |
    | my credit into euros             | credit      | credit |
    """
    folded = fold(text)
    source = _reversed(folded)
    if source is not None:
        return Wish(source, Purse.POINTS)
    exchange = _EXCHANGED.search(folded)
    if exchange is not None and not _COUNTS_POINTS.search(folded):
        return Wish(Purse.CREDIT, Purse.CREDIT, currency=_currency(exchange["currency"]))
    kinds = {match.lastgroup for match in _MONEY.finditer(folded)}
    if "credit" in kinds:
        return Wish(Purse.POINTS, Purse.CREDIT)
    if "commissions" in kinds:
        return Wish(Purse.POINTS, Purse.COMMISSIONS)
    return Wish(Purse.POINTS, None, cash="cash" in kinds or None in kinds)


def _reversed(folded: str) -> Purse | None:
    """The money that is to become points; None where points are to become money."""
    found = _BOUGHT.search(folded) or next((match for one in _REVERSED if (match := one.search(folded))), None)
    money = _MONEY.search(found["money"]) if found else None
    if money is None:
        return None
    return Purse.COMMISSIONS if money.lastgroup == "commissions" else Purse.CREDIT


def _currency(word: str) -> str:
    """The code of the currency that a folded word names."""
    return next(code for code, words in _CURRENCIES.items() if re.fullmatch(words, word))
