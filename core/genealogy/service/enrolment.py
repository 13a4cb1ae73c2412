"""How people come into the tree."""

from datetime import UTC, datetime, time, tzinfo

from core.db.unit_of_work import UnitOfWork
from core.genealogy import store
from core.genealogy.model import RootTaken, SponsorUnfit, SponsorUnknown
from core.kernel.ids import PersonId
from core.people import service as people
from core.people.model import Kind, NewPerson, Person, PersonEnrolled, PersonUnknown, Status

JOINED = "joined"


async def enrol(uow: UnitOfWork, new: NewPerson, *, zone: tzinfo = UTC) -> PersonId:
    """Write a new person and put her under her sponsor, or as a root when she has none.

    Args:
        zone: the company's time zone, in which her first day begins.

    Raises:
        SponsorUnknown: nobody has the sponsor's code.
        SponsorUnfit: the sponsor is terminated, or a customer while she is none.
        CodeTaken, EmailInvalid, PhoneInvalid, SettingInvalid: as `people.service.add`.
    """
    sponsor = None if new.sponsor is None else await fit_sponsor(uow, new.sponsor, new.kind)
    return await _enrol_under(uow, new, sponsor, zone)


async def enrol_person(uow: UnitOfWork, new: NewPerson) -> Person:
    """`enrol` for staff, answering with the person as she is recorded; one without a sponsor is the first of all.

    Where a company node holds several roots together, somebody without a sponsor becomes another one of them.

    Raises:
        RootTaken: she has no sponsor, and somebody without one is there already.
    """
    if new.sponsor is not None:
        return await people.profile(uow, await enrol(uow, new))
    await store.lock_tree(uow)
    node, roots = await people.company_node(uow), await store.roots(uow)
    if node is None and roots:
        raise RootTaken(root=(await people.profile(uow, roots[0])).code)
    return await people.profile(uow, await _enrol_under(uow, new, node, UTC))


async def _enrol_under(uow: UnitOfWork, new: NewPerson, sponsor: PersonId | None, zone: tzinfo) -> PersonId:
    person = await people.add(uow, new)
    first_day = datetime.combine(new.joined_on, time(), zone)
    await store.begin_link(uow, person, sponsor, since=min(first_day, uow.now), reason=JOINED)
    await uow.emit(
        PersonEnrolled(person=person, person_id=person, sponsor_id=sponsor, person_kind=new.kind, status=Status.ACTIVE)
    )
    return person


async def fit_sponsor(uow: UnitOfWork, code: str, kind: Kind) -> PersonId:
    """The number of somebody who can sponsor, held until the transaction ends so that she cannot leave meanwhile.

    Args:
        kind: of whom she is to sponsor: distributors can sponsor everybody, customers the friends who become customers.
    """
    try:
        sponsor = await people.person_id(uow, code, locked=True)
    except PersonUnknown as error:
        raise SponsorUnknown(sponsor=code) from error
    found = await people.profile(uow, sponsor)
    may = found.kind is Kind.DISTRIBUTOR or kind is Kind.CUSTOMER
    if not may or found.status is Status.TERMINATED:
        raise SponsorUnfit(sponsor=code)
    return sponsor
