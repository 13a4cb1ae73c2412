"""What keeps a bonus from somebody, as a sentence that says what to do."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from core.plan.model import Plan, Unit
from core.settlement.rules.lack import Lack, Missing
from core.settlement.telling.ruled import told_rule
from core.settlement.telling.words import cycle_text
from i18n.translator import Translator, mark, mark_plural

PLAIN = {
    Lack.LEFT: mark("You have left the company, so you earn nothing."),
    Lack.DISTRIBUTOR: mark("Only customers earn it, and you are a distributor."),
    Lack.CUSTOMER: mark("Only distributors earn it, and you are a customer."),
    Lack.SUSPENDED: mark("As long as your account is suspended, you earn nothing. Please ask the company why."),
    Lack.NO_PLACE: mark("It goes along a placement tree, and you have no place in it yet."),
    Lack.HAD: mark("You already got what it pays for your rank or goal, or it pays nothing for it."),
    Lack.NO_OWN: mark("You ordered nothing that counts for it in this cycle."),
    Lack.NO_BELOW: mark("Nobody below you, as deep as you are paid, brought anything that counts for it."),
    Lack.NO_DIFFERENCE: mark("Nobody in your line ordered, or your whole percentage is paid below you."),
    Lack.NO_NEWCOMER: mark("Nobody new below you placed an order that counts for it."),
    Lack.NO_MATCH: mark("Your weaker side has too little volume for it."),
    Lack.NO_LEVEL: mark("On no level below you that has not been paid yet do both sides have enough volume for it."),
    Lack.NO_LEGS: mark("Either your strongest leg or all your other legs together have too little volume for it."),
    Lack.NO_EARNINGS: mark("Nobody below you, as deep as you are paid, earned what it is a share of."),
    Lack.NO_POT: mark("There was nothing in this pool to be shared, or no place in it for you."),
    Lack.NOBODY_REACHED: mark("Nobody below you newly reached what it is paid for, or somebody else is paid for them."),
    Lack.NO_REFERRAL: mark("None of the people you sponsor brought anything that counts for it."),
}


HELD = mark_plural(
    "It asks for the rank {rank} in {n} cycle.",
    "It asks for the rank {rank} in {n} cycles in a row.",
)
HELD_ONCE = mark_plural(
    "It asks for the rank {rank} in {n} cycle; what you already got is not paid again.",
    "It asks for the rank {rank} in {n} cycles in a row; what you already got is not paid again.",
)
SIDES = mark_plural(
    "It asks for {n} active person on each side whom you sponsor yourself.",
    "It asks for {n} active people on each side whom you sponsor yourself.",
)


def lack_sentences(missing: Missing, plan: Plan, tr: Translator, *, cycle: str | None = None) -> tuple[str, ...]:
    """A sentence about it, and one about whatever else of the same rule is missing.

    Args:
        cycle: the code of the closed cycle that it is about, which is named then; None is the open one.
    """
    return tuple((cycle and _closed(one, plan, tr, cycle)) or _sentence(one, plan, tr) for one in missing.each)


def lack_sentence(missing: Missing, plan: Plan, tr: Translator) -> str:
    """The same in one line."""
    return " ".join(lack_sentences(missing, plan, tr))


def _sentence(missing: Missing, plan: Plan, tr: Translator) -> str:
    said = SAID.get(missing.lack)
    return tr(PLAIN[missing.lack]) if said is None else said(missing, plan, tr)


def _closed(missing: Missing, plan: Plan, tr: Translator, cycle: str) -> str | None:
    """What is said otherwise of a closed cycle; None where the same is said of both."""
    if missing.lack is Lack.NO_OWN:
        return tr("You ordered nothing that counts for it in {cycle}.", cycle=cycle_text(cycle, tr))
    if missing.lack is Lack.RANK and missing.basis == "paid":
        rank = _rank(missing, plan, tr)
        return tr("It asks for the rank {rank} in {cycle}.", rank=rank, cycle=cycle_text(cycle, tr))
    return None


def _ranked(missing: Missing, plan: Plan, tr: Translator) -> str:
    rank = _rank(missing, plan, tr)
    if missing.basis == "paid":
        return tr("It asks for the rank {rank} in this cycle.", rank=rank)
    return tr("It asks for the title {rank}.", rank=rank)


def _rank(missing: Missing, plan: Plan, tr: Translator) -> str:
    return next(tr.company(one.name) for one in plan.ranks if one.code == missing.rank)


def _packaged(missing: Missing, plan: Plan, tr: Translator) -> str:
    package = next(tr.company(one.name) for one in plan.packages if one.code == missing.rank)
    return tr("It asks for the package {package}.", package=package)


def _held(missing: Missing, plan: Plan, tr: Translator) -> str:
    words = HELD_ONCE if missing.once else HELD
    return tr.plural(*words, missing.count or 1, rank=_rank(missing, plan, tr))


def _sided(missing: Missing, _plan: Plan, tr: Translator) -> str:
    return tr.plural(*SIDES, missing.count or 1)


def _worth(missing: Missing, plan: Plan, tr: Translator) -> str:
    rule = told_rule(missing.rule, plan, tr) if missing.rule else ""
    return tr("Nothing counts for it, or what it pays comes to nothing for you: {rule}.", rule=rule)


def _ruled(missing: Missing, plan: Plan, tr: Translator) -> str:
    rule = told_rule(missing.rule, plan, tr) if missing.rule else ""
    return tr("It asks that this holds for you: {rule}.", rule=rule)


def _figure(missing: Missing, plan: Plan, tr: Translator) -> str:
    assert missing.kpi is not None and missing.have is not None, "a figure is missing by its KPI"
    kpi = plan.kpi(missing.kpi)
    label, have = tr.company(kpi.label), _number(missing.have, tr)
    if missing.needed is None:
        return tr("It asks for something in “{kpi}”, and you have nothing there.", kpi=label)
    needed, short = _number(missing.needed, tr), _number(missing.needed - missing.have, tr)
    if kpi.looks_back and kpi.unit is Unit.VOLUME:
        return tr(
            "It asks for {needed} in “{kpi}”, from earlier cycles. You have {have}, which this cycle cannot change.",
            needed=needed,
            kpi=label,
            have=have,
        )
    if kpi.looks_back:
        return tr(
            "It asks for {needed} × “{kpi}”, counted in earlier cycles. "
            "You have {have}, which this cycle cannot change.",
            needed=needed,
            kpi=label,
            have=have,
        )
    if missing.needed - missing.have == 1 and kpi.unit is not Unit.VOLUME:
        return tr(
            "It asks for {needed} × “{kpi}”. You have {have}, so one more to go.", needed=needed, kpi=label, have=have
        )
    if kpi.unit is Unit.VOLUME:
        return tr(
            "It asks for {needed} in “{kpi}”. You have {have}, so {short} is missing.",
            needed=needed,
            kpi=label,
            have=have,
            short=short,
        )
    return tr(
        "It asks for {needed} × “{kpi}”. You have {have}, so {short} more to go.",
        needed=needed,
        kpi=label,
        have=have,
        short=short,
    )


def _number(value: Fraction, tr: Translator) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return tr.number(exact.normalize() if exact % 1 else exact.quantize(Decimal(1)))


SAID: Mapping[Lack, Callable[[Missing, Plan, Translator], str]] = {
    Lack.RANK: _ranked,
    Lack.PACKAGE: _packaged,
    Lack.HELD: _held,
    Lack.SIDES: _sided,
    Lack.AMOUNT: _worth,
    Lack.RULE: _ruled,
    Lack.CONDITION: _figure,
    Lack.STEP: _figure,
}
"""Of what is more than a sentence; the rest is in `PLAIN`."""
