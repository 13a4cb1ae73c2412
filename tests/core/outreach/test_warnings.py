"""What ends soon is told once at each stage, in everybody's own morning, and no more once it is gone."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from core.access.model import Link
from core.access.store import add_link
from core.db.database import Database
from core.incentives import service as incentives
from core.incentives.model import NewCoupon, NewCreditNote
from core.kernel.ids import PersonId
from core.live.service import Live
from core.messaging.model import Json
from core.messaging.model.waiting import Waiting
from core.outreach.asking import due
from core.outreach.audiences import coupon_ending, find_all, points_expiring
from core.outreach.job import Planner
from core.outreach.rules.stages import key_of, stage_of, stages_around
from core.outreach.truth import Truth
from tests.core.outreach.company import OUTBOX
from tests.core.points.companies import found, order, time_passes
from tests.support.clock import StillClock

STAGES = (30, 7, 1)
LAST = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 11, 1), None),
        (date(2026, 12, 1), 30),
        (date(2026, 12, 23), 30),
        (date(2026, 12, 24), 7),
        (LAST, 1),
        (date(2027, 1, 1), None),
    ],
)
def test_the_nearest_stage_whose_time_has_come_is_due(day: date, stage: int | None) -> None:
    assert stage_of(STAGES, day, LAST) == stage
    assert set(stages_around(STAGES, day, LAST)) >= ({stage} - {None})


def test_a_warning_is_known_by_what_ends_when_and_its_stage() -> None:
    assert [key_of("", LAST, 7), key_of("TEN", LAST, 1)] == ["2026-12-31:7", "TEN:2026-12-31:1"]
    assert list(stages_around(STAGES, date(2026, 12, 23), LAST)) == [7, 30]


class Firm:
    """Ana has 100 points until 20 December, Ben 40; Ana, Ben and Cleo have chats, Eva nothing."""

    def __init__(self, database: Database, people: dict[str, PersonId]) -> None:
        self.database, self.people = database, people
        self.live = Live(database)
        self.audiences = {kind: find_all()[kind] for kind in ("points.expiring", "coupon.ending")}

    async def plan(self) -> list[tuple[str, str, Json]]:
        """Plan what is due: who is told which message, and with which facts; and what was asked beforehand is that."""
        before = await self.written()
        _, asked = await due(self.database, await self.live.fresh(), self.audiences)
        _, under_way = await Planner(self.database, self.live, self.audiences).plan("w", 60)
        assert not under_way
        new = [row for row in await self.written() if row not in before]
        assert sorted(row.key for row in asked) == [key for key, _, _ in new]
        names = {number: name for name, number in self.people.items()}
        return [(names[PersonId(person)], key.split(":", 2)[2], facts) for key, person, facts in new]

    async def written(self) -> list[tuple[str, int, Json]]:
        columns = (OUTBOX.c.key, OUTBOX.c.person_id, OUTBOX.c.facts)
        async with self.database.read() as questions:
            rows = await questions.connection.execute(
                OUTBOX.select()
                .with_only_columns(*columns)
                .where(OUTBOX.c.kind.in_(self.audiences))
                .order_by(columns[0])
            )
            return [(key, person, facts) for key, person, facts in rows]

    async def truths(self, truth: Truth, person: str, facts: Json) -> Json | None:
        """What a message says when its turn has come."""
        async with self.database.read() as questions:
            state = await self.live.fresh()
            waiting = Waiting(*(1, "kind", self.people[person], None, facts, None, None, 9, questions.now, None, 0))
            return dict(await truth(questions, state, [waiting]))[1]


@pytest.fixture
async def firm(database: Database) -> Firm:
    async with database.begin() as uow:
        people = await found(uow)
        await order(uow, "1", "Ana", [("TEA", 100)], at=datetime(2026, 10, 20, 9, tzinfo=UTC))
        await order(uow, "2", "Ben", [("TEA", 40)], at=datetime(2026, 10, 20, 9, tzinfo=UTC))
        await order(uow, "3", "Eva", [("TEA", 50)], at=datetime(2026, 10, 20, 9, tzinfo=UTC))
        await time_passes(uow)
        for chat, who in enumerate(("Ana", "Ben", "Cleo"), start=100):
            assert await add_link(uow, Link(person=people[who], chat=chat, linked_at=uow.now))
        await uow.connection.execute(text("UPDATE person SET time_zone = 'Asia/Tokyo' WHERE code = 'Ben'"))
        await uow.commit()
    return Firm(database, people)


async def test_points_are_warned_of_once_at_each_stage(firm: Firm, clock: StillClock) -> None:
    ana = {"points": 100, "on": "2026-12-20"}
    clock.moment = datetime(2026, 12, 12, 9, tzinfo=UTC)
    assert await firm.plan() == []
    clock.moment = datetime(2026, 12, 13, 0, 30, tzinfo=UTC)  # half past nine in Tokyo
    assert await firm.plan() == [("Ben", "2026-12-20:7", {"points": 40, "on": "2026-12-20"})]
    clock.moment = datetime(2026, 12, 13, 9, tzinfo=UTC)
    assert await firm.plan() == [("Ana", "2026-12-20:7", ana)]
    clock.moment = datetime(2026, 12, 14, 9, tzinfo=UTC)
    assert await firm.plan() == []
    clock.moment = datetime(2026, 12, 19, 9, tzinfo=UTC)
    assert [who for who, _, _ in await firm.plan()] == ["Ana", "Ben"]
    clock.moment = datetime(2026, 12, 21, 9, tzinfo=UTC)
    assert await firm.plan() == []


async def test_whoever_could_not_be_told_is_told_the_next_morning(firm: Firm, clock: StillClock) -> None:
    clock.moment = datetime(2026, 12, 15, 9, tzinfo=UTC)
    await firm.plan()
    async with firm.database.begin() as uow:
        assert await add_link(uow, Link(person=firm.people["Eva"], chat=107, linked_at=uow.now))
        await uow.commit()
    clock.moment = datetime(2026, 12, 16, 9, tzinfo=UTC)
    assert [(who, key) for who, key, _ in await firm.plan()] == [("Eva", "2026-12-20:7")]


async def test_points_that_were_spent_meanwhile_are_warned_of_no_more(firm: Firm, clock: StillClock) -> None:
    clock.moment = datetime(2026, 12, 15, 9, tzinfo=UTC)
    facts = {"points": 250, "on": "2026-12-20"}
    told = await firm.truths(points_expiring.truth, "Ana", facts)
    assert told == {"points": 100, "on": "2026-12-20", "name": {"en": {"one": "star", "other": "stars"}}}
    assert await firm.truths(points_expiring.truth, "Ana", facts | {"on": "2026-12-21"}) is None
    clock.moment = datetime(2026, 12, 21, 9, tzinfo=UTC)
    assert await firm.truths(points_expiring.truth, "Ana", facts) is None


async def test_coupons_and_credit_notes_are_warned_of_a_week_and_a_day_before(firm: Firm, clock: StillClock) -> None:
    last = date(2026, 11, 30)
    coupon = NewCoupon(person="Ana", code="TEN", label={"en": "Ten"}, percent=Decimal(10), valid_until=last)
    note = NewCreditNote(person="Ana", number="CN1", amount_minor=500, currency="EUR", reason="Sorry", valid_until=last)
    async with firm.database.begin() as uow:
        await incentives.give_coupon(uow, coupon)
        await incentives.give_coupon(uow, coupon.model_copy(update={"code": "GONE"}))
        await incentives.withdraw(uow, "GONE")
        await incentives.give_credit_note(uow, note)
        await uow.commit()
    clock.moment = datetime(2026, 11, 23, 9, tzinfo=UTC)
    warned = [(who, key) for who, key, _ in await firm.plan()]
    assert warned == [("Ana", "CN1:2026-11-30:7"), ("Ana", "TEN:2026-11-30:7")]
    clock.moment += timedelta(days=1)
    assert await firm.plan() == []
    told = await firm.truths(coupon_ending.truth, "Ana", {"code": "TEN", "on": "2026-11-30"})
    assert told == {
        "kind": "coupon",
        "code": "TEN",
        "label": {"en": "Ten"},
        "on": "2026-11-30",
        "percent": "10",
        "amount_minor": None,
        "left_minor": None,
        "currency": None,
        "order_least_minor": None,
    }
    assert await firm.truths(coupon_ending.truth, "Ben", {"code": "TEN", "on": "2026-11-30"}) is None
    assert await firm.truths(coupon_ending.truth, "Ana", {"code": "GONE", "on": "2026-11-30"}) is None
    clock.moment = datetime(2026, 11, 29, 9, tzinfo=UTC)
    assert [key for _, key, _ in await firm.plan()] == ["CN1:2026-11-30:1", "TEN:2026-11-30:1"]
    clock.moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert await firm.truths(coupon_ending.truth, "Ana", {"code": "TEN", "on": "2026-11-30"}) is None
