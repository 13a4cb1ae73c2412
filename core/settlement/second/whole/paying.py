"""What is paid out of what was earned, one person and currency at a time.

All that is due is paid, or nothing. With a minimum of 10, a fee of 1.50 below 50, and at most half of what is due kept
to pay back a debt:

| carried in | earned | by hand | due   | paid  | carried out |
| ---------- | ------ | ------- | ----- | ----- | ----------- |
| 0          | 7      | 0       | 7     | 0     | 7           |
| 7          | 5      | 0       | 12    | 10.50 | 0           |
| -30        | 40     | 0       | 20    | 18.50 | -10         |
| 0          | 20     | -25     | -5    | 0     | -5          |

With `credit = "20 %"` the second row's 12 are 2.40 of credit and 8.10, because the fee is taken from the rest. With
`fee = "15 %"` the fee of the 12 is 1.80. Charges of 5 % and 10 % beside the fee of 1.50 take 0.60 and 1.20 of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any

from core.settlement.second.case import Case
from core.settlement.second.plan import number
from core.settlement.second.rounding import rounded
from core.settlement.second.units import CURRENCY, digits
from core.settlement.second.whole.cycle import Done
from core.settlement.second.whole.model import Correction, Paid, Payout, Row, of

Holder = tuple[str, str]
Note = tuple[str, str, int, str, str]


@dataclass
class Balance:
    """What one person has in one currency before anything is paid."""

    earned: int = 0
    charged: int = 0
    """So much of it returns took back: below zero."""
    by_hand: int = 0
    lots: list[Row] = field(default_factory=list)
    """What was carried in."""

    @property
    def carried_in(self) -> int:
        """What earlier cycles left."""
        return sum(int(one["amount_minor"]) for one in self.lots)


def paid(done: Done, corrections: Iterable[Correction], wanted: frozenset[str] | None) -> Paid:
    """What everybody is paid who has anything.

    Args:
        wanted: whose payouts are asked for, by code; None is everybody's.
    """
    case, found = done.case, dict[Holder, Balance]()
    for (person, _, unit, returned), amount in done.sums.items():
        if len(unit) == CURRENCY and not returned:
            found.setdefault((person, unit), Balance()).earned += amount
    for one in corrections:
        if len(one.unit) == CURRENCY and (wanted is None or one.person in wanted):
            balance = found.setdefault((one.person, one.unit), Balance())
            balance.earned += one.amount
            balance.charged += one.amount if one.returned else 0
    notes = list[Note]()
    for row in of(case.inputs.adjustments, wanted).iter_rows(named=True):
        holder = (row["person_id"], row["currency"])
        found.setdefault(holder, Balance()).by_hand += row["amount_minor"]
        notes.append((*holder, row["amount_minor"], "by_hand", row["reason"]))
    for row in of(case.inputs.carried["balances"], wanted).iter_rows(named=True):
        found.setdefault((row["person_id"], row["currency"]), Balance()).lots.append(row)
    return Paying(case, notes).all(found)


def _decimal(percent: Fraction) -> str:
    """A percentage that decimals say exactly, with as few of them as it takes."""
    text = f"{Decimal(percent.numerator) / Decimal(percent.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Paying:
    """The plan's `[payout]` over balances."""

    def __init__(self, case: Case, notes: list[Note]) -> None:
        self.case, self.words = case, case.plan.inner("payout")
        self.currency = self.words.text("currency", case.plan.currency)
        self.notes, self.lots = notes, list[dict[str, Any]]()
        self._limits: dict[str, tuple[int, int, int]] = {}

    @cached_property
    def recovery(self) -> Fraction:
        """So much of what is due may be kept to pay back a debt."""
        words = self.case.plan.inner("returns")
        return words.number("recovery_max", 100) / 100

    @cached_property
    def share(self) -> Fraction:
        """So much of what is due becomes credit."""
        return self.words.number("credit", 0) / 100

    @cached_property
    def charges(self) -> dict[str, Fraction]:
        """Further parts of what is due that are taken off, by code."""
        said = self.words.table.get("charges", {})
        return {code: number(one["rate"] if isinstance(one, dict) else one) for code, one in said.items()}

    @cached_property
    def parted(self) -> bool:
        """Whether the fee is a percentage of what is due."""
        return isinstance(self.words.table.get("fee"), str)

    def all(self, balances: dict[Holder, Balance]) -> Paid:
        """Everybody's payouts."""
        payouts = {holder: self._payout(holder, one) for holder, one in balances.items()}
        return Paid(payouts, self.notes, self.lots)

    def _payout(self, holder: Holder, balance: Balance) -> Payout:
        minimum, fee, free_from = self._limit(holder[1])
        total = balance.earned + balance.carried_in + balance.by_hand
        due = total + self._owed(balance) - self._kept(balance, total, self.case.step(holder[1]))
        if self.parted:
            fee = min(rounded(due * self.words.number("fee") / 100, self.case.mode, self.case.step(holder[1])), due)
        fee = 0 if 0 < free_from <= due else fee
        credit = min(rounded(due * self.share, self.case.mode, self.case.step(holder[1])), due)
        charges = {
            code: min(rounded(due * rate / 100, self.case.mode, self.case.step(holder[1])), due)
            for code, rate in self.charges.items()
        }
        off = fee + sum(charges.values())
        pays = due >= minimum and due > 0 and (off == 0 or due - credit > off)
        if pays and fee:
            reason = (
                f"{self.words.text('fee').rstrip(' %')} %"
                if self.parted
                else f"{self.words.table['fee']} {self.currency}"
            )
            self.notes.append((*holder, -fee, "fee", reason))
        for code, amount in charges.items() if pays else ():
            if amount:
                self.notes.append((*holder, -amount, "charge", f"{code} {_decimal(self.charges[code])} %"))
        settled = due if pays else 0
        expired = self._carry(holder, balance, total - settled)
        return Payout(
            earned=balance.earned,
            carried_in=balance.carried_in,
            adjustments=balance.by_hand - (off if pays else 0) - expired,
            to_credit=credit if pays else 0,
            paid=due - credit - off if pays else 0,
            carried_out=total - settled - expired,
        )

    @staticmethod
    def _owed(balance: Balance) -> int:
        """A debt that was carried in, and what returns take back now."""
        return max(0, -balance.carried_in) - balance.charged

    def _kept(self, balance: Balance, total: int, step: int) -> int:
        """How much of what she would have without the debt pays it back."""
        owed = self._owed(balance)
        gain = total + owed
        return min(owed, floor(gain * self.recovery / step) * step) if owed > 0 and gain > 0 else owed

    def _limit(self, currency: str) -> tuple[int, int, int]:
        """Minimum, fee, and from which payment on there is none, rounded up to what the plan pays."""
        if currency not in self._limits:
            fee = 0 if self.parted else self.words.number("fee")
            named = [self.words.number("minimum"), fee, self.words.number("fee_from")]
            worth = self.case.worth(self.currency, currency) * 10 ** digits(currency) if any(named) else Fraction(1)
            step = self.case.step(currency)
            minimum, fee, free_from = (ceil(one * worth / step) * step for one in named)
            self._limits[currency] = (minimum, fee, free_from)
        return self._limits[currency]

    def _carry(self, holder: Holder, balance: Balance, left: int) -> int:
        """Keep what is left, by the cycle that it was earned in; how much of it waited too long."""
        waits = self.words.whole("expires_after") if self.words.has("expires_after") else None
        expired = 0
        for cycle, waited, amount in self._left(balance, left):
            if waits is not None and amount > 0 and waited > waits:
                self.notes.append((*holder, -amount, "expiry", cycle))
                expired += amount
            elif amount:
                names = ("person_id", "currency", "amount_minor", "cycle", "waited")
                self.lots.append(dict(zip(names, (*holder, amount, cycle, waited), strict=True)))
        return expired

    def _left(self, balance: Balance, left: int) -> Sequence[tuple[str, int, int]]:
        """Cycle, cycles waited and amount; whatever was paid or owed begins anew."""
        moved, now = balance.earned + balance.by_hand, self.case.cycle.code
        piles = left > 0 and balance.carried_in > 0 and left == balance.carried_in + moved
        if not piles:
            return [(now, 1, left)]
        found, debit = [], max(0, -moved)
        for lot in sorted(balance.lots, key=lambda one: -int(one["waited"])):
            less = min(debit, int(lot["amount_minor"]))
            debit -= less
            found.append((str(lot["cycle"]), int(lot["waited"]) + 1, int(lot["amount_minor"]) - less))
        return [*found, (now, 1, max(0, moved))]
