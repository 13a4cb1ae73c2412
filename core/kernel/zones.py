"""Whose clock shows what: the time zones of countries, of which Babel knows all and nobody knows the first. Pure."""

from functools import cache

from babel.core import get_global

SEVERAL = {
    "AR": ("America/Argentina/Buenos_Aires",),
    "AU": (
        "Australia/Sydney",
        "Australia/Brisbane",
        "Australia/Adelaide",
        "Australia/Darwin",
        "Australia/Perth",
        "Australia/Hobart",
    ),
    "BR": ("America/Sao_Paulo", "America/Manaus", "America/Cuiaba", "America/Rio_Branco", "America/Noronha"),
    "CA": (
        "America/Toronto",
        "America/Vancouver",
        "America/Edmonton",
        "America/Winnipeg",
        "America/Regina",
        "America/Halifax",
        "America/St_Johns",
    ),
    "CD": ("Africa/Kinshasa", "Africa/Lubumbashi"),
    "CL": ("America/Santiago", "America/Punta_Arenas", "Pacific/Easter"),
    "CN": ("Asia/Shanghai", "Asia/Urumqi"),
    "CY": ("Asia/Nicosia",),
    "DE": ("Europe/Berlin",),
    "EC": ("America/Guayaquil", "Pacific/Galapagos"),
    "ES": ("Europe/Madrid", "Atlantic/Canary"),
    "FM": ("Pacific/Pohnpei", "Pacific/Chuuk"),
    "GL": ("America/Nuuk", "America/Danmarkshavn", "America/Thule"),
    "ID": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    "KI": ("Pacific/Tarawa", "Pacific/Kanton", "Pacific/Kiritimati"),
    "KZ": ("Asia/Almaty",),
    "MH": ("Pacific/Majuro",),
    "MN": ("Asia/Ulaanbaatar", "Asia/Hovd"),
    "MX": ("America/Mexico_City", "America/Cancun", "America/Hermosillo", "America/Mazatlan", "America/Tijuana"),
    "MY": ("Asia/Kuala_Lumpur",),
    "NZ": ("Pacific/Auckland", "Pacific/Chatham"),
    "PF": ("Pacific/Tahiti", "Pacific/Marquesas", "Pacific/Gambier"),
    "PG": ("Pacific/Port_Moresby", "Pacific/Bougainville"),
    "PS": ("Asia/Gaza",),
    "PT": ("Europe/Lisbon", "Atlantic/Madeira", "Atlantic/Azores"),
    "RU": (
        "Europe/Moscow",
        "Europe/Kaliningrad",
        "Europe/Samara",
        "Asia/Yekaterinburg",
        "Asia/Omsk",
        "Asia/Novosibirsk",
        "Asia/Irkutsk",
        "Asia/Yakutsk",
        "Asia/Vladivostok",
        "Asia/Magadan",
        "Asia/Kamchatka",
    ),
    "UA": ("Europe/Kyiv",),
    "US": (
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
    ),
    "UZ": ("Asia/Tashkent",),
}
"""Of countries that the database of zones divides: where most people live first, each clock that differs once."""


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """The zones of a country (ISO 3166), that of most of its people first; empty for an unknown country.

    | country | zones                                               |
    | ------- | --------------------------------------------------- |
    | FR      | Europe/Paris                                        |
    | ES      | Europe/Madrid, Atlantic/Canary                      |
    | PT      | Europe/Lisbon, Atlantic/Madeira, Atlantic/Azores    |
    | ZZ      |                                                     |
    """
    if country in SEVERAL:
        return SEVERAL[country]
    known: list[str] = get_global("territory_zones").get(country, [])
    return tuple(known) if len(known) == 1 else ()


def zone_of(own: str | None, country: str, company: str) -> str:
    """The clock that somebody lives by: her own choice, else most people's of her country, else the company's.

    | own           | country | company       | zone            |
    | ------------- | ------- | ------------- | --------------- |
    | Asia/Tokyo    | MX      | Europe/Berlin | Asia/Tokyo      |
    |               | CO      | Europe/Berlin | America/Bogota  |
    |               | ZZ      | Europe/Berlin | Europe/Berlin   |
    """
    return own or next(iter(zones_of(country)), company)
