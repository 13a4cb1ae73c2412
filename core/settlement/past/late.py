"""Orders that come to a settled cycle: it is settled again with them, and the difference is paid now.

A plan of October said 10 % from a rank on that asks for 1,000. At its end 800 were known, and an order of 300 was paid
on 3 November. With `change_rank` and `change_others` October comes to 110.00 where nothing was paid: November has a
line of 110.00, which names October. With neither, only the order's own lines are paid, by the ranks of then: none.

| change_rank | change_others | paid in November for October                                     |
| ----------- | ------------- | ---------------------------------------------------------------- |
| true        | true          | each person's difference in each bonus                           |
| false       | true          | the same, with everybody's rank of then                          |
| true        | false         | the lines of the late order alone, with the ranks it leads to    |
| false       | false         | the lines of the late order alone, as things stood then          |

With `rebuild_carry` what October hands on is worked out again too, and so is every cycle after it. Without it, titles
that were reached late are held from now on, and what is late counts for binary bonuses as volume of this cycle.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from core.calendar.model import Cycle
from core.calendar.rules import cycle_named
from core.catalog.rules import RateTable
from core.orders.model import OrderKind
from core.plan.model import Bonus, Plan
from core.settlement.cycle.counting import RECOMPUTE, Counted, counted
from core.settlement.cycle.figures import standings
from core.settlement.cycle.placed_kpis import along_places
from core.settlement.files.timing import silent
from core.settlement.model import KNOWN, Carried, Company, Past
from core.settlement.past.cycles import ORIGINAL, as_of, known
from core.settlement.past.directly import Direct, direct_lines
from core.settlement.past.handing_on import handed_on
from core.settlement.past.late_lines import knowing_lost, refreshed
from core.settlement.past.late_parts import follow, still_lost, together
from core.settlement.past.late_rows import differences
from core.settlement.past.late_titles import raised
from core.settlement.rules import ever
from core.settlement.rules.corrections import rows
from core.settlement.rules.returning import names_orders
from core.settlement.steps.calculating import WHAT, Calculated, by_calendar, calculate, sums
from core.settlement.steps.capping import Kept

BINARY = "binary"
Reader = Callable[[str], Plan]
"""From a plan's text to the plan."""


@dataclass(frozen=True, slots=True)
class Late:
    """What has come to settled cycles."""

    corrections: pl.DataFrame
    """As `CORRECTIONS` says."""
    carried: Carried
    """What this cycle is to be settled with."""
    orders: tuple[str, ...] = ()
    """Late orders whose volume binary bonuses take now."""


def corrected(company: Company, rates: RateTable, cycle: Cycle, carried: Carried, read: Reader) -> Late:
    """Settle again whatever past cycle has other orders now than it was settled with.

    Args:
        company: with all that is known now.
        cycle: of the run.
    """
    turns = _Turns(company, rates, cycle, carried, read)
    past = tuple(turns.turn(one) for one in carried.past)
    parts = [rows(()), *turns.rows]
    return Late(pl.concat(parts), replace(turns.handed_on(), past=past), tuple(turns.late))


class _Turns:
    """The past cycles one after the other, the oldest first."""

    def __init__(self, company: Company, rates: RateTable, cycle: Cycle, carried: Carried, read: Reader) -> None:
        self.company, self.rates, self.calendar, self.read = company, rates, cycle.calendar, read
        self.now, self.until = cycle, cycle.period.end
        self.carried = carried
        self.chain: Carried | None = None
        self.rows: list[pl.DataFrame] = []
        self.late: list[str] = []
        self.takes_titles = False

    def handed_on(self) -> Carried:
        """What this cycle is settled with: balances, advances and what was ever paid are as they really are."""
        if self.chain is None:
            return self.carried
        own = self.carried
        capped = ever.as_it_is(self.chain.capped, own.capped)
        chain = replace(self.chain, balances=own.balances, advanced=own.advanced, main=own.main, capped=capped)
        return replace(chain, ranks=own.ranks) if self.takes_titles else chain

    def turn(self, past: Past) -> Past:
        """The cycle as it is now; corrections go to `rows`."""
        again = _Again.of(self, past)
        self.takes_titles = again.plan.takes_titles
        if not again.changed and not (again.rebuilds and self.chain is not None):
            return past
        carried = past.carried
        if again.rebuilds and self.chain is not None:
            carried = replace(self.chain, ranks=past.carried.ranks) if self.takes_titles else self.chain
            so_far = ever.corrected(again.plan, past.carried.capped, pl.concat([rows(()), *self.rows]))
            carried = replace(carried, capped=ever.as_it_is(carried.capped, so_far))
        return self._settled_again(again, replace(past, carried=carried))

    def _settled_again(self, again: "_Again", past: Past) -> Past:
        rules = again.plan.late_orders
        posted, parts = past.posted, past.parts
        if rules is not None and not rules.change_others and not again.returns_only:
            found = again.directly(past.carried)
            self.rows.append(found.corrections)
            lines = knowing_lost(found.posted, parts)
            self.carried = replace(self.carried, posted=pl.concat([self.carried.posted, lines]))
            self._raise(again, again.calculated(past.carried))
            parts = together(past.parts, found.parts)
            self._follow(again, past.parts, parts)
            posted = pl.concat([posted, found.sums]).group_by(WHAT).agg(pl.col("amount_minor").sum())
        else:
            done = again.calculated(past.carried, again.kept(posted))
            now = sums(done)
            concerned = again.concerned
            was, is_ = posted.filter(concerned), now.filter(concerned)
            self.rows.append(differences(again.plan, past.cycle, was, is_, again.fresh))
            posted = pl.concat([is_, posted.filter(~concerned)])
            left_out = pl.col("bonus").is_in(again.left_out)
            parts = pl.concat([done.parts.filter(~left_out), parts.filter(left_out)])
            parts = parts if again.rebuilds else still_lost(past.parts, parts)
            self._hand_on(again, done, past, parts)
        self.late += [] if again.rebuilds else again.fresh
        return replace(past, orders=again.known, posted=posted.sort(WHAT), parts=parts)

    def _hand_on(self, again: "_Again", done: Calculated, past: Past, parts: pl.DataFrame) -> None:
        if again.rebuilds:
            self.chain = handed_on(done)
            return
        posted = refreshed(self.carried.posted, knowing_lost(done.posted, past.parts), past.cycle)
        self.carried = replace(self.carried, posted=posted)
        self._follow(again, past.parts, parts)
        self._raise(again, done)

    def _follow(self, again: "_Again", was: pl.DataFrame, now: pl.DataFrame) -> None:
        """What waits of the cycle follows; what was due of it before this one is corrected."""
        if was.is_empty() and now.is_empty():
            return
        calendar, start = again.plan.calendar, self.now.period.start

        def is_past(cycle: str) -> bool:
            return cycle_named(calendar, cycle).period.start < start

        found = follow(
            again.plan, was, now, self.carried.due, is_past=is_past, cycle=again.cycle.code, orders=again.fresh
        )
        self.rows.append(found.corrections)
        self.carried = replace(self.carried, due=found.due)

    def _raise(self, again: "_Again", done: Calculated) -> None:
        if again.changes_rank and not self.takes_titles:
            self.carried = replace(self.carried, ranks=raised(again.plan, self.carried.ranks, handed_on(done).ranks))


@dataclass(frozen=True, slots=True)
class _Again:
    """A past cycle with what is known now."""

    plan: Plan
    bonuses: tuple[Bonus, ...]
    cycle: Cycle
    rates: RateTable
    counted: Counted
    ranked_by: Company | None
    known: pl.DataFrame
    fresh: tuple[str, ...]
    """Orders that have come to it."""
    late: tuple[str, ...]
    """Those of them that are no returns."""
    returns_only: bool
    """Whether nothing but returns has changed it."""
    changed: bool

    @classmethod
    def of(cls, turns: _Turns, past: Past) -> "_Again":
        """The cycle with all that is known now; without `[late_orders]` only with what came back."""
        plan, bonuses = by_calendar(turns.read(past.plan), turns.calendar)
        cycle = cycle_named(plan.calendar, past.cycle)
        company = as_of(turns.company, past.people)
        now = counted(company, plan, cycle, turns.until)
        rows_ = known(now.company, cycle)
        added = rows_.join(past.orders, on="order_id", how="anti")["order_id"]
        kinds = dict(now.company.orders.select("order_id", "kind").iter_rows())
        late = [one for one in added if kinds[one] != OrderKind.RETURN.value]
        if plan.late_orders is None:
            now = replace(now, company=_without(now.company, late))
            rows_ = rows_.filter(~pl.col("order_id").is_in(late))
            late = []
        other = rows_.join(past.orders, on=list(KNOWN), how="anti")
        gone = past.orders.join(rows_, on=list(KNOWN), how="anti")
        fresh = [one for one in added if one in late or kinds[one] == OrderKind.RETURN.value]
        ranked_by = _ranking(plan, company, now.company, fresh, late, gone)
        return cls(
            plan=plan,
            bonuses=tuple(bonuses),
            cycle=cycle,
            rates=turns.rates,
            counted=now,
            ranked_by=ranked_by,
            known=rows_,
            fresh=tuple(fresh),
            late=tuple(late),
            returns_only=not late and (gone.is_empty() or _recomputes(plan)),
            changed=not (other.is_empty() and gone.is_empty()),
        )

    @property
    def rebuilds(self) -> bool:
        """Whether what it hands on is worked out again."""
        late = self.plan.late_orders
        return late is not None and late.rebuild_carry and late.change_others

    @property
    def changes_rank(self) -> bool:
        """Whether titles may be reached late."""
        late, returns = self.plan.late_orders, self.plan.returns
        if self.returns_only:
            return returns is not None and returns.rank_again
        return late is not None and late.change_rank

    @property
    def concerned(self) -> pl.Expr:
        """Which sums are compared: not what late volume counts for now, nor what returns charge line by line.

        Those look at what earlier cycles have charged, wherever they did; only a chain that is rebuilt does it anew.
        """
        if self.rebuilds:
            return pl.lit(value=True)
        return ~pl.col("returned") & ~pl.col("bonus").is_in(self.left_out)

    @property
    def left_out(self) -> list[str]:
        """The bonuses whose sums are not compared."""
        if self.rebuilds:
            return []
        left_out = [bonus.code for bonus in self.bonuses if bonus.kind == BINARY]
        if self.returns_only and self.plan.returns is not None and not _recomputes(self.plan):
            left_out += [bonus.code for bonus in self.bonuses if names_orders(bonus)]
        return left_out

    def kept(self, posted: pl.DataFrame) -> Kept:
        """What was paid of the bonuses that are not compared, which caps look at too."""
        mine = pl.col("bonus").is_in(self.left_out) & ~pl.col("returned")
        return Kept(frozenset(self.left_out), posted.filter(mine))

    def calculated(self, carried: Carried, kept: Kept | None = None) -> Calculated:
        """The whole cycle once more."""
        now, plan, rates, by = self.counted, self.plan, self.rates, self.ranked_by
        return calculate(now, plan, self.bonuses, rates, self.cycle, carried, silent(), ranked_by=by, kept=kept)

    def directly(self, carried: Carried) -> Direct:
        """The lines of the late orders alone."""
        company = self.counted.company
        people = self.ranked_by or company
        along = along_places(people, self.plan, self.cycle, carried)
        figures = standings(people, self.plan, self.cycle, self.bonuses, carried, along)
        return direct_lines(company, figures, self.bonuses, self.rates, carried, self.late)


def _recomputes(plan: Plan) -> bool:
    return plan.returns is not None and plan.returns.amount == RECOMPUTE


def _without(company: Company, orders: Sequence[str]) -> Company:
    return replace(company, orders=company.orders.filter(~pl.col("order_id").is_in(orders)))


def _ranking(
    plan: Plan, company: Company, now: Company, fresh: Sequence[str], late: Sequence[str], gone: pl.DataFrame
) -> Company | None:
    """The company whose orders decide the ranks; None where it is that of now."""
    rules, returns = plan.late_orders, plan.returns
    left_out = list(late) if rules is not None and not rules.change_rank else []
    restored = gone.clear()
    if returns is not None and returns.volume_in == ORIGINAL and not returns.rank_again:
        left_out += [one for one in fresh if one not in late]
        restored = gone if _recomputes(plan) else restored
    if not left_out and restored.is_empty():
        return None
    figures = list(KNOWN)[2:]
    names = restored["order_id"].to_list()
    back = company.orders.drop(figures).join(restored.drop("person_id"), on="order_id").select(now.orders.columns)
    orders = pl.concat([_without(now, [*left_out, *names]).orders, back]).sort("ordered_at", "order_id")
    return replace(now, orders=orders)
