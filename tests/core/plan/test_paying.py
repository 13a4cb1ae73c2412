"""Faults in what a plan says about paying."""

import pytest

from core.kernel.errors import Problem, Severity
from core.plan.reading import check
from tests.core.settlement.offline import HEAD, PERSONAL, ladder

CALENDARS = "".join(f'\n[calendars.{kind}]\nkind = "{kind}"\n' for kind in ("month", "week", "year"))
BONUSES = "".join(
    f'\n[[bonuses]]\ncode = "{code}"\nkind = "unilevel"\nlabel = "B"\nlevels = ["5 %"]\n{more}'
    for code, more in (("main", ""), ("second", ""), ("weekly", 'calendar = "week"\n'), ("points", 'pays = "points"\n'))
)
KEEPING = '[[caps]]\ncode = "higher"\nper = "person"\nkeep = "highest"\n'
LEAST = '[[caps]]\ncode = "least"\nper = "person"\nat_least_by_rank = { bronze = 1250 }\n'
TREBLE = '[[caps]]\ncode = "treble"\nper = "person"\nshare = "300 %"\nshare_of = "pv"\never = true\n'
EUROS = '\n[[bonuses]]\ncode = "euros"\nkind = "unilevel"\nlabel = "B"\nlevels = ["5 %"]\ncurrency = "EUR"\n'
BASE = HEAD + CALENDARS + PERSONAL + ladder("bronze") + BONUSES


def faults(text: str) -> list[tuple[str, object]]:
    """Codes of the faults, each with the word it is about."""
    _, problems = check(BASE + text)
    return [(one.code, _word(one)) for one in problems if one.severity is Severity.FAULT]


def _word(problem: Problem) -> object:
    return problem.facts.get("word", problem.facts.get("name"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[[caps]]\ncode = "c"\nper = "person"\n', [("plan_word_beside", "amount")]),
        ('[[caps]]\ncode = "c"\nper = "company"\n', [("plan_word_beside", "share")]),
        (
            '[[caps]]\ncode = "c"\nper = "person"\namount = 1\nshare = "5 %"\nshare_of = "qv"\n',
            [("plan_word_useless", "amount"), ("plan_value_wrong", "share_of")],
        ),
        (f"{TREBLE}bonuses = ['main', 'weekly']\n", []),
        (f"{TREBLE}bonuses = ['points']\nshare_by_rank = {{ bronze = '10 %' }}\n", []),
        (TREBLE.replace('share_of = "pv"\n', "bonuses = ['main']\n"), [("plan_word_beside", "share_of")]),
        (f"{TREBLE}bonuses = ['main']\ncalendar = 'year'\n", [("plan_word_useless", "calendar")]),
        (f"{TREBLE}bonuses = ['main', 'points']\n", [("plan_value_wrong", "bonuses")]),
        (TREBLE + EUROS, [("plan_word_beside", "bonuses")]),
        ('[[caps]]\ncode = "c"\nper = "person"\nshare_of = "pv"\namount = 1\n', [("plan_word_useless", "share_of")]),
        (
            f"{LEAST}bonuses = ['main']\nshare = '5 %'\never = true\n",
            [("plan_word_useless", "share"), ("plan_word_useless", "ever")],
        ),
        (
            '[[caps]]\ncode = "c"\nper = "company"\nshare = "5 %"\never = true\nshare_by_rank = {}\n',
            [("plan_word_useless", "ever"), ("plan_word_useless", "share_by_rank")],
        ),
        (
            '[[caps]]\ncode = "c"\nper = "company"\nshare = "5 %"\namount = 1\n',
            [("plan_word_useless", "amount")],
        ),
        (
            '[[caps]]\ncode = "c"\nper = "company"\nshare = "5 %"\nshare_of = "earnings"\n',
            [("plan_value_wrong", "share_of")],
        ),
        ('[[caps]]\ncode = "main"\nper = "person"\namount = 1\n', [("plan_name_twice", "main")]),
        (
            '[[caps]]\ncode = "c"\nper = "person"\namount = 1\ncalendar = "week"\nbonuses = ["main"]\n',
            [("plan_value_wrong", "calendar")],
        ),
        ('[[caps]]\ncode = "c"\nper = "person"\namount = 1\ncalendar = "year"\nbonuses = ["weekly"]\n', []),
        (f"{KEEPING}bonuses = ['main', 'second']\n", []),
        (KEEPING, [("plan_word_beside", "bonuses")]),
        (f"{KEEPING}bonuses = ['main']\n", [("plan_value_wrong", "bonuses")]),
        (f"{KEEPING}bonuses = ['main', 'weekly']\n", [("plan_value_wrong", "bonuses")]),
        (f"{KEEPING}bonuses = ['main', 'points']\n", [("plan_value_wrong", "bonuses")]),
        (f"{LEAST}bonuses = ['main', 'second']\nearner = [{{ kpi = 'pv', minimum = 1 }}]\n", []),
        (LEAST, [("plan_word_beside", "bonuses")]),
        (f"{LEAST}bonuses = ['main', 'weekly']\n", [("plan_value_wrong", "bonuses")]),
        (f"{LEAST}bonuses = ['main', 'points']\n", [("plan_value_wrong", "bonuses")]),
        (
            f"{LEAST}bonuses = ['main']\namount = 1\ncalendar = 'year'\n",
            [("plan_word_useless", "amount"), ("plan_word_useless", "calendar")],
        ),
        (f"{KEEPING}bonuses = ['main', 'second']\nat_least = 1\n", [("plan_word_useless", "at_least")]),
        (
            '[[caps]]\ncode = "c"\nper = "company"\nshare = "5 %"\nat_least = 1\n',
            [("plan_word_useless", "at_least")],
        ),
        (
            '[[caps]]\ncode = "c"\nper = "person"\namount = 1\nearner = []\n',
            [("plan_word_useless", "earner")],
        ),
        (
            f"{KEEPING}bonuses = ['main', 'second']\namount = 1\ncalendar = 'year'\n",
            [("plan_word_useless", "amount"), ("plan_word_useless", "calendar")],
        ),
        (
            '[[caps]]\ncode = "first"\nper = "person"\namount = 1\n' + f"{KEEPING}bonuses = ['main', 'second']\n",
            [("plan_value_wrong", "keep")],
        ),
        (
            '[[caps]]\ncode = "c"\nper = "company"\nshare = "5 %"\nkeep = "highest"\n',
            [("plan_word_useless", "keep")],
        ),
        ("[payout]\nfee_from = 5\n", [("plan_word_beside", "fee")]),
        ("[payout]\nfee = 5\nfee_from = 50\nexpires_after = 3\n", []),
        ("[payout]\nfee = '15 %'\nfee_from = 50\n", []),
        ("[payout]\nfee = '101 %'\n", [("plan_value_wrong", "fee")]),
        ("[payout]\nfee = '15 EUR'\n", [("plan_value_wrong", "fee")]),
        ("[payout]\nfee = '100 %'\n", [("plan_value_wrong", "fee")]),
        ("[payout]\nfee = '15 %'\ncredit = '84.9 %'\n", []),
        ("[payout]\nfee = '15 %'\ncredit = '85 %'\n", [("plan_value_wrong", "fee")]),
        ('[payout.charges]\ntds = "5 %"\nadmin = { label = "Handling", rate = "10 %" }\n', []),
        ("[payout]\ncharges = { tds = 'x', admin = '5 %' }\n", [("plan_value_wrong", "rate")]),
        ("[payout]\ncharges = { tds = { rate = '5 %' } }\n", [("plan_word_missing", "label")]),
        ("[payout]\ncharges = '15 %'\n", [("plan_value_wrong", "charges")]),
        ("[payout]\ncharges = { a = '50 %', b = '30 %' }\ncredit = '20 %'\n", [("plan_value_wrong", "charges")]),
        ("[payout]\ncredit = '100 %'\n", []),
        ("[payout]\ncredit = '100 %'\nfee = 1.5\n", [("plan_value_wrong", "credit")]),
        ("[payout]\ncredit = '100 %'\nfee = 1.5\nfee_from = 50\n", []),
        ('[returns]\namount = "recompute"\n', [("plan_word_beside", "volume_in")]),
        (
            '[returns]\namount = "recompute"\nvolume_in = "refund_period"\n',
            [("plan_word_useless", "volume_in")],
        ),
        ("[returns]\nrank_again = true\n", [("plan_word_useless", "rank_again")]),
        ('[returns]\nrecovery_max = "101 %"\n', [("plan_value_wrong", "recovery_max")]),
        ('[advances]\nshare = "75 %"\n', [("plan_word_missing", "calendar")]),
        ('[advances]\ncalendar = "month"\nshare = "75 %"\n', [("plan_value_wrong", "calendar")]),
        (
            '[advances]\ncalendar = "week"\nshare = "75 %"\nbonuses = ["weekly"]\n',
            [("plan_value_wrong", "bonuses")],
        ),
        (
            '[advances]\ncalendar = "week"\nshare = "75 %"\nbonuses = ["points"]\n',
            [("plan_value_wrong", "bonuses")],
        ),
        ('[advances]\ncalendar = "week"\nshare = "75 %"\nbonuses = ["main"]\n', []),
        (
            "[late_orders]\nchange_others = false\nrebuild_carry = true\n",
            [("plan_word_useless", "rebuild_carry")],
        ),
    ],
)
def test_words_that_others_need_or_make_useless_are_told(text: str, found: list[tuple[str, str]]) -> None:
    assert faults("\n" + text) == found


def test_nothing_else_may_be_called_advance_beside_advances() -> None:
    bonus = '\n[[bonuses]]\ncode = "advance"\nkind = "unilevel"\nlabel = "B"\nlevels = ["5 %"]\n'
    assert faults(bonus) == []
    assert faults(bonus + '\n[advances]\ncalendar = "week"\nshare = "5 %"\n') == [("plan_name_twice", "advance")]


def test_what_is_not_said_holds_as_the_page_tells() -> None:
    plan, _ = check(BASE + "\n[returns]\n\n[late_orders]\n")
    assert plan is not None and plan.returns is not None and plan.late_orders is not None
    assert (plan.returns.amount, plan.returns.volume_in, plan.returns.within_days) == (
        "original_lines", "refund_period", None,
    )  # fmt: skip
    late = plan.late_orders
    assert (late.settled_in, late.cut_off_days, late.change_rank, late.change_others, late.rebuild_carry) == (
        "own_period", None, True, True, False,
    )  # fmt: skip
    assert (plan.advances, plan.caps, plan.payout.per) == (None, (), "total")
