"""Matrix bonuses, and other kinds along a placement tree, on the tables of their rules, through the command."""

from decimal import Decimal
from pathlib import Path

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, ladder

FULL = "level_full = [10, 30]\nmatrix_full = 500\nsponsor_full = 50"


def plan(*bonuses: str, spill: str = "bfs", depth: int = 2, more: str = "") -> str:
    tree = f'\n[trees.matrix]\nwidth = 2\ndepth = {depth}\nspill = "{spill}"\n{more}\n'
    told = [
        f'\n[[bonuses]]\ncode = "{code}"\nkind = "matrix"\nlabel = "It"\n{words}\n'
        for code, words in zip("abcdef", bonuses, strict=False)
    ]
    return HEAD + PERSONAL + ONE_RANK + tree + "".join(told)


def lines(company: Placed, bonus: str = "a", out: str = "out") -> list[str]:
    """Payee, level, whose, amount; sorted."""
    return sorted(
        " ".join([row["payee_id"], row["level"] or "-", row["source_person_id"] or "-", row["amount"]])
        for row in company.awards(bonus, out)
    )


def family(folder: Path, text: str, count: int, *, sponsor: str = "s", joined: str = "2026-01-01") -> Placed:
    """s, brought by top, who brings so many people p1, p2 … whom the spill places below her."""
    company = Placed(folder, text)
    company.person("top")
    company.person("s", "top")
    for number in range(1, count + 1):
        company.person(f"p{number}", sponsor, joined)
    return company


def test_full_levels_are_paid_once_when_they_are(tmp_path: Path) -> None:
    company = family(tmp_path, plan(FULL), 5)
    assert company.settle() == 0
    assert [line for line in lines(company) if line.startswith("s")] == ["s 1 - 10.00"]
    company.person("p6", "s", "2026-11-02")
    assert company.follow("2026-11") == 0
    assert lines(company, out="next") == ["p2 1 - 10.00", "s - - 500.00", "s 2 - 30.00", "top - s 50.00"]
    assert company.settle("2026-12", "--carry", str(tmp_path / "next"), out="third") == 0
    assert company.awards(out="third") == []


def test_who_does_not_earn_is_paid_for_a_full_level_when_she_does(tmp_path: Path) -> None:
    company = family(tmp_path, plan(FULL + '\nearner = [{ kpi = "pv", minimum = 1 }]'), 2)
    assert company.settle() == 0
    assert lines(company) == []
    company.order("s", 1, on="2026-11-03")
    assert company.follow("2026-11") == 0
    assert lines(company, out="next") == ["s 1 - 10.00"]


def test_levels_end_with_the_matrix_and_go_by_places(tmp_path: Path) -> None:
    company = family(tmp_path, plan('levels = ["5 %", "4 %", "3 %"]'), 7)  # p7 goes below p3, three below s
    company.order("p7", 100)
    assert company.settle() == 0
    assert lines(company) == ["p1 2 p7 4.00", "p3 1 p7 5.00"]


def test_a_hole_keeps_its_level_or_whoever_is_first_below_moves_up(tmp_path: Path) -> None:
    for on_leave, paid in (("hole", ["s 2 p3 4.00"]), ("promote", ["s 1 p3 5.00", "top 2 p3 4.00"])):
        folder = tmp_path / on_leave
        folder.mkdir()
        company = family(folder, plan('levels = ["5 %", "4 %"]', more=f'on_leave = "{on_leave}"'), 4)
        company.status["p1"] = "terminated"
        company.order("p3", 100)  # below p1
        assert company.settle() == 0
        assert lines(company) == paid


def test_a_hole_is_nobody_where_levels_must_be_full(tmp_path: Path) -> None:
    company = family(tmp_path, plan(FULL), 2)
    company.status["p2"] = "terminated"
    assert company.settle() == 0
    assert lines(company) == []


def test_given_places_hold_and_others_are_placed_around_them(tmp_path: Path) -> None:
    company = family(tmp_path, plan('levels = ["5 %"]'), 0)
    company.placed("far", "s", 1, sponsor="top")
    company.person("p1", "s")
    company.person("p2", "s")
    for person in ("far", "p1", "p2"):
        company.order(person, 100)
    assert company.settle() == 0
    assert lines(company) == ["far 1 p2 5.00", "s 1 far 5.00", "s 1 p1 5.00"]


WAITING = '[placement]\nvolume_while_waiting = "{who}"\n'


def test_who_waits_brings_nothing_or_counts_below_her_sponsor(tmp_path: Path) -> None:
    for who, paid in (("nobody", []), ("enroller", ["p1 1 w 5.00", "s 2 w 4.00"])):
        folder = tmp_path / who
        folder.mkdir()
        text = plan('levels = ["5 %", "4 %"]', spill="manual", more=WAITING.format(who=who))
        company = family(folder, text, 0)
        company.placed("p1", "s", 1)
        company.person("w", "p1")
        company.order("w", 100)
        assert company.settle() == 0
        assert lines(company) == paid


def test_who_waits_earns_nothing_along_the_tree_even_where_her_volume_counts(tmp_path: Path) -> None:
    """w counts below p1 for levels; an award for her own rank is neither hers nor her sponsor's."""
    award = '\n[[bonuses]]\ncode = "{code}"\nkind = "rank_award"\nlabel = "It"\ntree = "matrix"\nto = "{code}"\n'
    award += "amount_by_rank = {{ member = 5 }}\nonce = false\n"
    text = plan('levels = ["5 %"]', spill="manual", more=WAITING.format(who="enroller"))
    company = family(tmp_path, text + "".join(award.format(code=code) for code in ("person", "sponsor")), 0)
    company.placed("p1", "s", 1)
    company.person("w", "p1")
    company.order("w", 100)
    assert company.settle() == 0
    assert lines(company) == ["p1 1 w 5.00"]
    assert company.earned("person") == {"p1": 5, "s": 5}
    assert company.earned("sponsor") == {"s": 5}


def test_every_kind_goes_along_a_tree(tmp_path: Path) -> None:
    """p3 is brought by s and stands below p1; the differential goes by sponsors, the other two by places."""
    steps = 'schedule_kpi = "gv"\nschedule = [{ from = 1, rate = "10 %" }]'
    group = '\n[kpis.gv]\nlabel = "G"\nmeasure = "qv"\n'
    others = (
        '\n[[bonuses]]\ncode = "u"\nkind = "unilevel"\nlabel = "U"\ntree = "matrix"\nlevels = ["5 %", "4 %"]\n'
        f'\n[[bonuses]]\ncode = "d"\nkind = "differential"\nlabel = "D"\ntree = "matrix"\n{steps}\n'
        '\n[[bonuses]]\ncode = "m"\nkind = "matching"\nlabel = "M"\ntree = "matrix"\nmatches = ["d"]\n'
        'levels = ["50 %"]\n'
    )
    company = family(tmp_path, plan(more=others).replace(PERSONAL, PERSONAL + group), 3)
    company.order("p3", 100)
    assert company.settle() == 0
    assert lines(company, "u") == ["p1 1 p3 5.00", "s 2 p3 4.00"]
    assert lines(company, "d") == ["p3 - p3 10.00"]
    assert lines(company, "m") == ["p1 1 p3 5.00"]
    assert company.earned()["p1"] == Decimal(10)


def stairs(folder: Path) -> Placed:
    """s is Silver; 5 % are left to her of a Bronze's volume, and as many are paid to her beside a Silver."""
    bonus = '\n[[bonuses]]\ncode = "a"\nkind = "differential"\nlabel = "D"\ntree = "matrix"\nequal_rank = "5 %"\n'
    rates = '[bonuses.rate_by_rank]\nbronze = "5 %"\nsilver = "10 %"\n'
    text = plan(spill="manual", more=f'[rounding]\nby = "bonus"{bonus}{rates}')
    company = family(folder, text.replace(ONE_RANK, ladder("bronze", "silver")), 0)
    company.order("s", 0, 2)
    return company


def test_of_legs_below_holes_the_one_that_joined_first_gets_the_first_cent(tmp_path: Path) -> None:
    """1.425 and 0.425 come to 1.85: one cent more for one of two lines that were cut alike and name nobody."""
    company = stairs(tmp_path)
    for code, place, volume, qv in (("first", 2, "28.5", 2), ("second", 1, "8.5", 1)):
        company.placed(code, "s", place)
        company.status[code] = "terminated"
        company.placed(f"{code}_below", code, 1)
        company.order(f"{code}_below", volume, qv)
    assert company.settle() == 0
    assert [one for one in lines(company) if one.startswith("s ")] == ["s 1 - 0.42", "s 1 - 1.43"]


def test_of_one_leg_what_is_left_gets_its_cent_before_what_is_paid_beside_an_equal_rank(tmp_path: Path) -> None:
    company = stairs(tmp_path)
    company.placed("leg", "s", 1)
    for code, place, volume, qv in (("silver", 1, "28.5", 2), ("bronze", 2, "8.5", 1)):
        company.placed(code, "leg", place)
        company.order(code, volume, qv)
    assert company.settle() == 0
    assert [one for one in lines(company) if one.startswith("s ")] == ["s 1 leg 0.43", "s 1 leg 1.42"]


def test_a_hole_is_nobodys_referral(tmp_path: Path) -> None:
    """Each person right below s brings 1: neither the hole nor she who stands below it."""
    rule = (
        '\n[[bonuses]]\ncode = "a"\nkind = "rule"\nlabel = "R"\ntree = "matrix"\nwhen = "rank >= member"\namount = 1\n'
    )
    company = family(tmp_path, plan(spill="manual", more=rule + 'per = "referral"\n'), 0)
    for code, above, place in (("gone", "s", 1), ("here", "s", 2), ("below", "gone", 1)):
        company.placed(code, above, place)
    company.status["gone"] = "terminated"
    assert company.settle() == 0
    assert [one for one in lines(company) if one.startswith("s ")] == ["s 1 here 1.00"]
