"""Parts of a cycle that is settled again: those that wait follow it, those that were due before now are made up for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from core.settlement.second.case import Case
from core.settlement.second.days import Cycle
from core.settlement.second.rounding import rounded
from core.settlement.second.units import digits
from core.settlement.second.whole.model import LATE, Correction
from core.settlement.second.whole.waits import NONE, PART, Key, Row, exact_parts


@dataclass
class Following:
    """What differs between what a cycle left and what it leaves."""

    due: list[Row]
    """What waits for later cycles."""
    parts: list[Row] = field(default_factory=list)
    """What the cycle leaves, as it is now."""
    corrections: list[Correction] = field(default_factory=list)

    def follow(
        self, case: Case, now: Cycle, was: Sequence[Row], leaves: Sequence[Row], among: Iterable[str] | None
    ) -> None:
        """Set `due` and `parts` right.

        Args:
            case: the cycle as it was settled again.
            now: the run's.
            was: what it left, as it was known before.
            leaves: the same as it is known now.
            among: whose parts are looked at; None is everybody's.
        """
        old, new = exact_parts(was), exact_parts(leaves)
        new |= {key: None for key, exact in old.items() if exact is None}
        days = {_key(row): row["due"] for row in [*was, *leaves]}
        self.parts = [_row(key, days[key], exact) for key, exact in new.items()]
        wanted = None if among is None else set(among)
        keys = [key for key in sorted({*old, *new}) if wanted is None or key[1] in wanted]
        keys = [key for key in keys if new.get(key, NONE) is not None]
        past = [key for key in keys if Cycle.named(now.kind, now.zone.key, days[key]).first < now.first]
        more = {key: _of(new, key) - _of(old, key) for key in keys if key not in past}
        more = {key: one for key, one in more.items() if one}
        for whose in dict.fromkeys(key[:4] for key in past):
            sums = [sum((_of(one, key) for key in past if key[:4] == whose), NONE) for one in (old, new)]
            left = self._made_up_for(case, whose, *sums)
            waits = [key for key in [*more, *(_key(row) for row in self.due)] if key[:4] == whose]
            if waits and left:
                last = max(waits, key=lambda key: key[4])
                more[last] = more.get(last, NONE) + left
                days.setdefault(last, next((row["due"] for row in self.due if _key(row) == last), ""))
        self.due = list(self._with(more, days))

    def _made_up_for(self, case: Case, whose: tuple[str, str, str, str], before: Fraction, after: Fraction) -> Fraction:
        """Parts that were due, rounded together; what rounding leaves of their difference."""
        bonus, person, unit, origin = whose
        minor, step = 10 ** digits(unit), case.step(unit)
        was, comes = (rounded(one * minor, case.mode, step) for one in (before, after))
        if comes != was:
            self.corrections.append(Correction(LATE, origin, person, bonus, unit, comes - was))
        return after - before - Fraction(comes - was, minor)

    def _with(self, more: dict[Key, Fraction], days: Mapping[Key, str]) -> Iterator[Row]:
        for row in self.due:
            extra = more.pop(_key(row), NONE)
            yield row | {"exact": str(Fraction(row["exact"]) + extra)} if extra else row
        for key, exact in more.items():
            yield _row(key, days[key], exact)


def _of(parts: Mapping[Key, Fraction | None], key: Key) -> Fraction:
    return parts.get(key) or NONE


def _key(row: Row) -> Key:
    bonus, person, unit, origin, part = (row[name] for name in PART)
    return bonus, person, unit, origin, part


def _row(key: Key, due: str, exact: Fraction | None) -> Row:
    return dict(zip(PART, key, strict=True)) | {"due": due, "exact": None if exact is None else str(exact)}
