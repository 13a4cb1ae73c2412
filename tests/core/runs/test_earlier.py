"""What KPIs count of earlier cycles: closed without a run, released by one, and shown in the open cycle at once."""

from core.closing.job import close_cycle
from core.db.database import Database
from core.kernel.ids import PersonId
from core.live.service import Live
from core.plan import service as plans
from core.ranks import service as ranks
from core.runs import service
from tests.core.runs.company import PLAN, found, released

KPIS = """
[kpis.held]
label = "Months as Silver"
measure = "held"
held_rank = "silver"
past_cycles = 2

[kpis.kept]
label = "Months of 900"
measure = "reached"
of_kpi = "gv"
of_minimum = 900
past_cycles = 2
in_a_row = "latest"

[kpis.income]
label = "Team bonus"
measure = "earned"
bonuses = ["team"]
past_cycles = 2
"""


async def shown(live: Live, numbers: dict[str, PersonId]) -> dict[str, tuple[int, int]]:
    state = await live.fresh()
    found = {who: state.index_of(person) for who, person in numbers.items()}
    return {who: (state.kpi(at, "held"), state.kpi(at, "kept")) for who, at in found.items()}


async def test_earlier_cycles_count_in_the_open_one_and_in_runs(database: Database) -> None:
    """September is closed by hand, October by the release of its run; it is November."""
    numbers = await found(database, PLAN + KPIS)
    live = Live(database)
    assert await shown(live, numbers) == {"Ana": (0, 0), "Ben": (0, 0), "Eva": (0, 0)}
    await close_cycle(database, "2026-09", actor="test")
    september = await shown(live, numbers)  # October has ended, but is not closed yet
    run = await released(database, "2026-10")
    async with database.read() as questions:
        figures = {who: await service.figures_of(questions, run, who) for who in numbers}
        recorded = {cycle: await ranks.recorded_ranks(questions, cycle) for cycle in ("2026-09", "2026-10")}
    october = await shown(live, numbers)
    told = {cycle: {who: (one[person].rank, one[person].reached) for who, person in numbers.items() if person in one}
            for cycle, one in recorded.items()}  # fmt: skip
    assert told == {
        "2026-09": {"Ana": (None, "kept"), "Ben": ("gold", "kept"), "Eva": ("silver", "kept")},
        "2026-10": {
            "Ana": ("gold", "kept income:550000"),
            "Ben": ("silver", "kept income:700000"),
            "Eva": ("silver", None),
        },
    }
    assert september == {"Ana": (0, 0), "Ben": (1, 0), "Eva": (1, 0)}
    assert {who: (one["held"], one["kept"]) for who, one in figures.items()} == {
        "Ana": ("0", "1"), "Ben": ("1", "1"), "Eva": ("1", "1"),
    }  # fmt: skip
    assert october == {"Ana": (1, 2), "Ben": (2, 2), "Eva": (2, 0)}
    state = await live.fresh()
    assert [state.kpi(state.index_of(numbers[who]), "income") for who in numbers] == [550_000, 700_000, 0]


async def test_who_only_reached_something_has_no_rank_in_her_history(database: Database) -> None:
    numbers = await found(database, PLAN + KPIS)
    await close_cycle(database, "2026-09", actor="test")
    async with database.read() as questions:
        plan = await plans.plan_in_force(questions, questions.now)
        assert await ranks.history(questions, plan, numbers["Ana"]) == []
