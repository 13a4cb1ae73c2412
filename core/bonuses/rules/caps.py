"""Caps over several bonuses: what is beyond the most that a person, or the whole company, can be paid.

A person's cap of 100 over two bonuses in one currency, with what she was paid in the cap's cycle before this run:

| before | bonus a | bonus b | line of the cap | is paid |
| ------ | ------- | ------- | --------------- | ------- |
| 0      | 80      | 50      | -30             | 100     |
| 70     | 80      | -10     | -40             | 30      |
| 120    | 10      | 0       | -10             | 0       |
| 120    | -10     | 0       | 0               | -10     |

What was paid before is never taken back. The limit can be a share of a figure of hers, and what counts all that she was
ever paid under it. The company's cap cuts everybody's sum of every bonus in one ratio; 10.00 as
the limit of three sums of 5.00 is 3.34, 3.33 and 3.33: all are rounded down, and what is missing to the limit goes by
the largest remainder, of equal ones to the first by day of joining and code, then by the plan's order of bonuses.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NO_FACT, NOBODY, Basis, Exact, Fact, Lines, Network, Settled, Unit
from core.bonuses.rules.ranked import by_ladder
from core.bonuses.rules.rounding import cut_down
from core.forest.above import Marks
from core.forest.kernel import Grades, Indices, Ints
from core.plan.model import Bonus, CapSpec, PackageSpec, Plan, RankSpec

KIND = "cap"
HUNDRED = 100
NOTHING: Mapping[str, Fact] = {}


def cap_bonus(cap: CapSpec, unit: Unit) -> Bonus:
    """As what a cap's lines in one unit are written: a bonus of its own code."""
    money = len(unit.code) == CURRENCY_LETTERS
    pays, currency = ("money", unit.code) if money else (unit.code, None)
    return Bonus(code=cap.code, kind=KIND, label={"en": cap.code}, terms=cap, pays=pays, currency=currency)


CURRENCY_LETTERS = 3


def earned_together(settled: Sequence[Settled], size: int) -> Ints:
    """What everybody is paid by these, in minor units, by node."""
    sums = np.zeros(size, np.int64)
    for one in settled:
        np.add.at(sums, one.lines.payee, one.amount)
    return sums


def _rungs(plan: Plan, cap: CapSpec, network: Network) -> tuple[Sequence[RankSpec | PackageSpec], Grades]:
    """The ladder that its tables go by, and everybody's place there."""
    return (plan.packages, network.package) if cap.by_package else (plan.ranks, network.paid)


def limits(plan: Plan, cap: CapSpec, network: Network, unit: Unit) -> Ints:
    """The most, or least, for everybody's paid rank, or her package, in minor units, by node; -1 is no limit."""
    ladder, rung = _rungs(plan, cap, network)
    plain, table = (cap.at_least, cap.at_least_by_rank) if cap.tops_up else (cap.amount, cap.amount_by_rank)
    step, sign = plan.rounding.step(unit.code), -1 if cap.tops_up else 1
    whole = 10**unit.digits * sign
    amounts = (plain if one is None else one for one in by_ladder(ladder, table))
    found = [-1 if one is None else sign * cut_down(Fraction(one) * whole, step) for one in amounts]
    return np.array(found, np.int64)[rung]


def limits_by_figure(
    plan: Plan, cap: CapSpec, network: Network, unit: Unit, basis: Basis, figure: Ints
) -> tuple[Ints, Mapping[str, Fact]]:
    """The most that everybody is paid: a share of a figure of hers, by node; -1 is no limit.

    | figure | share | the most |
    | ------ | ----- | -------- |
    | 1,000  | 300 % | 3,000.00 |
    | 0.333  | 10 %  | 0.03     |
    | -20    | 300 % | 0        |

    Args:
        figure: what everybody has of `cap.share_of`, as whole numbers of `basis`.

    Returns:
        The limits, and by node what a line tells of them.
    """
    ladder, rung = _rungs(plan, cap, network)
    step = plan.rounding.step(unit.code)
    shares = [cap.share if one is None else one for one in by_ladder(ladder, cap.share_by_rank)]
    found, has = np.full(len(figure), -1, np.int64), np.maximum(figure, 0)
    for place, share in enumerate(shares):
        mine = np.flatnonzero(rung == place)
        if share is not None and len(mine):
            part = Fraction(share) / HUNDRED * basis.worth * 10**unit.digits / 10**basis.decimals / step
            found[mine] = has[mine].astype(object) * part.numerator // part.denominator * step
    rates = tuple(dict.fromkeys(Fraction(one) for one in shares if one is not None))
    places = np.array([NO_FACT if one is None else rates.index(Fraction(one)) for one in shares], np.int64)
    told = {
        "share": Fact(places[rung], "rate", table=rates),
        "share_of": Fact(np.zeros(len(figure), np.int64), "text", table=(cap.share_of,)),
        "figure_of": Fact(figure, "volume", basis.decimals),
    }
    return found, told


def of_person(
    cap: CapSpec,
    unit: Unit,
    settled: Sequence[Settled],
    limit: Ints,
    before: Ints,
    step: int = 1,
    told: Mapping[str, Fact] = NOTHING,
) -> Settled | None:
    """One line with minus for everybody who is beyond her limit; None where nobody is.

    Args:
        settled: all in that unit: the bonuses, and earlier caps over nothing but these.
        limit: by node; -1 is none.
        before: what everybody was paid under the cap before, in its cycle.
        step: of how many minor units what is paid is a multiple.
        told: what else a line tells, by node.
    """
    sums = earned_together(settled, len(limit))
    beyond = np.minimum(sums, -((limit - before - sums) // step) * step)
    payee = np.flatnonzero((limit >= 0) & (beyond > 0)).astype(np.int32)
    if not len(payee):
        return None
    facts = {word: fact.where(payee) for word, fact in told.items()}
    facts |= {"cap": Fact(limit[payee], "money", unit.digits), "earned": Fact(sums[payee], "money", unit.digits)}
    if before[payee].any():
        facts["before"] = Fact(before[payee], "money", unit.digits)
    return _cut(cap, unit, payee, -beyond[payee], facts)


def of_least(cap: CapSpec, unit: Unit, settled: Sequence[Settled], least: Ints, who: Marks) -> Settled | None:
    """One line with plus for everybody who is below the least that she is to be paid; None where nobody is.

    | least | bonus a | bonus b | line of the cap | is paid |
    | ----- | ------- | ------- | --------------- | ------- |
    | 100   | 30      | 50      | 20              | 100     |
    | 100   | 0       | -10     | 110             | 100     |
    | 100   | 80      | 50      | -               | 130     |

    Args:
        settled: all in that unit: the bonuses, and earlier caps over nothing but these.
        least: by node; -1 is none.
        who: whoever can be paid so much.
    """
    sums = earned_together(settled, len(least))
    payee = np.flatnonzero(who & (least >= 0) & (sums < least)).astype(np.int32)
    if not len(payee):
        return None
    facts = {"at_least": Fact(least[payee], "money", unit.digits), "earned": Fact(sums[payee], "money", unit.digits)}
    return _cut(cap, unit, payee, (least - sums)[payee], facts)


def of_highest(cap: CapSpec, unit: Unit, settled: Sequence[Settled], place: Ints) -> Settled | None:
    """A line that takes off each bonus of a payee beside the one that comes to most; None where nobody has two.

    | bonus a | bonus b | bonus c | lines of the cap | is paid |
    | ------- | ------- | ------- | ---------------- | ------- |
    | 80      | 50      | 10      | -50, -10         | 80      |
    | 50      | 50      | 0       | -50              | 50      |
    | 80      | -10     | 0       | -                | 70      |

    Args:
        settled: the bonuses in that unit, in the plan's order; of equal ones the first is paid.
        place: everybody's place by day of joining and code, by node.
    """
    payee, bonus, sums = _by_payee_and_bonus(settled, place)
    best_first = np.lexsort((bonus, -sums, place[payee]))
    _, first, whose = np.unique(place[payee[best_first]], return_index=True, return_inverse=True)
    kept = np.empty(len(payee), np.int64)
    kept[best_first] = best_first[first][whose]
    off = np.flatnonzero((kept != np.arange(len(payee))) & (sums > 0))
    if not len(off):
        return None
    names = tuple(one.bonus.code for one in settled)
    facts = {
        "bonus": Fact(bonus[off], "text", table=names),
        "earned": Fact(sums[off], "money", unit.digits),
        "kept": Fact(bonus[kept[off]], "text", table=names),
        "kept_earned": Fact(sums[kept[off]], "money", unit.digits),
    }
    return _cut(cap, unit, payee[off], -sums[off], facts)


def unpaid(settled: Sequence[Settled]) -> dict[tuple[str, str], Indices]:
    """By bonus and unit, whom a cap that keeps the highest alone leaves nothing of it."""
    found: dict[tuple[str, str], Indices] = {}
    for one in settled:
        if not (isinstance(one.bonus.terms, CapSpec) and one.bonus.terms.keep):
            continue
        bonus = one.lines.facts["bonus"]
        for number, code in enumerate(bonus.table):
            found[code, one.unit.code] = one.lines.payee[bonus.values == number]
    return found


def of_company(
    cap: CapSpec, unit: Unit, settled: Sequence[Settled], ratio: Fraction, place: Ints, step: int = 1
) -> Settled:
    """A line with minus for every payee and bonus, so that the sum of all is `ratio` of what it was, rounded down.

    Args:
        settled: all in that unit, in the plan's order.
        ratio: less than 1.
        place: everybody's place by day of joining and code, by node.
        step: as in `of_person`.
    """
    payee, bonus, sums = _by_payee_and_bonus(settled, place)
    exact, parts = sums.astype(object) * ratio.numerator, ratio.denominator * step
    kept = np.asarray(exact // parts).astype(np.int64)
    target = int(sums.sum()) * ratio.numerator // parts
    kept = (kept + _handed_out(exact % parts, target - int(kept.sum()))) * step
    changed = np.flatnonzero(kept != sums)
    facts = {
        "bonus": Fact(bonus[changed], "text", table=tuple(one.bonus.code for one in settled)),
        "earned": Fact(sums[changed], "money", unit.digits),
        "ratio": Fact(np.zeros(len(changed), np.int64), "exact", table=(ratio,)),
    }
    return _cut(cap, unit, payee[changed], (kept - sums)[changed], facts)


def _by_payee_and_bonus(settled: Sequence[Settled], place: Ints) -> tuple[Indices, Ints, Ints]:
    """Everybody's sum of each bonus, by place and the order of bonuses."""
    payees, numbers, sums = [], [], []
    for number, one in enumerate(settled):
        people, which = np.unique(one.lines.payee, return_inverse=True)
        total = np.zeros(len(people), np.int64)
        np.add.at(total, which, one.amount)
        payees.append(people)
        numbers.append(np.full(len(people), number, np.int64))
        sums.append(total)
    payee, bonus, total = np.concatenate(payees), np.concatenate(numbers), np.concatenate(sums)
    order = np.lexsort((bonus, place[payee]))
    return payee[order].astype(np.int32), bonus[order], total[order]


def _handed_out(rest: Exact, missing: int) -> Ints:
    """One unit for each of those with the largest remainders, the first of equal ones first."""
    more = np.zeros(len(rest), np.int64)
    order = sorted(range(len(rest)), key=lambda at: -rest[at])
    more[order[:missing]] = 1
    return more


def _cut(cap: CapSpec, unit: Unit, payee: Indices, amount: Ints, facts: Mapping[str, Fact]) -> Settled:
    return summed_up(cap_bonus(cap, unit), unit, payee, amount, facts)


def summed_up(bonus: Bonus, unit: Unit, payee: Indices, amount: Ints, facts: Mapping[str, Fact] = NOTHING) -> Settled:
    """A line of so much for each payee, whatever it comes from."""
    none = np.full(len(payee), NOBODY, np.int32)
    lines = Lines(
        payee=payee,
        source=none,
        order=none,
        level=np.zeros(len(payee), np.int32),
        base=np.zeros(len(payee), np.int64),
        rate=none,
        rates=(),
        units=amount,
        denominator=1,
        decimals=0,
        below=none,
        facts=facts,
    )
    return Settled(bonus, unit, lines, amount, "money", np.ones(len(payee), np.bool_))
