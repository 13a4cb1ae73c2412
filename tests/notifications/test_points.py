"""What messages about points say."""

from i18n.translator import translator
from notifications.kinds import KINDS

STARS = {"en": {"one": "star", "other": "stars"}, "de": {"one": "Stern", "other": "Sterne"}}


def test_the_receiver_is_told_by_whom_and_how_many() -> None:
    facts = {"points": 1, "from": "Ana Ruiz", "name": STARS, "entry": 7}
    kind = KINDS["points.received"]
    assert kind.text(facts, translator("en")).splitlines()[0] == "🎁 Ana Ruiz gave you 1 star."
    assert "1 Stern" in kind.text(facts, translator("de"))


def test_a_warning_names_the_last_day() -> None:
    facts = {"points": 1500, "on": "2026-12-31", "name": STARS}
    told = KINDS["points.expiring"].text(facts, translator("en"))
    assert told.splitlines()[0] == "⏳ 1,500 stars expire at the end of Dec 31, 2026."
