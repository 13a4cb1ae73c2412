"""Settlement runs, for members of staff."""

from core.calendar.model import Cycles
from core.client.calls import Calls
from core.http.model import Page
from core.runs.model import Finding, NewRun, RunCard


class RunCalls(Calls):
    """Operations on runs; each is refused as `permission_missing` where her role does not hold it.

    What changes a run is refused as `run_unknown`, `run_in_state` or `run_busy` too.
    """

    async def cycles(self) -> Cycles:
        """Which cycle is open, and which are due or closed."""
        return await self._get("/v1/cycles", Cycles)

    async def start_run(self, wish: NewRun, *, idempotency_key: str | None = None) -> RunCard:
        """A new run of a cycle; refused as `cycle_unknown`, `run_exists`, `run_out_of_turn`, `run_kind_unknown`."""
        return await self._post("/v1/runs", RunCard, wish, idempotency_key=idempotency_key)

    async def runs(self, *, cursor: str | None = None) -> Page[RunCard]:
        """Runs, the last one started first."""
        return await self._get("/v1/runs", Page[RunCard], cursor=cursor)

    async def run(self, number: int) -> RunCard:
        """One with how far it is."""
        return await self._get(f"/v1/runs/{number}", RunCard)

    async def run_findings(self, number: int) -> list[Finding]:
        """What its last preview and validation found."""
        return await self._get(f"/v1/runs/{number}/findings", list[Finding])

    async def preview_run(self, number: int, *, idempotency_key: str | None = None) -> RunCard:
        """Have it calculated; approvals so far count no more."""
        return await self._act(number, "preview", idempotency_key)

    async def validate_run(self, number: int, *, idempotency_key: str | None = None) -> RunCard:
        """Have it recalculated and held against the limits; refused as `cycle_running`, `run_step_missing`."""
        return await self._act(number, "validate", idempotency_key)

    async def approve_run(self, number: int, *, idempotency_key: str | None = None) -> RunCard:
        """Approve it in her name; refused as `run_approver_involved`, `run_outdated`."""
        return await self._act(number, "approve", idempotency_key)

    async def release_run(self, number: int, *, idempotency_key: str | None = None) -> RunCard:
        """Have it written into the book and shown to everybody; refused as `run_step_missing`."""
        return await self._act(number, "release", idempotency_key)

    async def _act(self, number: int, what: str, key: str | None) -> RunCard:
        return await self._post(f"/v1/runs/{number}/{what}", RunCard, idempotency_key=key)
