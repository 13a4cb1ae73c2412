from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from i18n.languages import LANGUAGES, PLANNED, own_name
from i18n.translator import translator

NARROW, BROAD = "\u202f", "\xa0"


@pytest.mark.parametrize(
    ("language", "thousands", "more", "decimals"),
    [
        ("en", "5,200", "52,000", "-12.50"),
        ("es", "5200", "52.000", "-12,50"),  # CLDR: no separator below five digits
        ("de", "5.200", "52.000", "-12,50"),
        ("pt-BR", "5.200", "52.000", "-12,50"),
        ("fr", f"5{NARROW}200", f"52{NARROW}000", "-12,50"),
        ("hi", "5,200", "52,000", "-12.50"),
    ],
)
def test_numbers_are_written_as_their_readers_write_them(
    language: str, thousands: str, more: str, decimals: str
) -> None:
    tr = translator(language)
    assert (tr.number(5200), tr.number(52000), tr.number(Decimal("-12.50"))) == (thousands, more, decimals)


@pytest.mark.parametrize(
    ("value", "scale", "said"),
    [(125000, 4, "12.5"), (52000000, 4, "5,200"), (1, 4, "0.0001"), (0, 4, "0"), (-15000, 4, "-1.5"), (7, 0, "7")],
)
def test_a_volume_shows_no_empty_decimals(value: int, scale: int, said: str) -> None:
    assert translator("en").volume(value, scale) == said


@pytest.mark.parametrize(
    ("language", "euros", "yen"),
    [
        ("en", "€1,234.56", "¥5,200"),
        ("es", f"1234,56{BROAD}€", f"5200{BROAD}JPY"),
        ("de", f"1.234,56{BROAD}€", f"5.200{BROAD}¥"),
        ("pt-BR", f"€{BROAD}1.234,56", f"JP¥{BROAD}5.200"),
    ],
)
def test_money_has_the_decimals_of_its_currency(language: str, euros: str, yen: str) -> None:
    tr = translator(language)
    assert (tr.money(123456, "EUR"), tr.money(5200, "JPY")) == (euros, yen)


@pytest.mark.parametrize(
    ("language", "whole", "part"),
    [
        ("en", "5%", "2.5%"),
        ("de", f"5{BROAD}%", f"2,5{BROAD}%"),
        ("fr", f"5{NARROW}%", f"2,5{NARROW}%"),
        ("tr", "%5", "%2,5"),
    ],
)
def test_percent_keeps_the_spacing_of_its_language(language: str, whole: str, part: str) -> None:
    tr = translator(language)
    said = (tr.percent(5), tr.percent(Decimal("2.50")))
    assert tuple(text.replace(NARROW, " ").replace(BROAD, " ") for text in said) == tuple(
        text.replace(NARROW, " ").replace(BROAD, " ") for text in (whole, part)
    )


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "November 30", "November 2026"),
        ("es", "30 de noviembre", "noviembre de 2026"),
        ("de", "30. November", "November 2026"),
        ("pt-BR", "30 de novembro", "novembro de 2026"),
        ("fr", "30 novembre", "novembre 2026"),
    ],
)
def test_days_and_months_are_spelled(language: str, day: str, month: str) -> None:
    tr = translator(language)
    assert (tr.day(date(2026, 11, 30)), tr.month(date(2026, 11, 30))) == (day, month)


@pytest.mark.parametrize(
    ("language", "date_said", "day"),
    [
        ("fr", "1er sept. 2026", "1er septembre"),
        ("pt-BR", "1º de set. de 2026", "1º de setembro"),
        ("es", "1 sept 2026", "1 de septiembre"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_where_people_say_so(language: str, date_said: str, day: str) -> None:
    tr = translator(language)
    assert (tr.date(date(2026, 9, 1)), tr.day(date(2026, 9, 1))) == (date_said, day)
    assert "1º" not in tr.date(date(2026, 9, 11)) and "1er" not in tr.date(date(2026, 9, 11))


def test_a_french_clock_has_an_h() -> None:
    late = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
    assert translator("fr").time(late, "Europe/Paris") == "23\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}59"


def test_a_moment_is_told_by_the_clock_of_its_zone() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    tr = translator("de")
    assert tr.moment(late, "Europe/Madrid") == "01.12.2026, 00:30"
    assert tr.moment(late, "America/Bogota") == "30.11.2026, 18:30"
    assert tr.time(late, "America/Bogota") == "18:30"


@pytest.mark.parametrize(
    ("zone", "said"),
    [("America/Bogota", "Bogotá"), ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("UTC", "UTC")],
)
def test_a_zone_is_known_by_its_city(zone: str, said: str) -> None:
    assert translator("es").zone(zone) == said


def test_a_moment_without_a_zone_is_our_mistake() -> None:
    with pytest.raises(AssertionError):
        translator("de").moment(datetime(2026, 11, 30, 23, 30), "Europe/Madrid")  # noqa: DTZ001 the mistake itself


@pytest.mark.parametrize("language", [*LANGUAGES, *PLANNED])
def test_every_language_planned_can_be_formatted(language: str) -> None:
    tr = translator(language)
    moment = datetime(2026, 11, 30, 12, tzinfo=UTC)
    said = [tr.number(5200), tr.money(520000, "EUR"), tr.date(moment.date()), tr.moment(moment, "Europe/Madrid")]
    assert all(said) and own_name(language)


@pytest.mark.parametrize(
    ("language", "value", "currency", "said"),
    [
        ("en", "0.0436", "USD", "$0.0436"),
        ("en", "1234.5", "EUR", "€1,234.50"),
        ("en", "0.50", "JPY", "¥0.5"),
        ("es", "0.0436", "USD", f"0,0436{BROAD}US$"),
        ("de", "1234.56789", "EUR", f"1.234,56789{BROAD}€"),
        ("pt-BR", "0.0436", "USD", f"US${BROAD}0,0436"),
        ("fr", "0.0436", "EUR", f"0,0436{BROAD}€"),
    ],
)
def test_a_price_of_a_part_of_a_coin_stands_with_its_currency_as_amounts_do(
    language: str, value: str, currency: str, said: str
) -> None:
    assert translator(language).unit_price(Decimal(value), currency) == said
