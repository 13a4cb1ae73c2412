"""What the next cycle needs of this one: titles, missed cycles, the highest rank ever, balances."""

import csv
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from core.calendar.model import Cycle
from core.calendar.rules import previous
from core.kernel.money import minor_digits, minor_units
from core.plan.model import CalendarSpec
from core.settlement.because import decimal_text
from core.settlement.model import Carried, CarryUnfit
from core.settlement.running import Outcome

RANKS, BALANCES, SUMMARY = "carry_ranks.csv", "carry_balances.csv", "summary.json"


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
    ranks = {
        row["person_id"]: (row["career_rank"] or None, int(row["misses"]), row["highest_rank"] or None)
        for row in _rows(folder / RANKS)
    }
    balances = {
        (row["person_id"], row["currency"]): minor_units(Decimal(row["amount"]), row["currency"])
        for row in _rows(folder / BALANCES)
    }
    return Carried(ranks, balances)


def write(folder: Path, outcome: Outcome) -> None:
    """Beside the results."""
    standings, codes = outcome.standings, [rank.code for rank in outcome.plan.ranks]
    ever = dict(zip(standings.place.tolist(), standings.network.ever.tolist(), strict=True))
    ranks = []
    for place, member in enumerate(outcome.company.members):
        fixed, highest = standings.recorded.get(place), ever.get(place, 0)
        if fixed or highest:
            title, misses = (fixed.career_rank, fixed.misses) if fixed else (None, 0)
            ranks.append((member.code, title or "", misses, codes[highest - 1] if highest else ""))
    _write(folder / RANKS, ("person_id", "career_rank", "misses", "highest_rank"), ranks)
    balances = [
        (one.person, one.currency, decimal_text(one.carried_out, minor_digits(one.currency)))
        for one in outcome.payouts
        if one.carried_out
    ]
    _write(folder / BALANCES, ("person_id", "currency", "amount"), balances)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
