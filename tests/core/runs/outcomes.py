"""All that a settled cycle says, to hold one against another."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from core.settlement.files import writing
from core.settlement.lines.columns import LineColumns
from core.settlement.lines.reasons import awards
from core.settlement.model import Carried
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome

CURRENCY_LETTERS = 3
Told = Mapping[str, Any]


def told(outcome: Outcome) -> Told:
    """All that a run says of everybody: lines with their reasons, figures, ranks, payouts, and what it hands on."""
    lines = LineColumns(outcome)
    return {
        "awards": awards(lines.at(0, lines.size)).rows(),
        "kpis": writing.kpis(outcome).rows(),
        "ranks": writing.ranks(outcome).rows(),
        "payouts": writing.payouts(outcome).rows(),
        "notes": outcome.notes.rows(),
        **_carried("", carried_out(outcome), outcome.standings.cycle.code),
    }


def _carried(name: str, carried: Carried, code: str) -> dict[str, Any]:
    """All that is handed on; ranks of cycles of another calendar, which the service knows besides, count nowhere."""
    found: dict[str, Any] = {}
    carried = replace(carried, paid=carried.paid.filter(pl.col("cycle").str.len_chars() == len(code)))
    for part in Carried.__slots__:
        value = getattr(carried, part)
        if isinstance(value, pl.DataFrame):
            found[f"{name}{part}"] = sorted(value.rows(), key=repr)
    for past in carried.past:
        there = f"{name}{past.cycle}."
        found |= {f"{there}orders": past.orders.rows(), f"{there}posted": sorted(past.posted.rows(), key=repr)}
        found |= _carried(there, past.carried, past.cycle)
    return found


def unlike(ours: Told, theirs: Told) -> list[str]:
    """What stands in one and not in the other."""
    return [
        f"{name}: {[one for one in ours.get(name, ()) if one not in theirs.get(name, ())]} against "
        f"{[one for one in theirs.get(name, ()) if one not in ours.get(name, ())]}"
        for name in sorted(ours.keys() | theirs.keys())
        if list(ours.get(name, ())) != list(theirs.get(name, ()))
    ]


def by_lines(outcome: Outcome) -> dict[str, list[int]]:
    """What everybody's lines of money come to, by person and currency."""
    lines = LineColumns(outcome)
    found = lines.at(0, lines.size).filter(pl.col("unit").str.len_chars() == CURRENCY_LETTERS)
    sums = found.group_by("payee_id", "unit").agg(pl.col("amount_minor").sum()).filter(pl.col("amount_minor") != 0)
    return {f"{person} {unit}": [amount] for person, unit, amount in sums.iter_rows()}


def earned(outcome: Outcome) -> dict[str, list[int]]:
    """The same by payouts."""
    rows = outcome.payouts.filter(pl.col("earned") != 0).select("person_id", "currency", "earned").iter_rows()
    return {f"{person} {unit}": [amount] for person, unit, amount in rows}


def figures(outcome: Outcome) -> dict[str, list[tuple[str, int]]]:
    """Ranks and KPIs of a settled cycle as `Both.live` tells them."""
    codes = outcome.company.people["code"].gather(outcome.standings.place).to_list()
    kpis = {kpi.code: outcome.standings.kpi(kpi.code) for kpi in outcome.plan.kpis if kpi.on}
    paid = outcome.standings.network.paid
    return {
        code: [("rank", int(paid[node])), *((kpi, int(everybody[node])) for kpi, everybody in kpis.items())]
        for node, code in enumerate(codes)
    }
