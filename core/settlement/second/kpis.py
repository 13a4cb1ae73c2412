# ruff: noqa: D102  (what `everybody`, `of`, `leg` and `close` do is said once, in `Kpi` and `ByLegs`)
"""One KPI of everybody, by its definition: who is below her, who of them counts, and what each leg brings."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core.settlement.second.people import NOBODY, Tree
from core.settlement.second.plan import Plan, Words

COMPARED = ("largest_leg", "lesser_legs")
RANKED = ("stop_at_rank", "generation_rank", "leg_with_rank", "with_rank")


@dataclass
class Ground:
    """What every KPI looks at."""

    plan: Plan
    tree: Tree
    kind: Sequence[str]
    active: Sequence[bool]
    title: Sequence[int]
    """Career ranks at the cycle's beginning."""
    rank: list[int]
    """Paid ranks, each filled in before anybody above is asked."""
    slot: Sequence[int] = ()
    """In which place of whoever is above her, in a placement tree."""
    enrolled: Sequence[Sequence[int]] = ()
    """Whom each has enrolled who is there."""
    present: Sequence[bool] = ()
    """Who has not left; in a placement tree those who have are holes."""


def looks_at_ranks(words: Words) -> bool:
    """Whether somebody's paid rank in the same cycle decides a KPI of these words."""
    return any(map(words.has, RANKED)) and words.text("rank_basis", "paid") == "paid"


class Kpi(ABC):
    """A KPI while people are gone through from below: `add` gives her value, `close` what she hands upwards."""

    def __init__(self, code: str, words: Words, ground: Ground, own: Sequence[int]) -> None:
        self.code, self.words, self.ground = code, words, ground
        floor = self._units("floor") or 0
        self.own = [figure if figure >= floor else 0 for figure in own] if floor else own
        self.value = [0] * len(ground.kind)

    @cached_property
    def looks_at_ranks(self) -> bool:
        """Whether somebody's paid rank in the same cycle decides it."""
        return looks_at_ranks(self.words)

    @cached_property
    def held(self) -> Sequence[int]:
        """The ranks at which it looks; who has left holds none."""
        if self.words.text("rank_basis", "paid") == "paid":
            return self.ground.rank
        return [title if there else 0 for title, there in zip(self.ground.title, self.ground.present, strict=True)]

    @cached_property
    def fits(self) -> Sequence[bool]:
        """Who counts for others."""
        kinds = {"distributors": ("distributor",), "customers": ("customer",)}
        wanted = kinds.get(self.words.text("who", "all"), ("distributor", "customer"))
        if not self.words.flag("active_only"):
            return [kind in wanted for kind in self.ground.kind]
        return [active and kind in wanted for kind, active in zip(self.ground.kind, self.ground.active, strict=True)]

    @cached_property
    def terms(self) -> Sequence[int]:
        """What everybody counts for others, if her rank is one that counts."""
        return [figure if fits else 0 for figure, fits in zip(self.own, self.fits, strict=True)]

    @cached_property
    def least(self) -> int:
        """The rank from which people count; 0 where all do."""
        return self._rank("with_rank")

    def term(self, person: int) -> int:
        """What she counts for others."""
        return self.terms[person] if not self.least or self.held[person] >= self.least else 0

    @cached_property
    def includes_self(self) -> bool:
        """Whether her own figure counts for herself."""
        return self.words.flag("include_self")

    def self_figure(self, person: int) -> int:
        """What she counts for herself."""
        return self.own[person] if self.includes_self else 0

    def everybody(self) -> None:
        """All values, where no rank has to be waited for."""
        for person in reversed(self.ground.tree.down):
            self.add(person)
            self.close(person)

    def add(self, person: int) -> None:
        """Her value, once everybody below her is done."""
        self.value[person] = self.of(person)

    @abstractmethod
    def of(self, person: int) -> int:
        """Her value."""

    def legs(self, person: int) -> list[int]:
        """What each leg brings."""
        raise AssertionError(f"{self.code} has no legs of volume for {person}")

    @abstractmethod
    def close(self, person: int) -> None:
        """Remember what she and those below her bring to whoever is above, once her rank is known."""

    def _rank(self, word: str) -> int:
        return self.ground.plan.rank(self.words.text(word))

    def _units(self, word: str) -> int | None:
        found = self.words.maybe(word)
        return None if found is None else int(found * self.ground.plan.units(self.code))


class Own(Kpi):
    """Her own figure."""

    def everybody(self) -> None:
        self.value = [term if there else 0 for term, there in zip(self.terms, self.ground.tree.there, strict=True)]

    def of(self, person: int) -> int:
        return self.terms[person]

    def close(self, person: int) -> None:
        """Nobody above asks for it."""


class ByLegs(Kpi):
    """Legs, each cut where the KPI says so, added up or compared."""

    @cached_property
    def _cap(self) -> int | None:
        return self._units("cap_per_leg")

    def legs(self, person: int) -> list[int]:
        """What each leg brings."""
        found = [self.leg(head) for head in self.ground.tree.children[person]]
        return found if self._cap is None else [min(one, self._cap) for one in found]

    @abstractmethod
    def leg(self, head: int) -> int:
        """What the leg of this head brings, uncut."""

    def of(self, person: int) -> int:
        legs = self.legs(person)
        if self._over in COMPARED:
            largest = max(legs, default=0)
            total = largest if self._over == "largest_leg" else sum(legs) - largest
        else:
            total = sum(legs)
        return total + self.self_figure(person)

    @cached_property
    def _over(self) -> str:
        return self.words.text("over")


class Levels(ByLegs):
    """Everybody from one level to another; a holder of the rank that stops is left out with all below."""

    def __init__(self, code: str, words: Words, ground: Ground, own: Sequence[int]) -> None:
        super().__init__(code, words, ground, own)
        frontline, levels = words.text("over") == "frontline", words.text("over") == "levels"
        self.first = words.whole("from_level", 1) if levels else 1
        self.last = 1 if frontline else words.whole("to_level") if levels else 0
        """0 is the end of the line."""
        self.kept = self.last or self.first - 1
        self.all: list[int] = [0] * len(ground.kind)
        self.by_depth: list[list[int]] = [[] for _ in ground.kind] if self.kept else []
        """She alone, then each level below her, as far as levels are told apart."""

    def everybody(self) -> None:
        by_leg = self._cap is not None or self._over in COMPARED
        if type(self) is not Levels or self.kept or self._stop or self.least or by_leg:
            super().everybody()
            return
        tree = self.ground.tree
        parent, terms, brought = tree.parent, self.terms, self.all
        for person in reversed(tree.down):
            whole = brought[person] = brought[person] + terms[person]
            if (above := parent[person]) != NOBODY:
                brought[above] += whole
        own = self.own if self.includes_self else [0] * len(terms)
        each = zip(brought, terms, own, tree.there, strict=True)
        self.value = [whole - term + mine if there else 0 for whole, term, mine, there in each]

    def close(self, person: int) -> None:
        if self._stop and self.held[person] >= self._stop:
            return
        mine, children = self.term(person), self.ground.tree.children[person]
        if self.last == 0:
            self.all[person] = mine + sum(self.all[child] for child in children)
        if self.kept:
            levels = [mine]
            for child in children:
                for depth, figure in enumerate(self.by_depth[child][: self.kept - 1], start=1):
                    levels += [0] * (depth + 1 - len(levels))
                    levels[depth] += figure
            self.by_depth[person] = levels

    @cached_property
    def _stop(self) -> int:
        return self._rank("stop_at_rank")

    def leg(self, head: int) -> int:
        if self.last:
            return sum(self.by_depth[head][self.first - 1 : self.last])
        return self.all[head] - (sum(self.by_depth[head][: self.first - 1]) if self.kept else 0)


class Side(Levels):
    """Everybody below on one side of the binary tree."""

    def of(self, person: int) -> int:
        side = 1 if self.words.text("over") == "left" else 2
        heads = (head for head in self.ground.tree.children[person] if self.ground.slot[head] == side)
        return sum(map(self.leg, heads)) + self.self_figure(person)


class Generation(ByLegs):
    """People on whose way down stand exactly so many leaders, they themselves counted."""

    def __init__(self, code: str, words: Words, ground: Ground, own: Sequence[int]) -> None:
        super().__init__(code, words, ground, own)
        self.wanted = words.whole("generation")
        self.by_leaders: list[list[int]] = [[] for _ in ground.kind]

    def close(self, person: int) -> None:
        found = [0] * (self.wanted + 1)
        found[0] = self.term(person)
        for child in self.ground.tree.children[person]:
            for leaders, figure in enumerate(self.by_leaders[child]):
                found[leaders] += figure
        leads = self.held[person] >= self._rank("generation_rank")
        self.by_leaders[person] = [0, *found[:-1]] if leads else found

    def leg(self, head: int) -> int:
        return self.by_leaders[head][self.wanted]


class Legs(Kpi):
    """Legs in which somebody holds a rank, or whose head has enough of another KPI."""

    def __init__(self, code: str, words: Words, ground: Ground, own: Sequence[int]) -> None:
        super().__init__(code, words, ground, own)
        self.depth = words.whole("leg_depth")
        self.highest: list[list[int]] = [[] for _ in ground.kind]
        """The highest rank on each level of her leg, or one for all of them."""
        self.other: Kpi | None = None

    def close(self, person: int) -> None:
        below = [self.highest[child] for child in self.ground.tree.children[person]]
        if not self.depth:
            self.highest[person] = [max(self.held[person], *(one[0] for one in below), 0)]
            return
        levels = [self.held[person]]
        for one in below:
            for depth, rank in enumerate(one[: self.depth - 1], start=1):
                levels += [0] * (depth + 1 - len(levels))
                levels[depth] = max(levels[depth], rank)
        self.highest[person] = levels

    def _passes(self, head: int) -> bool:
        ranked = max(self.highest[head]) >= self._rank("leg_with_rank")
        enough = self.other is None or self.other.value[head] >= self._minimum
        return self._may_head(head) and ranked and enough

    def _may_head(self, head: int) -> bool:
        """Whether the filters let her head a leg; of who has left they ask in vain."""
        asks = self.words.flag("active_only") or self.words.text("who", "all") != "all"
        return not asks or (self.fits[head] and self.ground.present[head])

    @cached_property
    def _minimum(self) -> int:
        return int(self.words.number("leg_minimum") * self.ground.plan.units(self.words.text("leg_kpi")))

    def heads(self, heads: Sequence[int]) -> list[int]:
        """Those whose legs count."""
        return [head for head in heads if self._passes(head)]

    def of(self, person: int) -> int:
        return len(self.heads(self.ground.tree.children[person]))
