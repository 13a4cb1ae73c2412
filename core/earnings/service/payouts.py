"""When and where her money comes."""

from core.db.unit_of_work import UnitOfWork
from core.earnings import rules
from core.earnings.model import Money, Payouts
from core.earnings.service.released import payout_cards, payouts_by_run, runs_of
from core.kernel.ids import PersonId
from core.kernel.money import minor_units
from core.payments import service as payments
from core.plan import service as plans
from core.plan.model import Plan
from core.runs import service as runs

SHOWN_MOST = 12


async def payouts(uow: UnitOfWork, me: PersonId) -> Payouts:
    """The minimum, what is carried over, where the money goes, and what became of the latest cycles'.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    held = me in await runs.held(uow, [me])
    states = await payments.payout_states(uow, me, is_held=held)
    account = next((one.account for one in states if one.account), None)
    hers = await runs_of(uow, me)
    return Payouts(
        minimum=_minimum(await plans.plan_in_force(uow, uow.now)),
        balances=rules.carried(hers, await payouts_by_run(uow, me)),
        account=account,
        has_account=account is not None,
        latest=tuple((await payout_cards(uow, me, hers[:SHOWN_MOST]))[:SHOWN_MOST]),
    )


def _minimum(plan: Plan) -> Money | None:
    currency = plan.payout.currency or plan.currency
    least = minor_units(plan.payout.minimum, currency)
    return Money(currency=currency, amount=least) if least else None
