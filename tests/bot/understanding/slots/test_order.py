"""Order and ticket codes in the shapes that companies give them."""

import pytest

from bot.understanding.slots.order import order
from bot.understanding.text import clean


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("order 12345", 12345),
        ("where is order #40917?", 40917),
        ("order no. 771", 771),
        ("what about 65500123", 65500123),
        ("order A-1029", "A-1029"),
        ("order UP-2026-00417 please", "UP-2026-00417"),
        ("track ORD77812", "ORD77812"),
        ("order 9012-44 where is it", "9012-44"),
        ("B2231X schon raus?", "B2231X"),
        ("pedido n° 4410", 4410),
        ("bestellnummer 0042", 42),
        ("commande n° 12", 12),
        ("заказ № 5521", 5521),
        ("订单88410到哪了", 88410),
        ("注文番号88410はどうなった", 88410),
        ("حالة الطلب ٨٨٤١٠", 88410),
        ("ऑर्डर ८८४१० कहां पहुंचा", 88410),
        ("88410'un durumu", 88410),
        ("my orders", None),
        ("last 3 orders", None),
        ("it's been 2 weeks", None),
        ("orders of 2026", None),
        ("i paid 50 yesterday", None),
        ("where is my 2nd parcel", None),
    ],
)
def test_order_is_a_number_or_a_code_as_typed(message: str, code: int | str | None) -> None:
    assert order(clean(message)) == code
