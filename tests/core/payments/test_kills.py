"""An export that is killed at any moment goes on with the same files, and nothing is doubled; two at once make one."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.db.database import Database
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.payments import job, service
from core.payments.model import BankAccountWish, CompanyAccountWish, Format, ListWish, PaymentState
from core.plan import service as plans
from tests.core.payments.company import DAY, NETHERLANDS, SPAIN, as_staff, found, made_of, owe, release, require_sound
from tests.core.plan.plans import SMALL
from tests.support.planting import plant

PEOPLE = 40
KILLED_AFTER = (0, 1, 3, 6, 10, 15, 20, 25, 31, 38)
"""So many files are complete when the process is killed; ten times inside the export."""
MOMENTS_S = (0.003, 0.0001, 0.0007, 0.0003, 0.0011, 0.0002, 0.0009, 0.0005, 0.0013, 0.0001)
"""So long after that: in the midst of a file, or between two."""


async def many(database: Database) -> int:
    """An approved list of payments that go into a file each."""
    async with database.begin(actor="staff:3") as uow:
        await plans.activate(uow, SMALL)
        people = await plant(uow, "\n".join(["P0", *(f"  P{number}" for number in range(1, PEOPLE))]))
        company = CompanyAccountWish(holder="Small", iban=NETHERLANDS, format=Format.SEPA_2019, payments_max=1)
        await service.set_company_account(uow, "EUR", company)
        for code in people:
            await service.set_account(uow, code, BankAccountWish(holder=code, iban=SPAIN))
        await owe(uow, people, {code: 100 + place for place, code in enumerate(people)})
        await as_staff(uow, "staff:1")
        card = await made_of(uow, ListWish(currency="EUR", execution_on=DAY))
        await as_staff(uow, "staff:2")
        await service.approve(uow, card.number)
        await uow.commit()
    return card.number


class Exporter:
    """The process that forks exports, each of which can be killed; one for all tests, because it takes long to load."""

    def __init__(self) -> None:
        words = (sys.executable, "-m", "tests.support.exporter")
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.said() == "ready"

    def said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def export(self, database: Database, number: int, folder: Path, when: str = "- 0") -> str:
        """`over`, or `killed` where it is said when: so many files are complete, and so many seconds have gone by."""
        assert self.process.stdin is not None
        url = database.url.render_as_string(hide_password=False)
        self.process.stdin.write(f"{url} {number} {when} {folder}\n")
        self.process.stdin.flush()
        return self.said()


@pytest.fixture(scope="module")
def exporter() -> Iterator[Exporter]:
    exporter = Exporter()
    yield exporter
    exporter.process.communicate()


def complete(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("payments-*")) if path.suffix != ".part"}


@pytest.mark.hypothesis  # that `make fuzz` has it beside the kills of runs
@pytest.mark.processes
async def test_a_killed_export_goes_on_with_the_same_files(
    database: Database, exporter: Exporter, tmp_path: Path
) -> None:
    number = await many(database)
    for after, seconds in zip(KILLED_AFTER, MOMENTS_S, strict=True):
        folder = tmp_path / f"killed-{after}"
        assert exporter.export(database, number, folder, f"{after} {seconds}") == "killed"
        async with database.read() as questions:
            assert set((await service.card(questions, number)).payments) == {PaymentState.OPEN}
    whole = tmp_path / "whole"
    assert exporter.export(database, number, whole) == "over"
    files = complete(whole)
    assert len(files) == 2 * PEOPLE
    for after in KILLED_AFTER:
        before = complete(tmp_path / f"killed-{after}")
        assert len(before) >= after
        assert before.items() <= files.items()
    async with database.read() as questions:
        card = await service.card(questions, number)
        assert (card.payments, len(card.files)) == ({PaymentState.EXPORTED: PEOPLE}, PEOPLE)
        await require_sound(questions)


async def owing(database: Database) -> dict[str, PersonId]:
    async with database.begin(actor="staff:3") as uow:
        people = await found(uow)
        await release(uow, people, {"Ana": 1000, "Ben": 2000})
        await uow.commit()
    return people


async def test_two_who_make_a_list_at_once_pay_everybody_once(database: Database) -> None:
    await owing(database)
    wish = ListWish(currency="EUR", execution_on=DAY)
    done = await asyncio.gather(
        *(job.make(database, wish, actor=f"staff:{n}") for n in (1, 2, 4)), return_exceptions=True
    )
    lists = [one for one in done if not isinstance(one, BaseException)]
    assert [one.sum_minor for one in lists] == [3000]
    assert {one.code for one in done if isinstance(one, DomainError)} <= {"nothing_to_pay", "payments_overtaken"}
    async with database.read() as questions:
        await require_sound(questions)


async def test_one_report_booked_twice_at_once_is_booked_once(database: Database) -> None:
    await owing(database)
    card = await job.make(database, ListWish(currency="EUR", execution_on=DAY), actor="staff:1")
    async with database.begin(actor="staff:2") as uow:
        await service.approve(uow, card.number)
        await uow.commit()
    await job.export(database, card.number, None, actor="staff:1")
    report = b"end_to_end_id,status\nUP000001-0000001,paid\nUP000001-0000002,returned\n"
    await asyncio.gather(*(job.book(database, report, actor="staff:1") for _ in range(3)), return_exceptions=True)
    again = await job.book(database, report, actor="staff:1")
    assert (again.paid, again.returned, again.unchanged) == (0, 0, 2)
    async with database.read() as questions:
        await require_sound(questions)
