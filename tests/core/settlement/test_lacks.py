"""Why not? What bonuses ask besides rank and figures: places, people on both sides, cycles held, amounts that come to
something."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from core.plan.model import Plan
from core.plan.reading import check
from core.settlement.cycle.standing_of import standing_of
from core.settlement.model import LINES, ORDERS, PEOPLE, Company, framed
from core.settlement.rules.lack import Lack, Missing
from core.settlement.rules.missing import missing
from core.settlement.telling.lacks import lack_sentence, lack_sentences
from i18n.translator import translator
from tests.core.settlement.missing_plans import GROUP
from tests.core.settlement.offline import HEAD, PERSONAL, ladder
from tests.core.settlement.test_missing import changed, ordered, paid, settled

TREES = '\n[trees.binary]\nspill = "manual"\n'
A, B, C, D = range(4)
WORDS = {
    "static": 'kind = "unilevel"\nlevels = ["5 %"]\ncompression = "static"\nplace = [{ kpi = "pv", minimum = 100 }]',
    "held": 'kind = "rank_award"\namount_by_rank = { silver = 10 }\nhold_cycles = 2',
    "held once": 'kind = "rank_award"\namount_by_rank = { silver = 10, gold = 20 }\nhold_cycles = 3\nonce = true',
    "amount": 'kind = "rule"\nwhen = "true"\namount = "20 * floor(kpi.gv / 500)"',
    "guarantee": 'kind = "breakaway"\nleader_rank = "gold"\ngenerations = ["5 %"]\nguarantee = 1',
    "sides": 'kind = "binary"\nrate = "10 %"\npersonal_actives_each_side = 2',
    "layers": 'kind = "binary"\npay = "levels"\nto_level = 2\nrate = "10 %"\nmatched_min = 101',
    "legs": 'kind = "binary"\ntree = "sponsor"\nrate = "10 %"\nmatched_min = 201',
    "placed": 'kind = "unilevel"\nlevels = ["5 %"]\ntree = "binary"',
    "for all": 'kind = "unilevel"\nlevels = ["5 %"]\nwho = "all"\nminimum_rank = "gold"',
}
ASKED = {
    "static": Missing(Lack.CONDITION, kpi="pv", needed=Fraction(100), have=Fraction(60)),
    "held": Missing(Lack.HELD, rank="silver", count=2),
    "held once": Missing(Lack.HELD, rank="silver", count=3, once=True),
    "amount": Missing(Lack.AMOUNT, rule="20 * floor(kpi.gv / 500)"),
    "guarantee": Missing(Lack.RANK, rank="gold"),
    "sides": Missing(Lack.SIDES, count=2),
}


def plan(words: str) -> Plan:
    """Silver asks for 2 of her own, gold for 100."""
    ranks = ladder("bronze", "silver", "gold").replace("minimum = 3", "minimum = 100")
    text = HEAD + PERSONAL + GROUP + ranks + TREES + f'\n[[bonuses]]\ncode = "b"\nlabel = "B"\n{WORDS[words]}\n'
    found, problems = check(text)
    assert found is not None, problems
    return found


def company() -> Company:
    """a, who ordered 60, brought b, c and d, who ordered 100 each; b and c are her sides, d has no place."""
    people: dict[str, Any] = {
        "code": ["a", "b", "c", "d"],
        "sponsor": [-1, A, A, A],
        "joined_on": [date(2026, 1, 1)] * 4,
        "binary_parent": [-1, A, A, -1],
        "binary_side": [0, 1, 2, 0],
    }
    empty = framed(ORDERS, {})
    found = Company(framed(PEOPLE, people), empty, framed(LINES, {}), {})
    for person, volume in ((A, 60), (B, 100), (C, 100), (D, 100)):
        found = ordered(found, person, volume * 10_000)
    return found


def lack(words: str, known: Company, person: int) -> Missing | None:
    """What is missing; None where she is paid."""
    read = plan(words)
    outcome, source = settled(known, read)
    if paid(outcome, "b", person)[0]:
        return None
    return missing(read, read.bonuses[0], standing_of(outcome, source, person))


@pytest.mark.parametrize("words", list(ASKED))
def test_what_a_kind_asks_of_her_is_named(words: str) -> None:
    found = lack(words, company(), A)
    assert found == ASKED[words]
    assert lack_sentence(found, plan(words), translator("en")).startswith(("It asks for", "Nothing counts for it"))


def test_of_a_closed_cycle_its_name_is_told() -> None:
    lacking, read = Missing(Lack.RANK, rank="gold", also=(Missing(Lack.NO_OWN),)), plan("guarantee")
    assert lack_sentences(lacking, read, translator("en"), cycle="2026-10") == (
        "It asks for the rank gold in October 2026.",
        "You ordered nothing that counts for it in October 2026.",
    )
    assert lack_sentences(lacking, read, translator("en"))[0] == "It asks for the rank gold in this cycle."
    assert lack_sentences(Missing(Lack.NO_PLACE), read, translator("en"), cycle="2026-10")[0].startswith(
        "It goes along"
    )


def test_what_is_named_made_true_pays_or_names_something_else() -> None:
    more = ordered(company(), A, 140 * 10_000)
    assert lack("static", more, A) is None
    assert lack("amount", more, A) is None
    assert lack("guarantee", more, A) != ASKED["guarantee"]
    assert lack("held once", more, A) == Missing(Lack.HELD, rank="gold", count=3, once=True)


def test_who_has_no_place_is_told_so_and_a_customer_of_no_rank() -> None:
    assert lack("placed", company(), A) is None
    assert lack("placed", company(), D) == Missing(Lack.NO_PLACE)
    assert lack("placed", company(), B) == Missing(Lack.NO_BELOW)
    assert lack("for all", company(), B) == Missing(Lack.NO_BELOW)
    assert lack("legs", company(), A) == Missing(Lack.NO_LEGS)
    assert lack("layers", company(), A) == Missing(Lack.NO_LEVEL)
    assert lack("for all", company(), A) == Missing(Lack.RANK, rank="gold")
    assert lack("for all", changed(company(), A, "kind", "customer"), A) == Missing(Lack.CUSTOMER)
