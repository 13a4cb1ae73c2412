"""Quiet hours in five languages, as one types them."""

import pytest

from bot.understanding.slots.hours import hours


@pytest.mark.parametrize(
    ("language", "text", "begins", "ends"),
    [
        ("en", "nothing after 8 pm", "20:00", None),
        ("en", "from 10 to 7", "22:00", "07:00"),
        ("en", "21:30-7", "21:30", "07:00"),
        ("en", "nothing after eight", "20:00", None),
        ("en", "not before nine", None, "09:00"),
        ("en", "from 10pm until 7:30am", "22:00", "07:30"),
        ("en", "between midnight and noon", "00:00", "12:00"),
        ("en", "only between 9 and 18", "18:00", "09:00"),
        ("en", "between 9am and 5pm", "09:00", "17:00"),
        ("en", "nothing after 12", "00:00", None),
        ("en", "no more than 2 messages", None, None),
        ("en", "nothing after 25", None, None),
        ("es", "después de las 8 no", "20:00", None),
        ("es", "entre las 22 y las 8", "22:00", "08:00"),
        ("es", "desde las 22 hasta las 8", "22:00", "08:00"),
        ("es", "de 10 de la noche a 7 de la mañana", "22:00", "07:00"),
        ("es", "a partir de las nueve y media", "21:30", None),
        ("es", "no antes de las 10", None, "10:00"),
        ("de", "nach 20 Uhr nichts mehr", "20:00", None),
        ("de", "nicht vor 9 Uhr", None, "09:00"),
        ("de", "erst ab 9 Uhr schreiben", None, "09:00"),
        ("de", "ab halb neun abends", "20:30", None),
        ("de", "zwischen 22 und 8 Uhr nicht schreiben", "22:00", "08:00"),
        ("de", "nach acht Uhr abends", "20:00", None),
        ("pt-BR", "das 22h às 7h", "22:00", "07:00"),
        ("pt-BR", "das 13h às 15h", "13:00", "15:00"),
        ("pt-BR", "nada depois das 20h", "20:00", None),
        ("fr", "après 21 h", "21:00", None),
        ("fr", "après 21h30", "21:30", None),
        ("fr", "de 22 h à 7 h", "22:00", "07:00"),
        ("fr", "pas avant 9h", None, "09:00"),
        ("fr", "plus de 3 messages par jour", None, None),
    ],
)
def test_hours_are_read_as_people_mean_them(language: str, text: str, begins: str | None, ends: str | None) -> None:
    assert hours(text, language) == (begins, ends)
