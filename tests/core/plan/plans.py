"""A small plan that is right, to be spoilt or extended by tests."""

SMALL = """\
[plan]
code = "small"
version = "1"
name = "Small plan"
company = "Small"
currency = "EUR"
time_zone = "Europe/Madrid"

[activity]
measure = "qv"
minimum = 50

[kpis.pv]
label = "Personal volume"
measure = "qv"

[kpis.gv]
label = "Group volume"
measure = "qv"
over = "line"
include_self = true

[ladder]
gauges = ["pv", "gv"]

[[ranks]]
code = "silver"
name = "Silver"
needs = [{ kpi = "pv", minimum = 100 }]

[[ranks]]
code = "gold"
name = "Gold"
needs = [{ kpi = "pv", minimum = 100 }, { kpi = "gv", minimum = 1000 }]
"""


def spoilt(old: str, new: str) -> str:
    """The small plan with one thing changed."""
    assert SMALL.count(old) == 1, f"{old!r} must stand in the small plan once"
    return SMALL.replace(old, new)
