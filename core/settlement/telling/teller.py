"""The reason of an award line in a reader's words: order, volume, rank used, level, who was skipped, rate, rounding.

The one text of an amount: `core explain`, the statement, the chat and the audit all take it from here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.kernel.money import minor_digits
from core.plan.model import Bonus, Plan, Unit
from core.plan.model.terms import Differential, Matching
from core.settlement.lines.numbers import exact_text as plain_text
from core.settlement.telling.buyers import joined_before, up_to
from core.settlement.telling.facts import fact_sentences
from core.settlement.telling.fractions import written
from core.settlement.telling.parts import at_once, in_all
from core.settlement.telling.passing import brought, passed_up
from core.settlement.telling.words import (
    COUNTED,
    ROUNDED,
    SKIPPED,
    VOLUMES,
    base_text,
    bonus_label,
    exact_text,
    is_currency,
    quoted,
    unit_text,
)
from i18n.translator import Translator, mark

PACKAGE = "package"
NO_RANK, NO_TITLE = mark("You hold no rank in this cycle."), mark("You hold no title.")
BY_GENERATION = ("generation", "breakaway")
FIGURES = ("levels_kpi", "schedule_kpi", "rate_kpi")
"""Words of bonuses that name what percentages go by."""
PRICES = ("price", "margin")
PIECES = ("prize", "badge")


@dataclass(frozen=True, slots=True)
class Award:
    """One line as it was written or stored."""

    payee: str
    bonus: str
    unit: str
    amount: int
    """Minor units of a currency, else pieces."""
    because: Mapping[str, Any]
    source: str | None = None
    """Whose order, leg or earnings."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells lines of one run to one reader, who is their payee."""

    plan: Plan
    """By which the run was settled."""
    tr: Translator
    name: Callable[[str], str]
    """How the reader knows somebody, by code."""
    ordered_on: Callable[[str], date | None]
    """The day of an order by its id; None where it is not known."""

    def told(self, award: Award) -> tuple[str, ...]:
        """The chain, one sentence a link, from what it began with to what she got."""
        return tuple(self._links(award, award.because))

    def _links(self, award: Award, because: Mapping[str, Any]) -> Iterator[str]:
        bonus = next((one for one in self.plan.bonuses if one.code == award.bonus), None)
        counted, share = self._counted(award, because, bonus), self._share(award, because, bonus)
        yield from self._source(award, because, bonus)
        yield from () if share else counted
        yield from self._rank(award, because, bonus)
        yield from self._figure(because, bonus) if share else ()
        yield from self._package(because)
        yield from self._moving(bonus)
        yield from self._level(award, because)
        yield from passed_up(bonus, self.plan, self.tr) if "level" in because else ()
        yield from self._skipped(because)
        yield from fact_sentences(because, bonus, award.unit, self.plan, self.tr, self.name)
        yield from (*counted, *share) if share else ()
        yield from at_once(because, bonus, self.tr)
        yield from self._rounding(award, because)
        code, _, version = str(because["plan"]).partition(" ")
        yield self.tr("All this by the plan {plan}, version {version}.", plan=code, version=version)

    def _source(self, award: Award, because: Mapping[str, Any], bonus: Bonus | None) -> Iterator[str]:
        if "order" in because:
            yield self._order(award, str(because["order"]))
        elif "leg" in because:
            if because["leg"] == award.payee:
                yield self.tr("It began with your own volume.")
            else:
                yield self.tr("It began with the line of {person}.", person=self.name(because["leg"]))
        elif because.get("of") == award.payee:
            yield self.tr("It began with your own figures of the cycle.")
        elif "of" in because:
            yield self._theirs(because, bonus)

    def _theirs(self, because: Mapping[str, Any], bonus: Bonus | None) -> str:
        """Whose figures it goes by; of a match, which bonuses of hers."""
        person = self.name(because["of"])
        if bonus is None or not isinstance(bonus.terms, Matching):
            return self.tr("It began with what {person} brought in the cycle.", person=person)
        matched = [quoted(bonus_label(self.plan, code, self.tr), self.tr) for code in bonus.terms.matches]
        if not matched:
            return self.tr("It began with what {person} earned in the cycle.", person=person)
        return self.tr("It began with what {person} earned by {bonuses}.", person=person, bonuses=self.tr.list(matched))

    def _order(self, award: Award, order: str) -> str:
        on = self.ordered_on(order)
        day = "" if on is None else self.tr.date(on)
        if award.source == award.payee:
            mine, dated = (
                mark("It began with your order {order}."),
                mark("It began with your order {order} of {date}."),
            )
            return self.tr(dated if day else mine, order=order, date=day)
        if award.source is None:
            return self.tr("It began with order {order}.", order=order)
        theirs = mark("It began with order {order} by {person}.")
        dated = mark("It began with order {order} of {date} by {person}.")
        return self.tr(dated if day else theirs, order=order, date=day, person=self.name(award.source))

    def _rank(self, award: Award, because: Mapping[str, Any], bonus: Bonus | None) -> Iterator[str]:
        code = because.get("rank")
        rank = next((one for one in self.plan.ranks if one.code == code), None)
        if bonus is None or "rank" not in because:
            return
        if rank is None:
            if bonus.kind != "goal_award" and PACKAGE not in because:  # it asks for a figure, or for a package
                yield self.tr(NO_RANK if bonus.rank_basis == "paid" else NO_TITLE)
        elif bonus.kind == "rank_award" and because.get("of", award.payee) != award.payee:
            named = {"person": self.name(because["of"]), "rank": self.tr.company(rank.name)}
            yield self.tr("It is the award for the rank that {person} reached: {rank}.", **named)
        elif bonus.kind == "rank_award":
            yield self.tr("It is the award for the rank {rank}.", rank=self.tr.company(rank.name))
        elif bonus.rank_basis == "paid":
            yield self.tr("You are paid as {rank} in this cycle.", rank=self.tr.company(rank.name))
        elif bonus.rank_basis == "career":
            yield self.tr("Your title counts for it: {rank}.", rank=self.tr.company(rank.name))
        else:
            yield self.tr("The highest rank that you ever reached counts: {rank}.", rank=self.tr.company(rank.name))

    def _figure(self, because: Mapping[str, Any], bonus: Bonus | None) -> Iterator[str]:
        """The figure that her percentage goes by, where it is not her rank."""
        terms = None if bonus is None else bonus.terms
        codes = (getattr(terms, word, None) for word in FIGURES)
        for code in (one for one in codes if one is not None and "equal" not in because):
            yield self.tr("Your percentage goes by “{kpi}”.", kpi=self.tr.company(self.plan.kpi(code).label))

    def _package(self, because: Mapping[str, Any]) -> Iterator[str]:
        named = next((one for one in self.plan.packages if one.code == because.get(PACKAGE)), None)
        if named is not None:
            yield self.tr("Your package counts for it: {package}.", package=self.tr.company(named.name))

    def _moving(self, bonus: Bonus | None) -> Iterator[str]:
        mode = bonus.terms.schedule_mode if bonus is not None and isinstance(bonus.terms, Differential) else ""
        if mode == "from_order":
            yield self.tr("Percentages rise within the cycle: each order counts at those that were reached with it.")
        elif mode == "after_order":
            yield self.tr("Percentages rise within the cycle: each order counts at those that were reached before it.")

    def _level(self, award: Award, because: Mapping[str, Any]) -> Iterator[str]:
        level = because.get("level")
        if level is None or "leg" in because:
            return
        below = award.source or because.get("of")
        if below is None or below == award.payee:
            return
        if because.get("kind") in BY_GENERATION or "boundary" in because:
            yield self.tr("{person} is in your generation {level}.", person=self.name(below), level=level)
        else:
            yield self.tr("{person} is on your level {level}.", person=self.name(below), level=level)

    def _skipped(self, because: Mapping[str, Any]) -> Iterator[str]:
        skipped: Mapping[str, str] = because.get("skipped") or {}
        if not skipped:
            return
        names = [
            self.tr("{person} ({why})", person=self.name(code), why=self.tr(SKIPPED[why]))
            for code, why in skipped.items()
        ]
        more = int(because.get("skipped_count", len(skipped))) - len(skipped)
        if more > 0:
            names.append(self.tr.plural("{n} other person", "{n} other people", more))
        yield self.tr("Passed over on the way up to you: {people}.", people=self.tr.list(names))

    def _counted(self, award: Award, because: Mapping[str, Any], bonus: Bonus | None) -> tuple[str, ...]:
        """What the bonus is a share of, told right before the share where there is one."""
        if bonus is None or "base" not in because or because.get("kind") != bonus.kind:
            return ()
        told = self.tr("It counts {base} for this bonus.", base=self._base(because["base"], bonus, award))
        joined = joined_before(bonus, self.tr)
        return (*brought(bonus, self.tr), *joined, *up_to(bonus, award.unit, self.plan, self.tr), told)

    def _share(self, award: Award, because: Mapping[str, Any], bonus: Bonus | None) -> tuple[str, ...]:
        """How much its rate makes of it."""
        if bonus is None or "rate" not in because or not self._counted(award, because, bonus):
            return ()
        rate = Decimal(str(because["rate"]))
        exact = exact_text(plain_text(in_all(because, bonus)), award.unit, self.tr)
        if bonus.base in COUNTED:
            each = exact_text(f"{(rate / 100).normalize():f}", award.unit, self.tr)
            return (self.tr("{one} for each is {amount}.", one=each, amount=exact),)
        said = {"rate": self.tr.percent(written(rate, self.plan)), "amount": exact}
        worth = self._worth(award, because, bonus)
        if worth is None:
            return (self.tr("{rate} of that is {amount}.", **said),)
        return (self.tr("{rate} of that is {amount}, with {one} counted as {worth}.", **said, **worth),)

    def _worth(self, award: Award, because: Mapping[str, Any], bonus: Bonus) -> dict[str, str] | None:
        """One unit of what the bonus counts in what it pays, where these are two currencies."""
        counted = self.plan.currency if bonus.base in PRICES else self.plan.volume.currency
        kpi = next((one for one in self.plan.kpis if one.code == bonus.base), None)
        volume = bonus.base in (*VOLUMES, *PRICES) or (kpi is not None and kpi.unit is Unit.VOLUME)
        rate = Fraction(written(Decimal(str(because["rate"])), self.plan))
        share = Fraction(str(because["base"])) * rate / 100
        if not volume or counted == award.unit or not is_currency(award.unit) or not share:
            return None
        worth = in_all(because, bonus) / share
        told = (Decimal(worth.numerator) / Decimal(worth.denominator)).normalize()
        return {"one": exact_text("1", counted, self.tr), "worth": exact_text(f"{told:f}", award.unit, self.tr)}

    def _rounding(self, award: Award, because: Mapping[str, Any]) -> Iterator[str]:
        amount = unit_text(award.amount, award.unit, self.plan, self.tr)
        digits = minor_digits(award.unit) if is_currency(award.unit) else 0
        exact = Fraction(str(because["exact"])) * 10**digits if "exact" in because else Fraction(award.amount)
        said, _, step = str(because.get("rounding", "")).partition(" to ")
        mode, _, by = said.partition(" by ")
        if award.unit in PIECES and "counted" in because:
            yield self.tr("So the line is {amount}: they are given whole.", amount=amount)
        elif exact == award.amount or (mode, by) not in ROUNDED:
            yield self.tr("So the line is {amount}; nothing had to be rounded.", amount=amount)
        elif "pot" in because:
            together = mark("{exact} is rounded to {amount}, so that all parts together are the pool.")
            yield self.tr(together, amount=amount, exact=exact_text(str(because["exact"]), award.unit, self.tr))
        else:
            yield self.tr(
                ROUNDED[mode, by], amount=amount, exact=exact_text(str(because["exact"]), award.unit, self.tr)
            )
        if step and exact != award.amount:
            yield self.tr("All amounts are multiples of {unit}.", unit=exact_text(step, award.unit, self.tr))

    def _base(self, base: Any, bonus: Bonus, award: Award) -> str:
        return base_text(Decimal(str(base)), bonus, award.unit, self.plan, self.tr)
