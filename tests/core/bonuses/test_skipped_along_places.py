"""A line along a placement tree names whoever stands between in the places, not in the sponsors' line."""

import json
from pathlib import Path

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL

PLAN = (
    HEAD
    + PERSONAL
    + ONE_RANK
    + """
[trees.binary]
spill = "manual"

[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
tree = "binary"
levels = ["5 %"]
compression = "static"
place = [{ kpi = "pv", minimum = 1 }]
"""
)


def test_whoever_stands_between_is_named_and_a_hole_is_nobody(tmp_path: Path) -> None:
    """b was brought by top and stands below idle, below somebody who has left, below low."""
    company = Placed(tmp_path, PLAN)
    company.person("top")
    company.placed("low", "top", "left")
    company.placed("gone", "low", "left")
    company.status["gone"] = "terminated"
    company.placed("idle", "gone", "right")
    company.placed("b", "idle", "left", sponsor="top")
    company.order("top", 0, 1)
    company.order("b", 100, 0)
    assert company.settle() == 0
    [row] = company.awards()
    because = json.loads(row["because"])
    assert (row["payee_id"], because["skipped"]) == ("top", {"idle": "place", "low": "place"})
    assert because["skipped_count"] == 2
