"""Whose clock is whose."""

from zoneinfo import available_timezones

import pytest
from babel.core import get_global

from core.kernel.zones import SEVERAL, zone_of, zones_of


@pytest.mark.parametrize(
    ("country", "zones"),
    [
        ("FR", ("Europe/Paris",)),
        ("ES", ("Europe/Madrid", "Atlantic/Canary")),
        ("PT", ("Europe/Lisbon", "Atlantic/Madeira", "Atlantic/Azores")),
        ("ZZ", ()),
    ],
)
def test_most_peoples_zone_comes_first(country: str, zones: tuple[str, ...]) -> None:
    assert zones_of(country) == zones


@pytest.mark.parametrize(
    ("own", "country", "zone"),
    [("Asia/Tokyo", "MX", "Asia/Tokyo"), (None, "CO", "America/Bogota"), (None, "ZZ", "Europe/Berlin")],
)
def test_her_own_choice_goes_before_her_country_and_that_before_the_company(
    own: str | None, country: str, zone: str
) -> None:
    assert zone_of(own, country, "Europe/Berlin") == zone


def test_every_country_with_people_has_a_zone_and_every_zone_exists() -> None:
    uninhabited = {"AQ", "UM", "BV", "HM"}
    countries = {code for code in get_global("territory_zones") if len(code) == 2 and code.isalpha()} - {"ZZ"}
    assert {code for code in countries - uninhabited if not zones_of(code)} == set()
    assert {zone for zones in SEVERAL.values() for zone in zones} <= available_timezones()
