"""Generations: leaders between are counted, one pair of people at a time; and bonuses on bonuses."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from core.settlement.second.case import Case
from core.settlement.second.levels import Ladder, lost
from core.settlement.second.model import Found, Line, Order, Paid
from core.settlement.second.plan import Bonus
from core.settlement.second.units import digits


class Numbering:
    """Which generation somebody is of, for somebody above."""

    def __init__(self, case: Case, bonus: Bonus) -> None:
        self.case, self.bonus = case, bonus
        self.leader = bonus.text("leader_rank", "same_as_earner")
        self.boundary = bonus.text("boundary", "closer")
        self.compress = bonus.flag("compress_unqualified")
        self.own = bonus.flag("include_leader_own", otherwise=True)

    def numbered(self, source: int) -> Iterator[tuple[int, int]]:
        """Everybody above who earns, each with the generation that `source` is of for her."""
        first, passed = None, dict[int, int]()
        for earner in self.case.tree(self.bonus).above(source):
            if self.case.earns(self.bonus, earner):
                yield from self._of(source, first, passed, earner)
            first = earner if first is None else first
            if self._leads(earner, 0):
                rank = self.case.rank(earner, self.bonus.basis)
                passed[rank] = passed.get(rank, 0) + 1

    def _of(self, source: int, first: int | None, passed: Mapping[int, int], earner: int) -> Iterator[tuple[int, int]]:
        """`first` stands right above the source; of those between, `passed` are those who can lead, by rank."""
        rank = self.case.rank(earner, self.bonus.basis)
        asked = rank if self.leader == "same_as_earner" else self.case.plan.rank(self.leader)
        if asked == 0 or (self._leads(source, asked) and not self.own):
            return
        leaders = sum(count for rank, count in passed.items() if rank >= asked)
        if self.boundary == "opener":
            yield earner, leaders + self._leads(source, asked)
            return
        if self.boundary == "enrollee" and self.case.people.kind[source] == "customer":
            leaders -= first is not None and self._leads(first, asked)
        yield earner, leaders + 1

    def _leads(self, person: int, asked: int) -> bool:
        leads = self.case.rank(person, self.bonus.basis) >= asked
        return leads and (not self.compress or self.case.earns(self.bonus, person))

    def rate(self, earner: int, generation: int) -> Fraction | None:
        """What she is paid of a generation; None beyond the last and above the first."""
        rates = self.case.listed(self.bonus, "generations", earner)
        rates = self.bonus.numbers("generations") if rates is None else rates
        return rates[generation - 1] if 1 <= generation <= len(rates) else None


def generation(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """A share of every order for everybody above, by the generation that the buyer is of."""
    numbering, worth, found = Numbering(case, bonus), case.base_worth(bonus), Found([])
    for order in orders:
        for earner, number in numbering.numbered(order.buyer):
            rate = numbering.rate(earner, number)
            if rate is not None:
                exact = order.base * rate / 100 * worth
                found.lines.append(Line(earner, order.number, order.buyer, number, rate, exact))
    return found


def matching(case: Case, bonus: Bonus, done: Mapping[str, Sequence[Paid]], units: Mapping[str, str]) -> Found:
    """A share of what others are paid by the bonuses that it matches, by level or by generation.

    Args:
        done: what those bonuses pay, before caps of the plan.
        units: in what each bonus pays.
    """
    earned = _earned(case, bonus, done, units)
    if bonus.has("generations") or bonus.rungs("generations"):
        return _by_generation(case, bonus, earned)
    ladder, found, both = Ladder(case, bonus), Found([]), bonus.text("pair_rule") == "lower_of_both"
    for source, amount in earned.items():
        payees = ladder.payees(source)
        for level, payee in payees:
            rate = ladder.rate(payee, level, source if both else None)
            if rate is not None:
                found.lines.append(Line(payee, -1, source, level, rate, amount * rate / 100))
        found.breakage += lost(ladder, payees) * amount / 100
    return found


def _by_generation(case: Case, bonus: Bonus, earned: Mapping[int, Fraction]) -> Found:
    numbering, found = Numbering(case, bonus), Found([])
    for source, amount in earned.items():
        for earner, number in numbering.numbered(source):
            rate = numbering.rate(earner, number)
            if rate is not None:
                found.lines.append(Line(earner, -1, source, number, rate, amount * rate / 100))
    return found


def _earned(
    case: Case, bonus: Bonus, done: Mapping[str, Sequence[Paid]], units: Mapping[str, str]
) -> dict[int, Fraction]:
    """Minor units of what this bonus pays that everybody is paid by the others."""
    found: dict[int, Fraction] = {}
    mine = case.minor(bonus)
    looked_at = {person for person in range(case.count) if case.brings(bonus, person)}
    for code in bonus.texts("matches"):
        for one in done.get(code, ()):
            if one.line.payee not in looked_at:
                continue
            if one.line.level < 0 and bonus.text("match_on", "gross") != "capped":
                continue
            whole = Fraction(one.amount) / Fraction(10) ** digits(units[code])
            worth = case.worth(units[code], case.unit(bonus)) * mine
            found[one.line.payee] = found.get(one.line.payee, Fraction(0)) + whole * worth
    return found
