"""KPIs, conditions and ranks of everybody: from below upwards, or one person where no rank decides a KPI."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil, floor
from typing import Any, NamedTuple

from core.settlement.second.choosing import SIDES, kpi_of
from core.settlement.second.disjoint import matched, ways
from core.settlement.second.kpis import Ground, Kpi, Legs, looks_at_ranks
from core.settlement.second.people import Asked, Own, Tree
from core.settlement.second.plan import Condition, Plan, Words, number
from core.settlement.second.waiting import SPONSOR, Step, circled, steps

UNKNOWN = -1


class Placed(NamedTuple):
    """A placement tree."""

    line: Tree
    """With whoever counts for levels though she waits for a place."""
    standing: Tree
    """Those who have a place."""
    slot: Sequence[int]


class Figures:
    """What everybody has in one cycle."""

    def __init__(
        self,
        plan: Plan,
        tree: Tree,
        kind: Sequence[str],
        suspended: Sequence[bool],
        title: Sequence[int],
        own: Own,
        placed: "Mapping[str, Placed] | None" = None,
        kept: Sequence[int] = (),
        newcomers: Sequence[bool] = (),
        earlier: "Mapping[str, Sequence[int]] | None" = None,
    ) -> None:
        """Of people by place.

        Args:
            placed: the placement trees.
            kept: places of the ranks that people are paid by at least; none is nobody's.
            newcomers: who is active whatever she orders; none is nobody.
            earlier: the KPIs that count earlier cycles, by code.
        """
        self.plan, self.tree, self.kind, self.suspended, self.own = plan, tree, kind, suspended, own
        self.title, self.placed, self.kept = title, placed or {}, kept or [0] * len(kind)
        self.newcomers, self.earlier = newcomers, earlier or {}
        self._ranks = [UNKNOWN] * len(kind)
        self._shown = self._ranks
        """The ranks at which KPIs along places look: of whoever would wait for herself the title."""
        if self._circled:
            may = [there and one == "distributor" for there, one in zip(tree.there, kind, strict=True)]
            known = {one: title[one] if may[one] else 0 for one in self._circled}
            self._shown = [known.get(one, UNKNOWN) for one in range(len(kind))]
        self._ready: set[str] = set()
        self._leasts: dict[tuple[str, Any], int] = {}
        if self._swept:
            self._sweep()

    @cached_property
    def active(self) -> list[bool]:
        """Who is active: her own figure reaches what the plan asks for."""
        rule = self.plan.inner("activity")
        asked = Asked.of(rule)
        scale = 1 if asked.measure in ("orders", "points") else 10**self.plan.scale
        cycles, least = rule.whole("cycles", 1), ceil(rule.number("minimum") * scale)
        if rule.text("mode", "sum") == "sum":
            does = [figure >= least for figure in self.own(asked)]
        else:
            judge = any if rule.text("mode") == "any" else all
            each = (self.own(replace(asked, cycles=count + 1)) for count in range(cycles))
            sums = zip([0] * len(self.kind), *each, strict=True)
            does = [judge(more - less >= least for less, more in pairwise(each)) for each in sums]
        fresh = self.newcomers or [False] * len(self.kind)
        calm = zip(self.kind, self.suspended, does, fresh, strict=True)
        return [kind != "company" and not stopped and (enough or new) for kind, stopped, enough, new in calm]

    @cached_property
    def kpis(self) -> Mapping[str, Kpi]:
        """The plan's KPIs."""
        found: dict[str, Kpi] = {}
        for code, words in self.plan.kpis.items():
            legs, share = words.text("measure") == "legs", words.number("customer_share", 100) / 100
            own: Sequence[int] = [0] * len(self.kind) if legs else self._own(code, words, share)
            ground = Ground(
                self.plan, self.tree, self.kind, self.active, self.title, self._ranks, present=self.tree.there
            )
            if place := self.placed.get(words.text("tree")):
                own = [figure if there else 0 for figure, there in zip(own, self.tree.there, strict=True)]  # not holes
                tree = place.standing if words.text("over") in SIDES else place.line  # who waits is on no side
                shown = self._ranks if words.flag("enrolled_only") else self._shown
                ground = replace(ground, tree=tree, slot=place.slot, enrolled=self.tree.children, rank=shown)
            found[code] = kpi_of(code, words, ground, own)
        for kpi in found.values():
            if isinstance(kpi, Legs) and kpi.words.has("leg_kpi"):
                kpi.other = found[kpi.words.text("leg_kpi")]
        return found

    def _own(self, code: str, words: Words, share: Fraction) -> Sequence[int]:
        return self.earlier[code] if code in self.earlier else self.own(Asked.of(words, share))

    def kpi(self, person: int, code: str) -> int:
        """A KPI of a person: volume at scale, everything else by ones."""
        self._prepare(code)
        return self.kpis[code].value[person]

    def rank(self, person: int) -> int:
        """The rank that she is paid by; 0 is none."""
        if self._ranks[person] == UNKNOWN:
            self._ranks[person] = self._paid(person)
        return self._ranks[person]

    def holds(self, person: int, parts: Sequence[Condition]) -> bool:
        """Whether she reaches everything that is asked."""
        return all(self._holds(person, part) for part in parts)

    def counted(self, person: int, condition: Condition) -> int:
        """What she has towards a condition, after its leg cap."""
        code = str(condition["kpi"])
        have = self.kpi(person, code)
        if "leg_cap" not in condition:
            return have
        kpi = self.kpis[code]
        legs, own = kpi.legs(person), kpi.self_figure(person)
        most = self._most(condition, max(0, sum(legs) + own))
        return sum(min(leg, most) for leg in legs) + (min(own, most) if condition.get("leg_cap_own") else own)

    def _most(self, condition: Condition, actual: int) -> int:
        """How much of one leg counts: a percentage, rounded half up, or an amount."""
        units, cap = self.plan.units(str(condition["kpi"])), condition["leg_cap"]
        if not isinstance(cap, str):
            return int(number(cap) * units)
        base = actual if condition.get("leg_cap_of") == "actual" else int(number(condition["minimum"]) * units)
        return floor(number(cap) * base / 100 + Fraction(1, 2))

    def _holds(self, person: int, part: Condition) -> bool:
        if "any" in part:
            return any(self._holds(person, one) for one in part["any"])
        if "all" in part:
            return self.holds(person, part["all"])
        return self.counted(person, part) >= self._least(str(part["kpi"]), part["minimum"])

    def _least(self, kpi: str, minimum: Any) -> int:
        """The least whole figure that reaches a minimum."""
        key = (kpi, minimum)
        if key not in self._leasts:
            self._leasts[key] = ceil(number(minimum) * self.plan.units(kpi))
        return self._leasts[key]

    def _paid(self, person: int) -> int:
        return max(self.reached(person), self.kept[person] if self.kind[person] == "distributor" else 0)

    def reached(self, person: int) -> int:
        """The rank that her own figures reach."""
        if self.kind[person] != "distributor":
            return 0
        ladder = self.plan.inner("ladder")
        must_climb, apart = ladder.flag("must_climb", otherwise=True), ladder.flag("legs_disjoint")
        best = 0
        for place, rank in enumerate(self.plan.table.get("ranks", ()), start=1):
            if (self._apart if apart else self.holds)(person, rank["needs"]):
                best = place
            elif must_climb:
                break
        return best

    def _apart(self, person: int, needs: Sequence[Condition]) -> bool:
        """Whether she reaches everything in one of the ways there are, with another leg for everything a leg is for."""
        return any(self._served(person, way) for way in ways(needs))

    def _served(self, person: int, way: Sequence[Condition]) -> bool:
        wanted: list[list[tuple[str, int]]] = []
        for part in way:
            kpi = self.kpis[str(part["kpi"])]
            if isinstance(kpi, Legs):
                heads = kpi.heads(kpi.ground.tree.children[person])
                wanted += [[(self._of_tree(kpi), head) for head in heads]] * int(part["minimum"])
            elif not self._holds(person, part):
                return False
        return matched(wanted)

    @cached_property
    def _swept(self) -> set[str]:
        """The KPIs that ranks decide, directly or by another KPI."""
        found = {code for code, kpi in self.kpis.items() if kpi.looks_at_ranks}
        for _ in self.kpis:
            found |= {code for code, kpi in self.kpis.items() if isinstance(kpi, Legs) and self._other(kpi) in found}
        return found

    @staticmethod
    def _other(kpi: Legs) -> str:
        return kpi.words.text("leg_kpi")

    def _sweep(self) -> None:
        """Ranks and KPIs together, everybody after all below her."""
        for code in self.kpis.keys() - self._swept:
            self._prepare(code)
        swept = [self.kpis[code] for code in self.kpis if code in self._swept]
        self._ready |= self._swept
        by_tree: dict[str, list[Kpi]] = {name: [] for name in (SPONSOR, *self.placed)}
        for kpi in swept:
            by_tree[self._of_tree(kpi)].append(kpi)
        for person, tree in self._steps():
            if tree is not None:
                for kpi in by_tree[tree]:
                    kpi.close(person)
                continue
            for kpi in swept:
                kpi.add(person)
                if (place := self.placed.get(self._of_tree(kpi))) and not place.standing.there[person]:
                    kpi.value[person] = 0
            self._ranks[person] = self._paid(person)
            if person not in self._circled:
                self._shown[person] = self._ranks[person]

    def _steps(self) -> Iterator[Step]:
        """Ranks and what is handed upwards, each after all that it waits for."""
        if len(self._waited_in) > 1:
            yield from steps(self._waited_in, self._circled)
            return
        for person in reversed(self.tree.down):
            yield person, None
            yield person, SPONSOR

    @cached_property
    def _waited_in(self) -> Mapping[str, Tree]:
        """The sponsor tree, and the placement trees in which a KPI waits for ranks.

        A KPI that takes in those alone whom she enrolled finds all of them done in the sponsor tree.
        """
        words = [one for one in self.plan.kpis.values() if looks_at_ranks(one) and not one.flag("enrolled_only")]
        names = {one.text("tree") for one in words}
        return {SPONSOR: self.tree, **{name: one.line for name, one in self.placed.items() if name in names}}

    @cached_property
    def _circled(self) -> set[int]:
        return circled(self._waited_in) if len(self._waited_in) > 1 else set()

    @staticmethod
    def _of_tree(kpi: Kpi) -> str:
        return kpi.words.text("tree", SPONSOR)

    def _prepare(self, code: str) -> None:
        """A KPI that looks at no rank, for everybody at once."""
        if code in self._ready:
            return
        for other in self._asked_by(code):
            self._prepare(other)
        self._ready.add(code)
        kpi = self.kpis[code]
        kpi.everybody()
        if place := self.placed.get(kpi.words.text("tree")):
            kpi.value = [value if stands else 0 for value, stands in zip(kpi.value, place.standing.there, strict=True)]

    def _asked_by(self, code: str) -> Iterator[str]:
        other = self.kpis[code].words.text("leg_kpi")
        if other:
            yield other
