"""The programme in force, as staff read it."""

from core.db.unit_of_work import UnitOfWork
from core.points.model import ProgrammeShown, RuleShown, TierShown
from core.points.service.programme import programme


async def shown(uow: UnitOfWork) -> ProgrammeShown:
    """Its terms, rules and tiers.

    Raises:
        WayClosed: the company has none.
    """
    spec = (await programme(uow)).spec
    return ProgrammeShown(
        name=spec.name,
        since=spec.since,
        safe_after_days=spec.safe_after_days,
        expire_after_months=spec.expire_after_months,
        expire_at=spec.expire_at.value,
        may_go_negative=spec.may_go_negative,
        warn_days=spec.warn_days,
        tier_months=spec.tier_months,
        rules=tuple(
            RuleShown(
                code=rule.code,
                label=rule.label,
                on=rule.on.value,
                when=rule.when.text,
                points=rule.points.text,
                to=rule.to.value,
                once=rule.once,
            )
            for rule in spec.rules
        ),
        tiers=tuple(TierShown(code=one.code, label=one.label, earned=one.earned) for one in spec.tiers),
    )
