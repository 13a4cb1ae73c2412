"""Which links change in an operation on the tree, and whose figures change with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.kernel.ids import PersonId


@dataclass(frozen=True, slots=True)
class Change:
    """One person's sponsor before and after; `leaves` and `returns` cross the edge of the tree."""

    person: PersonId
    before: PersonId | None
    after: PersonId | None
    leaves: bool = False
    returns: bool = False


def sponsor_change(
    person: PersonId,
    *,
    before: PersonId | None,
    after: PersonId,
    frontline: Sequence[PersonId],
    with_line: bool,
) -> list[Change]:
    """The links that change when a person gets the sponsor `after`.

    Args:
        frontline: her personal line, which stays with her sponsor of until now unless it moves `with_line`.

    Returns:
        Nothing when the sponsor stays the same.
    """
    if before == after:
        return []
    left_behind = [] if with_line else _roll_up(person, before, frontline)
    return [*left_behind, Change(person, before, after)]


def termination(
    person: PersonId, *, sponsor: PersonId | None, frontline: Sequence[PersonId], heir: PersonId | None
) -> list[Change]:
    """The links that change when a person leaves: her frontline rolls up to her sponsor, or goes to another `heir`.

    | tree before | María leaves nobody behind | after |
    | ----------- | -------------------------- | ----- |
    | María - Juan - Carlos, Yenny | Juan leaves | María - Carlos, Yenny |

    Source: seed 002; `genealogy_close_gap` of the published examples.
    """
    return [*_roll_up(person, heir, frontline), Change(person, sponsor, None, leaves=True)]


def reinstatement(
    person: PersonId,
    *,
    sponsor: PersonId | None,
    former_line: Sequence[PersonId],
    sponsor_of_line: PersonId | None,
) -> list[Change]:
    """The links that change when a person comes back, she first, then those of her former line who come with her."""
    returning = [Change(child, sponsor_of_line, person) for child in former_line]
    return [Change(person, None, sponsor, returns=True), *returning]


def is_circle(person: PersonId, *, sponsor: PersonId, above_sponsor: Sequence[PersonId], with_line: bool) -> bool:
    """Whether `sponsor` would stand below herself; moving without her line, a person may go below one of it."""
    return sponsor == person or (with_line and person in above_sponsor)


def figures_change(uplines: Iterable[tuple[Sequence[PersonId], Sequence[PersonId]]]) -> list[PersonId]:
    """Everybody who stands above a moved person before or after, but not both.

    Args:
        uplines: per moved person those above her before and after, nearest first.
    """
    touched: dict[PersonId, None] = {}
    for before, after in uplines:
        both = set(before) & set(after)
        touched.update(dict.fromkeys(person for person in [*before, *after] if person not in both))
    return list(touched)


def path_after(
    start: PersonId | None,
    paths: Mapping[PersonId | None, Sequence[PersonId]],
    moved: Mapping[PersonId, PersonId | None],
) -> list[PersonId]:
    """The way up from `start`, itself included, once all `moved` stand under their new sponsors.

    Args:
        paths: the way up before, itself included, of `start` and of each new sponsor.
    """
    way: list[PersonId] = []
    node: PersonId | None = start
    while node is not None:
        path, node = paths[node], None
        for person in path:
            way.append(person)
            if person in moved:
                node = moved[person]
                break
    return way


def _roll_up(person: PersonId, sponsor: PersonId | None, frontline: Sequence[PersonId]) -> list[Change]:
    return [Change(child, person, sponsor) for child in frontline]
