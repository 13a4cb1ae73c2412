"""`python -m core explain`: the lines of one person in a settled folder, and the chain of one of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import polars as pl

from core.catalog.rules import nearest
from core.kernel.errors import DomainError
from core.kernel.money import minor_units
from core.plan.model import Plan
from core.plan.reading import check
from core.settlement.model import SUMMARY, RunUnreadable
from core.settlement.telling.teller import Award, Teller
from core.settlement.telling.words import is_currency, unit_text
from i18n.translator import Translator

PLAN = "plan.toml"
"""The plan's text, kept beside the results that were settled by it."""
NAMES = ("csv", "parquet")


class LineUnknown(DomainError):
    """She has no line of that number. Facts: `number`, `lines` how many she has, `person`."""

    code: ClassVar[str] = "settle_line_unknown"


class PersonNotSettled(DomainError):
    """The folder has nobody of that code. Facts: `person`, `folder`, `nearest` codes that look alike, best first."""

    code: ClassVar[str] = "settle_person_unknown"


@dataclass(frozen=True, slots=True)
class Explained:
    """One person's lines of a settled folder."""

    plan: Plan
    person: str
    awards: tuple[Award, ...]
    """In the order of the file."""

    def listed(self, tr: Translator) -> Iterator[str]:
        """Each line with its number, its bonus and what it pays."""
        labels = {bonus.code: tr.company(bonus.label) for bonus in self.plan.bonuses}
        for number, award in enumerate(self.awards, start=1):
            what, worth = labels.get(award.bonus, award.bonus), unit_text(award.amount, award.unit, self.plan, tr)
            yield f"{number:>5}  {worth:>14}  {what}  {_about(award)}".rstrip()

    def chain(self, number: int, tr: Translator) -> tuple[str, ...]:
        """The sentences of one line.

        Args:
            number: from 1, as listed.

        Raises:
            LineUnknown: she has fewer, or the number is below 1.
        """
        if not 1 <= number <= len(self.awards):
            raise LineUnknown(number=number, lines=len(self.awards), person=self.person)
        teller = Teller(self.plan, tr, name=str, ordered_on=lambda _order: None)
        return teller.told(self.awards[number - 1])


def read(folder: Path, person: str) -> Explained:
    """What a person was awarded.

    Raises:
        RunUnreadable: the folder is not the output of `settle`, or was not written to its end.
        PersonNotSettled: nobody in it has this code.
    """
    path = next((one for name in NAMES if (one := folder / f"awards.{name}").is_file()), None)
    if path is None or not all((folder / name).is_file() for name in (PLAN, SUMMARY)):
        raise RunUnreadable(folder=str(folder))
    plan, _ = check((folder / PLAN).read_text(encoding="utf-8"))
    if plan is None:
        raise RunUnreadable(folder=str(folder))
    frame = _scanned(path).filter(pl.col("payee_id") == person).collect()
    if frame.is_empty():
        _require_known(folder, path.suffix, person)
    return Explained(plan, person, tuple(_award(row) for row in frame.iter_rows(named=True)))


def _scanned(path: Path) -> pl.LazyFrame:
    return pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path, infer_schema=False)


def _require_known(folder: Path, suffix: str, person: str) -> None:
    """That somebody without lines is somebody: in the ranks, or among the payouts for who has left since."""
    paths = [one for name in ("ranks", "payouts") if (one := folder / f"{name}{suffix}").is_file()]
    known = [str(code) for path in paths for code in _scanned(path).select("person_id").collect()["person_id"]]
    if paths and person not in known:
        near = nearest(person, dict.fromkeys(known))
        raise PersonNotSettled(person=person, folder=str(folder), nearest=near)


def _award(row: dict[str, str | None]) -> Award:
    unit, amount = str(row["unit"]), Decimal(str(row["amount"]))
    return Award(
        payee=str(row["payee_id"]),
        bonus=str(row["bonus"]),
        unit=unit,
        amount=minor_units(amount, unit) if is_currency(unit) else int(amount),
        because=json.loads(str(row["because"])),
        source=row["source_person_id"],
    )


def _about(award: Award) -> str:
    """What the line is about, as files name it."""
    because = award.because
    source = next((because[word] for word in ("order", "leg", "of") if word in because), "")
    level = because.get("level")
    return f"{source} · {level}" if source and level is not None else str(source)
