"""Values with a meaning of their own: company words, language tags, currencies, time zones, percentages, codes."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers
from babel.numbers import list_currencies

from core.kernel.money import NO_MONEY
from core.kernel.words import CompanyText
from core.plan.language.findings import nearest
from core.plan.language.source import Node
from core.plan.language.table import TEXT, TEXTS, Table, exact, texts_in
from core.plan.model.percents import Percent, percent_of
from i18n.translator import mark

FORMS = ("zero", "one", "two", "few", "many", "other")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}\Z", re.IGNORECASE)
PERCENT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*%\Z")
MIXED = re.compile(r"(?:(\d{1,4})\s+)?(\d{1,4})\s*/\s*([1-9]\d{0,3})\s*%\Z")
"""A percentage with a fraction in it: `33 1/3 %`."""
PART = re.compile(r"(\d{1,4})\s*/\s*([1-9]\d{0,3})\Z")
"""So much of the whole, without a sign: `7/12` is 58 1/3 %."""
CODE_EXPECTED = mark("a code of at most 40 letters a-z, digits, _ and -")
WORDS_EXPECTED = mark("a text, or texts by language")
FORMS_EXPECTED = mark("a text, or its plural forms")
CURRENCY_EXPECTED = mark("a currency of three capital letters such as EUR")
ZONE_EXPECTED = mark("a time zone such as Europe/Madrid")
PERCENT_EXPECTED = mark('a percentage from 0 to {most} such as "12.5 %"')
DECIMALS_EXPECTED = mark('a percentage in decimals such as "33.33 %"; fractions are for rates of what is paid')
PLURAL_FORMS = mark("the plural forms of a text")


def code(table: Table, word: str, default: str = "") -> str:
    """A short code without blanks."""
    node = table.words.get(word)
    text = table.text(word, default)
    if node is not None and text and not CODE.match(text):
        table.wrong(word, node, CODE_EXPECTED)
    return text


def is_code(table: Table, node: Node, text: str) -> bool:
    """Whether a section's own name, such as `gv` in `[kpis.gv]`, can serve as a code; a fault if not."""
    good = bool(CODE.match(text))
    if not good:
        facts = {"word": table.shape.name, "expected": CODE_EXPECTED, "found": f'"{text}"'}
        table.findings.fault("plan_value_wrong", node.key, **facts)
    return good


def company_text(table: Table, word: str) -> CompanyText:
    """`{language: text}` or plural forms; a bare text is the same in every language."""
    node = table.words.get(word)
    if node is None:
        return {}
    if isinstance(node.value, str) and node.value.strip():
        return {"en": node.value}
    if node.table is None:
        table.wrong(word, node, WORDS_EXPECTED)
        return {}
    words = {tag: text for tag, value in node.table.items() if (text := _in_language(table, word, tag, value))}
    if "en" not in node.table:
        table.findings.fault("plan_english_missing", node.key, word=word)
    return words


def _in_language(table: Table, word: str, tag: str, node: Node) -> str | dict[str, str] | None:
    check_tag(table, node, tag)
    if isinstance(node.value, str) and node.value.strip():
        return node.value
    if node.table is None:
        table.wrong(f"{word}.{tag}", node, FORMS_EXPECTED)
        return None
    return _forms(table, f"{word}.{tag}", node)


def _forms(table: Table, word: str, node: Node) -> dict[str, str]:
    forms: dict[str, str] = {}
    for form, value in (node.table or {}).items():
        if form not in FORMS:
            table.findings.unknown("plan_word_unknown", value.key, form, FORMS, table=PLURAL_FORMS)
        elif isinstance(value.value, str) and value.value.strip():
            forms[form] = value.value
        else:
            table.wrong(f"{word}.{form}", value, TEXT)
    if "other" not in (node.table or {}):
        table.findings.fault("plan_word_missing", node.key, table=PLURAL_FORMS, word="other")
    return forms


def spoken(table: Table, word: str) -> dict[str, tuple[str, ...]]:
    """Further words that people type, by language."""
    found = {}
    for tag, node in table.each(word):
        check_tag(table, node, tag)
        if node.items is None:
            table.wrong(f"{word}.{tag}", node, TEXTS)
            continue
        found[tag] = texts_in(table, f"{word}.{tag}", node.items)
    return found


def check_tag(table: Table, node: Node, tag: str) -> None:
    """A fault unless `tag` is a language tag in its usual spelling, such as `en`, `pt-BR` or `zh-Hans`."""
    if not is_language(tag):
        known = nearest(tag, _tags())
        facts = {"found": tag} | ({"nearest": known} if known else {})
        table.findings.fault("plan_language_unknown_near" if known else "plan_language_unknown", node.key, **facts)


@cache
def is_language(tag: str) -> bool:
    """Whether CLDR knows the language and spells it so."""
    try:
        return str(Locale.parse(tag, sep="-")).replace("_", "-") == tag
    except (ValueError, UnknownLocaleError):
        return False


@cache
def _tags() -> list[str]:
    return sorted(identifier.replace("_", "-") for identifier in locale_identifiers())


def language(table: Table, word: str, default: str) -> str:
    """A language tag."""
    text = table.text(word, default)
    if word in table.words and not is_language(text):
        table.findings.unknown("plan_choice_unknown", table.place(word), text, _short(_tags()), word=word)
    return text


def _short(tags: list[str]) -> list[str]:
    return [tag for tag in tags if len(tag) == 2 or tag in ("pt-BR", "zh-Hans", "zh-Hant")]


def currency(table: Table, word: str, default: str) -> str:
    """An ISO 4217 code."""
    text = table.text(word, default)
    if word in table.words and text not in _currencies():
        table.wrong(word, table.words[word], CURRENCY_EXPECTED)
    return text


def is_currency(code: str) -> bool:
    """Whether ISO 4217 has the code, for a currency."""
    return code in _currencies()


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies()) - NO_MONEY


def time_zone(table: Table, word: str, default: str) -> str:
    """An IANA time zone such as Europe/Madrid."""
    text = table.text(word, default)
    if word in table.words and not _is_zone(text):
        table.wrong(word, table.words[word], ZONE_EXPECTED)
        return default
    return text


def _is_zone(text: str) -> bool:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):  # the three ways in which zoneinfo says no
        return False
    return True


def share(table: Table, word: str, *, most: int = 100) -> Percent | None:
    """`"50 %"`, the plain number 50, or a fraction such as `"1/3"`; None when absent or wrong."""
    node = table.words.get(word)
    if node is None:
        return None
    value = as_percent(node)
    if value is None or not 0 <= value <= most:
        table.wrong(word, node, PERCENT_EXPECTED, most=most)
        return None
    tell_small(table, node, value)
    return value


def percent(table: Table, word: str, *, most: int = 100) -> Decimal | None:
    """The same where decimals are all that is asked for, such as limits and warnings; fractions are told."""
    value = share(table, word, most=most)
    if isinstance(value, Fraction):
        table.wrong(word, table.words[word], DECIMALS_EXPECTED)
        return None
    return value


def tell_small(table: Table, node: Node, value: Percent) -> None:
    """A notice of 0.05 without the sign, which is read as 0.05 %, and of 1/3 with it, which is a third of a percent."""
    if not 0 < value < 1:
        return
    text = str(node.value)
    if isinstance(node.value, str) and "/" in text:
        if says_percent(node):
            meant = text.replace("%", "").strip()
            table.findings.notice("plan_percent_part", node.place, found=text, meant=meant)
    elif not says_percent(node):
        assert isinstance(value, Decimal), "a bare number has decimals"
        meant = f"{(value * 100).normalize():f} %"
        table.findings.notice("plan_percent_small", node.place, found=f"{value:f}", meant=meant)


def as_percent(node: Node) -> Percent | None:
    """The percentage that stands there; None when it is none.

    | written      | percentage |
    | ------------ | ---------- |
    | `"12.5 %"`   | 12.5       |
    | `"33 1/3 %"` | 100/3      |
    | `"1/3"`      | 100/3      |
    | `"1/4"`      | 25         |
    """
    if not isinstance(node.value, str):
        return exact(node)
    text = node.value.strip()
    if match := PERCENT.match(text):
        return Decimal(match[1])
    if match := MIXED.match(text):
        return percent_of(int(match[1] or 0) + Fraction(int(match[2]), int(match[3])))
    match = PART.match(text)
    return percent_of(Fraction(100 * int(match[1]), int(match[2]))) if match else None


def says_percent(node: Node) -> bool:
    """Whether a value is written as a percentage or a part of the whole, not as an amount."""
    text = node.value.strip() if isinstance(node.value, str) else ""
    return text.endswith("%") or PART.match(text) is not None
