"""What messages about points say."""

import pytest

from i18n.translator import translator
from notifications.kinds import KINDS

STARS = {"en": {"one": "star", "other": "stars"}, "de": {"one": "Stern", "other": "Sterne"}}


def test_the_receiver_is_told_by_whom_and_how_many() -> None:
    facts = {"points": 1, "from": "Ana Ruiz", "name": STARS, "entry": 7}
    kind = KINDS["points.received"]
    assert kind.text(facts, translator("en")).splitlines()[0] == "🎁 Ana Ruiz gave you 1 star."
    assert "1 Stern" in kind.text(facts, translator("de"))


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (["2026-12-31"], "Can be used until Dec 31, 2026."),
        (["2026-12-31", "2027-01-31", None], "The first of it ends on Dec 31, 2026."),
        ([None], None),
    ],
)
def test_the_receiver_is_told_until_when_they_can_be_used(ends: list[str | None], told: str | None) -> None:
    facts = {"points": 20, "from": "Ana Ruiz", "name": STARS, "entry": 7, "ends": ends}
    assert KINDS["points.received"].text(facts, translator("en")).splitlines()[1:-1] == ([told] if told else [])


def test_a_warning_names_the_last_day() -> None:
    facts = {"points": 1500, "on": "2026-12-31", "name": STARS}
    told = KINDS["points.expiring"].text(facts, translator("en"))
    assert told.splitlines()[0] == "⏳ 1,500 stars expire at the end of Dec 31, 2026."
