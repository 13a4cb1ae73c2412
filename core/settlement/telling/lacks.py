"""What keeps a bonus from somebody, as a sentence that says what to do."""

from decimal import Decimal
from fractions import Fraction

from core.plan.model import Plan, Unit
from core.settlement.rules.lack import Lack, Missing
from core.settlement.telling.ruled import told_rule
from i18n.translator import Translator, mark

PLAIN = {
    Lack.LEFT: mark("You have left the company, so you earn nothing."),
    Lack.DISTRIBUTOR: mark("Only customers earn it, and you are a distributor."),
    Lack.CUSTOMER: mark("Only distributors earn it, and you are a customer."),
    Lack.SUSPENDED: mark("Your account is suspended, so you earn nothing. Please ask the company why."),
    Lack.HAD: mark("You already got what it pays for your rank or goal, or it pays nothing for it."),
    Lack.NO_OWN: mark("You ordered nothing that counts for it in this cycle."),
    Lack.NO_BELOW: mark("Nobody below you, as deep as you are paid, brought anything that counts for it."),
    Lack.NO_DIFFERENCE: mark("Nobody in your line ordered, or your whole percentage is paid below you."),
    Lack.NO_NEWCOMER: mark("Nobody new below you placed an order that counts for it."),
    Lack.NO_MATCH: mark("Your weaker side has too little volume for it."),
    Lack.NO_EARNINGS: mark("Nobody below you, as deep as you are paid, earned what it is a share of."),
    Lack.NO_POT: mark("There was nothing in this pool to be shared, or no place in it for you."),
    Lack.NOBODY_REACHED: mark("Nobody below you newly reached what it is paid for, or somebody else is paid for them."),
    Lack.NO_REFERRAL: mark("None of the people you sponsor brought anything that counts for it."),
}


def lack_sentence(missing: Missing, plan: Plan, tr: Translator) -> str:
    """The one sentence about it."""
    if missing.lack is Lack.RANK:
        rank = next(tr.company(one.name) for one in plan.ranks if one.code == missing.rank)
        if missing.basis == "paid":
            return tr("It asks for the rank {rank} in this cycle.", rank=rank)
        return tr("It asks for the title {rank}.", rank=rank)
    if missing.lack is Lack.PACKAGE:
        package = next(tr.company(one.name) for one in plan.packages if one.code == missing.rank)
        return tr("It asks for the package {package}.", package=package)
    if missing.lack is Lack.RULE:
        rule = told_rule(missing.rule, plan, tr) if missing.rule else ""
        return tr("It asks that this holds for you: {rule}.", rule=rule)
    if missing.lack in (Lack.CONDITION, Lack.STEP):
        return _figure(missing, plan, tr)
    return tr(PLAIN[missing.lack])


def _figure(missing: Missing, plan: Plan, tr: Translator) -> str:
    assert missing.kpi is not None and missing.have is not None, "a figure is missing by its KPI"
    kpi = plan.kpi(missing.kpi)
    label, have = tr.company(kpi.label), _number(missing.have, tr)
    if missing.needed is None:
        return tr("It asks for something in “{kpi}”, and you have nothing there.", kpi=label)
    needed, short = _number(missing.needed, tr), _number(missing.needed - missing.have, tr)
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
