"""What a run writes: kpis, ranks, awards, payouts as CSV or Parquet, and a summary. No clock: all is repeatable."""

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from core.bonuses.arrays import Settled
from core.kernel.money import minor_digits
from core.plan.model import Unit
from core.settlement.because import Reasons, decimal_text, exact_text, rate_text
from core.settlement.rules.payouts import HOLDER, MONEY
from core.settlement.running import Outcome
from core.settlement.texts import decimal_texts, money_texts

TEXT = pl.String()
AWARDS = (
    "payee_id", "bonus", "unit", "amount", "source_person_id", "source_order_id", "level", "base", "rate", "because",
)  # fmt: skip
BY_FORMAT = {
    "csv": lambda frame, path: frame.write_csv(path),
    "parquet": lambda frame, path: frame.write_parquet(path, compression="zstd", statistics=False),
}


def write(folder: Path, outcome: Outcome, kind: str, inputs: Mapping[str, Path]) -> None:
    """Write all results.

    Args:
        kind: csv or parquet.
        inputs: the files that were read, by what they are.
    """
    frames = {"kpis": kpis(outcome), "ranks": ranks(outcome), "awards": awards(outcome), "payouts": payouts(outcome)}
    for name, frame in frames.items():
        BY_FORMAT[kind](frame, folder / f"{name}.{kind}")
    told = summary(outcome, frames, inputs)
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (folder / "summary.json").write_text(text, encoding="utf-8")


def _by_place(outcome: Outcome) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Nodes in the order of people."""
    return np.argsort(outcome.standings.place, kind="stable")


def _codes(outcome: Outcome) -> list[str]:
    """Codes by node."""
    codes: list[str] = outcome.company.people["code"].gather(outcome.standings.place).to_list()
    return codes


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
    """Everybody's ranks; an honorary rank is not calculated yet."""
    network, order = outcome.standings.network, _by_place(outcome)
    codes = pl.Series([None, *(rank.code for rank in outcome.plan.ranks)], dtype=TEXT)
    columns = {
        "person_id": outcome.company.people["code"].gather(network.place[order]),
        "paid_rank": codes.gather(network.paid[order]),
        "career_rank": codes.gather(network.career[order]),
        "honorary_rank": pl.repeat(None, len(order), dtype=TEXT, eager=True),
    }
    return pl.DataFrame(columns)


def awards(outcome: Outcome) -> pl.DataFrame:
    """Every line, by payee, then by bonus in the plan's order, then by order or leg and level."""
    empty = pl.DataFrame(schema={"place": pl.Int64(), **dict.fromkeys(AWARDS, TEXT)})
    parts = [empty, *(_bonus(outcome, one) for one in outcome.settled if one.lines.size)]
    return pl.concat(parts).sort("place", maintain_order=True).select(AWARDS)


def _bonus(outcome: Outcome, settled: Settled) -> pl.DataFrame:
    lines, codes, place = settled.lines, _codes(outcome), outcome.standings.place
    order = np.lexsort((lines.level, place[lines.source], lines.order, place[lines.payee])).tolist()
    ids = outcome.company.orders["order_id"].to_list()
    network = outcome.standings.network
    reasons = Reasons(outcome.plan, network, settled, codes.__getitem__, ids.__getitem__)
    rates = [rate_text(rate) for rate in lines.rates]
    rows = [_line(settled, at, codes, ids, rates, reasons, int(place[lines.payee[at]])) for at in order]
    return pl.DataFrame(rows, schema={"place": pl.Int64(), **dict.fromkeys(AWARDS, TEXT)}, orient="row")


def _line(
    settled: Settled, at: int, codes: list[str], ids: list[str], rates: list[str], reasons: Reasons, place: int
) -> tuple[int | str | None, ...]:
    lines, bonus = settled.lines, settled.bonus
    source, order, level, rate = (int(column[at]) for column in (lines.source, lines.order, lines.level, lines.rate))
    return (
        place,
        codes[lines.payee[at]],
        bonus.code,
        settled.unit.code,
        decimal_text(int(settled.amount[at]), settled.unit.digits),
        codes[source] if source >= 0 else None,
        ids[order] if order >= 0 else None,
        str(level) if level > 0 else None,
        decimal_text(int(lines.base[at]), lines.decimals, trimmed=True) if rate >= 0 else None,
        rates[rate] if rate >= 0 else None,
        reasons.of(at),
    )


def payouts(outcome: Outcome) -> pl.DataFrame:
    """Everybody's balance by currency."""
    digits = {code: minor_digits(code) for code in outcome.payouts["currency"].unique().sort()}
    texts = [money_texts(pl.col(name), pl.col("currency"), digits).alias(name) for name in MONEY]
    return outcome.payouts.select(*HOLDER, *texts)


def summary(outcome: Outcome, frames: Mapping[str, pl.DataFrame], inputs: Mapping[str, Path]) -> dict[str, Any]:
    """Counts, totals, the plan and what was read; `residue` is what rounding left to the company, exactly."""
    plan, cycle = outcome.plan, outcome.standings.cycle
    return {
        "plan": plan.code,
        "version": plan.version,
        "calendar": cycle.calendar,
        "cycle": cycle.code,
        "rounding": {"mode": plan.rounding.mode, "by": plan.rounding.by, "residue_to": plan.rounding.residue_to},
        "counts": {
            "people": outcome.company.people.height,
            "in_tree": outcome.standings.network.size,
            "orders": outcome.company.orders.height,
            **{name: frame.height for name, frame in frames.items()},
        },
        "bonuses": [_total(one) for one in outcome.settled],
        "payouts": _paid(outcome),
        "inputs": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in inputs.items()},
    }


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
