from core.genealogy.rules import moves as rules
from core.genealogy.rules.moves import Change
from core.kernel.ids import PersonId

MARIA, JUAN, CARLOS, YENNY, PABLO = map(PersonId, range(1, 6))


def test_the_line_of_a_leaver_rolls_up_to_her_sponsor() -> None:
    assert rules.termination(JUAN, sponsor=MARIA, frontline=[CARLOS, YENNY], heir=MARIA) == [
        Change(CARLOS, JUAN, MARIA),
        Change(YENNY, JUAN, MARIA),
        Change(JUAN, MARIA, None, leaves=True),
    ]


def test_without_her_line_a_person_moves_alone() -> None:
    moved = rules.sponsor_change(JUAN, before=MARIA, after=PABLO, frontline=[CARLOS], with_line=False)
    assert moved == [Change(CARLOS, JUAN, MARIA), Change(JUAN, MARIA, PABLO)]


def test_with_her_line_only_one_link_changes() -> None:
    moved = rules.sponsor_change(JUAN, before=MARIA, after=PABLO, frontline=[CARLOS], with_line=True)
    assert moved == [Change(JUAN, MARIA, PABLO)]


def test_whoever_stands_above_before_and_after_keeps_her_figures() -> None:
    assert rules.figures_change([([JUAN, MARIA], [PABLO, MARIA]), ([YENNY], [])]) == [JUAN, PABLO, YENNY]


def test_the_way_up_follows_those_who_moved() -> None:
    paths: dict[PersonId | None, list[PersonId]] = {CARLOS: [CARLOS, JUAN, MARIA], PABLO: [PABLO, MARIA]}
    assert rules.path_after(CARLOS, paths, {JUAN: PABLO}) == [CARLOS, JUAN, PABLO, MARIA]
