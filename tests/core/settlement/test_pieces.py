"""What is counted in pieces: so much for each, and prizes for every so many."""

from pathlib import Path

import pytest

from core.__main__ import main
from core.kernel.errors import Severity
from core.plan.reading import check
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, WITH_RETURNS, Offline
from tests.core.settlement.test_published_elsewhere import bonus

BASE = HEAD + PERSONAL + ONE_RANK
EACH = 'base = "pieces"\nlevels = ["25 each"]\n'
CASES = 'orders = { products = ["CASE"] }\n'
TICKETS = 'base = "pieces"\nwhen = "true"\npays = "prize"\nprize = "A ticket"\n'
PRODUCTS = "sku,name,price,currency\nCASE,Case,100,USD\nBOOK,Book,10,USD\n"
ORDERED = (
    "o1,b,2026-10-05,CASE,3,100,sale,,,2026-10-05,",
    "o1,b,2026-10-05,BOOK,2,10,sale,,,2026-10-05,",
    "r1,b,2026-10-09,CASE,1,100,return,,,2026-10-09,o1",
)


def company_of(folder: Path, plan: str) -> Offline:
    """b, whom a brought, orders 3 cases and 2 books and sends one case back."""
    company = Offline(folder, BASE + plan, orders=list(ORDERED), products=PRODUCTS, order_columns=WITH_RETURNS)
    company.person("a")
    company.person("b", "a")
    return company


@pytest.mark.parametrize(
    ("returns", "taken"),
    [("", ["-25.00", "-25.00"]), ("[returns]\n", []), ('[returns]\namount = "average_percent"\n', [])],
)
def test_the_documented_table(tmp_path: Path, returns: str, taken: list[str]) -> None:
    """With `[returns]` the line of five pieces is charged a fifth, that of three cases a third."""
    plan = bonus("unilevel", EACH, "all") + bonus("unilevel", EACH + CASES, "cases") + returns
    company = company_of(tmp_path, plan)
    assert company.settle() == 0
    lines = [(row["bonus"], row["base"], row["amount"]) for row in company.awards() if row["base"]]
    assert [one for one in lines if float(one[2]) > 0] == [("all", "5", "125.00"), ("cases", "3", "75.00")]
    assert {code: float(company.earned(code)["a"]) for code in ("all", "cases")} == {"all": 100, "cases": 50}
    assert [amount for _, _, amount in lines if amount in taken] == taken


def test_recomputed_pieces_are_those_that_stay(tmp_path: Path) -> None:
    returns = '[returns]\namount = "recompute"\nvolume_in = "original_period"\n'
    company = company_of(tmp_path, bonus("unilevel", EACH + CASES, "cases") + returns)
    company.orders += [
        "o2,b,2026-10-06,CASE,2,0,sale,0,0,2026-10-06,",  # costs nothing, and one of two comes back
        "r2,b,2026-10-07,CASE,1,0,return,0,0,2026-10-07,o2",
        "o3,b,2026-10-06,CASE,1,0,sale,0,0,2026-10-06,",
        "r3,b,2026-10-07,CASE,1,0,return,0,0,2026-10-07,o3",
    ]
    assert company.settle() == 0
    assert [(row["source_order_id"], row["base"]) for row in company.awards("cases")] == [("o1", "2"), ("o2", "1")]


def test_a_line_tells_its_pieces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = company_of(tmp_path, bonus("unilevel", EACH + CASES, "cases"))
    assert company.settle() == 0
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "a", "--award", "1"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "It counts 3 pieces for this bonus. $25.00 for each is $75.00." in told


AMOUNTS = {"base / 3": ["1"], "base / 2": ["2"], "base": ["4"], "base / 5": [], "1 if base >= 4 else 0": ["1"]}
"""Of four pieces."""


def test_a_ticket_for_every_so_many(tmp_path: Path) -> None:
    plan = (bonus("rule", f'{TICKETS}amount = "{amount}"\n', f"t{place}") for place, amount in enumerate(AMOUNTS))
    company = company_of(tmp_path, "".join(plan))
    assert company.settle() == 0
    found = [[row["amount"] for row in company.awards(f"t{place}")] for place in range(len(AMOUNTS))]
    assert dict(zip(AMOUNTS, found, strict=True)) == AMOUNTS


def test_a_line_tells_that_prizes_are_given_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = company_of(tmp_path, bonus("rule", TICKETS + 'amount = "base / 3"\n', "tickets"))
    assert company.settle() == 0
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "b", "--award", "1"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "what counts for it ÷ 3. What counts for it is 4." in told
    assert "So the line is 1 prize: they are given whole." in told


def test_a_return_takes_the_tickets_of_its_order_back(tmp_path: Path) -> None:
    company = company_of(tmp_path, bonus("rule", TICKETS + 'per = "order"\namount = "base * 2 / 3"\n', "tickets"))
    assert company.settle() == 0
    assert [row["amount"] for row in company.awards("tickets")] == ["3"]
    company.orders[2] = company.orders[2].replace("CASE,1", "CASE,3")
    assert company.settle() == 0
    assert [row["amount"] for row in company.awards("tickets")] == ["3", "-2"]


@pytest.mark.parametrize("words", ["amount = 0.5", 'rate = "5 %"', 'amount = "25 %"'])
def test_prizes_that_cannot_be(words: str) -> None:
    _, problems = check(BASE + bonus("rule", f"{TICKETS}{words}\n"))
    assert [one.code for one in problems if one.severity is Severity.FAULT] in (
        ["plan_value_wrong"],
        ["plan_word_useless"],
    )
