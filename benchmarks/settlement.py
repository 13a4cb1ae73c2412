"""A month of a million people settled: the calculation beside the same written by hand, beside SQL and our own plain
engine; and the month from end to end, beside the quickest loader and a bare insert of the same lines.

The plan is a stairstep by group volume and a compressed unilevel of five levels (`benchmark_month.toml`). What is told
as ours holds all that a run does: figures, ranks, award lines in order with exact amounts, and payouts.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.figures import Figure
from benchmarks.support.month import CYCLE, files, month, plan
from benchmarks.support.month_by_hand import Lines, month_by_hand
from benchmarks.support.month_in_sql import in_duckdb, in_postgresql
from benchmarks.support.shapes import Company, company
from benchmarks.support.timing import cpu_s
from core.calendar.rules import cycle_named
from core.catalog.rules import RateTable
from core.plan.reading import example
from core.settlement.comparing import SAMPLE, compare
from core.settlement.cycle.figures import AlongPlaces, standings
from core.settlement.files.reading import Files, read
from core.settlement.files.timing import silent
from core.settlement.lines.chunks import packed
from core.settlement.model import Carried
from core.settlement.model import Company as Month
from core.settlement.running import Outcome, run

PEOPLE = 1_000_000
PLAIN = 20_000
"""So many people for the plain engine, which looks at every pair."""
BESIDE = {"DuckDB": (1_000_000, 15, in_duckdb), "PostgreSQL": (200_000, 150, in_postgresql)}
INSERTED = 500_000
NONE = RateTable(())


def figures() -> Iterator[Figure]:
    """Measure the calculation, its growth and memory, other engines, and the whole month."""
    whose = company(PEOPLE, 3 * PEOPLE)
    made = month(whose)
    outcome = _settled(made)
    yield Figure("award lines", sum(one.lines.size for one in outcome.settled), "")
    yield from _by_hand(whose, made, outcome)
    yield from _memory(outcome)
    yield from _other_shapes()
    yield from _plain()
    yield from _databases()
    yield from _whole_month(whose)


def _settled(made: Month) -> Outcome:
    return run(made, plan(), NONE, CYCLE, calendar=None, carried=Carried(), timings=silent())


def _by_hand(whose: Company, made: Month, outcome: Outcome) -> Iterator[Figure]:
    hand = month_by_hand(whose)
    wrong = sum(_other(lines, outcome, place) for place, lines in enumerate(hand[:2]))
    yield Figure("award lines that differ from the hand-written pass", wrong, "", at_most=0)
    theirs = cpu_s(lambda: month_by_hand(whose), repeat=3)
    ours = cpu_s(lambda: _settled(made), repeat=3)
    yield Figure("calculation: by hand", theirs * 1000, "ms")
    yield Figure("calculation: ours", ours * 1000, "ms")
    yield Figure("calculation: ours / by hand", ours / theirs, "x", at_most=2)
    tenth = month(company(PEOPLE // 10, 3 * PEOPLE // 10))
    _settled(tenth)
    yield Figure("ten times the people cost", ours / cpu_s(lambda: _settled(tenth), repeat=3), "x", at_most=18)


def _other(hand: Lines, outcome: Outcome, number: int) -> int:
    """How many lines of a bonus are not what they are by hand."""
    settled, place = outcome.settled[number], outcome.standings.place
    lines = settled.lines
    if lines.size != len(hand.payee):
        return abs(lines.size - len(hand.payee))
    rates = np.array([int(rate) for rate in lines.rates], np.int64)[lines.rate]
    pairs = (
        (hand.payee, place[lines.payee]),
        (hand.source, place[lines.source]),
        (hand.order, lines.order),
        (hand.level, lines.level),
        (hand.base, lines.base),
        (hand.rate, rates),
        (hand.amount, settled.amount),
    )
    return int(np.logical_or.reduce([theirs != ours for theirs, ours in pairs]).sum())


def _memory(outcome: Outcome) -> Iterator[Figure]:
    """What is kept for everybody, without orders and award lines."""
    standings, people = outcome.standings, outcome.company.people
    network = standings.network
    numbers = sum(one.nbytes for one in (standings.place, standings.node, standings.misses, network.parent))
    grades = sum(one.nbytes for one in (network.paid, network.career, network.before, network.ever, network.earns))
    kept = people.estimated_size() + numbers + grades
    each = kept / people.height + standings.state.bytes_per_person()
    yield Figure("arrays, a person", each, "bytes", at_most=200)


def _other_shapes() -> Iterator[Figure]:
    """A chain and a star cost what a bush does: nothing walks all the way up for everybody."""
    tenth = PEOPLE // 10
    times = {}
    for shape in ("bush", "chain", "star"):
        whose = month(company(tenth, 3 * tenth, shape=shape))
        lines = sum(one.lines.size for one in _settled(whose).settled)
        times[shape] = cpu_s(partial(_settled, whose), repeat=3) / lines
    for shape in ("chain", "star"):
        yield Figure(f"{tenth:,} people, a line of a {shape} / a line of a bush", times[shape] / times["bush"], "x")


def _plain() -> Iterator[Figure]:
    made = month(company(PLAIN, 3 * PLAIN))
    text, outcomes = example("benchmark_month"), [_settled(made)]
    ours = cpu_s(lambda: outcomes.append(_settled(made)))
    found: list[int] = []
    plain = cpu_s(lambda: found.append(len(compare(outcomes[0], text, NONE, Carried(), whole_up_to=PLAIN))), repeat=1)
    yield Figure(f"our plain engine and the comparison, {PLAIN:,} people", plain, "s CPU")
    yield Figure("our plain engine / ours", plain / ours, "x", at_least=50)
    yield Figure("lines, ranks and figures that it finds otherwise", found[0], "", at_most=0)


def _databases() -> Iterator[Figure]:
    """SQL finds figures and ranks as we do, and all lines, though without reasons, in no order and without payouts."""
    for name, (people, bar, measure) in BESIDE.items():
        made, stated = month(company(people, 3 * people)), plan()
        cycle = cycle_named(stated.calendar, CYCLE)
        outcome, nowhere = _settled(made), AlongPlaces({}, {})
        ranked = cpu_s(partial(standings, made, stated, cycle, stated.bonuses, Carried(), nowhere), repeat=5)
        ours = cpu_s(partial(_settled, made), repeat=3)
        found = measure(made)
        theirs, figures_s = sum(found.seconds.values()), found.seconds["standing"]
        yield Figure(f"{name}, {people:,} people: figures and ranks", figures_s, "s CPU")
        yield Figure(f"ours, {people:,} people: figures and ranks", ranked, "s CPU")
        yield Figure(f"{name} / ours, figures and ranks", figures_s / ranked, "x", at_least=bar)
        yield Figure(f"{name}, {people:,} people: every line too", theirs, "s CPU")
        yield Figure(f"{name} / ours with every line, its reason and payouts", theirs / ours, "x")
        yield Figure(f"figures, ranks and lines that {name} finds otherwise", found.unlike(outcome), "", at_most=0)


def _whole_month(whose: Company) -> Iterator[Figure]:
    """From files to stored lines that a second engine has looked at, in wall-clock seconds of one run."""
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-month-") as name:
        folder = Path(name)
        paths = files(month(whose), folder)
        loader = _spent(lambda: [pl.read_csv(path) for path in paths.values()])
        parts, outcome = _from_files(paths, folder)
        insert = _spent(lambda: _inserted(outcome, folder / "bare.db"))
    bare = loader + parts["calculate"] + insert
    for part, seconds in parts.items():
        yield Figure(f"the whole month: {part}", seconds, "s")
    yield Figure("the quickest loader alone (polars)", loader, "s")
    yield Figure("a bare insert of the same lines (SQLite)", insert, "s")
    yield Figure("the whole month / loader + calculation + insert", sum(parts.values()) / bare, "x", at_most=2)


def _from_files(paths: dict[str, Path], folder: Path) -> tuple[dict[str, float], Outcome]:
    begun = time.perf_counter()
    found = read(Files(paths["people"], paths["products"], paths["orders"]), plan())
    loaded = time.perf_counter()
    assert found.company is not None, "the files have no faults"
    outcome = _settled(found.company)
    calculated = time.perf_counter()
    _stored(outcome, folder / "stored.db")
    stored = time.perf_counter()
    differences = compare(outcome, example("benchmark_month"), NONE, Carried(), sample=SAMPLE)
    assert not differences, differences[0].told
    looked_at = time.perf_counter()
    moments = (begun, loaded, calculated, stored, looked_at)
    names = ("load", "calculate", "store auditable lines", f"second engine, {SAMPLE:,} people")
    return {name: end - start for name, start, end in zip(names, moments, moments[1:], strict=False)}, outcome


def _stored(outcome: Outcome, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE chunk (first INTEGER, last INTEGER, lines INTEGER, body BLOB)")
        for chunk in packed(outcome):
            row = (chunk.first, chunk.last, chunk.lines, chunk.data)
            connection.execute("INSERT INTO chunk VALUES (?, ?, ?, ?)", row)


def _inserted(outcome: Outcome, path: Path) -> None:
    """The same lines as rows of numbers, nothing told of their reasons and nothing indexed."""
    place = outcome.standings.place
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE TABLE line (payee, bonus, source, number, level, base, rate, exact, amount)")
        for number, settled in enumerate(outcome.settled):
            lines = settled.lines
            columns = (place[lines.payee], lines.source, lines.order, lines.level, lines.base, lines.rate, lines.units)
            for start in range(0, lines.size, INSERTED):
                part = [one[start : start + INSERTED].tolist() for one in (*columns, settled.amount)]
                rows = zip(*part, [number] * len(part[0]), strict=True)
                connection.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _spent(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
