"""Why an amount, why not a bonus: how people ask it. Pure."""

import re

from bot.understanding.text import fold

_ASKED = re.compile(
    r"\b(?:why|how come|explain|por ?que|warum|wieso|weshalb|weswegen|erklar\w*|explica\w*|explique\w*|pourquoi)\b"
)
_DENIED = re.compile(
    r"(?:\b(?:why|how come)\b.*(?:\b(?:not|no|never|nothing|without|didnt|wasnt|dont|havent|isnt|werent)\b|n['’]t\b)"
    r"|\bpor ?que\b.*\b(?:no|nao|nunca|nada|sin|sem|ningun\w*|nenhum\w*)\b"
    r"|\b(?:warum|wieso|weshalb|weswegen)\b.*\b(?:nicht|nichts|nie|kein\w*|ohne)\b"
    r"|\bpourquoi\b.*\b(?:pas|jamais|rien|aucun\w*|sans)\b)"
)
_MORE = re.compile(
    r"(?:why (?:not|(?:don['’]?t|didn['’]?t|can['’]?t|do) i (?:not )?(?:earn|get|make|have)) (?:any )?more"
    r"|por ?que (?:no|nao) (?:gano|cobro|recibo|ganho|recebo|ganhei|recebi|gane|recibi)? ?(?:mas|mais)"
    r"|(?:warum|wieso|weshalb) (?:(?:verdiene|bekomme|bekam) ich )?nicht mehr(?: verdient| bekommen)?"
    r"|pourquoi (?:je ne gagne |je gagne )?pas plus)[\s?!.]*"
)
_BARE = re.compile(
    r"(?:why|how come|(?:y |e )?por ?que|warum|wieso|weshalb|pourquoi)(?: (?P<no>not|no|nao|nicht|pas))?[\s?!.]*"
)
_BONUS = re.compile(r"\b(?:\w*bonus\w*|boni|bono|bonos|\w*pramien?|premios?|primes?)\b")
_MONEY = re.compile(
    r"[$€£¥₹₩]|\d[.,]\d{1,2}(?!\d)|\b(?:euros?|eur|usd|dollars?|dolares|bucks|pesos|reais|reales|chf|gbp)\b"
)
_GOT = re.compile(
    r"\b(?:get|gets|got|gotten|getting|receive\w*|earn\w*|paid|payed|pay|given|gave"
    r"|recib\w*|cobr\w*|pag\w*|gan\w*|dieron|dan|dio|toca|toco|lleg\w*|tengo"
    r"|receb\w*|ganh\w*|deram|caiu|veio|tenho"
    r"|bekomm\w*|bekam\w*|erhalt\w*|erhielt\w*|verdien\w*|gezahlt|ausgezahlt|bezahlt|krieg\w*|gekriegt|gab|gibt"
    r"|recu\w*|recoi\w*|touch\w*|gagn\w*|eu|paye\w*|verse\w*)\b"
)


def asks_why(text: str) -> bool:
    """Whether a message asks for the reason of something."""
    return _ASKED.search(fold(text)) is not None


def asks_why_not(text: str) -> bool:
    """Whether it asks why something is lacking: "why didn't I…", "warum … kein…"."""
    return _DENIED.search(fold(text)) is not None


def asks_why_not_more(text: str) -> bool:
    """Whether it is the button's own words, or asks for no more than they do: "why not more?", "why not?"."""
    said = fold(text).lstrip("¿¡ ")
    bare = _BARE.fullmatch(said)
    return _MORE.fullmatch(said) is not None or (bare is not None and bare["no"] is not None)


def asks_nothing_but_why(text: str) -> bool:
    """Whether it is the bare word, which says neither what came nor what did not."""
    bare = _BARE.fullmatch(fold(text).lstrip("¿¡ "))
    return bare is not None and bare["no"] is None


def speaks_of_bonuses(text: str) -> bool:
    """Whether it names a bonus, be it one that there is or not."""
    return _BONUS.search(fold(text)) is not None


def speaks_of_getting(text: str) -> bool:
    """Whether it says that something came, or should have come, to her."""
    return _GOT.search(fold(text)) is not None


def speaks_of_money(text: str) -> bool:
    """Whether a number in it is surely an amount: by a currency, or by two decimals."""
    return _MONEY.search(fold(text)) is not None
