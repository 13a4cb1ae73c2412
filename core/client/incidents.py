"""Incidents: for whom they concern, for staff who lead them, and for the worker."""

from core.client.calls import Calls
from core.http.model import Page
from core.incidents.model import (
    Incident,
    IncidentCard,
    IncidentState,
    MyIncident,
    NewIncident,
    NewUpdate,
    Solution,
    Tie,
    Worked,
)


class OwnIncidentCalls(Calls):
    """What she may ask."""

    async def my_incident(self, number: int) -> MyIncident:
        """An incident that concerns her; refused as `incident_unknown`."""
        return await self._get(f"/v1/me/incidents/{number}", MyIncident)


class StaffIncidentCalls(Calls):
    """What staff may do; refused as `incident_unknown`, `incident_over` and the like."""

    async def incidents(
        self, state: IncidentState | None = None, *, cursor: str | None = None, limit: int | None = None
    ) -> Page[IncidentCard]:
        """Incidents, the last one first."""
        return await self._get("/v1/incidents", Page[IncidentCard], state=state, cursor=cursor, limit=limit)

    async def incident(self, number: int) -> Incident:
        """One incident."""
        return await self._get(f"/v1/incidents/{number}", Incident)

    async def open_incident(self, new: NewIncident, *, idempotency_key: str | None = None) -> Incident:
        """Open one; refused as `incident_people_unknown`, `run_unknown`, `person_unknown`, `ticket_unknown`."""
        return await self._post("/v1/incidents", Incident, new, idempotency_key=idempotency_key)

    async def tell_incident(self, number: int, new: NewUpdate, *, idempotency_key: str | None = None) -> Incident:
        """Tell everybody whom it concerns how it goes on."""
        return await self._post(f"/v1/incidents/{number}/updates", Incident, new, idempotency_key=idempotency_key)

    async def solve_incident(self, number: int, solution: Solution, *, idempotency_key: str | None = None) -> Incident:
        """Say that it is over, and why it happened."""
        return await self._post(f"/v1/incidents/{number}/solve", Incident, solution, idempotency_key=idempotency_key)

    async def close_incident(self, number: int, *, idempotency_key: str | None = None) -> Incident:
        """Put a solved one away; refused as `incident_unsolved`."""
        return await self._post(f"/v1/incidents/{number}/close", Incident, idempotency_key=idempotency_key)

    async def tie_ticket(self, number: int, ticket: int, *, idempotency_key: str | None = None) -> Incident:
        """Tie a ticket to an incident; refused as `ticket_unknown` or `ticket_merged`."""
        wish = Tie(ticket=ticket)
        return await self._post(f"/v1/incidents/{number}/tickets", Incident, wish, idempotency_key=idempotency_key)

    async def untie_ticket(self, number: int, ticket: int) -> None:
        """Take a ticket off an incident."""
        await self._delete(f"/v1/incidents/{number}/tickets/{ticket}")


class IncidentWorkCalls(Calls):
    """What the worker has done."""

    async def work_incidents(self) -> Worked:
        """Have whom incidents concern gathered and told, for some seconds."""
        return await self._post("/v1/incident-work", Worked)
