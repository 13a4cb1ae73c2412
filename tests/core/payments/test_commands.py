"""`python -m core payments`, from accounts to the bank's answer."""

import asyncio
from pathlib import Path

import pytest

from core.__main__ import main
from core.access import service as access
from core.access.model import Role
from core.db.database import Database
from core.kernel.clock import Clock
from core.plan import service as plans
from tests.core.payments.company import FRANCE, GERMANY, NETHERLANDS, SPAIN, TREE, release
from tests.core.plan.plans import SMALL
from tests.support.clock import StillClock
from tests.support.planting import plant

FROM = (
    "payments",
    "from",
    "EUR",
    "--holder",
    "Small & Co",
    "--iban",
    NETHERLANDS,
    "--payments-max",
    "2",
    "--as",
    "tess",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: StillClock) -> Path:
    """A company with a released run; tess and tom are in treasury, sue is in support."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("CLOCK_START", clock.now().isoformat())
    assert main(["migrate"]) == 0

    async def fill() -> None:
        database = Database(url, Clock())
        async with database.begin() as uow:
            uow.now = clock.now()
            await plans.activate(uow, SMALL)
            people = await plant(uow, TREE)
            await release(uow, people, {"Ana": 1000, "Ben": 2000, "Cleo": 3000})
            for name, role in (("tess", Role.TREASURY), ("tom", Role.TREASURY), ("sue", Role.SUPPORT)):
                await access.add_staff(uow, name, role)
            await uow.commit()
        await database.close()

    asyncio.run(fill())
    return tmp_path


def accounts(folder: Path, *lines: str) -> str:
    path = folder / "accounts.csv"
    path.write_text("\n".join(["person_id,holder,iban,currency", *lines]), encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(words)) == code
    said = capsys.readouterr()
    return said.out + said.err


def test_accounts_come_in_whole_or_not_at_all_and_no_number_is_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = accounts(
        folder, f"Ana,Ana,{SPAIN},", f"Ben,Ben,{GERMANY[:-1]}1,", f"Nobody,X,{FRANCE},", f"Ana,A,{GERMANY},"
    )
    said = run(capsys, "payments", "accounts", wrong, "--as", "sue", code=1)
    assert [line.split(": ")[0] for line in said.splitlines()] == [
        "accounts.csv:3:iban",
        "accounts.csv:4:person_id",
        "accounts.csv:5",
        "4 lines read",
    ]
    assert SPAIN not in said
    assert GERMANY[4:-1] not in said
    fine = accounts(folder, f"Ana,Ana Núñez,{SPAIN},", f"Ben,Ben,{GERMANY},EUR")
    assert "2 would be added" in run(capsys, "payments", "accounts", fine, "--dry-run", "--as", "sue")
    assert "2 added, 0 changed, 0 known" in run(capsys, "payments", "accounts", fine, "--as", "sue")
    assert "0 added, 0 changed, 2 known" in run(capsys, "payments", "accounts", fine, "--as", "sue")
    other = accounts(folder, f"Ana,Ana Núñez,{FRANCE},")
    assert "0 added, 1 changed, 0 known" in run(capsys, "payments", "accounts", other, "--as", "sue")


def test_a_list_goes_from_its_making_to_the_bank_and_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"{code},{code},{iban}," for code, iban in (("Ana", SPAIN), ("Ben", GERMANY), ("Cleo", FRANCE))]
    run(capsys, "payments", "accounts", accounts(folder, *lines), "--as", "sue")
    assert "NL91 •••• 4300" in run(capsys, *FROM)
    assert "make_payments" in run(capsys, "payments", "make", "EUR", "2026-11-25", "--as", "sue", code=1)
    assert "1\tdraft\t2026-11-25\t3 payments\t60.00 EUR" in run(
        capsys, "payments", "make", "EUR", "2026-11-25", "--as", "tess"
    )
    assert "Somebody else must approve" in run(capsys, "payments", "approve", "1", "--as", "tess", code=1)
    run(capsys, "payments", "hold", "UP000001-0000003", "asked by phone", "--as", "tess")
    assert "2 payments\t30.00 EUR\t(1 held, 2 open)" in run(capsys, "payments", "approve", "1", "--as", "tom")
    bank = folder / "bank"
    for _ in range(2):
        assert "1\texported" in run(capsys, "payments", "export", "1", "--to", str(bank), "--as", "tess")
    assert sorted(path.name for path in bank.iterdir()) == ["payments-1-1.csv", "payments-1-1.xml"]
    assert (bank / "payments-1-1.xml").stat().st_mode & 0o077 == 0
    (folder / "report.csv").write_text("end_to_end_id,status,date\nUP000001-0000001,paid,2026-11-25\nX,paid,\n")
    booked = run(capsys, "payments", "import", str(folder / "report.csv"), "--as", "tess")
    assert "notice: The report names payments that are not ours. line 3 [payment_report_unknown: 1]" in booked
    assert "2 entries read: 1 paid, 0 returned, 0 known already" in booked
    assert "(1 exported, 1 held, 1 paid)" in run(capsys, "payments", "list")
    assert "2 payments\t30.00 EUR" in run(capsys, "payments", "list", "1")
    assert run(capsys, "payments", "waiting", "EUR").startswith("Nothing waits in EUR: ")
    assert "cancelled" in run(capsys, "payments", "let-go", "UP000001-0000003", "--as", "tess")
    assert run(capsys, "payments", "waiting", "EUR") == "Cleo\t30.00 EUR\tready\n"
    assert ", 0 findings" in run(capsys, "verify")


def test_before_the_first_list_runs_wait_and_a_refusal_is_beside_who_waits_and_why(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, *FROM)
    later = "run 1\t2026-01\t60.00 EUR\t3 people: `payments make` takes it over, or says why not\n"
    assert run(capsys, "payments", "waiting", "EUR") == later
    said = run(capsys, "payments", "make", "EUR", "2026-11-25", "--as", "tess", code=1)
    waiting = "Ana\t10.00 EUR\tno_account\nBen\t20.00 EUR\tno_account\nCleo\t30.00 EUR\tno_account\n"
    assert said == waiting + "Nothing can be paid in EUR now. `payments waiting` shows what waits, and why.\n"
    assert run(capsys, "payments", "waiting", "EUR") == waiting
