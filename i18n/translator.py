"""The translator: one reader's language, handed to whoever says something to her."""

import datetime as dt
from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal
from fractions import Fraction
from functools import cache

from babel import Locale

from core.kernel.words import CompanyText
from i18n import formatting
from i18n.catalogue import messages
from i18n.formatting import DateLength, Joint
from i18n.languages import LANGUAGES, PLANNED, SOURCE, base_of, locale_of
from i18n.places import isolated

__all__ = ["LANGUAGES", "Place", "Translator", "mark", "mark_plural", "translator"]

Place = str | int | Decimal
"""What may stand in a named place: texts as they are, numbers in the reader's digits and separators."""


def mark(text: str) -> str:
    """Marks a constant for the catalogues; it is translated where it is said, by `tr(constant)`."""
    return text


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Marks a pair of constants for the catalogues; said by `tr.plural(*pair, n)`."""
    return one, many


class Translator:
    """Says messages, numbers, dates and company words in one language. Immutable; one per language and process."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale: Locale = locale_of(language)
        self.rtl: bool = self.locale.text_direction == "rtl"
        self.points: CompanyText = {}
        """What the reader's company calls points; nothing where she is nobody's."""
        self._messages = messages(language)

    def __call__(self, text: str, **places: Place) -> str:
        """The message in the reader's language, its places filled."""
        return self.filled(self._messages.singular.get(text, text), places)

    def naming(self, points: CompanyText) -> "Translator":
        """The same language, for somebody whose company calls points so."""
        other = copy(self)
        other.points = points
        return other

    def plural(self, one: str, many: str, n: int, **places: Place) -> str:
        """The message in the form that `n` asks for; `{n}` is a place of it."""
        return self.filled(self.form(one, many, n), {"n": n, **places})

    def form(self, one: str, many: str, n: int) -> str:
        """The message in the form that `n` asks for, its places still open."""
        forms = self._messages.plural.get(one)
        return forms[self._messages.form_of(abs(n))] if forms else (one if abs(n) == 1 else many)

    def filled(self, text: str, places: Mapping[str, Place]) -> str:
        """A message that is in the reader's language already, its places filled."""
        return text.format_map({name: self._said(value) for name, value in places.items()}) if places else text

    def company(self, words: CompanyText, count: int | Decimal | None = None) -> str:
        """A company's own word: in the reader's language, its base, a sister of it, English, else whatever there is.

        Args:
            count: chooses the CLDR category where the company gave plural forms; without one, the singular.
        """
        tags = [self.language, base_of(self.language), *_sisters(self.language, words), SOURCE]
        tag = next((tag for tag in tags if words.get(tag)), next(iter(words), None))
        if tag is None:
            return ""
        found = words[tag]
        if isinstance(found, str):
            return found
        category = "one" if count is None else locale_of(tag).plural_form(count if count >= 0 else -count)
        return found.get(category) or found.get("other") or next(iter(found.values()), "")

    def number(self, value: int | Decimal) -> str:
        """`value` with the reader's separators, showing every decimal it has."""
        return formatting.number(value, self.locale)

    def volume(self, value: int, scale: int) -> str:
        """A volume at `scale` decimals in whole units, without empty decimals."""
        return formatting.volume(value, scale, self.locale)

    def money(self, amount_minor: int, currency: str) -> str:
        """Whole minor units with their currency."""
        return formatting.money(amount_minor, currency, self.locale)

    def unit_price(self, value: Decimal, currency: str) -> str:
        """Money that may be a part of its smallest coin, such as what one point is worth."""
        return formatting.unit_price(value, currency, self.locale)

    def percent(self, value: int | Decimal | Fraction) -> str:
        """`value` per cent: 5 is said "5 %"."""
        return formatting.percent(value, self.locale)

    def date(self, value: dt.date, length: DateLength = "medium") -> str:
        """A date with its year."""
        return formatting.day(value, self.locale, length=length)

    def day(self, value: dt.date) -> str:
        """A date near enough to need no year: "30 de noviembre"."""
        return formatting.day_and_month(value, self.locale)

    def month(self, value: dt.date) -> str:
        """Month and year: "noviembre de 2026"."""
        return formatting.month(value, self.locale)

    def moment(self, value: dt.datetime, zone: str) -> str:
        """Date and time of day on a clock in `zone` (an IANA name)."""
        return formatting.moment(value, zone, self.locale)

    def time(self, value: dt.datetime, zone: str) -> str:
        """Hours and minutes on a clock in `zone`."""
        return formatting.time_of_day(value, zone, self.locale)

    def zone(self, zone: str) -> str:
        """The city or country by which the reader knows a time zone."""
        return formatting.place_of_zone(zone, self.locale)

    def list(self, items: Sequence[str], by: Joint = "and") -> str:
        """The items as one phrase, names fenced against each other's direction."""
        return formatting.joined([isolated(item, rtl=self.rtl) for item in items], self.locale, by=by)

    def days(self, n: int) -> str:
        """So many days."""
        return self.plural("{n} day", "{n} days", n)

    def hours(self, n: int) -> str:
        """So many hours."""
        return self.plural("{n} hour", "{n} hours", n)

    def minutes(self, n: int) -> str:
        """So many minutes."""
        return self.plural("{n} minute", "{n} minutes", n)

    def duration(self, seconds: int) -> str:
        """A stretch of time in its largest fitting unit, rounded up, never less than a minute: "2 hours"."""
        for unit, say in ((86_400, self.days), (3_600, self.hours)):
            if seconds >= unit:
                return say(-(-seconds // unit))
        return self.minutes(max(1, -(-seconds // 60)))

    def _said(self, value: Place) -> str:
        return isolated(value, rtl=self.rtl) if isinstance(value, str) else self.number(value)


def _sisters(language: str, words: CompanyText) -> list[str]:
    """Tags among `words` of the same base language: a Portuguese word serves a Brazilian, and the other way round."""
    return [tag for tag in words if base_of(tag) == base_of(language)]


@cache
def translator(language: str) -> Translator:
    """The translator of a language that we speak or prepare; English for any other tag."""
    return Translator(language if language in (*LANGUAGES, *PLANNED) else SOURCE)
