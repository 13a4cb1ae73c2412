"""From declared KPIs to rows and values of the forest.

| KPI of x                                   | becomes                                                       |
| ------------------------------------------ | ------------------------------------------------------------- |
| own                                        | her own term                                                  |
| levels 2 to 3                              | the rows "one below", "two below" and "three below"; 2 + 3     |
| whole line, herself included               | one LINE row, which holds her own figure already              |
| whole line without herself                 | a SHIFT row that keeps what it was given                      |
| at most c of each leg                      | a CAPPED row over the rows above                              |
| largest leg, all other legs                | a LARGEST row; all legs less it                               |
| generation g                               | rows for generations 0 to g, moved on at each leader          |
| legs with a Silver, at most d deep         | rows for depths 1 to d; at any depth one row that reads itself |
| Silvers alone                              | the same rows over a term that asks for the grade              |
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from core.forest import program as p
from core.forest.assembly import Assembly, Row, Value
from core.forest.kernel import Ints
from core.forest.program import NOTHING, UNLIMITED
from core.kernel.money import round_half_up
from core.kpis.model import EVER_SOLD, GRACE, JUDGED, OwnFigure
from core.plan.model import (
    ActivityMode,
    ActivitySpec,
    CapBase,
    Condition,
    KpiSpec,
    LegCap,
    Measure,
    Over,
    Plan,
    RankBasis,
    Who,
    Window,
)

FAR = 2**60
"""More than anybody's orders ever come to."""
NEWCOMERS = 2 * FAR
"""What those have who are active whatever they order: more than `judged` takes off."""
MASKS = {Who.ALL: 0, Who.DISTRIBUTORS: p.FIRST_KIND, Who.CUSTOMERS: p.SECOND_KIND}


def activity_figure(plan: Plan) -> OwnFigure:
    """The own figure that makes people active."""
    rule = plan.activity
    return OwnFigure(
        rule.measure,
        1 if rule.days else rule.cycles,
        None if rule.mode is ActivityMode.SUM else JUDGED,
        days=rule.days,
        orders=rule.orders,
        newcomer_days=rule.newcomer_days,
    )


def judged(activity: ActivitySpec, sums: Ints) -> Ints:
    """The activity figure where cycles are looked at one by one: this cycle's, far up or down where the past decides.

    Args:
        sums: what people have over this cycle, over this one and the one before, and so on, a row each.

    | mode | minimum | cycle before | this cycle | figure       | active |
    | ---- | ------- | ------------ | ---------- | ------------ | ------ |
    | any  | 50      | 60           | 0          | 0 + `FAR`    | yes    |
    | any  | 50      | 40           | 20         | 20           | no     |
    | all  | 50      | 60           | 50         | 50           | yes    |
    | all  | 50      | 40           | 90         | 90 - `FAR`   | no     |
    """
    reached = np.diff(sums, axis=0) >= activity.minimum
    if activity.mode is ActivityMode.ANY:
        return np.asarray(sums[0] + FAR * reached.any(axis=0))
    return np.asarray(sums[0] - FAR * ~reached.all(axis=0))


def own_figures(plan: Plan) -> tuple[OwnFigure, ...]:
    """Every own figure that the plan's KPIs and its activity rule need, each once; the first is for activity."""
    wanted = [
        activity_figure(plan),
        *(_own_figure(kpi) for kpi in plan.kpis if kpi.measure in _COUNTED or _is_given(kpi)),
        *((GRACE,) if any(rank.grace_cycles for rank in plan.ranks) else ()),
    ]
    if any(figure.grows and figure.orders.only != "all" for figure in wanted):
        wanted.append(EVER_SOLD)
    return tuple(dict.fromkeys(wanted))


_COUNTED = (Measure.CV, Measure.QV, Measure.ORDERS, Measure.POINTS)


def _is_given(kpi: KpiSpec) -> bool:
    """Whether it is worked out elsewhere: along places, or from what earlier cycles found."""
    return kpi.along_places or kpi.looks_back


def _own_figure(kpi: KpiSpec) -> OwnFigure:
    if _is_given(kpi):
        return OwnFigure(kpi.measure, 1, kpi.code)
    cycles = None if kpi.window is Window.CUMULATIVE else kpi.cycles
    return OwnFigure(
        kpi.measure, cycles, customer_share=kpi.customer_share, days=kpi.days, since=kpi.since, orders=kpi.orders
    )


def of_customers(figures: Ints, share: Decimal) -> Ints:
    """What counts of customers' orders, each rounded half up.

    | order | share | counts |
    | ----- | ----- | ------ |
    | 101   | 50 %  | 51     |
    | -101  | 50 %  | -51    |
    | 100   | 33 %  | 33     |
    """
    part = Fraction(share) / 100
    doubled = 2 * np.abs(figures) * part.numerator + part.denominator
    return np.asarray(np.sign(figures) * (doubled // (2 * part.denominator)))


class Columns:
    """One plan's KPIs on one assembly, whose own rows are `own_figures` in order."""

    def __init__(self, plan: Plan, assembly: Assembly) -> None:
        self.plan, self.assembly = plan, assembly
        self.own: Mapping[OwnFigure, int] = {figure: row for row, figure in enumerate(own_figures(plan))}

    def value(self, kpi: KpiSpec) -> int:
        """The KPI's value."""
        return self.assembly.value(self._value(kpi))

    def counted(self, condition: Condition) -> int:
        """The KPI's value after the condition's leg cap."""
        kpi, cap = self.plan.kpi(condition.kpi), condition.leg_cap
        if cap is None:
            return self.value(kpi)
        assert _has_legs(kpi), f"{kpi.code} has no legs to cap"
        if cap.base is CapBase.ACTUAL and cap.percent is not None:
            return self.assembly.value(self._share_of_actual(kpi, cap))
        return self.assembly.value(self._capped(kpi, cap_of(condition.minimum, cap), own_too=cap.own_too))

    def grace(self) -> int:
        """The place of the rank that she keeps by grace, in a plan that has it."""
        return self.assembly.value(Value(self_term=self.assembly.term(self.own[GRACE], 0, NOTHING), self_sign=1))

    def _value(self, kpi: KpiSpec) -> Value:
        if kpi.along_places or (kpi.over is Over.OWN and kpi.measure is not Measure.LEGS):
            return Value(self_term=self._term(kpi), self_sign=1)
        if kpi.measure is Measure.LEGS:
            return Value(parts=(self._legs(kpi),))
        if kpi.over is Over.LARGEST_LEG:
            return self._with_self(kpi, Value(largest=self._largest(kpi)))
        if kpi.over is Over.LESSER_LEGS:
            return self._lesser(kpi)
        if kpi.cap_per_leg is not None:
            return self._capped(kpi, kpi.cap_per_leg, own_too=False)
        return self._uncapped(kpi)

    def _uncapped(self, kpi: KpiSpec) -> Value:
        """All that the legs bring, uncut."""
        rows = self._leg_rows(kpi)
        inside = self.assembly.rows[rows[0]].op == p.LINE
        return Value(parts=rows) if inside else self._with_self(kpi, Value(parts=rows))

    def _capped(self, kpi: KpiSpec, cap: int, *, own_too: bool) -> Value:
        limit = cap if kpi.cap_per_leg is None else min(cap, kpi.cap_per_leg)
        row = self.assembly.row(Row(p.CAPPED, limit=limit, listed=self._leg_rows(kpi)))
        return self._with_self(kpi, Value(parts=(row,), self_cap=cap if own_too else UNLIMITED))

    def _share_of_actual(self, kpi: KpiSpec, cap: LegCap) -> Value:
        assert kpi.cap_per_leg is None, "a leg cannot be capped twice"
        share = Fraction(cap.percent or 0) / 100
        cut = Value(
            legs=self._leg_rows(kpi),
            share=(share.numerator, share.denominator),
            self_cap=0 if cap.own_too else UNLIMITED,
        )
        return self._with_self(kpi, cut)

    def _with_self(self, kpi: KpiSpec, value: Value) -> Value:
        if not _includes_self(kpi):
            return value
        return replace(value, self_term=self._self_term(kpi), self_sign=1)

    def _lesser(self, kpi: KpiSpec) -> Value:
        whole = self._uncapped(kpi) if kpi.cap_per_leg is None else self._capped(kpi, kpi.cap_per_leg, own_too=False)
        return replace(whole, largest=self._largest(kpi), largest_sign=-1)

    def _largest(self, kpi: KpiSpec) -> int:
        limit = UNLIMITED if kpi.cap_per_leg is None else kpi.cap_per_leg
        return self.assembly.row(Row(p.LARGEST, limit=limit, listed=self._leg_rows(kpi)))

    def _leg_rows(self, kpi: KpiSpec) -> tuple[int, ...]:
        """The rows to which a leg gives what it brings to the KPI."""
        if kpi.over is Over.GENERATION:
            return (self._generation(kpi),)
        grade, titled = self.plan.rank_index(kpi.stop_at_rank), kpi.rank_basis is RankBasis.CAREER
        titled = titled and grade > 0
        term, first = self._term(kpi), max(kpi.level_from, 1)
        whole_line = kpi.over is not Over.LEVELS
        if whole_line or (kpi.level_to is None and first == 1):
            return (self._line(kpi, term, grade, titled=titled),)
        if kpi.level_to is None:
            source = self.assembly.level(term, first - 1, grade=grade, titled=titled)
            return (self.assembly.row(Row(p.SHIFT, term, source, keep=True, grade=grade, titled=titled)),)
        levels = range(first, kpi.level_to + 1)
        return tuple(self.assembly.level(term, depth, grade=grade, titled=titled) for depth in levels)

    def _line(self, kpi: KpiSpec, term: int, grade: int, *, titled: bool) -> int:
        """All below; her own figure stands in the row itself where it is taken in by the same rule as theirs."""
        if _includes_self(kpi) and term == self._self_term(kpi):
            return self.assembly.row(Row(p.LINE, term, grade=grade, titled=titled))
        return self.assembly.row(Row(p.SHIFT, term, keep=True, grade=grade, titled=titled))

    def _generation(self, kpi: KpiSpec) -> int:
        assert kpi.generation_rank is not None, f"{kpi.code}: a generation needs the rank that opens it"
        grade, titled = self.plan.rank_index(kpi.generation_rank), kpi.rank_basis is RankBasis.CAREER
        row = -1
        for number in range(kpi.generation + 1):
            row = self.assembly.row(Row(p.GENERATION, self._term(kpi), row, limit=number, grade=grade, titled=titled))
        return row

    def _legs(self, kpi: KpiSpec) -> int:
        """The row that counts the legs which pass."""
        grade, titled = self.plan.rank_index(kpi.leg_with_rank), kpi.rank_basis is RankBasis.CAREER
        titled = titled and grade > 0
        mask = MASKS[kpi.who] | (p.AWAKE if kpi.active_only else 0)
        value = -1 if kpi.leg_kpi is None else self.value(self.plan.kpi(kpi.leg_kpi))
        source = self._contains(grade, kpi.leg_depth, titled=titled) if grade else -1
        minimum = kpi.leg_minimum if value >= 0 else 0
        return self.assembly.row(
            Row(p.LEGS, source=source, limit=minimum, grade=grade, titled=titled, mask=mask, value=value)
        )

    def _contains(self, grade: int, depth: int | None, *, titled: bool) -> int:
        """The row that says of a leg's head whether somebody of the grade stands below her, less deep than `depth`."""
        if depth is None:
            return self.assembly.row(Row(p.CONTAINS, keep=True, grade=grade, titled=titled))
        row = -1
        for _ in range(depth - 1):
            row = self.assembly.row(Row(p.CONTAINS, source=row, grade=grade, titled=titled))
        return row

    def _term(self, kpi: KpiSpec) -> int:
        if kpi.along_places:  # whatever it asks of people was asked along its tree
            return self.assembly.term(self.own[_own_figure(kpi)], 0, NOTHING)
        mask = MASKS[kpi.who] | (p.AWAKE if kpi.active_only else 0)
        grade, titled = self.plan.rank_index(kpi.with_rank), kpi.rank_basis is RankBasis.CAREER
        return self.assembly.term(
            self._own_row(kpi), mask, kpi.floor or NOTHING, grade=grade, titled=titled and grade > 0
        )

    def _self_term(self, kpi: KpiSpec) -> int:
        """Her own figure in a KPI over her line: whatever is asked of those below her, but for the floor."""
        return self.assembly.term(self._own_row(kpi), 0, kpi.floor or NOTHING)

    def _own_row(self, kpi: KpiSpec) -> int:
        return -1 if kpi.measure is Measure.HEADS else self.own[_own_figure(kpi)]


def cap_of(minimum: int, cap: LegCap) -> int:
    """What at most counts of one leg towards `minimum`; a percentage of it is rounded half up.

    | minimum | cap  | result |
    | ------- | ---- | ------ |
    | 20000   | 80 % | 16000  |
    | 5       | 50 % | 3      |
    """
    if cap.absolute is not None:
        return cap.absolute
    return round_half_up(Fraction(cap.percent or 0) * minimum / 100)


def _includes_self(kpi: KpiSpec) -> bool:
    return kpi.include_self or (kpi.over is Over.LEVELS and kpi.level_from == 0)


def _has_legs(kpi: KpiSpec) -> bool:
    return kpi.measure is not Measure.LEGS and kpi.over in (Over.LEVELS, Over.GENERATION)
