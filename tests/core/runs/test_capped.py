"""What was ever paid under a cap is one sum over runs of all calendars."""

from datetime import UTC, datetime

from core.db.database import Database
from tests.core.runs.company import found, ordered
from tests.core.runs.test_calendars import TWO, released

CAP = """
[[caps]]
code = "most"
per = "person"
amount = 100
ever = true
"""


async def test_the_month_pays_what_the_weeks_have_left_of_the_limit(database: Database) -> None:
    await found(database, TWO + CAP)
    for day, volume in ((24, 300), (29, 450)):
        await ordered(database, "Ben", volume, f"Ben-{day}", datetime(2026, 9, day, 9, tzinfo=UTC))
    assert await released(database, "2026-W39", "week") == [(0, 0, 3000)]
    assert await released(database, "2026-W40", "week") == [(3000, 7500, 0)]
    assert await released(database, "2026-09", "month") == [(0, 0, 2500)], "100 less the 75 that two weeks paid"
    assert await released(database, "2026-W41", "week") == [(2500, 0, 2500)]
