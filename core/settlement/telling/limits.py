"""What lines of caps tell: what is taken off, and what is added."""

from collections.abc import Callable, Mapping
from typing import Any

from core.settlement.telling.setting import Setting


def _share(value: Any, to: Setting) -> str:
    said = {
        "share": to.percent(value),
        "figure": to.number(to.fact("figure_of")),
        "kpi": to.tr.company(to.plan.kpi(str(to.fact("share_of"))).label),
        "cap": to.paid(to.fact("cap")),
    }
    return to.tr("The most that is paid goes by “{kpi}”: {share} of {figure} is {cap}.", **said)


def _cap(value: Any, to: Setting) -> str:
    if "before" in to.because:
        return to.tr(
            "Together you earned {earned} now, and {before} was paid before; the most that is paid is {cap}, and what "
            "is above is taken off.",
            earned=to.paid(to.fact("earned")),
            before=to.paid(to.fact("before")),
            cap=to.paid(value),
        )
    if "earned" in to.because:
        return to.tr(
            "Together you earned {earned}, and the most that is paid is {cap}; what is above is taken off.",
            earned=to.paid(to.fact("earned")),
            cap=to.paid(value),
        )
    return to.tr("The bonus pays at most {cap} in a cycle; what is above is taken off.", cap=to.paid(value))


def _at_least(value: Any, to: Setting) -> str:
    return to.tr(
        "Together you earned {earned}, less than the {least} that the plan guarantees you; what is missing is added.",
        earned=to.paid(to.fact("earned")),
        least=to.paid(value),
    )


def _ratio(value: Any, to: Setting) -> str:
    return to.tr(
        "All bonuses together passed the company's limit, so each is paid at {ratio} of its amount; the rest is taken "
        "off.",
        ratio=to.number(value),
    )


def _kept(value: Any, to: Setting) -> str:
    return to.tr(
        "Only the highest of these bonuses is paid: “{kept}” comes to {amount}, so the {earned} of “{bonus}” are "
        "taken off.",
        kept=to.label(str(value)),
        amount=to.paid(to.fact("kept_earned")),
        earned=to.paid(to.fact("earned")),
        bonus=to.label(str(to.fact("bonus"))),
    )


LIMITS: Mapping[str, Callable[[Any, Setting], str]] = {
    "cap": _cap,
    "share": _share,
    "at_least": _at_least,
    "ratio": _ratio,
    "kept": _kept,
}
