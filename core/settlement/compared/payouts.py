"""Payouts, what stands in adjustments, and what was corrected, advanced or charged back."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from core.settlement.compared.difference import Difference, Where, collected, money, of, unlike
from core.settlement.rules.payouts import MONEY
from core.settlement.running import Outcome
from core.settlement.second.whole.model import Correction
from core.settlement.second.whole.run import Whole


def payouts(outcome: Outcome, found: Whole, people: Collection[str] | None) -> Iterator[Difference]:
    """Balances by person and currency, figure by figure."""
    ours = {
        (row["person_id"], f"payout {row['currency']}", name): money(row[name], row["currency"])
        for row in of(outcome.payouts, people).iter_rows(named=True)
        for name in MONEY
    }
    theirs = {
        (person, f"payout {currency}", name): money(getattr(one, name), currency)
        for (person, currency), one in found.paid.payouts.items()
        for name in MONEY
    }
    yield from unlike(ours, theirs)


def notes(outcome: Outcome, found: Whole, people: Collection[str] | None) -> Iterator[Difference]:
    """Corrections by hand, fees, and what expired."""
    columns = ("person_id", "currency", "amount_minor", "kind", "reason")
    yield from unlike(_noted(of(outcome.notes, people).select(columns).iter_rows()), _noted(found.paid.notes))


def _noted(rows: Iterable[tuple[Any, ...]]) -> dict[Where, str]:
    amounts: dict[Where, list[int]] = {}
    units: dict[Where, str] = {}
    for person, currency, amount, kind, reason in rows:
        where = (person, f"adjustment {currency}", f"{kind} {reason}")
        amounts.setdefault(where, []).append(amount)
        units[where] = currency
    return collected(amounts, units)


def corrections(outcome: Outcome, found: Whole, people: Collection[str] | None) -> Iterator[Difference]:
    """Lines about earlier cycles, and advances."""
    ours = (_correction(row) for row in of(outcome.corrections, people).iter_rows(named=True))
    yield from unlike(_corrected(ours), _corrected(_asked(found.corrections, people)))


def _asked(corrections_: Iterable[Correction], people: Collection[str] | None) -> Iterator[Correction]:
    return (one for one in corrections_ if people is None or one.person in people)


def _correction(row: Mapping[str, Any]) -> Correction:
    """A row as the second engine would tell it; a cycle that was settled again names none of its orders."""
    because = json.loads(row["because"])
    cycle = because["corrects"]["cycle"] if "corrects" in because else because["cycle"]
    return Correction(
        because["kind"], cycle, row["person_id"], row["bonus"], row["unit"], row["amount_minor"],
        returned=bool(row["returned"]),
        order="" if "was" in because else row["source_order_id"] or "",
        source=row["source_person_id"] or "", level=int(row["level"] or 0),
    )  # fmt: skip


def _corrected(corrections_: Iterable[Correction]) -> dict[Where, str]:
    amounts: dict[Where, list[int]] = {}
    units: dict[Where, str] = {}
    for one in corrections_:
        words = [one.unit, one.kind, one.cycle, "taken back" if one.returned else ""]
        words += [f"order {one.order}" if one.order else "", f"of {one.source}" if one.source else ""]
        words += [f"level {one.level}" if one.level else ""]
        where = (one.person, one.bonus, ", ".join(word for word in words if word))
        amounts.setdefault(where, []).append(one.amount)
        units[where] = one.unit
    return collected(amounts, units)
