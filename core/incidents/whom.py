"""Whom an incident concerns, worked out from what staff said: a run, a line, or a list of codes."""

from core.db.unit_of_work import UnitOfWork
from core.genealogy import service as genealogy
from core.incidents.model import Concerned, IncidentPeopleUnknown
from core.kernel.ids import PersonId
from core.people import service as people
from core.runs import service as runs
from core.runs.model import RunUnknown

PAGE = 10_000
NAMED_MAX = 10
"""Of unknown codes so many are told."""


async def require(uow: UnitOfWork, concerned: Concerned) -> None:
    """Go on where everybody who is named is there.

    Raises:
        RunUnknown: there is no released run of this number.
        PersonUnknown: nobody has the code of who stands above the line.
        IncidentPeopleUnknown: nobody has some of the codes of the list.
    """
    if concerned.run is not None and concerned.run not in {one.number for one in await runs.released(uow)}:
        raise RunUnknown(run=str(concerned.run))
    if concerned.below is not None:
        await people.person_id(uow, concerned.below)
    known = await people.ids_of(uow, concerned.people) if concerned.people else {}
    unknown = [code for code in concerned.people if code not in known]
    if unknown:
        raise IncidentPeopleUnknown(people=unknown[:NAMED_MAX])


async def persons(uow: UnitOfWork, concerned: Concerned) -> list[PersonId]:
    """Everybody, by rising number, each once."""
    if concerned.run is not None:
        return await _of_run(uow, concerned.run)
    if concerned.below is not None:
        top = await people.person_id(uow, concerned.below)
        return sorted({top, *await genealogy.downline_ids(uow, top)})
    return sorted((await people.ids_of(uow, concerned.people)).values()) if concerned.people else []


async def _of_run(uow: UnitOfWork, run: int) -> list[PersonId]:
    found: list[PersonId] = []
    page = await runs.payouts(uow, run, limit=PAGE)
    while page:
        found += [one.person for one in page]
        page = await runs.payouts(uow, run, after=(page[-1].person, page[-1].currency), limit=PAGE)
    return list(dict.fromkeys(found))
