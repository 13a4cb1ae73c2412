"""Published rules about what held in each of several months, as in `test_published_parties`."""

from decimal import Decimal
from pathlib import Path

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

VOLUME = '\n[kpis.tv]\nlabel = "Total volume"\nmeasure = "qv"\nover = "line"\ninclude_self = true\n'


def reached(code: str, minimum: int, months: int, words: str = "", of: str = "tv") -> str:
    return (
        f'\n[kpis.{code}]\nlabel = "{code}"\nmeasure = "reached"\nof_kpi = "{of}"\nof_minimum = {minimum}\n'
        f"past_cycles = {months}\n{words}\n"
    )


def rank(code: str, *needs: str) -> str:
    return f'\n[[ranks]]\ncode = "{code}"\nname = "{code}"\nneeds = [{", ".join(needs)}]\n'


def need(kpi: str, minimum: int) -> str:
    return f'{{ kpi = "{kpi}", minimum = {minimum} }}'


def months(company: Offline, *numbers: int) -> dict[int, str]:
    """Settle these months, each with what the one before left; the folders by month."""
    more: list[str] = []
    for number in numbers:
        assert company.settle(f"2026-{number:02}", *more, out=str(number)) == 0
        more = ["--carry", str(company.folder / str(number))]
    return {number: str(number) for number in numbers}


def titles(company: Offline, out: str) -> dict[str, str]:
    return {row["person_id"]: row["career_rank"] for row in company.rows("ranks", out)}


def test_herbalife_asks_for_2500_in_each_of_four_months_or_10000_in_one(tmp_path: Path) -> None:
    """Herbalife's slides on the World Team: 2,500 in March, April, May and June make her World Team as of July, 10,000
    in one month as of the month after. Its flyer of 2019 pays 500 once to who has, among six months, four of 2,500 in a
    row, 10,000 in one or 5,000 in any two, and 500 royalty points: 5 % of 10,000 on three levels. The rest is ours.
    """
    organisation = '\n[kpis.below]\nlabel = "B"\nmeasure = "cv"\nover = "levels"\nto_level = 3\n'
    kpis = VOLUME + organisation + reached("four", 2500, 4, 'in_a_row = "latest"') + reached("big", 10_000, 1)
    kpis += reached("row", 2500, 6, 'in_a_row = "longest"') + reached("month", 10_000, 6) + reached("two", 5000, 6)
    kpis += reached("royalties", 10_000, 6, of="below")
    either = f"{{ any = [{need('month', 1)}, {need('two', 2)}] }}"
    plan = rank("member") + rank("world", f"{{ any = [{need('four', 4)}, {need('big', 1)}] }}")
    plan += rank("active", need("row", 4), either, need("royalties", 1))
    award = bonus("rank_award", "amount_by_rank = { active = 500 }\nonce = true")
    company = Offline(tmp_path, HEAD + kpis + PERSONAL + plan + award)
    for person, volumes in {
        "steady": {3: 2500, 4: 2500, 5: 2500, 6: 2500},
        "gap": {2: 2500, 3: 2500, 4: 2499, 5: 2500, 6: 2500},
        "big": {4: 10_000},
        "active": {1: 2500, 2: 5000, 3: 2500, 4: 5000},
        "below": {4: 10_000},
    }.items():
        company.person(person, "active" if person == "below" else None)
        for month, volume in volumes.items():
            company.order(person, volume, on=f"2026-{month:02}-05")
    out = months(company, 1, 2, 3, 4, 5, 6, 7)
    assert titles(company, out[4])["big"] == titles(company, out[6])["steady"] == "member"
    assert titles(company, out[5])["big"] == titles(company, out[7])["steady"] == "world"
    assert titles(company, out[7])["gap"] == "member"
    assert [company.earned(out=out[month]) for month in (4, 5, 6)] == [{}, {"active": Decimal(500)}, {}]


def test_amway_counts_months_as_silver_producer_of_a_rolling_year(tmp_path: Path) -> None:
    """AmwayWiki's pin levels: a silver producer's month, three of them in twelve make a gold producer, six a platinum,
    three of these in a row. Two people with six such months each; what they sell is ours.
    """
    held = '\nmeasure = "held"\nheld_rank = "silver"\n'
    kpis = f'\n[kpis.silvers]\nlabel = "S"{held}past_cycles = 11\n'
    kpis += f'\n[kpis.row]\nlabel = "R"{held}past_cycles = 11\nin_a_row = "longest"\n'
    kpis += f'\n[kpis.now]\nlabel = "N"{held}past_cycles = 2\nin_a_row = "latest"\n'
    ladder = rank("silver", need("tv", 7500)) + rank("gold", need("silvers", 2))
    ladder += rank("platinum", need("silvers", 5), f"{{ any = [{need('row', 3)}, {need('now', 2)}] }}")
    climbing = PERSONAL.replace("must_climb = false", "must_climb = true")
    company = Offline(tmp_path, HEAD + VOLUME + kpis + climbing + ladder)
    for person, good in {"row": (1, 2, 4, 5, 6, 8), "apart": (1, 2, 4, 5, 7, 8)}.items():
        company.person(person)
        for month in range(1, 9):
            company.order(person, 7500 if month in good else 7499, on=f"2026-{month:02}-05")
    out = months(company, *range(1, 9))
    assert [titles(company, out[month])["row"] for month in (1, 2, 4, 6, 7, 8)] == [
        "silver", "silver", "gold", "gold", "gold", "platinum",
    ]  # fmt: skip
    assert titles(company, out[8])["apart"] == "gold"
    paid = {row["person_id"]: row["paid_rank"] for row in company.rows("ranks", out[7])}
    assert paid == {"row": "", "apart": "gold"}  # in July only one of them is a silver producer


def test_usana_makes_executives_by_the_points_of_thirteen_weeks(tmp_path: Path) -> None:
    """askusana.com: 13,000 commission volume points in any 13 weeks, or fewer, make an executive gold director, 26,000
    an executive ruby. Points are 20 % of what matches; the weeks and the orders are ours. A rank goes by closed weeks.
    """
    weeks = '\n[calendars.week]\nkind = "week"\n'
    kpi = '\n[kpis.points]\nlabel = "P"\nmeasure = "earned"\nbonuses = ["cvp"]\npast_cycles = 13\n'
    plan = rank("director") + rank("executive_gold", need("points", 13_000)) + rank("ruby", need("points", 26_000))
    binary = bonus("binary", 'pays = "points"\npay = "percent"\nrate = "20 %"\ncarry = "flush"', "cvp")
    trees = '\n[trees.binary]\nspill = "manual"\n'
    company = Placed(tmp_path, HEAD + weeks + trees + kpi + PERSONAL + plan + binary)
    company.person("top")
    for side in ("left", "right"):
        company.placed(side, "top", side)
        for day, volume in (("01", 32_500), ("15", 32_495), ("22", 5), ("29", 65_000)):
            company.order(side, volume, on=f"2026-01-{day}")
    more: list[str] = []
    found = []
    for week in ("2026-W01", "2026-W02", "2026-W03", "2026-W04", "2026-W05", "2026-W06"):
        assert company.settle(week, *more, out=week) == 0
        found.append((int(company.kpi("top", "points", week)), titles(company, week)["top"]))
        more = ["--carry", str(tmp_path / week)]
    assert found == [
        (0, "director"), (6500, "director"), (6500, "director"), (12_999, "director"), (13_000, "executive_gold"),
        (26_000, "ruby"),
    ]  # fmt: skip
