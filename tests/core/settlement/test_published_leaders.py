"""Worked examples of leaders' bonuses, cars, mentors, codes and matrices, as in `test_published_parties`."""

from decimal import Decimal
from pathlib import Path

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_elsewhere import bonus
from tests.core.settlement.test_published_parties import line_of


def test_scentsy_pays_leaders_on_three_quarters_of_what_their_teams_sell(tmp_path: Path) -> None:
    """Scentsy's table of 2020: 2, 4, 7 and 9 % of wholesale, what the frontline's rank leaves; 3 % on a generation.

    Wholesale volume is 75 % of retail. Amounts are ours: a star director, a director below her, her lead consultant.
    """
    wholesale = 'orders = { volume_counted = "75 %" }\n'
    plan = bonus("differential", wholesale + "rate_by_rank = { lead = 2, star = 4, superstar = 7, director = 9 }")
    plan += bonus(
        "breakaway", wholesale + 'leader_rank = "director"\ngenerations = ["3 %"]\nminimum_rank = "director"', "b"
    )
    ranks = ladder("certified", "lead", "star", "superstar", "director")
    company = Offline(tmp_path, HEAD + PERSONAL + ranks + plan)
    for person, above, rank in (
        ("top", None, 5), ("star", "top", 3), ("certified", "star", 1), ("below", "top", 5), ("lead", "below", 2)
    ):  # fmt: skip
        company.person(person, above)
        company.order(person, 1000, rank)
    assert company.settle() == 0
    team = company.earned("a")
    assert team["star"] == 30 + 30  # 4 % of her own 750 and of the certified consultant's
    assert team["top"] == Decimal("67.50") + 75  # 9 % of her own, 5 % of the star's and hers, nothing of the director's
    assert company.earned("b") == {"top": 45}  # 3 % of the director's team of 1,500


def test_scentsy_pays_on_the_teams_of_directors_on_the_frontline_alone(tmp_path: Path) -> None:
    """Scentsy's table of 2020: 3 % of the team volume of frontline directors; amounts are ours."""
    team = '\n[kpis.team]\nlabel = "T"\nmeasure = "cv"\nover = "line"\ninclude_self = true\nstop_at_rank = "director"\n'
    words = 'base = "team"\nlevels = ["3 %"]\nminimum_rank = "director"\norders = { with_rank = "director" }'
    ranks = ladder("certified", "director")
    company = Offline(tmp_path, HEAD + team + PERSONAL + ranks + bonus("unilevel", words))
    for person, above, rank in (
        ("top", None, 2), ("front", "top", 2), ("hers", "front", 1), ("deep", "hers", 2), ("plain", "top", 1),
        ("below", "plain", 2),
    ):  # fmt: skip
        company.person(person, above)
        company.order(person, 750, rank)
    assert company.settle() == 0
    assert company.earned() == {"top": 45}  # of `front` and `hers`; nobody else has a director right below


def test_kitchen_fair_pays_whoever_brought_a_leader_up(tmp_path: Path) -> None:
    """Kitchen Fair's table: 300 for each senior team leader and 1,000 for each director whom a director develops."""
    ranks = ladder("leader", "senior", "director")
    words = "amount_by_rank = { senior = 300, director = 1000 }\nonce = true\n"
    own, mentor = bonus("rank_award", words, "title"), words + 'to = "next_qualified"\nminimum_rank = "director"'
    company = Offline(tmp_path, HEAD + PERSONAL + ranks + own + bonus("rank_award", mentor))
    line_of(company, ("director", "leader", "new"))
    for person, rank in (("director", 3), ("leader", 1), ("new", 2)):
        company.order(person, rank, on="2026-10-05")
        company.order(person, 3 if person == "new" else rank, on="2026-11-05")
    assert company.settle("2026-10") == 0
    [line] = company.awards("a")
    assert (line["payee_id"], line["source_person_id"], line["amount"]) == ("director", "new", "300.00")
    assert company.settle("2026-11", "--carry", str(tmp_path / "out"), out="next") == 0
    assert company.earned("a", "next") == {"director": 1000}
    assert company.earned("title", "next") == {"new": 1000}


def test_pruvit_pays_for_a_car_from_the_second_month_on(tmp_path: Path) -> None:
    """support.justpruvit.com: rank 7 in January and rank 6 in February pays the car, and so on while she holds 6."""
    ranks = ladder(*(f"rank{number}" for number in range(1, 8)))
    car = bonus("rank_award", "amount_by_rank = { rank6 = 680 }\nhold_cycles = 2")
    company = Offline(tmp_path, HEAD + PERSONAL + ranks + car)
    company.person("promoter")
    more: list[str] = []
    for month, rank, paid in ((1, 7, 0), (2, 6, 680), (3, 7, 680), (4, 7, 680), (5, 5, 0)):
        company.order("promoter", rank, on=f"2026-{month:02}-05")
        assert company.settle(f"2026-{month:02}", *more, out=str(month)) == 0
        assert company.earned(out=str(month)) == ({"promoter": paid} if paid else {})
        more = ["--carry", str(tmp_path / str(month))]


def test_thirty_one_ends_a_generation_with_each_director(tmp_path: Path) -> None:
    """Thirty-One's career path: down to and including the next director 3 %, then 2 and 2 %; amounts are ours."""
    words = 'leader_rank = "director"\ngenerations = ["3 %", "2 %", "2 %"]\nminimum_rank = "director"'
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("consultant", "director") + bonus("generation", words))
    people = ("you", "hers", "first", "theirs", "second", "third", "fourth")
    line_of(company, people)
    for person in people:
        company.order(person, 1000, 1 if person in ("hers", "theirs") else 2)
    assert company.settle() == 0
    paid = {row["source_person_id"]: Decimal(row["amount"]) for row in company.awards() if row["payee_id"] == "you"}
    assert paid == {"hers": 30, "first": 30, "theirs": 20, "second": 20, "third": 20}


def test_acn_pays_quarters_of_a_percent_on_what_customers_are_billed(tmp_path: Path) -> None:
    """slideplayer.com, ACN: 25 customers of 22 for each of 2, 4 … 128; ¼, ¼, ¼, ½, 1, 2 and 7 %; amounts are ours."""
    rates = ("0.25", "0.25", "0.25", "0.5", "1", "2", "7")
    levels = ", ".join(f'"{rate} %"' for rate in rates)
    head = HEAD + '\n[rounding]\nby = "bonus"\n'
    company = Offline(tmp_path, head + PERSONAL + ONE_RANK + bonus("unilevel", f"levels = [{levels}]"))
    company.person("you")
    level = ["you"]
    for _ in rates:
        level = [f"{above}{place}" for above in level for place in "12"]
        for person in level:
            company.person(person, person[:-1])
            company.order(person, 25 * 22)
    assert company.settle() == 0
    by_level = [550 * 2**at * Decimal(rate) / 100 for at, rate in enumerate(rates, start=1)]
    assert company.earned()["you"] == sum(by_level) == Decimal("5871.25")


def test_a_matrix_of_three_by_five_has_three_hundred_and_sixty_three_places(tmp_path: Path) -> None:
    """ethanvanderbuilt.com: 3, 9, 27, 81 and 243 on five levels, 363 in all; a unit of each pays as many."""
    tree = '\n[trees.matrix]\nwidth = 3\ndepth = 5\nspill = "bfs"\n'
    words = "levels = [100, 100, 100, 100, 100]\nlevel_full = [3, 9, 27, 81, 243]\nmatrix_full = 363"
    company = Placed(tmp_path, HEAD + PERSONAL + ONE_RANK + tree + bonus("matrix", words))
    company.person("a")
    for number in range(1, 364):
        company.person(f"p{number:03}", "a", joined="2026-01-02")
        company.order(f"p{number:03}", 1)
    company.person("z", "a", joined="2026-01-03")
    company.order("z", 1)
    assert company.settle() == 0
    mine = [row for row in company.awards() if row["payee_id"] == "a"]
    levels = [Decimal(row["amount"]) for row in mine if not row["source_order_id"] and row["level"]]
    assert sorted(levels) == [3, 9, 27, 81, 243]
    assert sum(Decimal(row["amount"]) for row in mine if row["source_order_id"]) == 363
    assert company.earned()["a"] == 3 * 363  # `z` stands on the sixth level


def test_a_code_goes_to_the_first_above_who_has_it(tmp_path: Path) -> None:
    """internetnextstep.com, "Coded Bonus": who joined with 500 and brings somebody with 1,000 is passed over."""
    products = "sku,name,price,currency\nA,A,1,USD\nB,B,1,USD\n"
    codes = "".join(
        bonus(
            "unilevel",
            f'levels = ["10 %"]\ncompression = "dynamic"\nminimum_rank = "{rank}"\norders = {{ products = ["{sku}"] }}',
            sku,
        )
        for rank, sku in (("code500", "A"), ("code1000", "B"))
    )
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("code500", "code1000") + codes, products=products)
    line_of(company, ("top", "member", "new"))
    for person, rank in (("top", 2), ("member", 1), ("new", 2)):
        company.order(person, 0, rank)
    package = company.order("new", 1000, 0)
    company.orders[-1] = company.orders[-1].replace(",A,", ",B,")
    refill = company.order("new", 100, 0)
    assert company.settle() == 0
    assert [(row["payee_id"], row["source_order_id"], row["amount"]) for row in company.awards()] == [
        ("member", refill, "10.00"),
        ("top", package, "100.00"),
    ]
