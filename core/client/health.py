"""Whether core is there."""

from core.client.calls import Calls
from core.kernel.errors import CoreAway, Refused


class HealthCalls(Calls):
    """Operations about the service itself."""

    async def is_ready(self) -> bool:
        """Whether core can answer questions now; never raises."""
        try:
            await self._call("GET", "/ready")
        except (CoreAway, Refused):
            return False
        return True
