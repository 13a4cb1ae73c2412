"""Ranks in all languages, shortened, inflected and misspelt."""

import pytest

from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Lexicon
from bot.understanding.slots.rank import rank
from bot.understanding.text import clean


@pytest.mark.parametrize(
    ("language", "message", "code"),
    [
        ("en", "how close am i to diamond", "diamond"),
        ("en", "how close am i to DIAMOND??", "diamond"),
        ("en", "dimond how far", "diamond"),
        ("en", "wat do i need 4 dmnd", "diamond"),
        ("en", "how much gv im short for plat", "platinum"),
        ("en", "can i still reach exec", "executive"),
        ("en", "hw far to platnum", "platinum"),
        ("en", "will i be gold or not", "gold"),
        ("en", "i am silver now, how far is gold", "gold"),
        ("en", "from silver to gold how much", "gold"),
        ("en", "what does an executive director need", "executive"),
        ("en", "next rank or not", None),
        ("en", "how far is the next rank", None),
        ("en", "am i on track to rank up", None),
        ("es", "cuánto me falta para Diamante", "diamond"),
        ("es", "diamente cuanto me farta", "diamond"),
        ("es", "llego a oro o no", "gold"),
        ("es", "a cuanto estoy de platino", "platinum"),
        ("es", "que me falta pa plata", "silver"),
        ("es", "quiero ser ejecutiva", "executive"),
        ("es", "soy plata, me falta mucho para oro", "gold"),
        ("es", "me falta para bronce", "bronze"),
        ("es", "siguiente rango cuanto falta", None),
        ("es", "ay dios voy a subir algun dia", None),
        ("de", "wie weit bin ich von diamant", "diamond"),
        ("de", "was fehlt bis zum diamanten", "diamond"),
        ("de", "schaff ich silber noch", "silver"),
        ("de", "fehlende punkte bis dimant", "diamond"),
        ("de", "wie komm ich auf gold", "gold"),
        ("de", "bin ich bald platin", "platinum"),
        ("de", "was muss ich als silber tun um gold zu werden", "gold"),
        ("de", "wann werde ich direktor", "executive"),
        ("de", "bronze schon erreicht?", "bronze"),
        ("de", "wie weit bis zur nächsten stufe", None),
        ("pt-BR", "quanto falta pra diamante", "diamond"),
        ("pt-BR", "diamamte falta quanto", "diamond"),
        ("pt-BR", "quero virar ouro", "gold"),
        ("pt-BR", "chego na prata?", "silver"),
        ("pt-BR", "falta muito pra platina", "platinum"),
        ("pt-BR", "como viro executivo", "executive"),
        ("pt-BR", "falta pouco pra promoção", None),
        ("fr", "il me manque quoi pour diamant", "diamond"),
        ("fr", "je passe or ou pas", "gold"),
        ("fr", "conditions restantes pour l'or", "gold"),
        ("fr", "je veux argent ce mois", "silver"),
        ("fr", "encore loin de platine", "platinum"),
        ("fr", "diament cb il me mank", "diamond"),
        ("fr", "devenir exécutif", "executive"),
        ("fr", "il me faut quoi pour monter", None),
        ("ru", "сколько до бриллианта", "diamond"),
        ("ru", "стану ли я золотом", "gold"),
        ("ar", "كم باقي للدايموند", "diamond"),
        ("ar", "شو ناقصني للذهبي", "gold"),
        ("zh-Hans", "我离钻石还差多少", "diamond"),
        ("zh-Hans", "离白金还有多远", "platinum"),
        ("hi", "प्लैटिनम के लिए क्या चाहिए", "platinum"),
        ("hi", "मैं गोल्ड से कितनी दूर हूं", "gold"),
        ("id", "kurang berapa ke emas", "gold"),
        ("id", "masih jauh dari berlian", "diamond"),
        ("ja", "ゴールドまであと何が足りない", "gold"),
        ("ja", "ダイヤになれますか", "diamond"),
        ("tr", "altına ne kadar kaldı", "gold"),
        ("tr", "gümüş olmak için ne lazım", "silver"),
    ],
)
def test_rank_is_found_however_it_is_typed(language: str, message: str, code: str | None) -> None:
    assert rank(clean(message), language, demo_lexicon()) == code


@pytest.mark.parametrize("code", sorted(demo_lexicon().ranks))
def test_every_form_of_the_demo_plan_names_its_own_rank(code: str) -> None:
    for language, forms in demo_lexicon().ranks[code].items():
        spoken = "en" if language == "any" else language
        for form in forms:
            assert rank(clean(form), spoken, demo_lexicon()) == code, form


def test_a_company_may_call_its_ranks_what_it_likes() -> None:
    lexicon = Lexicon(ranks={"r1": {"en": ["Star Builder"], "es": ["Constructor Estrella"]}, "r2": {"en": ["Crown"]}})
    assert rank("how far to star builder", "en", lexicon) == "r1"
    assert rank("cuanto falta para constructor estrella", "es", lexicon) == "r1"
    assert rank("crown please", "en", lexicon) == "r2"
    assert rank("how far to diamond", "en", lexicon) is None


def test_a_french_or_is_no_rank_in_english() -> None:
    assert rank("or", "en", demo_lexicon()) is None
    assert rank("or", "fr", demo_lexicon()) == "gold"
