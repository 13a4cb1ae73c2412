"""Everything that the rules of one cycle ask of people: where they stand, their ranks, and whether they earn."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from core.settlement.second.buyers import brought_as
from core.settlement.second.buying import Buying
from core.settlement.second.carried import before, gone
from core.settlement.second.days import Cycle, first_of
from core.settlement.second.earlier import looked_back
from core.settlement.second.figures import Figures, Placed
from core.settlement.second.model import Before, Inputs
from core.settlement.second.people import People, Tree, closed
from core.settlement.second.placing import Places, places, promoted, those_who_stand, with_waiting
from core.settlement.second.plan import Bonus, Condition, Plan, Words
from core.settlement.second.titles import Title, title_after
from core.settlement.second.units import CURRENCY, digits

OF_ORDERS = ("cv", "qv", "price", "margin", "points", "orders", "pieces")
NEW = (None, 0, None, None, None)
"""Who was not carried over: neither title nor missed cycles, no highest or honorary rank, no grace."""
MONEY = {"price": "amount_minor", "margin": "margin_minor"}
COLUMNS = {"cv": "cv", "qv": "qv", "points": "points", **MONEY}
OF_LINES = {**COLUMNS, "pieces": "pieces"}
"""Lines alone tell how many pieces they are of."""


class Case:
    """One cycle of one company."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs, self.plan = inputs, Plan.read(inputs.plan)
        self.calendar, kind, zone = self.plan.calendar(inputs.calendar)
        self.cycle = replace(Cycle.named(kind, zone, inputs.cycle), until=inputs.after)
        frame = inputs.people
        self.people = People(*(frame[name].to_list() for name in
                               ("code", "kind", "status", "joined_on", "country", "language", "sponsor")))  # fmt: skip
        self.count = frame.height
        main = self.plan.calendar()[0]
        self.takes_titles = self.calendar != main
        """Whether titles are those of the main calendar's closings, which this cycle neither ends nor hands on."""
        self.bonuses = [one for one in self.plan.bonuses if one.text("calendar", main) == self.calendar]
        self.bonuses += gone(inputs.carried["due"], (one.code for one in self.bonuses))
        self.mode = self.plan.inner("rounding").text("mode", "half_up")
        self._earning: dict[tuple[str, int], bool] = {}
        self._before: dict[str, Before] = {}
        self._careers: dict[int, Title] = {}
        self._numbers: dict[str, dict[int, int]] = {}
        self.own = Buying(inputs, self.counted_cycle, self.people, self.plan.scale)

    @property
    def counted_cycle(self) -> Cycle:
        """The days over which KPIs are counted: the cycle, or another calendar's in which it ends, up to its end."""
        other = self.plan.kpis_by(self.calendar)
        if not other:
            return self.cycle
        _, kind, zone = self.plan.calendar(other)
        return Cycle(kind, ZoneInfo(zone), first_of(kind, self.cycle.last), until=self.cycle.after)

    @cached_property
    def there(self) -> list[bool]:
        """Who stands in the tree at the cycle's end: not terminated, and joined before it."""
        ends = self.cycle.after
        known = zip(self.people.status, self.people.joined, strict=True)
        return [status != "terminated" and joined < ends for status, joined in known]

    @cached_property
    def sponsors(self) -> Tree:
        """Who sponsors whom, without those who are not there."""
        return Tree(closed(self.people.sponsor, self.there), self.there)

    @cached_property
    def placed(self) -> dict[str, Places]:
        """Everybody's places in the placement trees of the plan."""
        found = {}
        for name in ("binary", "matrix"):
            words = self.plan.inner("trees").inner(name)
            if name in self.plan.inner("trees").table:
                place = places(name, self.inputs, self.people, self.plan, self.cycle.after)
                found[name] = promoted(place, self.there) if words.text("on_leave") == "promote" else place
        return found

    @cached_property
    def trees(self) -> dict[str, Tree]:
        """The sponsor tree, and the placement trees with whoever may count though she waits for a place."""
        placed = {name: with_waiting(one, self.plan, self.there) for name, one in self.placed.items()}
        return {"sponsor": self.sponsors, **placed}

    def tree(self, bonus: Bonus) -> Tree:
        """The tree over which a bonus works."""
        return self.trees[bonus.tree]

    def stands(self, bonus: Bonus, person: int) -> bool:
        """Whether she has a place in the bonus's tree; who counts for levels though she waits has none."""
        place = self.placed.get(bonus.tree)
        return self.sponsors.there[person] if place is None else place.standing[person]

    @cached_property
    def figures(self) -> Figures:
        """KPIs and paid ranks."""
        suspended = [status == "suspended" for status in self.people.status]
        placed = {name: Placed(self.trees[name], those_who_stand(one), one.slot) for name, one in self.placed.items()}
        return Figures(
            self.plan, self.sponsors, self.people.kind, suspended, self.titles, self.own, placed, self._kept,
            self.own.newcomers(self.plan.inner("activity").whole("newcomer_days")),
            looked_back(self, self.inputs.carried["paid"].iter_rows(named=True)),
        )  # fmt: skip

    @cached_property
    def ranking(self) -> Figures:
        """The figures that decide ranks: where a settled cycle's ranks stand, those without what came later."""
        orders = self.inputs.ranking
        return self.figures if orders is None else Case(replace(self.inputs, orders=orders, ranking=None)).figures

    def _grace(self, person: int) -> dict[int, int]:
        """Cycles in which she still keeps ranks, as the cycle before left them."""
        text = self._carried.get(self.people.code[person], NEW)[4] or ""
        entries = [entry.split(":") for entry in text.split()]
        return {self.place_of(code): int(cycles) for code, cycles in entries if self.place_of(code)}

    @cached_property
    def _kept(self) -> list[int]:
        """The highest rank that each keeps, never one above her title."""
        if not any(row[4] for row in self._carried.values()):
            return [0] * self.count
        graces = ({place for place, left in self._grace(person).items() if left} for person in range(self.count))
        return [max((place for place in each if place <= self.titles[person]), default=0)
                for person, each in enumerate(graces)]  # fmt: skip

    def grace(self, person: int) -> dict[int, int]:
        """Cycles in which she still keeps ranks after this one."""
        before, reached, found = self._grace(person), self.ranking.reached(person), {}
        for place, rank in enumerate(self.plan.tables("ranks"), start=1):
            promoted = rank.text("grace_after", "miss") == "miss" or self.titles[person] < place
            begins = reached >= place and promoted
            found[place] = rank.whole("grace") if begins else before.get(place, 0) - 1 if rank.whole("grace") else 0
        return {place: left for place, left in found.items() if left > 0}

    @cached_property
    def _carried(self) -> dict[str, tuple[str | None, int, str | None, str | None, str | None]]:
        rows = self.inputs.carried["ranks"].iter_rows(named=True)
        words = ("career_rank", "misses", "highest_rank", "honorary_rank", "grace")
        return {row["person_id"]: tuple(row[word] for word in words) for row in rows}

    def place_of(self, rank: str | None) -> int:
        """A place on the ladder; one that the ladder does not have is none."""
        return self.plan.rank(rank) if rank in self.plan.ranks else 0

    @cached_property
    def titles(self) -> list[int]:
        """Career ranks at the cycle's beginning."""
        came = self.inputs.people["career_rank"]
        places = {rank: self.place_of(rank) for rank in came.unique().to_list()}
        found = [places[rank] for rank in came.to_list()]
        if self._carried:
            for person, code in enumerate(self.people.code):
                if code in self._carried:
                    found[person] = self.place_of(self._carried[code][0])
        return found

    def career(self, person: int) -> Title:
        """Her title at the cycle's end, and how many cycles in a row were paid below the one before."""
        if person not in self._careers:
            before, missed, *_ = self._carried.get(self.people.code[person], NEW)
            held = self.titles[person]
            missed = missed if self.place_of(before) == held and held else 0
            ranked = self.rank(person)
            self._careers[person] = (
                Title(max(held, ranked), missed) if self.takes_titles else title_after(self.plan, held, ranked, missed)
            )
        return self._careers[person]

    def ever(self, person: int) -> int:
        """The highest rank that she ever reached."""
        _, _, highest, *_ = self._carried.get(self.people.code[person], NEW)
        return max(self.place_of(highest), self.titles[person], self.career(person).rank, self.rank(person))

    def honorary(self, person: int) -> int:
        """Her honorary rank: the highest ever, or that of the last cycle of a year until the next year's."""
        words = self.plan.inner("ladder").text("honorary", "none")
        if words == "none" or not self.there[person]:
            return 0
        if words == "highest":
            return self.ever(person)
        if self.cycle.last.year != self.cycle.later(1).last.year:
            return self.rank(person)
        return self.place_of(self._carried.get(self.people.code[person], NEW)[3])

    def rank(self, person: int, basis: str = "paid") -> int:
        """Her rank by a basis; who is not there has none."""
        if not self.there[person]:
            return 0
        if basis == "paid":
            return self.ranking.rank(person)
        return self.career(person).rank if basis == "career" else self.ever(person)

    def earns(self, bonus: Bonus, person: int) -> bool:
        """Whether she earns the bonus: a distributor who is not suspended, by her rank, by what else is asked."""
        key = (bonus.code, person)
        if key not in self._earning:
            self._earning[key] = self._earns(bonus, person)
        return self._earning[key]

    def _earns(self, bonus: Bonus, person: int) -> bool:
        stands = self.there[person] and self.stands(bonus, person)
        kind, status = self.people.kind[person], self.people.status[person]
        who = bonus.text("who", "distributors")
        may = stands and who in ("all", f"{kind}s") and status == "active"
        if not may or self.rank(person, bonus.basis) < self.plan.rank(bonus.text("minimum_rank")):
            return False
        return self.meets(person, bonus.earner)

    def brings(self, bonus: Bonus, person: int) -> bool:
        """Whether what she brings is looked at: by what she is, by her rank and by her package."""
        words, who = bonus.orders, bonus.orders.text("who", "all")
        if who != "all" and self.people.kind[person] + "s" != who:
            return False
        for ladder in ("rank", "package"):
            least, below = words.text(f"with_{ladder}"), words.text(f"below_{ladder}")
            if least or below:
                codes = ["", *(one.text("code") for one in self.plan.tables(f"{ladder}s"))]
                mine = self.rank(person, bonus.basis) if ladder == "rank" else self.package(person)
                if mine < codes.index(least) or (below and mine >= codes.index(below)):
                    return False
        return self._comes_right(bonus, person)

    def _comes_right(self, bonus: Bonus, person: int) -> bool:
        """Whether she is one of those who are asked for by the how-manieth she is whom her sponsor brought."""
        words, who = bonus.orders, bonus.orders.text("who", "all")
        if not (words.has("brought_from") or words.has("brought_to")):
            return True
        if who not in self._numbers:
            self._numbers[who] = brought_as(self.people, who)
        number = self._numbers[who].get(person, 0)
        return words.whole("brought_from", 1) <= number <= words.whole("brought_to", number)

    def meets(self, person: int, conditions: Sequence[Condition]) -> bool:
        """Whether she is there and reaches all that is asked."""
        return self.there[person] and self.figures.holds(person, conditions)

    def package(self, person: int) -> int:
        """The highest package whose needs she meets, from 1; 0 is none."""
        asked = [one.table["needs"] for one in self.plan.tables("packages")]
        return max((place for place, needs in enumerate(asked, start=1) if self.meets(person, needs)), default=0)

    def rung(self, words: Words, table: str, person: int) -> int:
        """Her place on the ladder that a table of a bonus or cap goes by."""
        return self.package(person) if words.packaged(table) else self.rank(person, words.text("rank_basis", "paid"))

    def listed(self, words: Words, table: str, person: int) -> Any:
        """What a table gives her: of `rate` what stands in `rate_by_rank` or `rate_by_package`."""
        return self.plan.listed(words, table, self.rung(words, table, person))

    def kpi(self, person: int, code: str) -> Fraction:
        """A KPI in whole units."""
        return Fraction(self.figures.kpi(person, code), self.plan.units(code))

    def before(self, bonus: Bonus) -> Before:
        """What earlier cycles left to the bonus."""
        if bonus.code not in self._before:
            self._before[bonus.code] = before(self, bonus)
        return self._before[bonus.code]

    def unit(self, bonus: Bonus) -> str:
        """In what it pays."""
        return bonus.text("currency", self.plan.currency) if bonus.pays == "money" else bonus.pays

    def minor(self, bonus: Bonus) -> Fraction:
        """How many minor units one whole unit of what is paid has."""
        return Fraction(10) ** digits(self.unit(bonus))

    def step(self, unit: str) -> int:
        """Of how many minor units every amount in a currency is a multiple."""
        said = self.plan.inner("rounding").table.get("unit", {})
        named = said if isinstance(said, dict) else {self.plan.currency: said}
        return int(named[unit] * 10 ** digits(unit)) if unit in named else 1

    def base_worth(self, bonus: Bonus) -> Fraction:
        """How many minor units one whole unit of the base is worth."""
        is_volume = bonus.base in ("cv", "qv") or (bonus.base in self.plan.kpis and self.plan.is_volume(bonus.base))
        currency = self.plan.volume_currency if is_volume else self.plan.currency if bonus.base in MONEY else ""
        return self.worth(currency, self.unit(bonus)) * self.minor(bonus)

    def base_digits(self, bonus: Bonus) -> int:
        """How many decimals the base has."""
        if bonus.base in MONEY:
            return digits(self.plan.currency)
        is_volume = bonus.base in ("cv", "qv") or (bonus.base in self.plan.kpis and self.plan.is_volume(bonus.base))
        return self.plan.scale if is_volume else 0

    def worth(self, source: str, target: str) -> Fraction:
        """What one of a unit is worth in another on the cycle's last day; what is no currency is worth one."""
        if source == target or CURRENCY not in (len(source), len(target)) or len(source) != len(target):
            return Fraction(1)
        return Fraction(self.inputs.worth(self.cycle.last, source, target))
