"""Places as people name them, and the clock by which each lives. Pure; Babel knows the names."""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from core.kernel.zones import zones_of

SHORT = (("US", "USA"), ("US", "US"), ("US", "EEUU"), ("US", "EE UU"), ("US", "EUA"), ("GB", "UK"), ("GB", "England"))
"""Countries as people shorten them."""


def zone_named(place: str, locale: Locale) -> str | None:
    """The zone of a city or a country, named in the reader's language, in English, or as the database of zones does.

    | place          | zone             |
    | -------------- | ---------------- |
    | Bogotá         | America/Bogota   |
    | new york       | America/New_York |
    | España         | Europe/Madrid    |
    | Europe/Berlin  | Europe/Berlin    |
    | Atlantis       | None             |
    """
    return _names(str(locale)).get(_folded(place)) or _names("en").get(_folded(place))


@cache
def _names(locale_code: str) -> dict[str, str]:
    """Zones by every folded name of theirs; a city goes before a country of the same name."""
    locale = Locale.parse(locale_code)
    listed = {zone for known in get_global("territory_zones").values() for zone in known}
    zones = sorted(zone for zone in listed & available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    found = {_folded(zone): zone for zone in zones}
    for zone in zones:
        found.setdefault(_folded(zone.rpartition("/")[2]), zone)
        if city := locale.time_zones.get(zone, {}).get("city"):
            found.setdefault(_folded(city), zone)
    for code, country in (*locale.territories.items(), *SHORT):
        for zone in zones_of(code)[:1]:
            found.setdefault(_folded(country), zone)
    return found


_APART = str.maketrans({"_": " ", "-": " ", ".": " "})


def _folded(text: str) -> str:
    """Without case, accents and what only sets words apart."""
    plain = unicodedata.normalize("NFKD", text.translate(_APART).casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
