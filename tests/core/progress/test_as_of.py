"""While newer figures are being computed, answers say of when they are."""

import pytest

from core.calendar import service as calendar
from core.db.database import Database
from core.kernel.ids import PersonId
from core.line import service as line
from core.live.model import FiguresBehind
from core.live.service import Live
from core.people.model import AccountClosed
from core.plan.reading import example
from core.progress import service
from tests.support.planting import plant


async def test_figures_that_lag_say_so_and_do_not_call_a_newcomer_gone(database: Database) -> None:
    async with database.begin() as uow:
        await calendar.activate_plan(uow, example("demo"), None)
        ana = (await plant(uow, "ana"))["ana"]
        await uow.commit()
    live = Live(database)
    state = await live.fresh()
    moment = database.clock.now()
    async with database.read() as questions:
        now = await service.progress(questions, state, ana)
        with pytest.raises(AccountClosed):
            state.index_of(PersonId(404))
        state.as_of = moment
        then = await service.progress(questions, state, ana)
        assert (await line.team(questions, state, ana)).as_of == moment
        with pytest.raises(FiguresBehind):
            state.index_of(PersonId(404))
    assert (now.as_of, then.as_of) == (None, moment)
    assert now.fingerprint == then.fingerprint
