"""The reason of a line as sentences: what each link says, in every language."""

from datetime import date
from typing import Any

import pytest

from core.plan.reading import check
from core.settlement.telling.teller import Award, Teller
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.core.settlement.offline import HEAD, PERSONAL, ladder

BONUSES = """
[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Level bonus"
levels = ["5 %", "3 %"]

[[bonuses]]
code = "stairs"
kind = "differential"
label = "Stairs"
base = "qv"
rate_by_rank = { silver = "10 %" }

[[bonuses]]
code = "retail"
kind = "rule"
label = "Retail profit"
base = "margin"
when = "true"
per = "order"
rate = "100 %"

[[bonuses]]
code = "match"
kind = "matching"
label = "Match"
matches = ["levels"]
levels = ["10 %"]
rank_basis = "career"

[[bonuses]]
code = "promotion"
kind = "rank_award"
label = "Promotion"
amount_by_rank = { bronze = 10, silver = 25 }

[[bonuses]]
code = "goal"
kind = "goal_award"
label = "Goal"
kpi = "pv"
minimum = 5
amount = 3
"""
PLAN = {"plan": "example 1", "rounding": "half_up by line"}
LEVEL = PLAN | {
    "kind": "unilevel", "order": "o1", "level": 2, "rank": "silver", "base": "33.33", "rate": "3", "exact": "0.9999",
    "skipped": {"p3": "rank", "p4": "customer"}, "skipped_count": 5,
}  # fmt: skip
LEG = PLAN | {
    "kind": "differential", "leg": "p2", "level": 1, "rank": "silver", "base": "100", "rate": "6", "less": "4",
    "exact": "6",
}  # fmt: skip
MATCH = PLAN | {"kind": "matching", "of": "p2", "level": 1, "rank": None, "base": "1000", "rate": "10", "exact": "100"}
MARGIN = {"en": "margin", "es": "margen", "de": "spanne", "pt-BR": "margem", "fr": "marge"}
CAP = PLAN | {"kind": "unilevel", "rank": "silver", "cap": "20.00", "exact": "-5"}


def told(bonus: str, amount: int, because: dict[str, Any], language: str = "en") -> tuple[str, ...]:
    plan, problems = check(HEAD + PERSONAL + ladder("bronze", "silver") + BONUSES)
    assert plan is not None, problems
    source = "p9" if "order" in because else because.get("leg", because.get("of"))
    days = {"o1": date(2026, 10, 5)}
    teller = Teller(plan, translator(language), name=lambda code: f"<{code}>", ordered_on=days.get)
    return teller.told(Award("p1", bonus, "USD", amount, because, source))


def test_a_level_line_goes_from_the_order_to_the_cent() -> None:
    assert told("levels", 100, LEVEL) == (
        "It began with order o1 of Oct 5, 2026 by <p9>.",
        "You are paid as silver in this cycle.",
        "<p9> is on your level 2.",
        "Passed over on the way up to you: <p3> (rank too low), <p4> (a customer), and 3 other people.",
        "It counts 33.33 in commission volume for this bonus.",
        "3% of that is $0.9999.",
        "$0.9999 is rounded to $1.00, halves up.",
        "All this by the plan example, version 1.",
    )


def test_a_leg_says_what_is_paid_below() -> None:
    assert told("stairs", 600, LEG)[0] == "It began with the line of <p2>."
    assert "Your percentage is 10%; 4% of it is paid below you, so 6% is yours." in told("stairs", 600, LEG)
    assert "So the line is $6.00; nothing had to be rounded." in told("stairs", 600, LEG)


def test_a_match_says_whose_earnings_and_that_no_title_counts() -> None:
    assert told("match", 10_000, MATCH)[:5] == (
        "It began with what <p2> earned by “Level bonus”.",
        "You hold no title.",
        "<p2> is on your level 1.",
        "It counts $1,000.00 for this bonus.",
        "10% of that is $100.00.",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_margin_is_called_so_in_every_language(language: str) -> None:
    because = PLAN | {"kind": "rule", "order": "o1", "base": "61.5", "rate": "100", "exact": "61.5"}
    [theirs] = [one for one in told("retail", 6150, because, language) if MARGIN[language] in one]
    assert "61" in theirs


def test_what_is_above_a_cap_is_taken_off() -> None:
    assert "The bonus pays at most $20.00 in a cycle; what is above is taken off." in told("levels", -500, CAP)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
@pytest.mark.parametrize("because", [LEVEL, LEG, MATCH, CAP], ids=["level", "leg", "match", "cap"])
def test_every_language_says_every_link(language: str, because: dict[str, Any]) -> None:
    bonus = {"unilevel": "levels", "differential": "stairs", "matching": "match"}[because["kind"]]
    theirs, english = told(bonus, 100, because, language), told(bonus, 100, because)
    assert len(theirs) == len(english)
    assert not set(theirs) & set(english)


FACTS_OF: dict[str, dict[str, Any]] = {
    "together": {"cap": "20.00", "earned": "25.00"},
    "company": {"bonus": "levels", "earned": "25.00", "ratio": "2/3"},
    "leader": {"boundary": "closer", "leaders": 1, "leader": "p4"},
    "opener": {"boundary": "opener", "leaders": 1, "leader": "p4"},
    "passed": {"passed_by": "p4"},
    "received": {"own": "4.5", "received": "0.333"},
    "guarantee": {"guarantee": "400.00", "own": "4.5"},
    "pool": {"pot": "10000.00", "shares": "500", "shares_all": "5000"},
    "group": {"group": 2, "group_percent": "24"},
    "goal": {"figure": "20000.5"},
    "held": {"held_cycles": 2},
    "rest": {"origin": "2026-01", "part": 2},
    "sides": {"left": "1800", "right": "20800", "used_left": "1800", "used_right": "1800", "cycles": 9},
    "pairs": {"left": "700", "right": "1000", "used_left": "700", "used_right": "700", "pairs": 700},
    "legs": {"head": "p4", "strongest": "800", "others": "700", "used_strongest": "700", "used_others": "700"},
    "layers": {"level": 3, "level_left": "300", "level_right": "200"},
    "a leg of nobody": {"strongest": "800", "others": "700"},
    "tier": {"left": "3500", "right": "2500", "used_left": "2000", "used_right": "2000", "tier": "2000"},
    "level": {"full": "level"},
    "matrix": {"full": "matrix"},
    "sponsor": {"full": "sponsor"},
    "return": {"corrects": {"cycle": "2026-09", "order": "o7", "level": 1, "amount": "5.00"}, "returned": "1/3"},
    "advance": {"kind": "advance", "cycle": "2026-10", "base": "100.00", "rate": "50", "advanced": "0.00"},
    "taken off": {"kind": "advance", "cycle": "2026-10", "advanced": "50.00"},
    "late": {"kind": "late", "cycle": "2026-09", "was": "10.00", "now": "12.50"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", FACTS_OF.values(), ids=FACTS_OF)
def test_every_fact_is_told_in_every_language(language: str, facts: dict[str, Any]) -> None:
    because = PLAN | {"kind": "pool", "exact": "1", **facts}
    theirs, plain = (
        told("levels", 100, because, language),
        told("levels", 100, PLAN | {"kind": "pool", "exact": "1"}, language),
    )
    assert len(theirs) > len(plain)
    assert not any("{" in sentence for sentence in theirs)


def test_a_pool_tells_pot_and_shares() -> None:
    assert told("levels", 100_000, PLAN | {"kind": "pool", "exact": "1000", **FACTS_OF["pool"]})[:2] == (
        "The pool held $10,000.00.",
        "You have 500 of all 5,000 shares.",
    )


def test_a_return_names_what_it_corrects() -> None:
    said = told("levels", -167, PLAN | {"kind": "return", "order": "r1", "exact": "-5/3", **FACTS_OF["return"]})
    assert "It corrects $5.00 that order o7 paid you in September 2026." in said
    assert "33.33% of that order was returned." in said
    assert "≈ -$1.666667 is rounded to -$1.67, halves up." in said


def test_an_award_is_for_the_rank_that_it_names_whatever_was_paid_beside_it() -> None:
    assert told("promotion", 1000, PLAN | {"kind": "rank_award", "rank": "bronze", "exact": "10"}) == (
        "It is the award for the rank bronze.",
        "So the line is $10.00; nothing had to be rounded.",
        "All this by the plan example, version 1.",
    )


def test_a_goal_names_the_figure_and_asks_for_no_rank() -> None:
    because = PLAN | {"kind": "goal_award", "rank": None, "figure": "7", "exact": "3"}
    assert told("goal", 300, because)[0] == "You reached 7 in “Personal volume”, and it asks for 5."
