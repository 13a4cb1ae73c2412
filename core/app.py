"""The only place where the parts of the service are wired together."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from core.access.authentication import Authentication
from core.checkout.job import settle_returns
from core.db.database import Database
from core.earnings.estimating import Estimates
from core.http.app import App
from core.live.answers import Answers
from core.live.service import Live
from core.outreach import incidents
from core.outreach.audiences import find_all
from core.outreach.job import Planner
from core.outreach.truth import Truths
from core.placement.job import flush_all
from core.points.job import Sweeping
from core.runs.job import Working


def build_app(database: Database, service_key: str) -> App:
    """The service on an open database, with every room's routes; `App.build` makes it aiohttp's."""
    authentication = Authentication(database, service_key)
    app = App(database, authentication)
    app.provide(Authentication, authentication)
    live = Live(database)
    app.provide(Live, live)
    app.provide(Answers, Answers(live, database))
    app.provide(Estimates, Estimates(database))
    audiences = find_all()
    truths = {kind: one.truth for kind, one in audiences.items() if one.truth is not None}
    app.provide(Truths, Truths(truths | {incidents.KIND: incidents.truth}))
    planner = Planner(database, live, audiences)
    app.provide(Planner, planner)
    app.during(live.life)
    app.during(Sweeping(database, live, first=_before_sweeping).life)
    app.during(planner.life)
    app.during(Working(database).life)
    app.readiness.add("live figures", live.loaded)
    here = Path(__file__).parent
    for room in sorted(
        path.relative_to(here).parts[0] for path in (*here.glob("*/api.py"), *here.glob("*/api/__init__.py"))
    ):
        app.add(import_module(f"core.{room}.api").routes)
    return app


async def _before_sweeping(database: Database, is_over: Callable[[], bool]) -> int:
    """What is due and belongs to no sweep of points: returns that came in bulk, and places that nobody chose."""
    return await settle_returns(database, is_over) + await flush_all(database, is_over)
