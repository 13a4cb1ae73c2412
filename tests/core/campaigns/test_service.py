"""Campaigns from the draft to the last message, on both databases: whom they reach, and what a cancellation leaves."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.campaigns import service
from core.campaigns.model import (
    CampaignBegun,
    CampaignFixed,
    CampaignOver,
    CampaignState,
    CampaignUnknown,
    LeftOut,
    NewCampaign,
    Preview,
    Segment,
    Words,
)
from core.client import CoreClient
from core.db.database import Database
from core.http.model import RequestInvalid
from core.messaging import outbox
from core.messaging.model import Delivered, OutboxState, Outgoing, OutgoingClaim
from core.outreach import job
from core.outreach.audiences import find_all
from core.outreach.job import Planner
from core.people.model import PersonUnknown
from core.preferences import service as preferences
from core.preferences.model import Level, PreferenceWish
from tests.core.outreach.company import Company
from tests.support.api import Api
from tests.support.clock import StillClock

HOUR = timedelta(hours=1)
WORDS = {"en": Words(title="Webinar", text="On Thursday at 7 pm"), "es": Words(text="El jueves a las 19:00")}


@pytest.fixture
async def company(database: Database) -> Company:
    """H's company with campaigns alone: root, ana, bea, carl (a customer) and dora have chats, eva nothing."""
    company = await Company.of(database)
    company.audiences = {"announcement": find_all()["announcement"]}
    company.planner = Planner(database, company.live, company.audiences)
    return company


async def written(company: Company, segment: Segment | None = None, words: dict[str, Words] = WORDS) -> int:
    async with company.database.begin(actor="staff:7") as uow:
        campaign = await service.add(uow, NewCampaign(name="n", segment=segment or Segment(), words=words))
        await uow.commit()
    return campaign.number


async def send(company: Company, number: int) -> None:
    async with company.database.begin(actor="staff:7") as uow:
        await service.send(uow, number, None)
        await uow.commit()


async def cancel(company: Company, number: int) -> None:
    async with company.database.begin(actor="staff:8") as uow:
        await service.cancel(uow, number)
        await uow.commit()


async def previewed(company: Company, number: int) -> Preview:
    async with company.database.read() as questions:
        return await service.preview(questions, await company.live.fresh(), number)


async def tally(company: Company, number: int) -> tuple[CampaignState, dict[OutboxState, int]]:
    async with company.database.read() as questions:
        card = await service.card(questions, number)
    return card.state, card.numbers.by_state


@pytest.mark.parametrize(
    ("segment", "told"),
    [
        (Segment(), ["ana", "bea", "carl", "dora", "root"]),
        (Segment(ranks=("silver",)), ["dora"]),
        (Segment(countries=("ES",), languages=("en",)), ["ana", "bea", "carl", "dora", "root"]),
        (Segment(countries=("GB",)), []),
        (Segment(below="ana"), ["bea", "carl"]),
        (Segment(below="root", kinds=("customer",), statuses=("active",)), ["carl"]),  # type: ignore[arg-type]  # as JSON
    ],
)
async def test_a_preview_counts_whom_the_campaign_then_goes_to(
    company: Company, segment: Segment, told: list[str]
) -> None:
    await company.order("dora", 200)  # Silver in the open cycle
    number = await written(company, segment)
    assert (await previewed(company, number)).reached == len(told)
    assert await company.written() == []
    await send(company, number)
    assert await company.plan() == [f"announcement/{number}"]
    assert await company.told("announcement") == told
    async with company.database.read() as questions:
        assert (await service.card(questions, number)).planned == len(told)
    assert await company.plan() == []


async def test_a_preview_tells_whom_it_leaves_out_and_in_which_words_the_others_get_it(company: Company) -> None:
    who = company.numbers
    async with company.database.begin() as uow:
        await preferences.change(uow, who["ana"], PreferenceWish(on=False))
        await preferences.change(uow, who["bea"], PreferenceWish(levels={"announcements": Level.OFF}))  # type: ignore[dict-item]  # as JSON
        as_json = "CAST(:said AS jsonb)" if uow.dialect == "postgresql" else ":said"
        spoken_in = f"INSERT INTO chat_state SELECT chat_id, {as_json} FROM chat_link WHERE person_id = :person"
        for statement, person, said in (
            (
                "INSERT INTO silent_chat SELECT chat_id, 0, :said FROM chat_link WHERE person_id = :person",
                "carl",
                "blocked",
            ),
            ("UPDATE person SET email = :said WHERE id = :person", "eva", "eva@example.com"),
            ("UPDATE person SET language = :said, language_chosen = true WHERE id = :person", "dora", "fr"),
            (spoken_in, "root", '{"language": "es"}'),
        ):
            await uow.connection.execute(text(statement), {"person": who[person], "said": said})
        await uow.commit()
    found = await previewed(company, await written(company))
    assert (found.people, found.reached, found.by_chat, found.by_email) == (6, 3, 2, 1)
    assert found.left_out == {LeftOut.MESSAGES_OFF: 1, LeftOut.ANNOUNCEMENTS_OFF: 1, LeftOut.BLOCKED: 1}
    assert [(share.language, share.people, share.gets) for share in found.languages] == [
        ("en", 1, "en"),
        ("es", 1, "es"),
        ("fr", 1, "en"),
    ]
    assert found.missing == ("fr",)
    async with company.database.begin() as uow:  # the address is gone
        await uow.connection.execute(text("INSERT INTO silent_mail VALUES ('eva@example.com', 0, 'bounced')"))
        await uow.commit()
    assert (await previewed(company, 1)).left_out[LeftOut.NO_ADDRESS] == 1


async def test_what_is_due_at_its_moment_is_what_is_planned_then(company: Company, clock: StillClock) -> None:
    number = await written(company, Segment(below="ana"))
    async with company.database.begin(actor="staff:7") as uow:
        await service.send(uow, number, uow.now + 3 * HOUR)
        on_madrids_clock = (uow.now + 2 * HOUR).replace(tzinfo=None)
        scheduled = await service.send(uow, number, on_madrids_clock)
        assert scheduled.at == uow.now + HOUR
        assert scheduled.state is CampaignState.SCHEDULED
        await uow.commit()
    assert await company.plan() == []
    asked = await company.due(clock.moment + HOUR)
    clock.moment += HOUR
    await company.plan()
    assert [row["person_id"] for row in asked] == [company.numbers["bea"], company.numbers["carl"]]
    assert await company.written() == asked


async def test_a_cancel_in_the_middle_of_planning_lets_nothing_more_be_made(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "AT_ONCE", 2)
    number = await written(company)
    await send(company, number)
    write, pieces = job.Writing.write, 0

    async def cancelling(self: job.Writing, *given: object) -> bool:
        nonlocal pieces
        pieces += 1
        if pieces == 2:
            await cancel(company, number)
        return await write(self, *given)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(job.Writing, "write", cancelling)
    await company.plan()
    assert await tally(company, number) == (CampaignState.CANCELLED, {OutboxState.CANCELLED: 2})
    assert pieces == 2


@pytest.fixture
async def core(api: Api) -> AsyncIterator[CoreClient]:
    async with api.core() as core:
        yield core


async def claimed(core: CoreClient, count: int) -> list[Outgoing]:
    return list((await core.claim_outgoing(OutgoingClaim(holder="w", count_max=count, rate_per_s=1000))).messages)


async def test_a_cancel_while_it_goes_out_leaves_what_went_out_and_nothing_more_goes(
    company: Company, core: CoreClient
) -> None:
    number = await written(company)
    await send(company, number)
    await company.plan()
    for message in await claimed(core, 2):
        assert message.parts[0].facts["words"] == {"en": "On Thursday at 7 pm"}
        assert message.parts[0].facts["title"] == {"en": "Webinar"}
        await core.delivered(message.id, Delivered(holder="w", message_id=1))
    assert await tally(company, number) == (CampaignState.SENDING, {OutboxState.SENT: 2, OutboxState.WAITING: 3})
    await cancel(company, number)
    await cancel(company, number)
    assert await claimed(core, 20) == []
    state, by_state = await tally(company, number)
    assert (state, by_state) == (CampaignState.CANCELLED, {OutboxState.SENT: 2, OutboxState.CANCELLED: 3})


async def test_what_slipped_through_is_dropped_when_its_turn_comes(company: Company, core: CoreClient) -> None:
    number = await written(company, Segment(below="ana"))
    await send(company, number)
    await company.plan()
    async with company.database.begin() as uow:  # as if a message came between the two halves of a cancellation
        await uow.connection.execute(text("UPDATE campaign SET cancelled_at = 1"))
        await uow.commit()
    assert await claimed(core, 20) == []
    assert (await tally(company, number))[1] == {OutboxState.DROPPED: 2}


async def test_a_campaign_is_over_when_nothing_of_it_waits(company: Company, core: CoreClient) -> None:
    number = await written(company, Segment(below="ana"))
    await send(company, number)
    await company.plan()
    for message in await claimed(core, 20):
        await core.delivered(message.id, Delivered(holder="w", message_id=1))
        async with company.database.begin() as uow:
            assert await outbox.tapped(uow, message.id, company.numbers["bea"]) or message.chat_id != 102
            await uow.commit()
    async with company.database.begin(actor="staff:7") as uow:
        [card] = await service.campaigns(uow, None, 10)
        assert (card.state, card.planned, card.sent_by) == (CampaignState.SENT, 2, "staff:7")
        assert (await service.card(uow, number)).numbers.tapped == 1
        with pytest.raises(CampaignOver):
            await service.cancel(uow, number)
        with pytest.raises(CampaignBegun):
            await service.send(uow, number, None)
        with pytest.raises(CampaignFixed):
            await service.change(uow, number, NewCampaign(name="n", words=WORDS))


async def test_only_a_draft_is_changed_and_only_the_future_is_a_moment(company: Company) -> None:
    number = await written(company)
    async with company.database.begin(actor="staff:7") as uow:
        changed = await service.change(uow, number, NewCampaign(name="other", words={"de": Words(text="Hallo")}))
        assert (changed.name, list(changed.words), changed.made_by) == ("other", ["de"], "staff:7")
        with pytest.raises(RequestInvalid):
            await service.send(uow, number, uow.now - HOUR)
        with pytest.raises(PersonUnknown):
            await service.change(uow, number, NewCampaign(name="n", segment=Segment(below="nobody"), words=WORDS))
        with pytest.raises(CampaignUnknown):
            await service.send(uow, 99, None)
        assert (await service.cancel(uow, number)).state is CampaignState.CANCELLED
        with pytest.raises(CampaignBegun):
            await service.send(uow, number, None)
        await uow.commit()
    async with company.database.read() as questions:
        found = await questions.connection.execute(text("SELECT kind, actor FROM event WHERE kind LIKE 'campaigns%'"))
        assert [tuple(row) for row in found] == [("campaigns.changed", "staff:7")] * 3
