"""The book as a file: every line of it, in order, however the pages fall."""

import io
from pathlib import Path

import pytest

from core.__main__ import main
from core.db.database import Database
from core.exchange import exporting
from core.ledger import service as ledger
from tests.support.bookkeeping import posting
from tests.support.planting import plant

BOOK = """\
entry,line,key,at,kind,reason,document_kind,document,caused_by,reverses,holder,purpose,unit,amount
{one},1,k1,2026-11-22T12:00:00+00:00,test.moved,a test,test,k1,system,,,opening,EUR,-500
{one},2,k1,2026-11-22T12:00:00+00:00,test.moved,a test,test,k1,system,,Ana,credit,EUR,500
{two},1,k2,2026-11-22T12:00:00+00:00,test.moved,a test,test,k2,system,,Ana,credit,EUR,-20
{two},2,k2,2026-11-22T12:00:00+00:00,test.moved,a test,test,k2,system,,,sales,EUR,20
{three},1,k3,2026-11-22T12:00:00+00:00,ledger.reversal,"'=typed, wrongly",test,k2,system,{two},Ana,credit,EUR,20
{three},2,k3,2026-11-22T12:00:00+00:00,ledger.reversal,"'=typed, wrongly",test,k2,system,{two},,sales,EUR,-20
"""


@pytest.mark.parametrize("entries", [1, 2, 5_000])
async def test_every_line_of_the_book_is_written(
    database: Database, entries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "ENTRIES_AT_ONCE", entries)
    async with database.begin() as uow:
        people = await plant(uow, "Ana")
        given = await ledger.post(uow, posting("k1", "- opening EUR -500", "Ana credit EUR +500", people=people))
        spent = await ledger.post(uow, posting("k2", "Ana credit EUR -20", "- sales EUR +20", people=people))
        undone = await ledger.reverse(uow, spent.entry, key="k3", reason="=typed, wrongly")
        await uow.commit()
    file = io.StringIO()
    assert await exporting.export_ledger(database, file) == 6
    assert file.getvalue() == BOOK.format(one=given.entry, two=spent.entry, three=undone.entry)


def test_a_file_comes_to_be_when_it_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}")
    main(["migrate"])
    file = tmp_path / "book.csv"
    assert main(["export", "ledger", str(file)]) == 0
    assert file.read_text() == BOOK.splitlines(keepends=True)[0]
    assert main(["export", "ledger", "-"]) == 0
    assert file.read_text() in capsys.readouterr().out
    assert main(["export", "ledger", str(tmp_path / "none" / "book.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.part"))
    assert main(["verify"]) == 0
    assert "0 accounts, 0 entries, 0 findings" in capsys.readouterr().out
