"""A company's own files, imported and calculated, against a plain reckoning of the same files."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.db.database import Database
from core.exchange.importing import import_file
from core.exchange.model import FileKind, Outcome
from core.genealogy import service as genealogy
from core.kernel.errors import Severity
from core.live.service import Live
from core.people import service as people
from core.plan import service as plans
from tests.support.clock import StillClock
from tests.support.plain_company import Month, months

DATA = Path(__file__).parents[2] / "data" / "company"
LADDER = (("bronze", 50, None, None), ("silver", 50, 500, 1), ("gold", 100, 2000, 2), ("diamond", 100, 10000, 3))
"""The ranks of `plan.toml`, said once more."""
WHOLE = Path(os.environ["UPLINE_DATA"]) / "company" if "UPLINE_DATA" in os.environ else None
FOLDERS = [folder for folder in (DATA, WHOLE) if folder is not None and folder.is_dir()]


async def imported(database: Database, folder: Path) -> dict[FileKind, Outcome]:
    """What came of importing everything in the folder, by our plan and rates."""
    async with database.begin() as uow:
        await plans.activate(uow, (DATA / "plan.toml").read_text(encoding="utf-8"))
        await uow.commit()
    order = (FileKind.PEOPLE, FileKind.PRODUCTS, FileKind.RATES, FileKind.ORDERS)
    files = {kind: (DATA if kind is FileKind.RATES else folder) / f"{kind.value}.csv" for kind in order}
    outcomes = {}
    for kind, path in files.items():
        with path.open("rb") as file:
            outcomes[kind] = await import_file(database, kind, file)
    return outcomes


EXCERPT = {
    "people": (150, {"import_column_ignored": 1, "import_language_not_spoken": 29, "import_second_root": 4}),
    "products": (997, {"import_price_zero": 3, "import_service_product": 5}),
    "rates": (5, {}),
    "orders": (
        766,
        {
            "import_equal_lines": 10,
            "import_price_zero": 2,
            "import_return_without_sale": 261,
            "import_service_item": 38,
            "import_two_dates": 12,
        },
    ),
}
"""New ones of each file, and how many lines each notice concerns."""
WHOLE_COMPANY = {
    "people": (1483, {"import_column_ignored": 1, "import_language_not_spoken": 162, "import_second_root": 4}),
    "products": (9880, {"import_price_zero": 3, "import_service_product": 5}),
    "rates": (5, {}),
    "orders": (
        4779,
        {
            "import_equal_lines": 751,
            "import_price_zero": 5,
            "import_return_without_sale": 1465,
            "import_service_item": 287,
            "import_two_dates": 61,
        },
    ),
}


@dataclass(frozen=True)
class Figures:
    """Of everybody in one month, by code; volumes at scale, those of 0 and no rank left out."""

    pv: dict[str, int]
    gv: dict[str, int]
    active: dict[str, int]
    ranks: dict[str, str]


def plain(month: Month) -> Figures:
    return Figures(_filled(month.pv), _filled(month.gv), _filled(month.active_frontline), dict(month.ranks))


def _filled(values: dict[str, int]) -> dict[str, int]:
    return {code: value for code, value in values.items() if value}


async def calculated(database: Database, codes: Sequence[str]) -> Figures:
    """What the live figures say when the company's clock stands in that month."""
    live = Live(database)
    state = await live.fresh()
    async with database.read() as uow:
        numbers = await people.ids_of(uow, codes)
    places = {code: state.index_of(number) for code, number in numbers.items()}
    ladder = [rank.code for rank in state.plan.ranks]
    pv, gv, active = (
        _filled({code: state.kpi(place, kpi) for code, place in places.items()}) for kpi in ("pv", "gv", "active")
    )
    ranks = {code: ladder[rank - 1] for code, place in places.items() if (rank := state.rank(place))}
    return Figures(pv, gv, active, ranks)


def counts(outcome: Outcome) -> dict[str, int]:
    """How many lines each notice concerns."""
    found: dict[str, int] = {}
    for problem in outcome.problems:
        assert problem.severity is Severity.NOTICE, problem
        count = problem.facts["count"]
        assert isinstance(count, int)
        found[problem.code] = found.get(problem.code, 0) + count
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: "whole" if folder == WHOLE else "excerpt")
async def test_figures_of_every_month_equal_a_plain_reckoning(
    database: Database, clock: StillClock, folder: Path
) -> None:
    await imported(database, folder)
    expected = months(folder, DATA / "rates.csv", "USD", LADDER)
    codes = (folder / "people.csv").read_text(encoding="utf-8").splitlines()[1:]
    for name, month in sorted(expected.items()):
        clock.moment = datetime.fromisoformat(f"{name}-15").replace(tzinfo=UTC)
        assert await calculated(database, [line.split(",")[0] for line in codes]) == plain(month), name


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: "whole" if folder == WHOLE else "excerpt")
async def test_every_oddity_of_the_files_is_told_and_a_second_import_changes_nothing(
    database: Database, folder: Path
) -> None:
    first = await imported(database, folder)
    found = {kind.value: (one.added, counts(one)) for kind, one in first.items()}
    assert found == (EXCERPT if folder == DATA else WHOLE_COMPANY)
    second = await imported(database, folder)
    assert {(one.added, one.changed) for one in second.values()} == {(0, 0)}
    async with database.read() as uow:
        assert (await genealogy.verify(uow)).findings == ()
