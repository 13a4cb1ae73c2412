"""Periods, relative and by name."""

import pytest

from bot.understanding.slots.periods import period
from bot.understanding.text import clean


@pytest.mark.parametrize(
    ("language", "message", "value"),
    [
        ("en", "what did i earn last month", "last_month"),
        ("en", "earnings this year", "this_year"),
        ("en", "my rank in march", "march"),
        ("en", "may i see it", "may"),
        ("en", "statement for august 2025", "2025-08"),
        ("en", "2026-03", "2026-03"),
        ("en", "03/2026", "2026-03"),
        ("en", "the last 3 months", "last_3_months"),
        ("en", "cycle 14", "cycle_14"),
        ("en", "in 2025", "2025"),
        ("en", "my last commission", None),
        ("es", "el mes pasado", "last_month"),
        ("es", "en septiembre", "september"),
        ("es", "los ultimos 6 meses", "last_6_months"),
        ("es", "el año pasado", "last_year"),
        ("de", "im letzten monat", "last_month"),
        ("de", "im märz", "march"),
        ("de", "letztes jahr", "last_year"),
        ("de", "zyklus 12", "cycle_12"),
        ("pt-BR", "mês passado", "last_month"),
        ("pt-BR", "este ano", "this_year"),
        ("pt-BR", "em junho", "june"),
        ("fr", "le mois dernier", "last_month"),
        ("fr", "les 3 derniers mois", "last_3_months"),
        ("fr", "août 2025", "2025-08"),
        ("ru", "в прошлом месяце", "last_month"),
        ("ar", "الشهر الماضي", "last_month"),
        ("zh-Hans", "上个月", "last_month"),
        ("zh-Hans", "2025年8月", "2025-08"),
        ("zh-Hans", "十一月", "november"),
        ("hi", "पिछले महीने", "last_month"),
        ("id", "bulan lalu", "last_month"),
        ("ja", "先月", "last_month"),
        ("ja", "10月の明細", "october"),
        ("tr", "geçen ay", "last_month"),
    ],
)
def test_period_is_written_as_the_slots_page_has_it(language: str, message: str, value: str | None) -> None:
    assert period(clean(message), language) == value
