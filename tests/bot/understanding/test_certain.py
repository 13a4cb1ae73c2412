"""Whole messages that leave no doubt."""

import pytest

from bot.understanding.certain import certain
from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Intent, SlotValue
from bot.understanding.service import understand
from bot.understanding.slots.whole import whole_message
from bot.understanding.text import clean
from i18n.translator import translator


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("stop", Intent.CANCEL),
        ("STOP!", Intent.CANCEL),
        ("zurück", Intent.CANCEL),
        ("zuruck", Intent.CANCEL),
        ("cancelar", Intent.CANCEL),
        ("voltar.", Intent.CANCEL),
        ("annuler", Intent.CANCEL),
        ("отмена", Intent.CANCEL),
        ("إلغاء", Intent.CANCEL),
        ("取消", Intent.CANCEL),
        ("iptal", Intent.CANCEL),
        ("Hola!", Intent.GREETING),
        ("buenos dias", Intent.GREETING),
        ("Olá", Intent.GREETING),
        ("👋", Intent.GREETING),
        ("¡Gracias!", Intent.THANKS),
        ("merci beaucoup", Intent.THANKS),
        ("🙏", Intent.THANKS),
        ("❤️", Intent.THANKS),
        ("?", Intent.HELP),
        ("¿?", Intent.HELP),
        ("HILFE", Intent.HELP),
        ("Why was I paid this?", Intent.STATEMENT),
        ("mi liquidación del mes pasado", Intent.STATEMENT),
        ("wieso hab ich das bekommen", Intent.STATEMENT),
        ("Por que recebi isso?", Intent.STATEMENT),
        ("pourquoi j’ai reçu ça ?", Intent.STATEMENT),
        ("welche Ränge hatte ich?", Intent.RANK_HISTORY),
        ("¿Qué rangos he tenido?", Intent.RANK_HISTORY),
        ("", Intent.OUT_OF_SCOPE),
        ("...", Intent.OUT_OF_SCOPE),
        ("😀😀", Intent.OUT_OF_SCOPE),
    ],
)
def test_a_message_that_leaves_no_doubt_is_not_guessed(message: str, intent: Intent) -> None:
    found = certain(clean(message))
    assert found is not None
    assert found[0] is intent


@pytest.mark.parametrize("tag", ["en", "es", "de", "pt-BR", "fr"])
@pytest.mark.parametrize(
    ("label", "intent"),
    [
        ("🎯 My next rank", Intent.RANK_PROGRESS),
        ("⭐ My points", Intent.POINTS_BALANCE),
        ("🎁 What can I get?", Intent.REDEEMABLES),
        ("📜 History", Intent.POINTS_HISTORY),
        ("⏳ Expiring", Intent.POINTS_EXPIRING),
        ("💱 Convert", Intent.CONVERT_POINTS),
        ("💱 Wallet", Intent.CONVERT_POINTS),
        ("🤝 Give", Intent.TRANSFER_POINTS),
        ("🎟️ Coupons", Intent.COUPONS),
        ("🔗 Invite", Intent.REFERRALS),
        ("🏠 Menu", Intent.HELP),
    ],
)
def test_the_words_of_a_button_do_what_it_does(label: str, intent: Intent, tag: str) -> None:
    _, _, words = translator(tag)(label).partition(" ")
    assert understand(words, prior_language=tag, lexicon=demo_lexicon()).intent is intent


@pytest.mark.parametrize("message", ["stop sending me messages", "hola cuanto me falta", "gracias, y mi pedido?", "or"])
def test_anything_more_is_left_to_the_head(message: str) -> None:
    assert certain(clean(message)) is None


@pytest.mark.parametrize(
    ("message", "intent", "slots"),
    [
        ("Diamante?", Intent.RANK_PROGRESS, {"rank": "diamond"}),
        ("gold", Intent.RANK_PROGRESS, {"rank": "gold"}),
        ("Deutsch!", Intent.CHANGE_LANGUAGE, {"language": "de"}),
        ("русский", Intent.CHANGE_LANGUAGE, {"language": "ru"}),
    ],
)
def test_a_bare_rank_or_language_is_a_wish(message: str, intent: Intent, slots: dict[str, SlotValue]) -> None:
    assert whole_message(clean(message), demo_lexicon()) == (intent, slots)


def test_a_bare_word_that_is_neither_is_left_to_the_head() -> None:
    assert whole_message("kartoffel", demo_lexicon()) is None
