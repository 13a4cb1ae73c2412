"""The sponsor tree for staff: enrolment, operations with their previews, history and verification."""

from core.access.model import Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.genealogy import service
from core.genealogy.model import Link, Reinstatement, SponsorChange, Surgery, Termination, Verification
from core.http.model import Created
from core.http.routes import Routes
from core.people.model import NewPerson, Person
from core.plan import service as plans
from core.referrals import service as referrals

routes = Routes()


@routes.post("/v1/people", needs=Permission.EDIT_PEOPLE)
async def enrol(uow: UnitOfWork, new: NewPerson) -> Created[Person]:
    """Enrol a person under her sponsor; the first of all has none.

    Raises:
        CodeTaken: the code names somebody else.
        RootTaken: she has no sponsor, and somebody without one is there already.
        SponsorUnknown, SponsorUnfit: the sponsor does not exist, is terminated, or is a customer while she is none.
        PersonUnknown, NotByYourself: whoever is said to have brought her does not exist, or is she.
        EmailInvalid, PhoneInvalid, SettingInvalid: something cannot be true of a person.
    """
    person = await service.enrol_person(uow, new)
    await referrals.named_by_staff(uow, new.code, new.referred_by)
    return Created(person, f"/v1/people/{new.code}")


@routes.get("/v1/people/{code}/links", needs=Permission.SEE_PEOPLE)
async def links(uow: Questions, code: str) -> list[Link]:
    """Every sponsor that the person ever had, with who recorded it and why.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await service.links_of(uow, code)


@routes.post("/v1/people/{code}/sponsor", needs=Permission.EDIT_GENEALOGY)
async def change_sponsor(uow: UnitOfWork, code: str, change: SponsorChange) -> Surgery:
    """Give a person another sponsor, with or without her personal line; a preview changes nothing.

    Raises:
        PersonUnknown: nobody has this code.
        NotInTree: she is terminated.
        SponsorUnknown, SponsorUnfit: the new sponsor does not exist or cannot sponsor.
        CircleRefused: the new sponsor stands below her and would move with her.
    """
    return await service.change_sponsor(uow, code, change)


@routes.post("/v1/people/{code}/terminate", needs=Permission.EDIT_GENEALOGY)
async def terminate(uow: UnitOfWork, code: str, termination: Termination) -> Surgery:
    """Take a person out of the tree; her personal line goes to her sponsor, or where the plan says; her history stays.

    Raises:
        PersonUnknown: nobody has this code.
        NotInTree: she is terminated already.
    """
    plan = await plans.termination(uow)
    return await service.terminate(uow, code, termination, to_company=plan.line_goes_to == "company")


@routes.post("/v1/people/{code}/reinstate", needs=Permission.EDIT_GENEALOGY)
async def reinstate(uow: UnitOfWork, code: str, back: Reinstatement) -> Surgery:
    """Bring a terminated person back, under her former sponsor or another, with or without her former line.

    Raises:
        PersonUnknown: nobody has this code.
        StillInTree: she is not terminated.
        SponsorUnknown, SponsorUnfit: the named sponsor does not exist or cannot sponsor.
        CircleRefused: the named sponsor belongs to the former line that would come back to her.
    """
    plan = await plans.termination(uow)
    with_line = plan.line_returns if back.with_line is None else back.with_line
    keep_rank = plan.rank_returns if back.keep_rank is None else back.keep_rank
    said = back.model_copy(update={"with_line": with_line, "keep_rank": keep_rank})
    return await service.reinstate(uow, code, said)


@routes.get("/v1/network/verify", needs=Permission.SEE_PEOPLE)
async def verify(uow: Questions) -> Verification:
    """All that is wrong with the network, at once, each finding with its person; none when it is sound."""
    return await service.verify(uow)
