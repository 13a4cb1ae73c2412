"""What the engine makes of inputs, as parts: award lines, standings, payouts, and what the next cycle needs."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl

from core.forest.layout import NotATree
from core.kernel.money import round_half_up
from core.live.model import TreeBroken
from core.plan.model import Step
from core.runs.asked import asked_parts
from core.runs.inputs import Inputs, carry_files
from core.runs.model import Finding
from core.runs.packing import BY_PLACE, file_part, frame_parts, json_part, place_key, sorted_parts
from core.runs.store.parts import Part
from core.settlement import running
from core.settlement.cycle.counting import without_orders
from core.settlement.files import writing
from core.settlement.lines import chunks
from core.settlement.past import carrying, inactive
from core.settlement.running import Outcome, Timings

AWARDS, STANDINGS, PAYOUTS = "result/awards", "result/standings", "result/payouts"
NOTES, TOTALS = "result/notes", "result/totals"
PLACES = "told/places"
"""Everybody's place by code; not sealed, because it says nothing that the inputs do not."""
CARRY = "carry/"
REACHED = "reached_rank"
"""The rank that somebody's own figures reach; she is paid by a higher one where she keeps that by grace."""


def calculated(found: Inputs) -> Outcome:
    """The engine's answer.

    Raises:
        RateMissing: amounts must be converted and no rate is known.
        TreeBroken: the sponsors make a circle.
    """
    try:
        return _run(found)
    except NotATree as circle:
        raise TreeBroken(people=len(circle.nodes)) from circle


def _run(found: Inputs) -> Outcome:
    plan = found.plan if Step.BONUSES in found.kind.steps else replace(found.plan, bonuses=())
    return running.run(
        found.company,
        plan,
        found.rates,
        found.cycle.code,
        calendar=found.cycle.calendar,
        carried=found.carried,
        timings=Timings({}, lambda _line: None),
        text=found.plan_text,
    )


def result_parts(outcome: Outcome) -> Iterator[Part]:
    """Everything that is kept of an outcome."""
    awards = list(award_parts(outcome))
    yield from awards
    yield from frame_parts(STANDINGS, standings(outcome), BY_PLACE)
    yield from frame_parts(PAYOUTS, outcome.payouts)
    yield from frame_parts(NOTES, outcome.notes)
    yield from asked_parts(outcome)
    yield json_part(TOTALS, totals(outcome, sum(part.rows for part in awards)))
    for name, content in left_by(outcome).items():
        yield file_part(CARRY + name, content)
    people = outcome.company.people.select("code").with_row_index("place")
    yield from sorted_parts(PLACES, people, "code")


def left_by(outcome: Outcome) -> dict[str, bytes]:
    """What the next cycle carries on from, by name of file."""
    cycle = outcome.standings.cycle
    told = {"calendar": cycle.calendar, "cycle": cycle.code, "plan": outcome.plan.code, "version": outcome.plan.version}
    return carry_files(lambda folder: carrying.write(folder, outcome), told)


def award_parts(outcome: Outcome) -> Iterator[Part]:
    """Award lines by payee, keyed by the places of their payees."""
    for position, chunk in enumerate(chunks.packed(outcome)):
        yield Part(AWARDS, position, chunk.lines, chunk.data, place_key(chunk.first), place_key(chunk.last))


def standings(outcome: Outcome) -> pl.DataFrame:
    """Ranks and KPIs of everybody by place; KPIs as whole numbers at their scale, null for who stands in no tree."""
    found = outcome.standings
    ranks = writing.ranks(outcome)
    order = np.argsort(found.place, kind="stable")
    kpis = {f"kpi.{kpi.code}": found.kpi(kpi.code)[order] for kpi in outcome.plan.kpis if kpi.on}
    codes = pl.Series([None, *(rank.code for rank in outcome.plan.ranks)], dtype=pl.String)
    ranks = ranks.with_columns(codes.gather(found.reached[order]).alias(REACHED))
    there = ranks.with_columns(pl.Series(name, values, pl.Int64) for name, values in kpis.items())
    everybody = outcome.company.people.select(pl.col("code").alias("person_id"))
    return everybody.join(there, on="person_id", how="left", maintain_order="left")


def totals(outcome: Outcome, awards: int) -> dict[str, Any]:
    """Counts and sums for the eye, and in minor units what rounding kept from payees, by currency.

    Args:
        awards: how many award lines there are.
    """
    there = outcome.standings.network.size
    counts = {
        "kpis": there * sum(kpi.on for kpi in outcome.plan.kpis),
        "ranks": there,
        "awards": awards,
        "payouts": outcome.payouts.height,
        "adjustments": outcome.notes.height,
    }
    told = writing.summary(outcome, counts, {})
    kept: dict[str, Any] = {
        word: told[word] for word in ("version", "counts", "bonuses", "payouts", "inactive") if word in told
    }
    return {**kept, "residue_minor": residues(outcome)}


def noticed(outcome: Outcome) -> list[Finding]:
    """What the engine says to whoever settles, such as a return of which no sale is known."""
    found = [*without_orders(outcome.given, outcome.standings.cycle), *outcome.notices]
    found += inactive.notice(outcome.plan.activity, outcome.remembered["inactive"])
    return [Finding(code=one.code, severity=one.severity.value, facts=dict(one.facts)) for one in found]


def residues(outcome: Outcome) -> dict[str, int]:
    """What rounding kept from payees (below zero: gave them), rounded once a currency."""
    exact: dict[str, Fraction] = {}
    for one in outcome.settled:
        if one.bonus.pays == "money":
            kept = Fraction(sum(one.lines.units.tolist()), one.lines.denominator) - sum(one.amount.tolist())
            exact[one.unit.code] = exact.get(one.unit.code, Fraction(0)) + kept
    return {currency: round_half_up(kept) for currency, kept in sorted(exact.items())}
