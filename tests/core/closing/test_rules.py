import pytest

from core.closing.rules import recorded
from core.kernel.ids import PersonId
from core.plan.service import parsed
from core.ranks.model import RecordedRank
from tests.core.plan.plans import SMALL

ANA = PersonId(1)
KEPT = {
    "forever": 'name = "Gold"',
    "2 cycles": 'name = "Gold"\ntitle = "cycles"\ntitle_cycles = 2',
    "while paid": 'name = "Gold"\ntitle = "while_paid"',
}


@pytest.mark.parametrize(
    ("title", "missed", "paid", "kept", "expected"),
    [
        (None, 0, 0, "forever", None),
        (None, 0, 1, "forever", ("silver", "silver", 0)),
        ("silver", 0, 2, "forever", ("gold", "gold", 0)),
        ("gold", 0, 1, "forever", ("silver", "gold", 1)),
        ("gold", 7, 0, "forever", (None, "gold", 8)),
        ("gold", 0, 0, "2 cycles", (None, "gold", 1)),
        ("gold", 1, 1, "2 cycles", ("silver", "silver", 2)),
        ("gold", 0, 1, "while paid", ("silver", "silver", 1)),
        ("gold", 5, 2, "2 cycles", ("gold", "gold", 0)),
        ("emperor", 0, 1, "forever", ("silver", "silver", 0)),
    ],
)
def test_a_title_follows_the_paid_rank_as_the_plan_keeps_it(
    title: str | None, missed: int, paid: int, kept: str, expected: tuple[str | None, str | None, int] | None
) -> None:
    plan = parsed(SMALL.replace('name = "Gold"', KEPT[kept]))
    before = {ANA: RecordedRank(ANA, None, title, missed)}
    found = recorded(plan, {ANA: paid}, {ANA: title} if title else {}, before)
    assert [(one.rank, one.career_rank, one.misses) for one in found] == ([expected] if expected else [])


def test_a_title_given_by_hand_starts_a_new_count_of_misses() -> None:
    before = {ANA: RecordedRank(ANA, "silver", "silver", misses=0)}
    [found] = recorded(parsed(SMALL), {ANA: 1}, {ANA: "gold"}, before)
    assert (found.career_rank, found.misses) == ("gold", 1)


@pytest.mark.parametrize(
    ("honorary", "before", "title", "paid", "ends_year", "expected"),
    [
        ("none", "gold", "gold", 1, True, None),
        ("highest", None, None, 0, False, None),
        ("highest", None, None, 1, False, "silver"),
        ("highest", "gold", None, 1, False, "gold"),
        ("highest", None, "gold", 1, False, "gold"),
        ("last_of_year", "silver", None, 2, False, "silver"),
        ("last_of_year", "gold", "gold", 1, True, "silver"),
        ("last_of_year", "gold", "gold", 0, True, None),
        ("last_of_year", "emperor", None, 1, False, None),
    ],
)
def test_an_honorary_rank_is_the_highest_or_that_of_the_years_last_cycle(
    honorary: str, before: str | None, title: str | None, paid: int, ends_year: bool, expected: str | None
) -> None:
    plan = parsed(SMALL.replace("[ladder]", f'[ladder]\nhonorary = "{honorary}"'))
    last = {ANA: RecordedRank(ANA, None, title, honorary_rank=before)}
    found = recorded(plan, {ANA: paid}, {ANA: title} if title else {}, last, ends_year=ends_year)
    assert [one.honorary_rank for one in found] == ([expected] if paid or title or expected else [])


def test_who_has_nothing_but_an_honour_is_recorded() -> None:
    plan = parsed(SMALL.replace("[ladder]", '[ladder]\nhonorary = "highest"'))
    [found] = recorded(plan, {ANA: 0}, {}, {ANA: RecordedRank(ANA, None, None, honorary_rank="gold")})
    assert (found.rank, found.career_rank, found.honorary_rank) == (None, None, "gold")


def test_only_people_in_the_tree_are_recorded() -> None:
    assert recorded(parsed(SMALL), {}, {ANA: "gold"}, {}) == []
