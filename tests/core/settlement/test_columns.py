"""What is worked out for everybody at once, beside the same for one."""

from dataclasses import replace
from itertools import product

import numpy as np
import polars as pl
import pytest

from core.closing.rules import recorded, recorded_together
from core.kernel.ids import PersonId
from core.plan.model import TitleKeep
from core.plan.reading import check
from core.ranks.model import RecordedRank
from core.settlement.cycle.figures import sponsors
from core.settlement.files.progress import Counting
from core.settlement.lines.numbers import decimal_text
from core.settlement.lines.texts import decimal_texts, money_texts
from tests.core.settlement.offline import HEAD, PERSONAL, ladder

UNITS = [0, 1, -1, 5, -5, 1200, 1250, -1250, 100, -100, 2**63 - 1, 1 - 2**63]


@pytest.mark.parametrize(("decimals", "trimmed"), list(product((0, 1, 2, 4, 18), (False, True))))
def test_decimal_texts_of_many_are_those_of_each(decimals: int, trimmed: bool) -> None:
    found = pl.DataFrame({"units": UNITS}).select(decimal_texts(pl.col("units"), decimals, trimmed=trimmed))
    assert found.to_series().to_list() == [decimal_text(one, decimals, trimmed=trimmed) for one in UNITS]


def test_each_currency_has_its_own_decimals() -> None:
    frame = pl.DataFrame({"units": [1250, 1250, 1250], "code": ["EUR", "JPY", "KWD"]})
    digits = {"EUR": 2, "JPY": 0, "KWD": 3}
    found = frame.select(money_texts(pl.col("units"), pl.col("code"), digits)).to_series()
    assert found.to_list() == ["12.50", "1250", "1.250"]


@pytest.mark.parametrize(
    ("above", "there", "expected"),
    [
        ([-1, 0, 1, 2], [0, 3], [-1, 0]),
        ([-1, 0, 1, 2], [2, 3], [-1, 2]),
        ([-1, 0, 1, 2], [0, 1, 2, 3], [-1, 0, 1, 2]),
        ([3, 0, -1, 2], [0, 1], [-1, 0]),
        ([-1, *range(1_000)], [0, 1_000], [-1, 0]),
    ],
)
def test_whose_sponsor_is_not_there_goes_to_the_nearest_above_who_is(
    above: list[int], there: list[int], expected: list[int]
) -> None:
    assert sponsors(np.array(above, np.int32), np.array(there)).tolist() == expected


def test_titles_of_everybody_are_those_of_each() -> None:
    plan, _ = check(HEAD + PERSONAL + ladder("bronze", "silver", "gold"))
    assert plan is not None
    for keeps in product(TitleKeep, repeat=3):
        ranks = [
            replace(rank, title_keep=keep, title_keep_cycles=2) for rank, keep in zip(plan.ranks, keeps, strict=True)
        ]
        kept = replace(plan, ranks=tuple(ranks))
        cases = np.array(list(product(range(4), range(4), range(3))))
        career, misses = recorded_together(kept, cases[:, 0].astype(np.int8), cases[:, 1].astype(np.int8), cases[:, 2])
        codes = [None, "bronze", "silver", "gold"]
        for (paid, held, missed), title, now in zip(cases.tolist(), career.tolist(), misses.tolist(), strict=True):
            one = PersonId(1)
            before = {one: RecordedRank(one, None, codes[held], missed if held else 0)}
            found = recorded(kept, {one: paid}, {one: codes[held] or ""}, before)
            expected = [RecordedRank(one, codes[paid], codes[title], now)] if paid or title else []
            assert found == expected


def test_counts_are_told_now_and_then() -> None:
    told: list[str] = []
    count = Counting(told.append, seconds=0)
    count("rows of orders.csv", 1_500)
    count("rows of orders.csv", 1_500)
    assert told == ["rows of orders.csv: 1,500", "rows of orders.csv: 3,000"]
    Counting(told.append)("rows of people.csv", 7)
    assert len(told) == 2
