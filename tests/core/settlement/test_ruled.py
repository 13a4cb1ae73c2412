"""A rule of the plan as a sentence: by the company's words, in every language."""

import pytest

from core.plan.expressions.vocabulary import cycle_words
from core.plan.reading import check
from core.settlement.telling.ruled import FUNCTIONS, SUBJECTS, TRUTHS, told_rule
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.core.plan.plans import SMALL

PLAN, _ = check(SMALL)
assert PLAN is not None
NOT_OF_BONUSES = {"ordered_cycles", "referrals_ordered"}

TOLD = {
    'rank >= "gold"': "your rank: Gold or higher",
    "rank >= silver and kpi.gv >= 1000": "your rank: Silver or higher, and “Group volume”: at least 1,000",
    "referrals >= 3 or not active": "people you brought: at least 3, or you are not active",
    'person.country in ["ES", "PT"]': "your country: one of Spain, Portugal",
    'person.language not in ["de"] and referred': "your language: none of German, and somebody brought you",
    "(active or referred) and career_rank < gold": (
        "(you are active, or somebody brought you), and your title: lower than Gold"
    ),
    "100 <= kpi.pv < 500.5": "“Personal volume”: at least 100, and “Personal volume”: less than 500.5",
    "kpi.gv - 2 * kpi.pv > 0": "“Group volume” − (2 × “Personal volume”): more than 0",
    "max(kpi.pv, 10) == 10": "the greatest of “Personal volume”, 10: 10",
    'person.kind != "customer" and rank > none': "what you are: not customer, and your rank: higher than no rank",
    "not (active and referred)": "not so: (you are active, and somebody brought you)",
    "referrals >= (5 if active else 10)": "people you brought: at least (5, if you are active; otherwise 10)",
}


@pytest.mark.parametrize(("rule", "told"), TOLD.items())
def test_a_rule_is_told_in_words(rule: str, told: str) -> None:
    assert PLAN is not None
    assert told_rule(rule, PLAN, translator("en")) == told


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_language_tells_it_in_its_own_words(language: str) -> None:
    assert PLAN is not None
    for rule, english in TOLD.items():
        told = told_rule(rule, PLAN, translator(language))
        assert told != english
        assert not {"rank", "active", "referred", "country", "you", "least"} & set(told.replace(":", " ").split()), told


def test_whatever_a_rule_may_ask_for_has_words() -> None:
    assert PLAN is not None
    words = {name for name in cycle_words(PLAN.kpis, 0) if not name.startswith("kpi.")} - NOT_OF_BONUSES
    assert words <= {*SUBJECTS, *TRUTHS}
    assert {"min", "max", "abs", "floor"} == set(FUNCTIONS)
