"""Places as people name them."""

import pytest

from i18n.languages import locale_of
from i18n.zones import zone_named


@pytest.mark.parametrize(
    ("language", "place", "zone"),
    [
        ("es", "Bogotá", "America/Bogota"),
        ("en", "new york", "America/New_York"),
        ("es", "Nueva York", "America/New_York"),
        ("es", "España", "Europe/Madrid"),
        ("de", "Europe/Berlin", "Europe/Berlin"),
        ("de", "Wien", "Europe/Vienna"),
        ("fr", "Londres", "Europe/London"),
        ("pt-BR", "são  paulo", "America/Sao_Paulo"),
        ("es", "EE. UU.", "America/New_York"),
        ("en", "Atlantis", None),
        ("en", "Etc/GMT+1", None),
        ("en", "", None),
    ],
)
def test_a_city_or_a_country_tells_the_clock(language: str, place: str, zone: str | None) -> None:
    assert zone_named(place, locale_of(language)) == zone
