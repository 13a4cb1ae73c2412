"""What some kinds of lines tell besides: what is paid below, pools, sides, corrections, earlier cycles."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.plan.expressions.model import Expression
from core.plan.model import Bonus, Plan
from core.plan.model.percents import percent_of
from core.plan.model.terms import GoalAward
from core.settlement.telling.correcting import CORRECTIONS
from core.settlement.telling.fractions import written
from core.settlement.telling.limits import LIMITS
from core.settlement.telling.ruled import told_rule
from core.settlement.telling.setting import Setting
from core.settlement.telling.words import cycle_text
from i18n.translator import Translator, mark


def fact_sentences(
    because: Mapping[str, Any], bonus: Bonus | None, unit: str, plan: Plan, tr: Translator, name: Callable[[str], str]
) -> Iterator[str]:
    """A sentence for each fact that has one, in the order in which the line has them."""
    setting = Setting(because, bonus, unit, plan, tr, name)
    for word, value in because.items():
        if word in FACTS:
            yield FACTS[word](value, setting)


def _less(value: Any, to: Setting) -> str:
    rate = Decimal(str(to.fact("rate")))
    whole = Fraction(written(rate, to.plan)) + Fraction(written(Decimal(str(value)), to.plan))
    return to.tr(
        "Your percentage is {whole}; {less} of it is paid below you, so {rate} is yours.",
        whole=to.tr.percent(percent_of(whole)),
        less=to.percent(value),
        rate=to.percent(rate),
    )


def _nearer(value: Any, to: Setting) -> str:
    return to.tr(
        "{nearer} of what the order pays altogether goes to people nearer to it, so {rate} is left for you.",
        nearer=to.share(value),
        rate=to.share(to.fact("rate")),
    )


def _pair(value: Any, to: Setting) -> str:
    return to.tr("{person} stands lower than you, and the lower of both decides the percentage.", person=to.name(value))


def _equal(value: Any, to: Setting) -> str:
    return to.tr(
        "Somebody below you has the same percentage, {equal}, so you get the plan's share for equal ranks: {rate}.",
        equal=to.percent(value),
        rate=to.percent(to.fact("rate")),
    )


def _prize(value: Any, to: Setting) -> str:
    return to.tr("The prize is “{prize}”.", prize=str(value))


def _leader(value: Any, to: Setting) -> str:
    if to.fact("boundary") == "opener":
        return to.tr("{person} opens this generation.", person=to.name(value))
    return to.tr("{person} closes the generation before it.", person=to.name(value))


def _passed_by(value: Any, to: Setting) -> str:
    return to.tr("It comes to you because {person} doesn't earn it.", person=to.name(value))


def _received(value: Any, to: Setting) -> str:
    return to.tr(
        "{own} comes from that leader's own group, and {received} was passed up from below.",
        own=to.paid(to.fact("own")),
        received=to.paid(value),
    )


def _guarantee(value: Any, to: Setting) -> str:
    return to.tr(
        "Your own group brings {own}, less than the guaranteed {guarantee} for the leader above you, so this much of "
        "what you received goes up.",
        own=to.paid(to.fact("own")),
        guarantee=to.paid(value),
    )


def _pot(value: Any, to: Setting) -> str:
    return to.tr("The pool held {pot}.", pot=to.paid(value))


def _shares(value: Any, to: Setting) -> str:
    return to.tr(
        "You have {shares} of all {all} shares.", shares=to.number(value), all=to.number(to.fact("shares_all"))
    )


def _group(value: Any, to: Setting) -> str:
    part = to.percent(to.fact("group_percent"))
    return to.tr("You are in group {group}, which divides {percent} of the pool.", group=int(value), percent=part)


def _top(value: Any, to: Setting) -> str:
    everybody = int(to.fact("top_all"))
    if everybody == int(value):
        return to.tr("The plan lets only the best divide it; nobody who holds a share had to be left out.")
    return to.tr.plural(
        "Of {all} people who hold a share only the best one gets the pool: you.",
        "Of {all} people who hold a share only the best {n} divide the pool, and you are one of them.",
        int(value),
        all=to.number(everybody),
    )


def _figure(value: Any, to: Setting) -> str:
    terms = None if to.bonus is None else to.bonus.terms
    if not isinstance(terms, GoalAward) or terms.kpi is None:
        return to.tr("You reached {figure}.", figure=to.number(value))
    said = {"figure": to.number(value), "kpi": to.tr.company(to.plan.kpi(terms.kpi).label)}
    said["minimum"] = to.number(terms.minimum)
    if terms.to != "person":
        person = to.name(to.fact("of"))
        return to.tr("{person} reached {figure} in “{kpi}”, and it asks for {minimum}.", person=person, **said)
    return to.tr("You reached {figure} in “{kpi}”, and it asks for {minimum}.", **said)


def _counted(value: Any, to: Setting) -> str:
    amount = None if to.bonus is None else getattr(to.bonus.terms, "amount", None)
    if not isinstance(amount, Expression):
        return to.tr("What counts for it is {base}.", base=to.number(value))
    rule, base = told_rule(amount.text, to.plan, to.tr), to.number(value)
    if "base" not in amount.names:
        return to.tr("The plan works it out so: {rule}.", rule=rule)
    return to.tr("The plan works it out so: {rule}. What counts for it is {base}.", rule=rule, base=base)


def _held(value: Any, to: Setting) -> str:
    return to.tr.plural("You held the rank for {n} cycle.", "You held the rank for {n} cycles in a row.", int(value))


def _origin(value: Any, to: Setting) -> str:
    return to.tr(
        "It is part {part} of what you earned in {cycle}, paid later as the plan says.",
        part=int(to.fact("part")),
        cycle=cycle_text(str(value), to.tr),
    )


def _left(value: Any, to: Setting) -> str:
    return to.tr(
        "Your left side has {left}, your right side {right}, with what was carried over.",
        left=to.number(value),
        right=to.number(to.fact("right")),
    )


def _used(value: Any, to: Setting) -> str:
    said = {"left": to.number(value), "right": to.number(to.fact("used_right"))}
    return to.tr("{left} on the left and {right} on the right are used up by it.", **said) + _lost(to)


def _lost(to: Setting) -> str:
    """What the bonus drops of whoever comes to its cap."""
    if to.bonus is None or getattr(to.bonus.terms, "carry", "") != "flush_at_cap":
        return ""
    return " " + to.tr("Whoever comes to the cap of this bonus loses what is left on both sides.")


def _strongest(value: Any, to: Setting) -> str:
    said = {"strongest": to.number(value), "others": to.number(to.fact("others"))}
    if "head" not in to.because:
        return to.tr(
            "Your strongest leg has {strongest}, all others together {others}, with what was carried over.", **said
        )
    return to.tr(
        "Your strongest leg, that of {person}, has {strongest}, all others together {others}, with what was carried "
        "over.",
        person=to.name(to.fact("head")),
        **said,
    )


def _used_on_legs(value: Any, to: Setting) -> str:
    said = {"strongest": to.number(value), "others": to.number(to.fact("used_others"))}
    return to.tr("{strongest} of the strongest leg and {others} of the others are used up by it.", **said) + _lost(to)


def _level_left(value: Any, to: Setting) -> str:
    return to.tr(
        "On level {level} below you the left side has {left} and the right side {right}, with what was carried over. "
        "Each level is paid once.",
        level=to.number(to.fact("level")),
        left=to.number(value),
        right=to.number(to.fact("level_right")),
    )


def _cycles(value: Any, to: Setting) -> str:
    return to.tr.plural("That makes {n} cycle.", "That makes {n} cycles.", int(value))


def _pairs(value: Any, to: Setting) -> str:
    return to.tr.plural("That makes {n} pair.", "That makes {n} pairs.", int(value))


def _tiers(value: Any, to: Setting) -> str:
    return to.tr.plural("You climb {n} step.", "You climb {n} steps.", int(value))


def _tier(value: Any, to: Setting) -> str:
    return to.tr("Both sides reach the step of {tier}.", tier=to.number(value))


FULL = {
    "level": mark("This level of your matrix is full."),
    "matrix": mark("Your matrix is full."),
    "sponsor": mark("The matrix of somebody you sponsor is full."),
}


def _full(value: Any, to: Setting) -> str:
    return to.tr(FULL[str(value)])


FACTS: Mapping[str, Callable[[Any, Setting], str]] = {
    "less": _less,
    "nearer": _nearer,
    "equal": _equal,
    "pair": _pair,
    **LIMITS,
    "prize": _prize,
    "leader": _leader,
    "passed_by": _passed_by,
    "received": _received,
    "guarantee": _guarantee,
    "pot": _pot,
    "shares": _shares,
    "group": _group,
    "top": _top,
    "figure": _figure,
    "counted": _counted,
    "held_cycles": _held,
    "origin": _origin,
    "left": _left,
    "used_left": _used,
    "strongest": _strongest,
    "level_left": _level_left,
    "used_strongest": _used_on_legs,
    "cycles": _cycles,
    "pairs": _pairs,
    "tier": _tier,
    "tiers": _tiers,
    "full": _full,
    **CORRECTIONS,
}
"""Sentences by the word of a because; a word beside another, such as `right` beside `left`, is told with it."""
