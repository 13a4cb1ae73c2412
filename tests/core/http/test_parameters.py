"""Values of path and query are what the description promises, and nothing that merely can be read as it."""

import inspect
from datetime import date

import pytest

from core.http.model import Fault
from core.http.parameters import parameter

SINCE = parameter("since", "query", date | None, inspect.Parameter.empty)


def test_a_day_is_read() -> None:
    values: dict[str, object] = {}
    SINCE.fill({"since": "2026-11-22"}, values, [])
    assert values == {"since": date(2026, 11, 22)}


@pytest.mark.parametrize("text", ["0", "1795300000", "2026-11-31", "2026-11-22T00:00:00", "2026-1-2", "", "२०२६-११-२२"])
def test_what_is_no_day_is_refused(text: str) -> None:
    values: dict[str, object] = {}
    faults: list[Fault] = []
    SINCE.fill({"since": text}, values, faults)
    assert values == {}
    assert faults == [Fault(place="query.since", code="invalid", expected="a day such as 2026-11-22")]
