"""`[payout]` through the command: fees, what expires, and returns under another version of the plan."""

from pathlib import Path

import pytest

from tests.core.settlement.faults.model import Fault
from tests.core.settlement.offline import HEAD, PERSONAL, WITH_RETURNS, Offline, ladder
from tests.core.settlement.planting import planted

LEVELS = '\n[[bonuses]]\ncode = "levels"\nkind = "unilevel"\nlabel = "Levels"\nlevels = ["10 %"]\n'
RATES = "date,from,to,rate\n2026-01-01,EUR,USD,1.10\n2026-01-01,USD,EUR,0.90\n"


def company(folder: Path, words: str) -> Offline:
    found = Offline(folder, HEAD + PERSONAL + ladder("bronze") + LEVELS + words, order_columns=WITH_RETURNS)
    found.person("a")
    found.person("b", "a")
    return found


def test_a_fee_in_another_currency_is_converted_and_noted(tmp_path: Path) -> None:
    shop = company(tmp_path, '\n[payout]\ncurrency = "EUR"\nfee = 1\nfee_from = 100\nminimum = 5\n')
    shop.sold("b", 100, on="2026-10-05")
    (tmp_path / "rates.csv").write_text(RATES)
    assert shop.settle("2026-10", "--rates", str(tmp_path / "rates.csv")) == 0
    row = shop.payouts()["a"]  # 1 EUR is 1.10 USD
    assert (row["earned"], row["adjustments"], row["paid"], row["carried_out"]) == ("10.00", "-1.10", "8.90", "0.00")
    assert shop.rows("adjustments") == [
        {"person_id": "a", "currency": "USD", "amount": "-1.10", "kind": "fee", "reason": "1 EUR"}
    ]


def test_a_part_of_what_is_paid_becomes_credit_and_only_the_rest_is_paid(tmp_path: Path) -> None:
    shop = company(tmp_path, '\n[payout]\ncredit = "15 %"\nminimum = 10\n')
    shop.sold("b", 123, on="2026-10-05")
    assert shop.settle("2026-10") == 0
    row = shop.payouts()["a"]
    assert (row["earned"], row["to_credit"], row["paid"], row["carried_out"]) == ("12.30", "1.85", "10.45", "0.00")
    assert shop.rows("adjustments") == []


def test_taxes_and_handling_are_a_part_of_what_is_paid(tmp_path: Path) -> None:
    """apexdaily.net, "Repurchase plan": 5 % of tax and 10 % of handling, 15 % in all; an income of 1,000 is ours."""
    shop = company(tmp_path, '\n[payout]\nfee = "15%"\nminimum = 500\n')
    shop.sold("b", 10_000, on="2026-10-05")
    assert shop.settle("2026-10") == 0
    row = shop.payouts()["a"]
    assert (row["earned"], row["adjustments"], row["paid"], row["carried_out"]) == (
        "1000.00",
        "-150.00",
        "850.00",
        "0.00",
    )
    assert [(one["amount"], one["kind"], one["reason"]) for one in shop.rows("adjustments")] == [
        ("-150.00", "fee", "15 %")
    ]


def test_each_charge_is_taken_by_itself(tmp_path: Path) -> None:
    """Of 12.34 that are due 5 % and 10 % are 0.62 and 1.23; with a fee of 1.50 and a fifth as credit 6.52 are paid."""
    words = """
[payout]
fee = 1.5
credit = "20 %"
charges = { tds = "5 %", admin = { label = { en = "Handling", de = "Bearbeitung" }, rate = "10 %" } }
"""
    shop = company(tmp_path, words)
    shop.sold("b", "123.40", on="2026-10-05")
    shop.sold("a", 1, on="2026-10-05")
    assert shop.settle("2026-10") == 0
    row = shop.payouts()["a"]
    assert (row["earned"], row["to_credit"], row["adjustments"], row["paid"]) == ("12.34", "2.47", "-3.35", "6.52")
    assert [(one["amount"], one["kind"], one["reason"]) for one in shop.rows("adjustments")] == [
        ("-1.50", "fee", "1.5 USD"),
        ("-0.62", "charge", "tds 5 %"),
        ("-1.23", "charge", "admin 10 %"),
    ]


def test_charges_that_would_leave_nothing_wait(tmp_path: Path) -> None:
    shop = company(tmp_path, '\n[payout]\nfee = 0.85\n\n[payout.charges]\ntds = "15 %"\n')
    shop.sold("b", 10, on="2026-10-05")
    assert shop.settle("2026-10") == 0
    row = shop.payouts()["a"]
    assert (row["adjustments"], row["paid"], row["carried_out"]) == ("0.00", "0.00", "1.00")


def test_a_part_that_is_not_taken_is_told(tmp_path: Path) -> None:
    shop = company(tmp_path, '\n[payout]\nfee = "15 %"\n')
    shop.sold("b", 100, on="2026-10-05")
    share = 'otherwise(pl.col("fee") + share)'
    with planted(Fault("core/settlement/rules/payouts.py", share, 'otherwise(pl.col("fee"))', shows="")):
        assert shop.settle("2026-10") == 1


def test_without_a_rate_nothing_is_paid_by_a_guess(tmp_path: Path) -> None:
    shop = company(tmp_path, '\n[payout]\ncurrency = "EUR"\nminimum = 5\n')
    shop.sold("b", 100, on="2026-10-05")
    assert shop.settle() == 1
    assert not (tmp_path / "out").exists()


def test_amounts_by_hand_are_of_money_and_name_themselves_where_a_rate_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = company(tmp_path, "\n[payout]\nminimum = 5\n")
    file = tmp_path / "adjustments.csv"
    file.write_text("person_id,amount,currency,reason\na,0.00,USD,nothing\nb,3,XXX,no money\n")
    assert shop.settle("2026-10", "--adjustments", str(file)) == 1
    told = capsys.readouterr().err
    assert "adjustments.csv:2:amount: An amount of 0 changes nothing." in told
    assert "adjustments.csv:3:currency: “XXX” is not a currency." in told
    file.write_text("person_id,amount,currency,reason\na,2,USD,thanks\nb,3,JPY,a lamp\n")
    assert shop.settle("2026-10", "--adjustments", str(file)) == 1
    assert "for b (“a lamp”) is in JPY, and there is no rate from USD to JPY" in capsys.readouterr().err


def test_what_waits_too_long_goes_back_to_the_company_as_a_noted_line(tmp_path: Path) -> None:
    shop = company(tmp_path, "\n[payout]\nminimum = 25\nexpires_after = 2\n")
    shop.sold("b", 100, on="2026-08-05")
    shop.sold("b", 50, on="2026-09-05")
    (tmp_path / "adjustments.csv").write_text("person_id,amount,currency,reason\na,-3.00,USD,paid twice\n")
    assert shop.settle("2026-08", out="8") == 0
    assert shop.settle("2026-09", "--carry", str(tmp_path / "8"), out="9") == 0
    more = ["--adjustments", str(tmp_path / "adjustments.csv")]
    assert shop.settle("2026-10", "--carry", str(tmp_path / "9"), *more, out="10") == 0
    row = shop.payouts("10")["a"]  # the debit takes from what August left
    assert (row["carried_in"], row["adjustments"], row["carried_out"]) == ("15.00", "-10.00", "5.00")
    assert [(one["amount"], one["kind"], one["reason"]) for one in shop.rows("adjustments", "10")] == [
        ("-3.00", "by_hand", "paid twice"),
        ("-7.00", "expiry", "2026-08"),
    ]
    assert shop.rows("carry_balances", "10") == [
        {"person_id": "a", "currency": "USD", "amount": "5.00", "cycle": "2026-09", "waited": "2"}
    ]


def test_a_return_charges_lines_of_a_bonus_that_the_plan_has_no_more(tmp_path: Path) -> None:
    shop = company(tmp_path, "\n[returns]\nwithin_days = 90\n")
    sale = shop.sold("b", 100, on="2026-10-05")
    shop.sold_back(sale, "b", 25, on="2026-11-05")
    assert shop.settle(out="10") == 0
    shop.plan = shop.plan.replace('version = "1"', 'version = "2"').replace('code = "levels"', 'code = "renamed"')
    assert shop.settle("2026-11", "--carry", str(tmp_path / "10"), out="11") == 0
    [row] = shop.awards(out="11")
    assert (row["bonus"], row["payee_id"], row["amount"]) == ("levels", "a", "-2.50")
