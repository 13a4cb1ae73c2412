import hashlib
import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from core.settlement.files.explaining import read
from core.settlement.model import RunUnreadable
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder

LEVELS = """
[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
levels = ["5 %", "3 %"]
"""
PLAN = HEAD + PERSONAL + ladder("bronze", "silver") + LEVELS


def chain(folder: Path, plan: str = PLAN) -> Offline:
    """c under b under a; each ordered 10.15."""
    company = Offline(folder, plan)
    for person, sponsor in (("a", None), ("b", "a"), ("c", "b")):
        company.person(person, sponsor)
        company.order(person, "10.15")
    return company


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_every_line_tells_its_order_level_base_rate_and_reason(tmp_path: Path) -> None:
    company = chain(tmp_path)
    assert company.settle() == 0
    row = next(row for row in company.awards() if row["source_person_id"] == "c" and row["payee_id"] == "a")
    because = json.loads(row.pop("because"))
    assert row == {
        "payee_id": "a",
        "bonus": "levels",
        "unit": "USD",
        "amount": "0.30",
        "source_person_id": "c",
        "source_order_id": "o00003",
        "level": "2",
        "base": "10.15",
        "rate": "3",
    }
    assert because == {
        "plan": "example 1",
        "kind": "unilevel",
        "order": "o00003",
        "level": 2,
        "rank": "silver",
        "base": "10.15",
        "rate": "3",
        "exact": "0.3045",
        "rounding": "half_up by line",
    }


def test_earnings_are_the_sum_of_award_lines_and_the_residue_is_told(tmp_path: Path) -> None:
    company = chain(tmp_path)
    assert company.settle() == 0
    assert {person: Decimal(row["earned"]) for person, row in company.payouts().items()} == company.earned()
    bonuses = company.summary()["bonuses"]
    assert isinstance(bonuses, list)
    # exactly 0.5075 twice and 0.3045, paid 0.51 twice and 0.30
    assert bonuses[0] | {"payees": 2} == {
        "bonus": "levels", "unit": "USD", "lines": 3, "payees": 2, "amount": "1.32", "residue": "-0.0005",
    }  # fmt: skip


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_its_lines(tmp_path: Path) -> None:
    company = chain(tmp_path)
    assert company.settle(out="first") == 0
    company.people.reverse()
    company.orders.reverse()
    assert company.settle(out="second") == 0
    first, second = digests(tmp_path / "first"), digests(tmp_path / "second")
    fingerprints = first.pop("summary.json"), second.pop("summary.json")
    assert first == second
    assert fingerprints[0] != fingerprints[1]


def test_parquet_holds_the_same_rows_as_csv(tmp_path: Path) -> None:
    company = chain(tmp_path)
    assert company.settle() == company.settle("2026-10", "--format", "parquet", out="columns") == 0
    for name in ("kpis", "ranks", "awards", "payouts"):
        rows = [{word: value or "" for word, value in row.items()} for row in _parquet(tmp_path, name)]
        assert rows == company.rows(name)


def _parquet(folder: Path, name: str) -> list[dict[str, str | None]]:
    return pl.read_parquet(folder / "columns" / f"{name}.parquet").to_dicts()


def test_faults_of_all_files_are_told_at_once_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = chain(tmp_path)
    company.person("d", "nobody")
    company.order("stranger", 1)
    company.order("a", "much")
    (tmp_path / "adjustments.csv").write_text("person_id,amount,currency,reason\na,1.234,USD,too fine\n")
    assert company.settle("2026-10", "--adjustments", str(tmp_path / "adjustments.csv")) == 1
    told = capsys.readouterr().err
    for place in ("people.csv:5:sponsor_id", "orders.csv:5:person_id", "orders.csv:6:cv", "adjustments.csv:2:amount"):
        assert place in told
    assert not (tmp_path / "out").exists()


def test_a_cycle_that_the_calendar_does_not_have_is_refused(tmp_path: Path) -> None:
    assert chain(tmp_path).settle("2026-W41") == 1


PAYOUT = "\n[payout]\nminimum = 1\n"


def test_a_cycle_of_another_calendar_is_refused_with_the_word_that_chooses_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = chain(tmp_path, PLAN + '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n')
    assert company.settle("2026-W41") == 1
    assert "--calendar week" in capsys.readouterr().err
    assert company.settle("2026-Q4", "--calendar", "week") == 1
    assert "2026-W41" in capsys.readouterr().err


def test_less_than_the_minimum_is_carried_into_the_next_cycle(tmp_path: Path) -> None:
    company = chain(tmp_path, PLAN + PAYOUT)
    assert company.settle(out="october") == 0
    assert {person: row["carried_out"] for person, row in company.payouts("october").items()} == {
        "a": "0.81",
        "b": "0.51",
    }
    company.order("c", "10.15", on="2026-11-02")
    assert company.settle("2026-11", "--carry", str(tmp_path / "october"), out="november") == 0
    b, a = company.payouts("november")["b"], company.payouts("november")["a"]
    assert (b["carried_in"], b["earned"], b["paid"], b["carried_out"]) == ("0.51", "0.51", "1.02", "0.00")
    assert (a["carried_in"], a["earned"], a["paid"], a["carried_out"]) == ("0.81", "0.30", "1.11", "0.00")


def test_titles_and_missed_cycles_are_carried_over(tmp_path: Path) -> None:
    kept = ladder("bronze", "silver").replace(
        'name = "silver"\n', 'name = "silver"\ntitle = "cycles"\ntitle_cycles = 2\n'
    )
    company = Offline(tmp_path, HEAD + PERSONAL + kept)
    company.person("a")
    company.order("a", 10)
    titles = []
    for cycle, before in (("2026-10", None), ("2026-11", "2026-10"), ("2026-12", "2026-11")):
        more = [] if before is None else ["--carry", str(tmp_path / before)]
        assert company.settle(cycle, *more, out=cycle) == 0
        [row] = company.rows("ranks", cycle)
        titles.append((row["paid_rank"], row["career_rank"]))
    assert titles == [("silver", "silver"), ("", "silver"), ("", "bronze")]


def test_only_the_cycle_before_can_be_carried_over(tmp_path: Path) -> None:
    company = chain(tmp_path)
    assert company.settle("2026-08", out="august") == 0
    assert company.settle("2026-10", "--carry", str(tmp_path / "august")) == 1


def test_a_carried_file_that_holds_something_else_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = chain(tmp_path, PLAN + "\n[payout]\nminimum = 100\n")
    assert company.settle("2026-10") == 0
    balances = tmp_path / "out" / "carry_balances.csv"
    for content in ("", "person_id,currency,amount,cycle,waited\na,USD,1.x,2026-10,1\n", "nothing\n1\n"):
        balances.write_text(content, encoding="utf-8")
        assert company.settle("2026-11", "--carry", str(tmp_path / "out"), out="november") == 1
        assert "carry_balances.csv" in capsys.readouterr().err


def test_a_run_that_was_not_written_to_its_end_is_neither_carried_nor_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = chain(tmp_path)
    assert company.settle("2026-10") == 0
    (tmp_path / "out" / "summary.json").unlink()
    assert company.settle("2026-11", "--carry", str(tmp_path / "out"), out="november") == 1
    assert f"{tmp_path / 'out'} holds no settled run." in capsys.readouterr().err
    with pytest.raises(RunUnreadable):
        read(tmp_path / "out", "a")


def test_a_folder_holds_the_results_of_one_run_in_one_format(tmp_path: Path) -> None:
    company = chain(tmp_path)
    assert company.settle() == 0
    assert company.settle("2026-10", "--format", "parquet") == 0
    assert not (tmp_path / "out" / "awards.csv").exists()
    assert pl.read_parquet(tmp_path / "out" / "awards.parquet").height == 3


def test_adjustments_stand_beside_earnings_and_a_debt_is_carried(tmp_path: Path) -> None:
    company = chain(tmp_path)
    text = "person_id,amount,currency,reason\nc,2.50,USD,thanks\nb,-3.00,USD,paid twice\n"
    (tmp_path / "adjustments.csv").write_text(text)
    assert company.settle("2026-10", "--adjustments", str(tmp_path / "adjustments.csv")) == 0
    payouts = company.payouts()
    assert (payouts["c"]["earned"], payouts["c"]["paid"]) == ("0.00", "2.50")
    assert (payouts["b"]["adjustments"], payouts["b"]["paid"], payouts["b"]["carried_out"]) == (
        "-3.00",
        "0.00",
        "-2.49",
    )


def test_a_bonus_is_settled_by_its_own_calendar(tmp_path: Path) -> None:
    calendars = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n'
    weekly = LEVELS + 'calendar = "week"\n'
    company = chain(tmp_path, HEAD + PERSONAL + ONE_RANK + calendars + weekly)
    company.order("b", 100, on="2026-10-12")
    assert company.settle("2026-10") == 0
    assert company.awards() == []
    assert company.settle("2026-W42", "--calendar", "week", out="week") == 0
    assert company.earned(out="week") == {"a": Decimal("5.00")}


def test_who_joins_after_the_cycle_stands_in_nobodys_way(tmp_path: Path) -> None:
    company = Offline(tmp_path, PLAN)
    company.person("a")
    company.person("b", "a", joined="2026-11-01")
    company.person("c", "b")
    company.order("c", 100)
    assert company.settle() == 0
    assert company.earned() == {"a": Decimal("5.00")}
