"""Volume that waits on the sides of people: from what was carried to lots by node, and back."""

from collections.abc import Iterable

import numpy as np
import polars as pl

from core.bonuses.arrays import Lots, Settled
from core.bonuses.rules.lots import where
from core.calendar.rules import previous
from core.plan.model import Bonus
from core.plan.model.terms import Binary
from core.settlement.cycle.figures import Standings
from core.settlement.lines.texts import decimal_texts
from core.settlement.model import SIDES, VOLUMES, framed

SPONSOR = "sponsor"


def lots_before(
    carried: pl.DataFrame, bonus: Bonus, decimals: int, people: pl.DataFrame, standings: Standings
) -> Lots | None:
    """The lots of a bonus by node, None where there are none; those of people who stand nowhere are gone.

    So are those on a side, or of a leg, that the bonus does not have any more: its plan named another tree then.

    Args:
        carried: as `VOLUMES` says.
        decimals: of the bonus's base.
    """
    places = people.select(pl.col("code").alias("person_id"), pl.int_range(pl.len()).alias("place"))
    rows = carried.filter(pl.col("bonus") == bonus.code).join(places, on="person_id", maintain_order="left")
    if bonus.tree == SPONSOR:
        rows = _on_legs(rows, places)
    else:
        rows = _on_levels(rows) if _by_level(bonus) else _on_sides(rows)
    if rows.is_empty():
        return None
    node = standings.node[rows["place"].to_numpy()].astype(np.int32)
    ages = _ages(rows["cycle"].unique().to_list(), standings)
    lots = Lots(
        node=node,
        side=rows["on"].to_numpy(),
        age=rows["cycle"].replace_strict(ages, return_dtype=pl.Int32).to_numpy(),
        volume=units_of(rows["volume"], decimals).to_numpy(),
        leg=rows["leg"].to_numpy(),
    )
    return where(lots, node >= 0)


def _on_sides(rows: pl.DataFrame) -> pl.DataFrame:
    words = {word: place for place, word in enumerate(SIDES) if word}
    on = pl.col("side").replace_strict(words, default=0, return_dtype=pl.Int32)
    return rows.with_columns(on=on, leg=pl.lit(-1, pl.Int32)).filter(pl.col("on") > 0)


def _on_levels(rows: pl.DataFrame) -> pl.DataFrame:
    """Left and right of a level: "left 3"."""
    parts = rows.select(pl.col("side").str.split_exact(" ", 1)).unnest("side")
    levels = parts["field_1"].cast(pl.Int32, strict=False)
    sides = _on_sides(rows.with_columns(parts["field_0"].alias("side"), levels.alias("level")))
    return sides.drop("leg").rename({"level": "leg"}).filter(pl.col("leg").is_not_null())


def _by_level(bonus: Bonus) -> bool:
    return isinstance(bonus.terms, Binary) and bonus.terms.pay == "levels"


def _on_legs(rows: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """By the place of whoever heads the leg; on which side that is shows when all is there."""
    heads = places.select(pl.col("person_id").alias("side"), pl.col("place").cast(pl.Int32).alias("leg"))
    found = rows.join(heads, on="side", maintain_order="left")
    return found.with_columns(on=pl.lit(0, pl.Int32))


def _ages(cycles: Iterable[str], standings: Standings) -> dict[str, int]:
    """How many cycles ago each was."""
    wanted, cycle, age = set(cycles), standings.cycle, 0
    found: dict[str, int] = {}
    while wanted - found.keys():
        cycle, age = previous(standings.plan.calendar, cycle), age + 1
        found[cycle.code] = age
    return found


def units_of(texts: pl.Series, decimals: int) -> pl.Series:
    """Decimal texts of at most so many decimals as whole units: -12.5 at 4 is -125000.

    | text  | decimals | units   |
    | ----- | -------- | ------- |
    | 12.5  | 4        | 125000  |
    | -0.05 | 2        | -5      |
    | 7     | 0        | 7       |
    """
    parts = texts.str.strip_chars_start("-").str.split_exact(".", 1).struct.unnest()
    digits = parts["field_1"].fill_null("").str.pad_end(decimals, "0")
    size = (parts["field_0"] + digits).cast(pl.Int64)
    return pl.select(pl.when(texts.str.starts_with("-")).then(-size).otherwise(size)).to_series()


def lots_after(
    carried: pl.DataFrame, settled: Iterable[Settled], people: pl.DataFrame, standings: Standings
) -> pl.DataFrame:
    """What waits for the next cycle, of the bonuses that were calculated; of others what waited before."""
    parts, calculated = [framed(VOLUMES, {})], []
    for one in settled:
        if one.bonus.kind == "binary":
            calculated.append(one.bonus.code)
            if one.after.lots is not None:
                parts.append(_rows(one.bonus, one.after.lots, one.lines.decimals, people, standings))
    kept = carried.filter(~pl.col("bonus").is_in(calculated))
    return pl.concat([kept, *parts])


def _rows(bonus: Bonus, lots: Lots, decimals: int, people: pl.DataFrame, standings: Standings) -> pl.DataFrame:
    """By place, then leg or side, then the oldest first."""
    place = standings.place[lots.node]
    order = np.lexsort((-lots.age, lots.side, lots.leg, place))
    cycle, codes = standings.cycle, []
    for _ in range(int(lots.age.max(initial=0)) + 1):
        codes.append(cycle.code)
        cycle = previous(standings.plan.calendar, cycle)
    volume = pl.DataFrame({"units": lots.volume[order]}).select(decimal_texts(pl.col("units"), decimals, trimmed=True))
    columns = {
        "bonus": pl.repeat(bonus.code, len(order), eager=True),
        "person_id": people["code"].gather(place[order]),
        "side": _sides(bonus, lots, people)[order],
        "cycle": pl.Series(codes, dtype=pl.String).gather(lots.age[order]),
        "volume": volume.to_series(),
    }
    return framed(VOLUMES, columns)


def _sides(bonus: Bonus, lots: Lots, people: pl.DataFrame) -> pl.Series:
    """Left and right; of levels with their number; of legs the codes of their heads."""
    side = pl.Series(SIDES, dtype=pl.String).gather(lots.side)
    if _by_level(bonus):
        return side + " " + pl.Series(lots.leg).cast(pl.String)
    return side.zip_with(pl.Series(lots.leg < 0), people["code"].gather(np.maximum(lots.leg, 0)))
