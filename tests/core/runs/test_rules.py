"""Seals, limits, differences and what a release books, as tables of numbers."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl
import pytest

from core.kernel.ids import PersonId
from core.ledger.model import Purpose
from core.plan.model import RunSpec
from core.runs.model import RunPayout
from core.runs.rules.booking import booked, residue
from core.runs.rules.differences import Side, between_previews, since_last_cycle
from core.runs.rules.limits import is_jump, money, over_limits
from core.runs.rules.orders import places
from core.runs.rules.seal import FIRST, Deeds, seal

KIND = RunSpec("monthly", "month", jump_max=Decimal(5), jump_from=Decimal(500))


@pytest.mark.parametrize(
    ("before", "now", "jump"),
    [("100", "500", False), ("100", "500.01", True), ("50", "499", False), ("0", "500", True)],
)
def test_a_jump_is_so_many_times_the_cycle_before_and_no_small_change(before: str, now: str, jump: bool) -> None:
    assert is_jump(Fraction(before), Fraction(now), jump_max=Decimal(5), jump_from=Decimal(500)) is jump


def earned(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"person_id": str, "currency": str, "earned": int}, orient="row")


def test_limits_are_held_in_the_plans_currency_and_told_largest_first() -> None:
    kind = RunSpec(
        "monthly", "month", ceiling_per_person=Decimal(100), payout_ratio_max=Decimal(50), jump_max=Decimal(2)
    )
    worth = {"EUR": Fraction(1, 100), "USD": Fraction(1, 200)}
    now = earned(("Ana", "EUR", 9000), ("Ana", "USD", 2002), ("Ben", "EUR", 20000), ("Eva", "EUR", 100))
    found = over_limits(kind, "EUR", now, earned(("Ben", "EUR", 15000)), Fraction(500), worth.__getitem__)
    assert [(one.code, one.severity, one.facts.get("person")) for one in found] == [
        ("run_over_ceiling", "fault", "Ben"),
        ("run_over_ceiling", "fault", "Ana"),
        ("run_over_ratio", "fault", None),
        ("run_jump", "notice", "Ana"),
        ("run_jump", "notice", "Eva"),
    ]
    assert found[1].facts == {"person": "Ana", "amount": "100.01 EUR", "limit": "100.00 EUR"}
    assert found[2].facts == {"earned": "301.01 EUR", "sales": "500.00 EUR", "limit": "50"}
    assert found[3].facts["before"] == "0.00 EUR"


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Fraction(25, 2), "EUR", "12.50 EUR"),
        (Fraction(25, 2), "JPY", "13 JPY"),
        (Fraction(25, 2), "KWD", "12.500 KWD"),
        (Fraction(-1, 3), "EUR", "-0.33 EUR"),
    ],
)
def test_findings_tell_amounts_with_the_decimals_of_their_currency(amount: Fraction, currency: str, text: str) -> None:
    assert money(amount, currency) == text


def test_exactly_on_a_limit_is_within_it() -> None:
    kind = RunSpec("monthly", "month", ceiling_per_person=Decimal(100), payout_ratio_max=Decimal(50))
    now = earned(("Ana", "EUR", 10000))
    assert over_limits(kind, "EUR", now, earned(), Fraction(200), lambda _: Fraction(1, 100)) == []


DEEDS = Deeds("staff:1", ("staff:2", "staff:3"), "staff:1", pays=True)


def test_a_seal_changes_with_every_byte_with_the_run_before_and_with_who_answers_for_it() -> None:
    parts = [("input/plan", 0, "aa"), ("result/awards", 0, "bb"), ("result/awards", 1, "cc"), ("told/places", 0, "dd")]
    first = seal(parts, None, DEEDS)
    assert seal(reversed(parts), FIRST, DEEDS) == first
    assert seal(parts[:3], None, DEEDS) == first
    assert seal(parts, None, replace(DEEDS, approved_by=("staff:3", "staff:2"))) == first
    others = [seal([*parts[1:], ("input/plan", 0, "ab")], None, DEEDS), seal(parts, first, DEEDS)]
    others += [seal([*parts[:1], ("result/awards", 1, "bb"), ("result/awards", 0, "cc")], None, DEEDS)]
    people = [replace(DEEDS, started_by="staff:9"), replace(DEEDS, released_by="staff:9"), replace(DEEDS, pays=False)]
    people += [replace(DEEDS, approved_by=("staff:2",)), replace(DEEDS, approved_by=("staff:2", "staff:9"))]
    others += [seal(parts, None, deeds) for deeds in people]
    assert len({first, *others}) == 9


def test_what_a_payee_earns_and_is_charged_is_one_balanced_entry() -> None:
    posting = booked(RunPayout(3, PersonId(7), "EUR", 2000, 0, -2500, 0, 0, -500))
    assert posting is not None
    assert posting.key == "commissions.earned:3:7:EUR"
    assert [(line.account.purpose, line.amount, line.least) for line in posting.lines] == [
        (Purpose.COMMISSIONS_EARNED, -500, None),
        (Purpose.COMMISSIONS, -2000, 0),
        (Purpose.ADJUSTMENTS, 2500, 0),
    ]
    assert booked(RunPayout(3, PersonId(7), "EUR", 0, 700, 0, 0, 700, 0)) is None
    part = booked(RunPayout(3, PersonId(7), "EUR", 2000, 0, -150, 300, 1550, 0))
    assert part is not None
    assert [(line.account.purpose, line.account.person, line.amount) for line in part.lines] == [
        (Purpose.COMMISSIONS_EARNED, 7, 1550),
        (Purpose.CREDIT, 7, 300),
        (Purpose.COMMISSIONS, None, -2000),
        (Purpose.ADJUSTMENTS, None, 150),
    ]
    assert [(line.account.purpose, line.amount) for line in residue(3, "EUR", -4).lines] == [
        (Purpose.ROUNDING, -4),
        (Purpose.COMMISSIONS, 4),
    ]


def test_places_are_looked_up_among_numbers_in_any_order() -> None:
    assert places(np.array([7, 3, 5]), np.array([5, 9, 7])).tolist() == [2, -1, 0]
    assert places(np.array([], np.int64), np.array([5])).tolist() == [-1]


LINE = {
    "payee_id": pl.String(),
    "bonus": pl.String(),
    "unit": pl.String(),
    "amount_minor": pl.Int64(),
    "source_person_id": pl.String(),
    "source_order_id": pl.String(),
    "level": pl.Int32(),
}
ORDER = ("order_id", "kind", "amount_minor", "cv", "qv", "points")


def side(lines: str, orders: str, *, ranks: str = "", sponsors: str = "", plan: str = "1", notes: str = "") -> Side:
    """Lines as `payee amount order`, orders as `id kind cv`, ranks, sponsors and notes as `person=value`."""
    rows = [line.split() for line in lines.split(",") if line.strip()]
    told = [(who, "team", "EUR", int(amount), "Eva", None if order == "-" else order, 1) for who, amount, order in rows]
    bought = [
        (*one[:2], int(one[2]), int(one[2]), int(one[2]), 0) for one in (o.split() for o in orders.split(",") if o)
    ]
    pairs = {name: [one.split("=") for one in text.split()] for name, text in (("r", ranks), ("s", sponsors))}
    charged = [(who, "EUR", 0, int(value)) for who, value in (one.split("=") for one in notes.split())]
    return Side(
        lines=pl.DataFrame(told, schema=LINE, orient="row"),
        orders=pl.DataFrame(bought, schema=dict(zip(ORDER, (str, str, int, int, int, int), strict=True)), orient="row"),
        sponsors=pl.DataFrame(pairs["s"], schema={"person": str, "sponsor": str}, orient="row"),
        ranks=pl.DataFrame(pairs["r"], schema={"person": str, "rank": str}, orient="row"),
        payouts=pl.DataFrame(
            charged, schema={"person_id": str, "currency": str, "carried_in": int, "adjustments": int}, orient="row"
        ),
        plan=plan,
        by_rank=frozenset({"team"}),
    )


OLD = side("Ana 100 a, Ben 50 a, Ana 10 b", "a sale 10,b sale 1", ranks="Ana=gold Ben=gold", sponsors="Ben=Ana Eva=Ben")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (OLD, []),
        (side("Ana 100 a, Ben 50 a, Ana 10 b, Ana 7 c", "a sale 10,b sale 1,c sale 7"), [("Ana", "new_order", 0, 7)]),
        (side("Ana 100 a, Ben 50 a", "a sale 10"), [("Ana", "new_order", 10, 0)]),
        (
            side("Ana 100 a, Ben 50 a, Ana 10 b, Ana -9 r", "a sale 10,b sale 1,r return -9"),
            [("Ana", "return", 0, -9)],
        ),
        (
            side("Ana 90 a, Ben 45 a, Ana 10 b", "a sale 9,b sale 1"),
            [("Ana", "changed", 100, 90), ("Ben", "changed", 50, 45)],
        ),
        (side("Ana 110 a, Ben 50 a, Ana 10 b", "a sale 10,b sale 1", plan="2"), [("Ana", "plan", 100, 110)]),
        (
            side("Ana 80 a, Ben 50 a, Ana 10 b", "a sale 10,b sale 1", ranks="Ana=silver Ben=gold"),
            [("Ana", "rank", 100, 80)],
        ),
        (
            side("Ana 100 a, Ben 60 a, Ana 10 b", "a sale 10,b sale 1", sponsors="Ben=Eva Eva=Ben"),
            [("Ben", "network", 50, 60)],
        ),
        (side("Ana 100 a, Ana 10 b", "a sale 10,b sale 1"), [("Ben", "figures", 50, 0)]),
        (
            side("Ana 100 a, Ben 50 a, Ana 10 b", "a sale 10,b sale 1", notes="Eva=-300"),
            [("Eva", "adjustment", 0, -300)],
        ),
    ],
)
def test_between_previews_each_change_has_its_cause(now: Side, told: list[tuple[str, str, int, int]]) -> None:
    found = between_previews(KIND, now, OLD)
    assert found.select("person", "cause", "before", "now").rows() == told


def test_since_the_cycle_before_returns_ranks_and_volume_are_told_apart_and_jumps_marked() -> None:
    now = side("Ana 100000 x, Ben 40 y, Ana -5 r", "x sale 9,y sale 4,r return -5", ranks="Ana=gold Ben=silver")
    found = since_last_cycle(KIND, now, OLD)
    assert found.select("person", "cause", "before", "now", "is_anomaly").rows() == [
        ("Ana", "volume", 110, 100000, True),
        ("Ben", "rank", 50, 40, False),
        ("Ana", "return", 0, -5, True),
    ]


def test_a_rank_is_no_cause_where_a_bonus_does_not_look_at_ranks() -> None:
    now = side("Ana 80 a, Ben 50 a, Ana 10 b", "a sale 10,b sale 1", ranks="Ana=silver Ben=gold")
    for by_rank, preview, cycle in ((now.by_rank, "rank", "rank"), (frozenset({"other"}), "figures", "volume")):
        asked = replace(now, by_rank=by_rank)
        assert between_previews(KIND, asked, OLD)["cause"].to_list() == [preview]
        assert since_last_cycle(KIND, asked, OLD)["cause"].to_list() == [cycle]
