"""What was written in a ticket, on one screen."""

from datetime import UTC, datetime, timedelta

from bot.render.desk import preview
from bot.render.ticket_messages import MESSAGE_MAX, VIEW_MAX, messages
from bot.render.tickets import link_name
from core.tickets.model import Answer, Attachment, Direction, Link, LinkKind, TicketMessage
from i18n.translator import translator

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def written(number: int, text: str, minute: int = 0, *files: str, author: str = "person") -> TicketMessage:
    return TicketMessage(
        id=number,
        direction=Direction.IN if author == "person" else Direction.OUT,
        author=author,
        text=text,
        at=NOON + timedelta(minutes=minute),
        attachments=tuple(Attachment(id=1, name=name, media_type="image/jpeg", size=9) for name in files),
    )


def shown(*given: TicketMessage) -> str:
    return "\n".join(messages(given, translator("en"), "UTC"))


def heads(*given: TicketMessage) -> int:
    return shown(*given).count("Nov 20, 2026")


def test_what_came_within_a_minute_stands_under_one_head() -> None:
    told = shown(written(1, "it is broken"), written(2, "", 0, "a.jpg"), written(3, "see?"))
    assert told.count("You") == 1
    assert told.endswith("it is broken\n📎 a.jpg\nsee?")


def test_another_minute_and_another_author_have_their_own_head() -> None:
    assert heads(written(1, "a"), written(2, "b", 1), written(3, "c", 1, author="Eva")) == 3


def test_the_newest_that_fit_are_shown_and_the_first_of_them_has_a_head() -> None:
    long = [written(number, f"{number}" * MESSAGE_MAX) for number in range(1, 9)]
    told = shown(*long)
    assert len(told) < VIEW_MAX + MESSAGE_MAX
    assert told.count("You") == 1
    assert "8" * MESSAGE_MAX in told
    assert "1" * MESSAGE_MAX not in told


def test_a_name_of_another_direction_keeps_its_place_in_a_preview() -> None:
    answer = Answer(id=1, ticket=7, person_code="P1", person_name="دانا", language="en", goes_at=NOON)
    told = preview(answer, "On Monday.", 0, 10, translator("en")).text
    assert "\N{FIRST STRONG ISOLATE}دانا\N{POP DIRECTIONAL ISOLATE}" in told


def test_an_order_is_named_by_its_number_and_whose_it_is_where_it_is_not_hers() -> None:
    english = translator("en")
    assert link_name(Link(kind=LinkKind.ORDER, id="70010"), english) == "order 70010"
    theirs = Link(kind=LinkKind.ORDER, id="SO-9", title="Ana Torres", facts={"person": "D21"})
    assert link_name(theirs, english) == "order SO-9 of Ana Torres"
