"""What the next cycle needs of this one: titles, missed cycles, the highest rank ever, balances."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl

from core.calendar.model import Cycle
from core.calendar.rules import previous
from core.kernel.money import minor_digits, minor_units
from core.plan.model import CalendarSpec
from core.settlement.because import decimal_text
from core.settlement.model import BALANCES, RANKS, Carried, CarryUnfit, framed
from core.settlement.running import Outcome

RANKS_FILE, BALANCES_FILE, SUMMARY = "carry_ranks.csv", "carry_balances.csv", "summary.json"
TEXT = pl.String()


def read(folder: Path, calendar: CalendarSpec, cycle: Cycle) -> Carried:
    """What the cycle before left in its output.

    Raises:
        CarryUnfit: it is the output of another cycle.
        OSError: it has no such files.
    """
    summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    expected = previous(calendar, cycle).code
    if (summary["calendar"], summary["cycle"]) != (calendar.code, expected):
        raise CarryUnfit(found=f"{summary['calendar']} {summary['cycle']}", expected=f"{calendar.code} {expected}")
    ranks = _rows(folder / RANKS_FILE, RANKS)
    balances = _rows(folder / BALANCES_FILE, {"person_id": TEXT, "currency": TEXT, "amount": TEXT})
    amounts = [
        minor_units(Decimal(amount), currency) for currency, amount in balances.select("currency", "amount").iter_rows()
    ]
    columns = {**balances.select("person_id", "currency").to_dict(), "amount_minor": amounts}
    return Carried(ranks.unique("person_id", keep="last", maintain_order=True), framed(BALANCES, columns))


def write(folder: Path, outcome: Outcome) -> None:
    """Beside the results."""
    _ranks(outcome).write_csv(folder / RANKS_FILE)
    due = outcome.payouts.filter(pl.col("carried_out") != 0)
    amounts = [
        decimal_text(amount, minor_digits(currency))
        for currency, amount in due.select("currency", "carried_out").iter_rows()
    ]
    due.select("person_id", "currency", pl.Series("amount", amounts, dtype=TEXT)).write_csv(folder / BALANCES_FILE)


def _ranks(outcome: Outcome) -> pl.DataFrame:
    """Whoever holds a rank or a title, or held one ever."""
    network, misses = outcome.standings.network, outcome.standings.misses
    order = np.argsort(network.place, kind="stable")
    order = order[network.ever[order] > 0]
    held = (network.paid > 0) | (network.career > 0)
    codes = pl.Series([None, *(rank.code for rank in outcome.plan.ranks)], dtype=TEXT)
    columns = {
        "person_id": outcome.company.people["code"].gather(network.place[order]),
        "career_rank": codes.gather(network.career[order]),
        "misses": np.where(held, misses, 0)[order],
        "highest_rank": codes.gather(network.ever[order]),
    }
    return framed(RANKS, columns)


def _rows(path: Path, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """A file that `write` wrote; an empty field is null."""
    return pl.read_csv(path, columns=list(schema), schema_overrides=dict(schema))
