"""Names of many cultures, taken out of the sentences that bend them."""

import pytest

from bot.understanding.slots.person import person
from bot.understanding.text import clean


@pytest.mark.parametrize(
    ("language", "message", "name"),
    [
        ("en", "how is Anna doing", "Anna"),
        ("en", "Anna's orders", "Anna"),
        ("en", "what did juan order", "juan"),
        ("en", "John O'Brien's volume", "John O'Brien"),
        ("en", "details about Mrs Johnson", "Johnson"),
        ("en", "gv of Mr. Patel", "Patel"),
        ("en", "show me Fatima Al-Sayed", "Fatima Al-Sayed"),
        ("en", "how is wei zhang doing", "wei zhang"),
        ("en", "has Thomas ordered this month", "Thomas"),
        ("es", "de doña María", "María"),
        ("es", "los pedidos de Juan", "Juan"),
        ("es", "como le va a maria lopez", "maria lopez"),
        ("es", "que ha pedido la señora Martínez", "Martínez"),
        ("es", "el volumen de paco", "paco"),
        ("de", "Annas Bestellungen", "Anna"),
        ("de", "was hat Thomas gekauft", "Thomas"),
        ("de", "Jürgens Volumen", "Jürgen"),
        ("de", "telefonnummer von frau meier", "meier"),
        ("de", "daten von Herrn Dr. Weber", "Weber"),
        ("de", "Infos zu Hans-Peter Vogel", "Hans-Peter Vogel"),
        ("de", "und was ist mit Stefan", "Stefan"),
        ("pt-BR", "pedidos do João", "João"),
        ("pt-BR", "telefone da dona Rosa", "Rosa"),
        ("pt-BR", "o que o Carlos Pereira comprou", "Carlos Pereira"),
        ("pt-BR", "e a Marta?", "Marta"),
        ("pt-BR", "pv do thiago pfv", "thiago"),
        ("fr", "comment va Anna", "Anna"),
        ("fr", "fiche d'Ahmed Benali", "Ahmed Benali"),
        ("fr", "données de M. Bernard", "Bernard"),
        ("fr", "infos sur Jean-Luc Moreau", "Jean-Luc Moreau"),
        ("fr", "le téléphone de madame Rose", "Rose"),
        ("ru", "как дела у Анны", "Анна"),
        ("ru", "заказы Ивана", "Иван"),
        ("ru", "телефон Ольги Петровой", "Ольга Петрова"),
        ("ar", "طلبات فاطمة", "فاطمة"),
        ("ar", "حول نقاط لأحمد", "أحمد"),
        ("zh-Hans", "王芳怎么样", "王芳"),
        ("zh-Hans", "帮我看看李伟的订单", "李伟"),
        ("zh-Hans", "查询吴先生的资料", "吴"),
        ("hi", "राहुल के ऑर्डर", "राहुल"),
        ("hi", "पूजा जी का फोन नंबर", "पूजा"),
        ("id", "pesanan Bu Siti", "Siti"),
        ("ja", "田中さんの注文", "田中"),
        ("ja", "山田太郎は今月どう", "山田太郎"),
        ("tr", "Mehmet'in siparişleri", "Mehmet"),
        ("tr", "Fatma Hanım ne aldı", "Fatma"),
    ],
)
def test_name_stands_alone_and_in_the_nominative(language: str, message: str, name: str) -> None:
    assert person(clean(message), language) == name


def test_a_known_person_is_preferred_to_what_was_typed() -> None:
    people = ("María José García", "Mario Ruiz")
    assert person("como va maria jose garcia", "es", people) == "María José García"
    assert person("como va Pedro", "es", people) == "Pedro"


@pytest.mark.parametrize("message", ["", "?!", "123"])
def test_nobody_is_named_where_no_word_stands(message: str) -> None:
    assert person(clean(message), "en") in (None, "123")
