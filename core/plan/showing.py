"""A plan as it was understood, in plain lines, for whoever wants to check that the file says what she meant."""

from collections.abc import Iterator
from decimal import Decimal

from core.plan.model import (
    ActivityMode,
    ActivitySpec,
    AllOf,
    AnyOf,
    CalendarKind,
    CalendarSpec,
    Condition,
    Honorary,
    InARow,
    KpiSpec,
    LegCap,
    Measure,
    OrderChoice,
    Over,
    Plan,
    RankBasis,
    RankSpec,
    Requirement,
    TitleKeep,
    Unit,
    Who,
    Window,
)
from core.plan.model.percents import percent_text
from core.plan.showing_bonuses import bonus_lines
from core.plan.showing_points import points_lines
from core.plan.showing_settling import settling_lines
from core.plan.showing_tickets import tickets_lines
from i18n.translator import Translator

INDENT = "  "
HONORARY = {
    Honorary.HIGHEST: "the highest rank ever reached",
    Honorary.LAST_OF_YEAR: "the rank paid in the last cycle of the year",
}


class Showing:
    """One plan, told in English lines; company words in the translator's language."""

    def __init__(self, plan: Plan, tr: Translator) -> None:
        self.plan = plan
        self.tr = tr

    def lines(self) -> Iterator[str]:
        """The whole plan from its name to its top rank."""
        yield from self._head()
        yield ""
        yield "KPIs"
        yield from (self._kpi(kpi) for kpi in self.plan.kpis)
        yield ""
        climb = "one after the other" if self.plan.must_climb else "the highest that holds"
        yield f"Ranks, lowest first ({climb})"
        for rank in self.plan.ranks:
            yield from self._rank(rank)
        if self.plan.honorary in HONORARY:
            yield f"  honorary: {HONORARY[self.plan.honorary]}"
        if self.plan.packages:
            yield ""
            yield "Packages, lowest first (the highest that holds)"
            for package in self.plan.packages:
                yield f"{INDENT}{package.code} “{self.tr.company(package.name)}”"
                yield from (line for part in package.needs.parts for line in self._requirement(part, 2))
        if self.plan.points is not None:
            yield ""
            yield from points_lines(self.plan.points, self.plan.currency, self.tr)
        if self.plan.bonuses:
            yield ""
            yield "Bonuses; what is not told of one is as it is unless said"
            yield from bonus_lines(self.plan, self.tr)
        settling = list(settling_lines(self.plan))
        if settling:
            yield ""
            yield "Settling"
            yield from settling
        yield ""
        yield from tickets_lines(self.plan.tickets, self.tr)

    def _head(self) -> Iterator[str]:
        plan, volume = self.plan, self.plan.volume
        calendars = ", ".join(_calendar(calendar) for calendar in plan.calendars)
        yield f"{self.tr.company(plan.name)}: plan {plan.code}, version {plan.version}"
        yield f"company     {self.tr.company(plan.company)}; language {plan.language}; currency {plan.currency}"
        yield f"calendars   {calendars}, in {plan.calendar.time_zone}; ranks by {plan.calendar.code}"
        yield f"volume      in {volume.currency}, {volume.scale} decimals; without a value of its own a line's"
        yield f"            CV is its {volume.default_cv}, its QV its {volume.default_qv}"
        activity = plan.activity
        unit = Unit.VOLUME if activity.measure in (Measure.CV, Measure.QV) else Unit.ORDERS
        minimum, cycles = self._number(activity.minimum, unit), _time(activity.days, activity.cycles)
        if activity.mode is not ActivityMode.SUM:
            cycles = f" in {'one' if activity.mode is ActivityMode.ANY else 'each'} of {activity.cycles} cycles"
        chosen = "".join(f", {words}" for words in _orders(activity.orders, self.plan.volume.scale))
        yield f"active      {activity.measure.upper()} of {minimum} or more{cycles}{chosen}{_inactive(activity)}"
        if activity.newcomer_days:
            yield f"            and newcomers for {activity.newcomer_days} days, that of joining the first"
        seen = plan.visibility
        yield (
            f"visible     figures {_level(seen.figures_to_level)}, orders {_level(seen.orders_to_level)}, "
            f"contacts {_level(seen.contacts_to_level)}"
        )
        yield f"gauges      {', '.join(plan.gauges)}"

    def _kpi(self, kpi: KpiSpec) -> str:
        words = [_what(kpi), _where(kpi), *_filters(kpi, self.plan.volume.scale)]
        if kpi.floor:
            words.append(f"own figures under {self._number(kpi.floor, kpi.unit)} left out")
        if kpi.cap_per_leg is not None:
            words.append(f"at most {self._number(kpi.cap_per_leg, kpi.unit)} of a leg")
        if kpi.leg_kpi:
            unit = self.plan.kpi(kpi.leg_kpi).unit
            words.append(f"whose head has {kpi.leg_kpi} of {self._number(kpi.leg_minimum, unit)}")
        if kpi.of_kpi:
            words[0] += f" with {kpi.of_kpi} of {self._number(kpi.of_minimum, self.plan.kpi(kpi.of_kpi).unit)} or more"
        name = f"{kpi.code} “{self.tr.company(kpi.label)}”"
        return f"{INDENT}{name}: " + ", ".join(word for word in words if word)

    def _rank(self, rank: RankSpec) -> Iterator[str]:
        kept = {
            TitleKeep.FOREVER: "title kept for ever",
            TitleKeep.CYCLES: f"title kept through {rank.title_keep_cycles} missed cycles",
            TitleKeep.WHILE_PAID: "title kept while paid",
        }[rank.title_keep]
        yield f"{INDENT}{rank.code} “{self.tr.company(rank.name)}”, {kept}"
        if not rank.needs.parts:
            yield f"{INDENT * 2}asks for nothing"
        for part in rank.needs.parts:
            yield from self._requirement(part, 2)

    def _requirement(self, requirement: Requirement, depth: int) -> Iterator[str]:
        match requirement:
            case Condition():
                yield INDENT * depth + self._condition(requirement)
            case AnyOf(parts):
                yield INDENT * depth + "one of"
                for part in parts:
                    yield from self._requirement(part, depth + 1)
            case AllOf(parts):
                yield INDENT * depth + "all of"
                for part in parts:
                    yield from self._requirement(part, depth + 1)

    def _condition(self, condition: Condition) -> str:
        unit = self.plan.kpi(condition.kpi).unit
        text = f"{condition.kpi} ≥ {self._number(condition.minimum, unit)}"
        return text + self._cap(condition.leg_cap, unit) if condition.leg_cap else text

    def _cap(self, cap: LegCap, unit: Unit) -> str:
        if cap.absolute is not None:
            most = self._number(cap.absolute, unit)
        else:
            of = "of that" if cap.base == "requirement" else "of the whole"
            most = f"{percent_text(cap.percent or Decimal(0))} {of}"
        return f", at most {most} of one leg" + (" and of her own" if cap.own_too else "")

    def _number(self, value: int, unit: Unit) -> str:
        if unit is not Unit.VOLUME:
            return f"{value:,}"
        exact = Decimal(value).scaleb(-self.plan.volume.scale).normalize()
        return f"{exact:,f}"


def _calendar(calendar: CalendarSpec) -> str:
    by = "" if calendar.kpis_by is None else f", KPIs by {calendar.kpis_by}"
    of = ""
    if calendar.kind is CalendarKind.PERIOD:
        listed = ", ".join(map(str, calendar.begins))
        several = len(calendar.begins) > 1
        of = f" from {listed}, then of {calendar.days} days" if several else f" of {calendar.days} days from {listed}"
    return f"{calendar.code} ({calendar.kind}{of}{by})"


def _what(kpi: KpiSpec) -> str:
    names = {
        Measure.CV: "CV",
        Measure.QV: "QV",
        Measure.ORDERS: "orders",
        Measure.POINTS: "points",
        Measure.HEADS: "people",
        Measure.LEGS: "legs",
        Measure.HELD: f"cycles paid as {kpi.held_rank} or higher",
        Measure.REACHED: "cycles",
        Measure.EARNED: f"what {', '.join(kpi.bonuses)} paid her",
    }
    return names[kpi.measure]


def _where(kpi: KpiSpec) -> str:
    if kpi.looks_back:
        row = {InARow.LATEST: ", in a row up to the last", InARow.LONGEST: ", the longest stretch in a row"}
        if kpi.measure is Measure.EARNED:
            return f"in the last {kpi.past_cycles} cycles before this one"
        return f"among the {kpi.past_cycles} before this one{row.get(kpi.in_a_row, '')}"
    if kpi.measure is Measure.LEGS:
        depth = "" if kpi.leg_depth is None else f" down to level {kpi.leg_depth}"
        basis = " by career" if kpi.rank_basis is RankBasis.CAREER else ""
        return f"with a {kpi.leg_with_rank}{depth}{basis}" if kpi.leg_with_rank else ""
    places = {
        Over.OWN: "her own",
        Over.LARGEST_LEG: "of the largest leg",
        Over.LESSER_LEGS: "of all legs but the largest",
        Over.LEFT: "of the left side",
        Over.RIGHT: "of the right side",
        Over.GENERATION: f"of generation {kpi.generation} under a {kpi.generation_rank}",
    }
    place = places.get(kpi.over) or _levels(kpi.level_from, kpi.level_to)
    return place + (", herself included" if kpi.include_self else "")


def _levels(first: int, last: int | None) -> str:
    if last is None:
        return "of the whole line" if first == 1 else f"from level {first} down"
    return "of the frontline" if (first, last) == (1, 1) else f"of level {first} to {last}"


def _filters(kpi: KpiSpec, scale: int) -> Iterator[str]:
    if kpi.who is not Who.ALL:
        yield f"{kpi.who} only"
    if kpi.active_only:
        yield "active only"
    if kpi.enrolled_only:
        yield "enrolled by herself only"
    basis = " (career)" if kpi.rank_basis is RankBasis.CAREER else ""
    if kpi.with_rank:
        yield f"of {kpi.with_rank}{basis} and higher only"
    if kpi.stop_at_rank:
        yield f"without groups from {kpi.stop_at_rank}{basis} up"
    yield from _orders(kpi.orders, scale)
    if kpi.window is Window.CUMULATIVE:
        yield "of all time"
    elif kpi.since:
        yield "since the last " + " or ".join(f"{month:02}-{day:02}" for month, day in kpi.since)
    else:
        yield _time(kpi.days, kpi.cycles).removeprefix(" ")
    if not kpi.on:
        yield "switched off"
    if not kpi.visible:
        yield "not shown to distributors"


def _orders(orders: OrderChoice, scale: int) -> Iterator[str]:
    if orders.only != "all":
        yield f"{orders.only} orders only"
    if orders.products:
        yield f"only of {', '.join(orders.products)}"
    if orders.without_products:
        yield f"without {', '.join(orders.without_products)}"
    if orders.within_days is not None:
        yield f"ordered within {orders.within_days} days of joining"
    if orders.minimum:
        yield f"orders of {Decimal(orders.minimum).scaleb(-scale).normalize():,f} QV or more only"


def _time(days: int, cycles: int) -> str:
    if days:
        return f" over the last {days} days"
    return "" if cycles == 1 else f" over {cycles} cycles"


def _inactive(activity: ActivitySpec) -> str:
    """What comes after cycles in a row without activity."""
    words = (("warned", activity.warn_after), ("terminated", activity.terminate_after))
    return "".join(f"; {word} after {cycles} without" for word, cycles in words if cycles is not None)


def _level(level: int | None) -> str:
    return "of the whole line" if level is None else f"down to level {level}"
