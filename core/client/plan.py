"""The words of the plan in force."""

from core.client.calls import Calls
from core.plan.model import PlanWords


class PlanCalls(Calls):
    """Operations about the plan that our own processes need."""

    async def plan_words(self) -> PlanWords:
        """Names of company, ranks and KPIs in all languages; refused as `plan_missing` while there is no plan."""
        return await self._get("/v1/plan/words", PlanWords)
