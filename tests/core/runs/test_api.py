"""A run over HTTP and by the command line, who may do what, and the process that does what staff asked for."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.__main__ import main
from core.access.model import Role
from core.access.service import add_staff
from core.db.database import Database
from core.db.migrate import migrate
from core.runs import job
from core.runs.model import RunState, Work
from core.runs.service import showing, states
from tests.core.runs.company import PLAN, approved, done, found, started
from tests.support.api import Api, Asker
from tests.support.clock import StillClock


@pytest.fixture(autouse=True)
def nobody_looks_for_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests do the work that the service was asked for themselves."""
    monkeypatch.setattr(job, "LOOKS_EVERY_S", 3600)


async def member(api: Api, name: str) -> Asker:
    """Somebody of commissions."""
    async with api.database.begin() as uow:
        token = await add_staff(uow, name, Role.COMMISSIONS)
        await uow.commit()
    return Asker(api.client, {"Authorization": f"Bearer {token}"})


async def test_staff_take_a_run_through_its_states_and_each_sees_what_she_may(api: Api) -> None:
    await found(api.database)
    starter, second, third = [await member(api, name) for name in ("gina", "hope", "iris")]
    card = (await starter.post("/v1/runs", {"cycle": "2026-09"})).body
    run = card["run"]
    assert (card["state"], card["kind"], card["steps"][0]) == ("draft", "month", "verify_network")
    assert (await starter.post("/v1/runs", {"cycle": "2026-09"})).code == "run_exists"
    assert (await starter.get(f"/v1/runs/{run}/differences")).code == "run_not_previewed"
    asked = await starter.post(f"/v1/runs/{run}/preview")
    assert asked.body["progress"] == {"work": "preview", "part": "", "done": 0, "total": 0, "until": None}
    assert (await starter.post(f"/v1/runs/{run}/validate")).code == "run_in_state"
    note = {"cycle": "2026-09", "person": "Ana", "currency": "EUR", "amount_minor": 500, "reason": "Thanks"}
    assert (await second.post("/v1/settlement/notes", note)).body["note"] == 1
    assert (await second.post("/v1/settlement/note/1/withdraw")).body["withdrawn"] is True
    assert (await second.put("/v1/settlement/holds/Ben", {"reason": "Moved"})).body["person"] == "Ben"
    assert [one["person"] for one in (await second.get("/v1/settlement/holds")).body] == ["Ben"]
    assert (await second.delete("/v1/settlement/holds/Ben")).status == 204
    await done(api.database, run, Work.PREVIEW)
    await done(api.database, run, Work.PREVIEW)
    assert (await starter.get(f"/v1/runs/{run}/differences")).body == []
    await done(api.database, run, Work.VALIDATE)
    assert (await starter.post(f"/v1/runs/{run}/approve")).code == "run_approver_involved"
    assert (await second.post(f"/v1/runs/{run}/approve")).body["state"] == "validated"
    assert (await third.post(f"/v1/runs/{run}/approve")).body["state"] == "approved"
    assert (await starter.post(f"/v1/runs/{run}/release")).body["progress"]["work"] == "release"
    await done(api.database, run, Work.RELEASE)
    auditor, support = await api.staff(Role.AUDITOR), await api.staff(Role.SUPPORT)
    [listed] = (await auditor.get("/v1/runs")).body["items"]
    assert (listed["state"], len(listed["seal"]), listed["seal_before"]) == ("released", 64, None)
    [first, _] = (await auditor.get(f"/v1/runs/{run}/awards/Ana")).body
    assert (first["amount"], first["order"], json.loads(first["because"])["rate"]) == ("15.00", "Ben-9", "10")
    for path in ("/v1/runs", f"/v1/runs/{run}", f"/v1/runs/{run}/findings", f"/v1/runs/{run}/awards/Ana"):
        assert (await support.get(path)).code == "permission_missing"
    assert (await auditor.post(f"/v1/runs/{run}/cancel")).code == "permission_missing"
    assert (await auditor.get("/v1/runs/99")).code == "run_unknown"


async def test_the_service_has_work_done_by_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}", StillClock(datetime(2026, 11, 22, tzinfo=UTC)))
    await migrate(database)
    await found(database)
    run = await started(database, "2026-09")
    async with database.begin(actor="staff:1") as uow:
        await states.ask_for(uow, run, Work.PREVIEW)
        await uow.commit()
    monkeypatch.setattr(job, "LOOKS_EVERY_S", 0.05)
    working = job.Working(database)
    life = working.life(None)  # type: ignore[arg-type]  # it does not look at the application
    await anext(life)
    async with asyncio.timeout(60):
        state = RunState.DRAFT
        while state is not RunState.PREVIEWED:
            await asyncio.sleep(0.1)
            async with database.read() as questions:
                state = (await showing.card(questions, run)).state
    assert working.process is not None
    assert await working.process.wait() == 0
    with pytest.raises(StopAsyncIteration):
        await anext(life)
    await database.close()


def test_the_command_line_takes_a_run_to_its_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}")
    monkeypatch.setenv("CLOCK_START", "2026-11-22T12:00:00+00:00")
    assert main(["migrate"]) == 0
    assert main(["run", "status"]) == 0
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN, encoding="utf-8")
    assert main(["plan", "activate", str(plan), "--from", "2026-01-01"]) == 0
    for name in ("carla", "dora", "edith"):
        assert main(["staff", "add", name, "--role", "commissions"]) == 0
    people = "id,sponsor_id,name,joined_on,country,language\nAna,,Ana,2026-01-05,GB,en\nBen,Ana,Ben,2026-01-05,GB,en\n"
    for kind, content in (
        ("people", people),
        ("products", "sku,name,price,currency\nTEA,Tea,1,EUR\n"),
        ("orders", "order_id,person_id,date,sku,qty,unit_price,kind\nA,Ben,2026-09-20,TEA,150,1,sale\n"),
    ):
        path = tmp_path / f"{kind}.csv"
        path.write_text(content, encoding="utf-8")
        assert main(["import", kind, str(path)]) == 0, capsys.readouterr()
    capsys.readouterr()
    assert main(["run", "start", "2026-09", "--as", "carla"]) == 0
    assert capsys.readouterr().out == "1\n"
    assert main(["run", "adjust", "2026-09", "Ben", "-2.50", "EUR", "A telephone", "--as", "carla"]) == 0
    assert main(["run", "preview", "1"]) == 0
    assert "EUR\tearned 15.00" in capsys.readouterr().out
    assert main(["run", "diff", "1"]) == 0
    assert capsys.readouterr() == ("", "nothing to compare with: there is no preview before this one\n")
    assert main(["run", "diff", "1", "--against", "cycle"]) == 0
    assert capsys.readouterr().err.startswith("nothing to compare with: the cycle before had no released run")
    assert main(["run", "volume", "2026-09", "Ben", "10", "10", "Forgotten", "--as", "carla"]) == 0
    assert main(["run", "preview", "1"]) == 0
    capsys.readouterr()
    assert main(["run", "diff", "1"]) == 0
    assert capsys.readouterr().out == "Ana\tteam\tcorrection\t0.00\t1.00\t1.00\tEUR\t\n"
    assert main(["run", "validate", "1"]) == 0
    assert main(["run", "approve", "1", "--as", "carla"]) == 1
    assert "somebody else must approve it" in capsys.readouterr().err
    for name, told in {"dora": "validated\t1 of 2 approvals\n", "edith": "approved\t2 of 2 approvals\n"}.items():
        assert main(["run", "approve", "1", "--as", name]) == 0
        assert capsys.readouterr().out == told
    assert main(["run", "release", "1"]) == 0
    assert main(["verify"]) == 0
    capsys.readouterr()
    assert main(["run", "status"]) == 0
    assert capsys.readouterr().out.startswith("run 1\tmonth\t2026-09\treleased\tseal ")


async def test_a_work_that_fails_says_so_at_the_run_and_lets_go_of_it(database: Database) -> None:
    await found(database, PLAN.replace('label = "Team"', 'label = "Team"\ncurrency = "USD"'))
    run = await started(database, "2026-09")
    with pytest.raises(Exception, match="rate_missing"):
        await done(database, run, Work.PREVIEW)
    async with database.read() as questions:
        card = await showing.card(questions, run)
    assert (card.state, card.progress) == (RunState.DRAFT, None)
    assert card.failed is not None
    assert card.failed.code == "rate_missing"
    with pytest.raises(Exception, match="run_in_state"):
        await approved(database, run, "dora")
