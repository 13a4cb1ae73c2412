"""What a run writes: kpis, ranks, awards, payouts as CSV or Parquet, and a summary. No clock: all is repeatable."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from core.bonuses.arrays import Settled
from core.forest.kernel import Indices
from core.forest.ordering import in_turn
from core.kernel.money import minor_digits
from core.plan.model import RoundingSpec, Unit
from core.settlement.files.notes import notes
from core.settlement.files.progress import Progress, untold
from core.settlement.lines import reasons
from core.settlement.lines.columns import LineColumns
from core.settlement.lines.numbers import decimal_text, exact_text
from core.settlement.lines.texts import decimal_texts, money_texts
from core.settlement.model import SUMMARY
from core.settlement.past.inactive import numbers
from core.settlement.rules.payouts import HOLDER, MONEY
from core.settlement.running import Outcome

TEXT = pl.String()
BY_FORMAT: Mapping[str, Callable[[pl.DataFrame, Path], None]] = {
    "csv": lambda frame, path: frame.write_csv(path),
    "parquet": lambda frame, path: frame.write_parquet(path, compression="zstd", statistics=False),
}
LINES_AT_ONCE = 500_000
"""So many award lines are told at a time, for their texts are longer than all else."""
COUNTED = ("kpis", "ranks", "awards", "payouts", "adjustments")
"""The files that are written, as the summary counts them."""


def clear(folder: Path) -> None:
    """Take away what an earlier run wrote there, in either format; the summary first, without which it is no result."""
    (folder / SUMMARY).unlink(missing_ok=True)
    for name in COUNTED:
        for kind in BY_FORMAT:
            (folder / f"{name}.{kind}").unlink(missing_ok=True)


def write(folder: Path, outcome: Outcome, kind: str, inputs: Mapping[str, Path], progress: Progress = untold) -> None:
    """Write all results; the summary comes last, so that a folder that has one is whole.

    Args:
        kind: csv or parquet.
        inputs: the files that were read, by what they are.
        progress: told how many further award lines were written.
    """
    frames = {"kpis": kpis(outcome), "ranks": ranks(outcome), "payouts": payouts(outcome)}
    frames |= {"adjustments": notes(outcome)}
    for name, frame in frames.items():
        BY_FORMAT[kind](frame, folder / f"{name}.{kind}")
    lines = LineColumns(outcome)
    _write_awards(lines, folder, kind, progress)
    counts = {name: frame.height for name, frame in frames.items()}
    told = summary(outcome, {**counts, "awards": lines.size}, inputs)
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (folder / SUMMARY).write_text(text, encoding="utf-8")


def _write_awards(lines: LineColumns, folder: Path, kind: str, progress: Progress) -> None:
    """Stretch by stretch; as Parquet they are put together in the end."""
    path, scratch = folder / f"awards.{kind}", folder / "awards.part"
    scratch.mkdir(exist_ok=True)
    starts = range(0, lines.size, LINES_AT_ONCE) or (0,)
    with path.open("wb") as file:
        for start in starts:
            told = reasons.awards(lines.at(start, start + LINES_AT_ONCE))
            if kind == "csv":
                told.write_csv(file, include_header=start == 0)
            else:
                told.write_parquet(scratch / f"{start:020}.parquet", compression="zstd", statistics=False)
            progress("award lines", told.height)
    if kind == "parquet":
        pl.scan_parquet(scratch / "*.parquet").sink_parquet(path, compression="zstd", statistics=False)
    shutil.rmtree(scratch)


def _by_place(outcome: Outcome) -> Indices:
    """Nodes in the order of people."""
    return in_turn([outcome.standings.place])


def kpis(outcome: Outcome) -> pl.DataFrame:
    """Every KPI of everybody in the tree."""
    plan, order = outcome.plan, _by_place(outcome)
    people = outcome.company.people["code"].gather(outcome.standings.place[order])
    parts = []
    for number, kpi in enumerate(one for one in plan.kpis if one.on):
        decimals = plan.volume.scale if kpi.unit is Unit.VOLUME else 0
        values = pl.Series("value", outcome.standings.kpi(kpi.code)[order])
        parts.append(
            people.to_frame("person_id").select(
                pl.int_range(pl.len()).alias("place"),
                pl.lit(number).alias("number"),
                "person_id",
                pl.lit(kpi.code).alias("kpi"),
                decimal_texts(pl.lit(values), decimals, trimmed=True).alias("value"),
            )
        )
    whole = pl.concat(parts).sort("place", "number")
    return whole.select("person_id", "kpi", "value")


def ranks(outcome: Outcome) -> pl.DataFrame:
    """Everybody's ranks, and her package where the plan has packages."""
    network, order = outcome.standings.network, _by_place(outcome)
    codes = pl.Series([None, *(rank.code for rank in outcome.plan.ranks)], dtype=TEXT)
    columns = {
        "person_id": outcome.company.people["code"].gather(network.place[order]),
        "paid_rank": codes.gather(network.paid[order]),
        "career_rank": codes.gather(network.career[order]),
        "honorary_rank": codes.gather(outcome.standings.honorary[order]),
    }
    if outcome.plan.packages:
        kits = pl.Series([None, *(package.code for package in outcome.plan.packages)], dtype=TEXT)
        columns["package"] = kits.gather(network.package[order])
    return pl.DataFrame(columns)


def payouts(outcome: Outcome) -> pl.DataFrame:
    """Everybody's balance by currency."""
    digits = {code: minor_digits(code) for code in outcome.payouts["currency"].unique().sort()}
    texts = [money_texts(pl.col(name), pl.col("currency"), digits).alias(name) for name in MONEY]
    return outcome.payouts.select(*HOLDER, *texts)


def summary(outcome: Outcome, counts: Mapping[str, int], inputs: Mapping[str, Path]) -> dict[str, Any]:
    """Counts, totals, the plan and what was read; `residue` is what rounding left to the company, exactly."""
    plan, cycle = outcome.plan, outcome.standings.cycle
    return {
        "plan": plan.code,
        "version": plan.version,
        "calendar": cycle.calendar,
        "cycle": cycle.code,
        "rounding": _rounding(plan.rounding),
        "counts": {
            "people": outcome.company.people.height,
            "in_tree": outcome.standings.network.size,
            "orders": outcome.company.orders.height,
            **{name: counts[name] for name in COUNTED},
        },
        "bonuses": [_total(one) for one in outcome.settled],
        "payouts": _paid(outcome),
        **({"inactive": told} if (told := numbers(plan.activity, outcome.remembered["inactive"])) else {}),
        "inputs": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in inputs.items()},
    }


def _rounding(said: RoundingSpec) -> dict[str, Any]:
    told: dict[str, Any] = {"mode": said.mode, "by": said.by, "residue_to": said.residue_to}
    return told | ({"unit": {code: f"{one:f}" for code, one in said.unit.items()}} if said.unit else {})


def _total(settled: Settled) -> dict[str, Any]:
    digits, lines = settled.unit.digits, settled.lines
    amount = sum(settled.amount.tolist())
    exact = Fraction(sum(lines.units.tolist()), lines.denominator)
    return {
        "bonus": settled.bonus.code,
        "unit": settled.unit.code,
        "lines": lines.size,
        "payees": len(np.unique(lines.payee)),
        "amount": decimal_text(amount, digits),
        "residue": exact_text((exact - amount) / 10**digits),
    }


def _paid(outcome: Outcome) -> dict[str, dict[str, str]]:
    sums = outcome.payouts.group_by("currency").agg(pl.col(*MONEY).sum()).sort("currency")
    return {
        row["currency"]: {word: decimal_text(row[word], minor_digits(row["currency"])) for word in MONEY}
        for row in sums.iter_rows(named=True)
    }
