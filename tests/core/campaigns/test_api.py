"""Campaigns over HTTP and by the command line: who may, what is asked, and every fault told with its place."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.__main__ import main
from core.access.model import Role
from core.campaigns.model import CampaignState, NewCampaign, Segment, Words
from core.client import CoreClient
from core.kernel.errors import Refused
from tests.core.outreach.company import Company
from tests.core.plan.plans import SMALL
from tests.support.api import Api

NEW = NewCampaign(name="Webinar", segment=Segment(below="ana"), words={"en": Words(text="Hi")})
FILE = """\
name = "Webinar"
[segment]
ranks = ["gold"]
[words.en]
title = "Webinar"
text = "On Thursday at 7 pm"
"""


@pytest.fixture
async def staff(api: Api) -> AsyncIterator[CoreClient]:
    """Our own client with the key of somebody of marketing."""
    await Company.of(api.database)
    key = (await api.staff(Role.MARKETING)).headers["Authorization"].removeprefix("Bearer ")
    async with CoreClient(str(api.client.make_url("/")).rstrip("/"), key) as client:
        yield client


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_marketing_writes_looks_sends_and_cancels(staff: CoreClient) -> None:
    draft = await staff.add_campaign(NEW, idempotency_key="once")
    assert (await staff.add_campaign(NEW, idempotency_key="once")).number == draft.number
    assert (draft.state, draft.made_by) == (CampaignState.DRAFT, "staff:1")
    changed = await staff.change_campaign(draft.number, NEW.model_copy(update={"name": "Other"}))
    assert changed.name == "Other"
    assert (await staff.preview_campaign(draft.number)).reached == 2
    assert (await staff.send_campaign(draft.number)).state is CampaignState.SENDING
    with pytest.raises(Refused, match="campaign_fixed"):
        await staff.change_campaign(draft.number, NEW)
    assert (await staff.cancel_campaign(draft.number)).state is CampaignState.CANCELLED
    assert (await staff.campaign(draft.number)).numbers.by_state == {}
    second = await staff.add_campaign(NEW)
    page = await staff.campaigns(limit=1)
    assert [one.number for one in page.items] == [second.number]
    assert [one.number for one in (await staff.campaigns(cursor=page.next)).items] == [draft.number]
    with pytest.raises(Refused, match="campaign_unknown"):
        await staff.campaign(99)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_support_sees_campaigns_and_sends_none(staff: CoreClient, api: Api) -> None:
    number = (await staff.add_campaign(NEW)).number
    support = await api.staff(Role.SUPPORT)
    assert (await support.get(f"/v1/campaigns/{number}/preview")).body["people"] == 2
    assert (await support.post(f"/v1/campaigns/{number}/send")).code == "permission_missing"
    assert (await support.post(f"/v1/campaigns/{number}/cancel")).code == "permission_missing"


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_faults_are_told_with_their_places(staff: CoreClient, api: Api) -> None:
    marketing = await api.staff(Role.ADMINISTRATOR)
    wrong = {"name": "n", "segment": {"ranks": ["lead"], "kinds": ["robot"]}, "words": {"en": {"text": "Hi"}}}
    reply = await marketing.post("/v1/campaigns", wrong)
    assert (reply.status, [fault["place"] for fault in reply.body["errors"]]) == (422, ["body.segment.kinds.0"])
    reply = await marketing.post("/v1/campaigns", wrong | {"segment": {"ranks": ["lead"]}})
    assert reply.body["errors"] == [
        {"place": "body.segment.ranks", "code": "unknown", "expected": "one of silver, gold, not lead"}
    ]
    long = {"en": {"text": "x" * 1801}}
    assert (await marketing.post("/v1/campaigns", {"name": "n", "words": long})).status == 422
    assert (await marketing.get("/v1/campaigns/0")).status == 422


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A company without people and two of its staff, as the command line finds it; a campaign's file."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}")
    monkeypatch.setenv("CLOCK_START", "2026-11-22T12:00:00+00:00")
    (tmp_path / "plan.toml").write_text(SMALL, encoding="utf-8")
    assert main(["migrate"]) == 0
    assert main(["plan", "activate", str(tmp_path / "plan.toml"), "--from", "2026-01-01"]) == 0
    assert main(["staff", "add", "mia", "--role", "marketing"]) == 0
    assert main(["staff", "add", "sam", "--role", "support"]) == 0
    file = tmp_path / "campaign.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


def test_a_campaign_by_the_command_line(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert main(["campaign", *words]) == code
        told = capsys.readouterr()
        return told.err if code else told.out

    assert said("list") == "There is no campaign yet.\n"
    assert "announce" in said("add", str(company), "--as", "sam", code=1)
    assert said("add", str(company), "--as", "mia").startswith("Campaign 1 is a draft.")
    assert said("preview", "1").splitlines() == [
        "It means 0 people and reaches 0:",
        "  0 by chat, 0 by e-mail alone",
        "--- en",
        "Webinar",
        "On Thursday at 7 pm",
    ]
    past = said("send", "1", "--at", "2026-11-22T12:00", "--as", "mia", code=1)
    assert past == "at: expected a moment that has not passed\n"
    moment = "1\tWebinar\tscheduled\t2026-11-27 09:00 UTC\n"
    assert said("send", "1", "--at", "2026-11-27T10:00", "--as", "mia") == moment
    assert said("cancel", "1", "--as", "mia") == moment.replace("scheduled", "cancelled")
    assert said("list", "1").splitlines()[1:] == ["  means: ranks gold", "  words: en", "  messages: none yet"]
    assert said("cancel", "2", "--as", "mia", code=1) == "There is no campaign 2.\n"


def test_what_is_wrong_with_a_file_is_told(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text, told in (
        (FILE.replace("gold", "lead"), "campaign.toml: segment.ranks: expected one of silver, gold, not lead\n"),
        (FILE.replace('text = "On', 'txt = "On'), "campaign.toml: words.en.text: expected"),
        ("name = ", "campaign.toml: expected TOML in UTF-8: "),
    ):
        company.write_text(text, encoding="utf-8")
        capsys.readouterr()
        assert main(["campaign", "add", str(company), "--as", "mia"]) == 1
        assert capsys.readouterr().err.startswith(told)
