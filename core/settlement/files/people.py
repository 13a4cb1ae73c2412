"""People of a file as columns, a million in a moment; what is wrong with one of them is found by importing's rules."""

from collections.abc import Callable

import numpy as np
import polars as pl

from core.exchange.rules import fields, people
from core.exchange.rules.findings import Findings
from core.exchange.rules.people_fields import CODE_LENGTH_MAX, KINDS, STATES, Setting
from core.exchange.rules.sheet import LINE, Sheet, mapped, values_of
from core.forest.kernel import Indices
from core.genealogy.rules.verification import circles
from core.people import rules
from core.people.model import COMPANY_CODE, Kind, Status
from core.settlement.cycle.figures import sponsors
from core.settlement.model import NOBODY, PEOPLE, framed

EMAIL = r"""^[^@\s,;<>"]{1,64}@[^@\s.,;<>"]{1,64}(\.[^@\s.,;<>"]{1,20}){1,3}$"""
"""Addresses that need no second look."""
TAIL = 4
DIGITS = r"[0-9]{4}$"
READ = {
    "id": pl.String,
    "above": pl.Int32,
    "joined": pl.Date,
    "kind": pl.String,
    "status": pl.String,
    "country": pl.String,
    "tag": pl.String,
    "rank": pl.String,
}
FILLED = ("id", "name", "joined_on", "country", "language")


def read_people(sheet: Sheet, setting: Setting, findings: Findings) -> pl.DataFrame:
    """Everybody by the day of joining and the code, as `PEOPLE` says; nobody where there are faults."""
    read = _as_columns(sheet, setting)
    if read is None:
        read = _one_by_one(sheet, setting, findings)
    else:
        _tell(read, setting, findings)
        read = _rolled_up(read, findings)
    return _in_places(read)


def _as_columns(sheet: Sheet, setting: Setting) -> pl.DataFrame | None:
    """What the fields mean, with each sponsor's row as `above`; None where anything is a fault."""
    frame = sheet.frame.with_columns(pl.col("country").str.to_uppercase(), pl.col("kind", "status").str.to_lowercase())
    if not _sound(frame, setting):
        return None
    rows = frame.select(pl.col("id").alias("sponsor_id"), pl.int_range(pl.len(), dtype=pl.Int32).alias("above"))
    frame = frame.join(rows, on="sponsor_id", how="left", maintain_order="left")
    if frame.select(((pl.col("sponsor_id") != "") & pl.col("above").is_null()).any()).item():
        return None
    frame = frame.with_columns(pl.col("above").fill_null(NOBODY))
    if any(True for _ in circles(frame["above"].to_numpy().astype(np.int64))):
        return None
    days = {text: fields.day(text) for text in values_of(frame, "joined_on")}
    tags = {text: rules.language_tag(text) for text in values_of(frame, "language")}
    frame = mapped(frame, "joined_on", "joined", days, pl.Date())
    return mapped(frame, "language", "tag", tags, pl.String())


def _sound(frame: pl.DataFrame, setting: Setting) -> bool:
    """Whether each field means something and nobody stands there twice."""
    code = pl.col("id")
    unfit = (code == COMPANY_CODE) | (code.str.len_chars() > CODE_LENGTH_MAX) | code.is_duplicated()
    if frame.select(pl.any_horizontal(pl.col(FILLED) == "", unfit).any()).item():
        return False
    ranks = setting.ranks
    means: dict[str, Callable[[str], object]] = {
        "joined_on": fields.day,
        "country": rules.is_country,
        "language": rules.language_tag,
        "kind": lambda text: not text or text in KINDS,
        "status": lambda text: not text or text in STATES,
        "rank": lambda text: not text or ranks is None or text in ranks,
        "time_zone": lambda text: not text or rules.is_time_zone(text),
    }
    for column, meaning in means.items():
        if not all(meaning(text) for text in values_of(frame, column)):
            return False
    return _reachable(frame)


def _reachable(frame: pl.DataFrame) -> bool:
    """Whether addresses and numbers are some; numbers alike but for their last digits are worked out once."""
    odd = frame.filter((pl.col("email") != "") & ~pl.col("email").str.contains(EMAIL))["email"]
    if not all(rules.email_address(text) for text in odd.to_list()):
        return False
    given = frame.filter(pl.col("phone") != "").select("country", "phone")
    plain = pl.col("phone").str.contains(DIGITS)
    alike = given.filter(plain).with_columns(pl.col("phone").str.head(-TAIL).alias("head"))
    once = alike.unique(["country", "head"], keep="first", maintain_order=True).select("country", "phone")
    numbers = pl.concat([once, given.filter(~plain)])
    return all(rules.phone_e164(phone, country) for country, phone in numbers.iter_rows())


def _tell(read: pl.DataFrame, setting: Setting, findings: Findings) -> None:
    """What importing tells of people who are sound."""
    for tag in read["tag"].unique(maintain_order=True).to_list():
        if not setting.speaks(tag):
            lines = read.filter(pl.col("tag") == tag)[LINE]
            findings.notices("import_language_not_spoken", lines.to_list(), language=tag)
    roots = read.filter(pl.col("above") == NOBODY)[LINE].to_list()
    findings.notices("import_second_root", roots[1:])
    customers = (read["kind"] == Kind.CUSTOMER.value).to_numpy()
    above = read["above"].to_numpy()
    below = (above >= 0) & customers[above]
    findings.notices("import_customer_sponsors", read[LINE].filter(pl.Series(below)).to_list())


def _rolled_up(read: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Whoever stands under somebody who has left goes to the nearest one above who is there."""
    there = np.flatnonzero((read["status"] != Status.TERMINATED.value).to_numpy())
    above = read["above"].to_numpy().copy()
    found = above.copy()
    found[there] = sponsors(above, there)
    findings.notices("import_sponsor_left", read[LINE].filter(pl.Series(found != above)).to_list())
    return read.with_columns(pl.Series("above", found, dtype=pl.Int32))


def _one_by_one(sheet: Sheet, setting: Setting, findings: Findings) -> pl.DataFrame:
    """By importing's own rules, which tell each fault; with the columns that `_in_places` asks for."""
    added = people.draft(sheet, {}, setting, findings).added
    rows = {person.code: row for row, person in enumerate(added)}
    told = [
        (one.code, rows.get(one.sponsor or "", NOBODY), one.joined_on, one.kind or "", one.status or "",
         one.country, one.language, one.career_rank or "")
        for one in added
    ]  # fmt: skip
    return pl.DataFrame(told, schema=READ, orient="row")


def _in_places(read: pl.DataFrame) -> pl.DataFrame:
    """By joining and code, so that the order of the file does not matter; sponsors are places then."""
    ordered = read.with_row_index("row").sort("joined", "id")
    place: Indices = np.empty(read.height + 1, np.int32)
    place[ordered["row"].to_numpy()] = np.arange(read.height, dtype=np.int32)
    place[-1] = NOBODY
    columns = {
        "code": ordered["id"],
        "sponsor": place[ordered["above"].to_numpy()],
        "joined_on": ordered["joined"],
        "kind": ordered["kind"].replace("", Kind.DISTRIBUTOR.value),
        "status": ordered["status"].replace("", Status.ACTIVE.value),
        "country": ordered["country"],
        "language": ordered["tag"],
        "career_rank": ordered["rank"].replace("", None),
    }
    return framed(PEOPLE, columns)
