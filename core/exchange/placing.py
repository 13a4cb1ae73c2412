"""Places in people.csv as an import takes them: what is recorded already, and the rows that are to be published."""

from collections.abc import Iterator, Mapping

from core.db.unit_of_work import UnitOfWork
from core.exchange.rules import placing
from core.exchange.rules.findings import Findings
from core.exchange.rules.placing import OWN_SIDE, PARENTS, Placed
from core.exchange.rules.sheet import LINE, Sheet, values_of
from core.placement import service as placement
from core.placement.service import Recorded
from core.plan.model import Plan

COLUMNS = ("position", "tree", "code", "parent_code", "slot", "valid_from")
Row = tuple[int, str, str, str | None, int, int]


def names(sheet: Sheet) -> list[str]:
    """Everybody whom the file names as standing somewhere, or as standing above."""
    found = dict.fromkeys(values_of(sheet.frame, "id"))
    for above, _ in PARENTS.values():
        found |= dict.fromkeys(values_of(sheet.frame, above))
    return [name for name in found if name]


def says(sheet: Sheet) -> bool:
    """Whether the file says anything of places."""
    return any(sheet.frame[column].ne("").any() for column in placing.COLUMNS)


async def setting(uow: UnitOfWork, sheet: Sheet, plan: Plan, known: frozenset[str]) -> tuple[placing.Setting, Recorded]:
    """What the places of a file are read against, and the places that those whom it names have."""
    recorded = await placement.recorded(uow, names(sheet))
    widths = placing.Setting().widths
    if plan.trees.matrix is not None:
        widths = {**widths, "matrix": plan.trees.matrix.width}
    taken = {(tree, parent, slot): code for (tree, parent, slot), code in recorded.holders.items()}
    return placing.Setting(widths=widths, known=known, taken=taken), recorded


def rows(
    sheet: Sheet, placed: Placed, recorded: Recorded, since: Mapping[str, int], now: int, findings: Findings
) -> list[Row]:
    """Places of all who have none yet, and tops for whoever is named above without a place.

    Args:
        since: of new people when their first day began; others stand there from now on.
    """
    found: list[Row] = []
    for tree in PARENTS:
        given = list(_given(sheet, placed, tree, recorded, findings))
        own = {code for code, _, _ in given} | {code for one, code in recorded.places if one == tree}
        tops = dict.fromkeys(parent for _, parent, _ in given if parent not in own)
        wanted = [*((code, None, 0) for code in tops), *given]
        found += [
            (len(found) + at, tree, code, parent, slot, since.get(code, now))
            for at, (code, parent, slot) in enumerate(wanted)
        ]
    sides = zip(sheet.frame["id"], placed.own_side, strict=True)
    chosen = [(code, side) for code, side in sides if side and code not in recorded.choosers]
    return found + [
        (len(found) + at, OWN_SIDE, code, None, side, since.get(code, now)) for at, (code, side) in enumerate(chosen)
    ]


def _given(
    sheet: Sheet, placed: Placed, tree: str, recorded: Recorded, findings: Findings
) -> Iterator[tuple[str, str, int]]:
    """Who is given which place; whoever has another one keeps it, for only operations move people."""
    columns = zip(sheet.frame[LINE], sheet.frame["id"], placed.parent[tree], placed.slot[tree], strict=True)
    for line, code, parent, slot in columns:
        if parent is None:
            continue
        there = recorded.places.get((tree, code))
        if there is None:
            yield code, parent, slot
        elif there != (parent, slot):
            findings.notice("import_kept", line, field=PARENTS[tree][0])
