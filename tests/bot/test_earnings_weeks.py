"""/earnings of a company that pays by the week too: the open week with its bonuses and their why, in five languages."""

from datetime import UTC, date, datetime

import pytest

from bot.render.sums import cycle_title
from core.earnings.model import BonusSum, Money, OpenCycle
from i18n.translator import translator
from tests.support.chatting import chatting
from tests.support.earnings_story import LABELS, EarningsRoom
from tests.support.story import maria

WEEK = OpenCycle(
    cycle="2026-W47",
    calendar="week",
    ends_on=date(2026, 11, 22),
    days_left=1,
    as_of=datetime(2026, 11, 22, 9, 41, tzinfo=UTC),
    totals=(Money(currency="EUR", amount=523),),
    bonuses=(BonusSum(bonus="match", label=LABELS["match"], unit="EUR", amount=523, lines=1),),
)
NOTHING = {"totals": (), "bonuses": ()}
POINTS = {"totals": (), "bonuses": (BonusSum(bonus="match", label=LABELS["match"], unit="points", amount=5, lines=1),)}
SAID = {
    "en": ("Week 47, until November 22: ", "€5.23 so far", "nothing so far"),
    "es": ("Semana 47, hasta el 22 de noviembre: ", "5,23 € hasta ahora", "nada hasta ahora"),
    "de": ("Woche 47, bis 22. November: ", "bisher 5,23 €", "bisher nichts"),
    "pt-BR": ("Semana 47, até 22 de novembro: ", "€ 5,23 até agora", "nada até agora"),
    "fr": ("Semaine 47, jusqu’au 22 novembre : ", "5,23 € pour l’instant", "rien pour l’instant"),
}


async def told(room: EarningsRoom, language: str = "en") -> list[str]:
    """The lines of /earnings."""
    person = maria()
    person.rooms = [room]
    async with chatting(person, language=language.lower()) as chat:
        said = (await chat.says("/earnings"))["text"]
        assert (await chat.faults())["total"] == 0, await chat.faults()
    return str(said).replace("\u00a0", " ").replace("\u202f", " ").splitlines()


@pytest.mark.parametrize("language", SAID)
async def test_the_week_is_said_after_the_month(language: str) -> None:
    room = EarningsRoom()
    room.beside = (WEEK, WEEK.model_copy(update=NOTHING))
    said = await told(room, language)
    head, some, none = SAID[language]
    assert head + none in said
    assert "5,23" in said[said.index(head + some) + 1].replace(".", ",")


async def test_what_is_no_money_is_said_below_the_week() -> None:
    room = EarningsRoom()
    room.beside = (WEEK.model_copy(update=POINTS),)
    said = await told(room)
    at = said.index("Week 47, until November 22")
    assert said[at + 1].endswith(": 5 stars")


async def test_a_plan_that_pays_by_weeks_alone_says_nothing_of_the_month() -> None:
    room = EarningsRoom()
    room.empty, room.pays, room.beside = True, False, (WEEK.model_copy(update={"cycle": "2026-P16"}),)
    said = await told(room)
    assert said == [
        "It's an estimate with all orders up to 10:41 AM.",
        "",
        "2026-P16, until November 22: €5.23 so far",
        said[3],
    ]


async def test_its_bonuses_lead_to_their_lines_and_back() -> None:
    room, person, shown = EarningsRoom(), maria(), list[str]()
    room.beside, person.rooms = (WEEK,), [room]
    async with chatting(person) as chat:
        await chat.says("/earnings")
        for button in ("el:e.week:0:match", "ee"):
            await chat.taps_to(button)
            shown.append((await chat.newest())["text"])
    assert [{name: one[name] for name in ("bonus", "calendar")} for one in room.asked_lines] == [
        {"bonus": "match", "calendar": "week"}
    ]
    assert shown[0].startswith("Matching bonus: €5.23") and "Week 47" in shown[1]


async def test_an_amount_of_the_open_week_is_found_when_she_asks_why() -> None:
    room, person = EarningsRoom(), maria()
    some, person.rooms = BonusSum(bonus="match", label=LABELS["match"], unit="EUR", amount=666, lines=2), [room]
    room.beside = (WEEK.model_copy(update={"totals": (Money(currency="EUR", amount=999),), "bonuses": (some,)}),)
    async with chatting(person) as chat:
        assert "Matching bonus" in (await chat.says("why did I get 6.66 euros?"))["text"]
    assert (room.asked_lines[-1]["bonus"], room.asked_lines[-1]["calendar"]) == ("match", "week")


@pytest.mark.parametrize(
    ("language", "week"), [("en", "Week 47, 2026"), ("de", "Woche 47, 2026"), ("fr", "Semaine 47, 2026")]
)
def test_a_week_is_a_heading_by_its_number(language: str, week: str) -> None:
    assert cycle_title("2026-W47", None, translator(language)) == week
    assert cycle_title("2026-P03", None, translator(language)) == "2026-P03"
