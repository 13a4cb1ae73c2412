"""The caps of the plan: how much a person, or the company, pays at most."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from core.settlement.second.bases import Bases
from core.settlement.second.case import Case
from core.settlement.second.days import Cycle, first_of
from core.settlement.second.model import Paid, fixed
from core.settlement.second.plan import Bonus, Plan, Words
from core.settlement.second.rounding import together
from core.settlement.second.units import digits

FIGURE = ""
"""Under which the company's figure is carried, instead of a unit."""
EVER = "ever"
"""What a cap that has no cycles is carried by."""


@dataclass
class Under:
    """What a cap looks at: lines of bonuses, and of earlier caps over nothing but these, with their units."""

    lines: list[tuple[str, Paid]]

    @property
    def units(self) -> list[str]:
        """The units of the lines, each once."""
        return list(dict.fromkeys(unit for unit, _ in self.lines))

    def of(self, unit: str) -> list[Paid]:
        """The lines of one unit."""
        return [one for its, one in self.lines if its == unit]


class Cap:
    """One cap in one run."""

    def __init__(self, case: Case, bases: Bases, words: Words) -> None:
        self.case, self.bases, self.words, self.code = case, bases, words, words.text("code")
        _, kind, zone = case.plan.calendar(words.text("calendar") or case.calendar)
        self.cycle = Cycle(kind, ZoneInfo(zone), first_of(kind, case.cycle.last))
        """That in which the run's cycle ends."""
        self.counts_ever = words.flag("ever")
        """Whether it has no cycles, but counts everything since the beginning."""
        self.dropped: set[tuple[str, str, int]] = set()
        """Bonuses, units and payees of whom nothing is paid, because another bonus comes to more."""

    def concerns(self, bonus: Bonus) -> bool:
        """Whether the bonus stands under the cap."""
        return concerns(self.words, bonus)

    def before(self, unit: str) -> dict[str, int]:
        """Minor units by code of the person that were paid under it earlier in its cycle."""
        found: dict[str, int] = {}
        for row in self.case.inputs.carried["capped"].iter_rows(named=True):
            same = row["cap"] == self.code and (row["unit"] or FIGURE) == unit and self._is_now(row["cycle"])
            if same:
                person = row["person_id"] or FIGURE
                found[person] = found.get(person, 0) + row["amount"]
        return found

    def _is_now(self, cycle: str) -> bool:
        if self.counts_ever or cycle == EVER:
            return self.counts_ever and cycle == EVER
        return Cycle.named(self.cycle.kind, self.cycle.zone.key, cycle).first == self.cycle.first

    def cuts(self, under: Under) -> Iterator[tuple[str, Paid]]:
        """Its lines with their units."""
        if self.words.text("per") == "company":
            yield from self._of_company(under)
            return
        of_one = self._but_highest if self.words.has("keep") else self._of_persons
        if self.words.has("at_least") or self.words.rungs("at_least"):
            concerned = [one for one in self.case.bonuses if one in self.case.plan.bonuses and self.concerns(one)]
            for unit in dict.fromkeys(map(self.case.unit, concerned)):
                yield from ((unit, one) for one in self._up_to_least(unit, under.of(unit)))
            return
        for unit in under.units:
            yield from ((unit, one) for one in of_one(unit, under.of(unit)))

    def _of_persons(self, unit: str, lines: Sequence[Paid]) -> Iterator[Paid]:
        before, now = self.before(unit), dict[int, int]()
        for one in lines:
            now[one.line.payee] = now.get(one.line.payee, 0) + one.amount
        for payee, amount in sorted(now.items()):
            most = self._most(unit, payee)
            if most is None:
                continue
            step = self.case.step(unit)
            beyond = before.get(self.case.people.code[payee], 0) + amount - most * 10 ** digits(unit)
            less = min(ceil(beyond / step) * step, amount)
            if less > 0:
                yield Paid(self.code, fixed(payee, Fraction(-less)), -less)

    def _most(self, unit: str, person: int) -> Fraction | None:
        """The most that she is paid, in whole units: an amount, or a share of a figure of hers; None is no limit."""
        share = self._listed("share", person)
        if share is None:
            return self._listed("amount", person)
        kpi = self.words.text("share_of")
        currency = self.case.plan.volume_currency if self.case.plan.is_volume(kpi) else ""
        return max(Fraction(0), self.case.kpi(person, kpi)) * share / 100 * self.case.worth(currency, unit)

    def _listed(self, word: str, person: int) -> Fraction | None:
        """What its table has for her rank or package, else what holds for everybody."""
        found: Fraction | None = self.case.listed(self.words, word, person)
        return self.words.maybe(word) if found is None else found

    def _up_to_least(self, unit: str, lines: Sequence[Paid]) -> Iterator[Paid]:
        """What is missing to the least that is paid, for each distributor who can be paid it."""
        case, people, now = self.case, self.case.people, dict[int, int]()
        for one in lines:
            now[one.line.payee] = now.get(one.line.payee, 0) + one.amount
        for person in range(case.count):
            distributor = (people.kind[person], people.status[person]) == ("distributor", "active")
            if not (distributor and case.meets(person, self.words.table.get("earner", ()))):
                continue
            least = self._listed("at_least", person)
            if least is None:
                continue
            step, had = case.step(unit), now.get(person, 0)
            more = ceil(least * 10 ** digits(unit) / step) * step - had
            if more > 0:
                yield Paid(self.code, fixed(person, Fraction(more)), more)

    def _but_highest(self, unit: str, lines: Sequence[Paid]) -> Iterator[Paid]:
        """Whatever a bonus pays somebody whom another one pays more; of equal ones the plan's first stays."""
        sums: dict[int, dict[str, int]] = {}
        for one in lines:
            mine = sums.setdefault(one.line.payee, {})
            mine[one.bonus] = mine.get(one.bonus, 0) + one.amount
        for payee, mine in sorted(sums.items()):
            kept = max(mine, key=lambda code: (mine[code], -list(mine).index(code)))
            for code, amount in mine.items():
                if code != kept and amount > 0:
                    self.dropped.add((code, unit, payee))
                    yield Paid(self.code, fixed(payee, Fraction(-amount)), -amount)

    def _of_company(self, under: Under) -> Iterator[tuple[str, Paid]]:
        """Everybody's sum of every bonus cut to one ratio."""
        left, everything = self._limit(), Fraction(0)
        for unit in under.units:
            left -= self._worth(unit, sum(self.before(unit).values()))
            everything += self._worth(unit, sum(one.amount for one in under.of(unit)))
        if everything <= 0 or everything <= left:
            return
        ratio = max(Fraction(0), left) / everything
        order = {code: at for at, code in enumerate(dict.fromkeys(one.bonus for _, one in under.lines))}
        for unit in under.units:
            sums: dict[tuple[int, int], int] = {}
            for one in under.of(unit):
                key = (one.line.payee, order[one.bonus])
                sums[key] = sums.get(key, 0) + one.amount
            keys = sorted(sums)
            kept = together([sums[key] * ratio for key in keys], "down", self.case.step(unit))
            for key, amount in zip(keys, kept, strict=True):
                less = sums[key] - amount
                if less:
                    yield unit, Paid(self.code, fixed(key[0], Fraction(-less)), -less)

    @property
    def units(self) -> list[str]:
        """In what something was paid under it earlier in its cycle, its figure among them."""
        rows = self.case.inputs.carried["capped"].iter_rows(named=True)
        mine = [row for row in rows if row["cap"] == self.code and self._is_now(row["cycle"])]
        return list(dict.fromkeys(row["unit"] or FIGURE for row in mine))

    @cached_property
    def base(self) -> Bonus:
        """The figure that it is a share of, as a bonus would look at it."""
        return Bonus({"code": f"cap {self.code}", "kind": "cap", "base": self.words.text("share_of", "cv")})

    @cached_property
    def figure(self) -> int:
        """The company's figure in this run, in its smallest units."""
        now = sum((one.base for one in self.bases.of(self.base)), Fraction(0))
        return int(now * 10 ** self.case.base_digits(self.base))

    def _limit(self) -> Fraction:
        """The share of the company's figure so far, in whole units of the plan's currency."""
        case, base = self.case, self.base
        so_far = Fraction(self.figure + sum(self.before(FIGURE).values()), 10 ** case.base_digits(base))
        return so_far * case.base_worth(base) / case.minor(base) * self.words.number("share") / 100

    def _worth(self, unit: str, minor: int) -> Fraction:
        return Fraction(minor, 10 ** digits(unit)) * self.case.worth(unit, self.case.plan.currency)


def concerns(words: Words, bonus: Bonus) -> bool:
    """Whether the bonus stands under a cap."""
    named = words.texts("bonuses")
    return bonus.code in named if named else bonus.pays == "money"


@dataclass(frozen=True, slots=True)
class Cut:
    """One cap: what it looked at, and the lines by which it takes something off, with their units."""

    cap: Cap
    names: set[str]
    """The bonuses under it."""
    under: Under
    lines: list[tuple[str, Paid]]


def cut(case: Case, bases: Bases, paid: Sequence[tuple[Bonus, str, Sequence[Paid]]]) -> list[Cut]:
    """All caps, one after the other.

    Args:
        paid: every bonus with its unit and lines, in the plan's order.
    """
    done: list[Cut] = []
    seen = [(bonus, unit, _as_it_was(case, bonus, unit) if bonus.code in case.inputs.kept else ones)
            for bonus, unit, ones in paid]  # fmt: skip
    for words in case.plan.tables("caps"):
        cap = Cap(case, bases, words)
        names = {bonus.code for bonus in case.plan.bonuses if cap.concerns(bonus)}
        lines = [(unit, one) for bonus, unit, ones in seen if bonus.code in names for one in ones]
        lines += [one for earlier in done if earlier.names <= names for one in earlier.lines]
        under = Under(lines)
        done.append(Cut(cap, names, under, list(cap.cuts(under))))
    return done


def _as_it_was(case: Case, bonus: Bonus, unit: str) -> list[Paid]:
    """What a bonus that is not settled again paid everybody who is there."""
    place = {code: at for at, code in enumerate(case.people.code) if case.there[at]}
    mine = ((place[person], amount) for person, its, amount in case.inputs.kept[bonus.code]
            if its == unit and person in place)  # fmt: skip
    return [Paid(bonus.code, fixed(person, Fraction(amount)), amount) for person, amount in mine]


def paid_under(cuts: Sequence[Cut]) -> Iterator[dict[str, Any]]:
    """What was paid under each cap whose cycle goes on, as rows: by person and unit, and the company's figure."""
    for one in cuts:
        cap, case = one.cap, one.cap.case
        if cap.cycle.after <= case.cycle.after and not cap.counts_ever:
            continue
        sums = {key: amount for unit in cap.units for key, amount in _with_unit(unit, cap.before(unit))}
        for unit, paid in (*one.under.lines, *one.lines):
            key = (unit, case.people.code[paid.line.payee])
            sums[key] = sums.get(key, 0) + paid.amount
        if cap.words.text("per") == "company":
            sums[FIGURE, FIGURE] = sums.get((FIGURE, FIGURE), 0) + cap.figure
        for (unit, person), amount in sums.items():
            if amount:
                cycle = EVER if cap.counts_ever else cap.cycle.code
                yield {"cap": cap.code, "cycle": cycle, "unit": unit, "person_id": person, "amount": amount}


def corrected(plan: Plan, changes: Iterable[tuple[str, str, str, int]]) -> Iterator[dict[str, Any]]:
    """What changes of earlier cycles add under caps without cycles, as rows.

    Args:
        changes: bonus or cap, unit, person, minor units.
    """
    caps, known = plan.tables("caps"), list(changes)
    names = [{one.code for one in plan.bonuses if concerns(words, one)} for words in caps]
    for at, words in enumerate(caps):
        code, below = words.text("code"), [one for one in range(at) if names[one] <= names[at]]
        codes = {code, *names[at], *(caps[one].text("code") for one in below)}
        for bonus, unit, person, amount in known if words.flag("ever") else ():
            if bonus in codes:
                yield {"cap": code, "cycle": EVER, "unit": unit, "person_id": person, "amount": amount}


def _with_unit(unit: str, sums: dict[str, int]) -> Iterator[tuple[tuple[str, str], int]]:
    return (((unit, person), amount) for person, amount in sums.items())
