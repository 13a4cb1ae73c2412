"""Placement trees for staff, and a sponsor's own holding tank."""

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.routes import Routes
from core.placement import service
from core.placement.model import (
    Flushed,
    OwnPlacing,
    PlacedPerson,
    PlaceLink,
    PlacementCheck,
    Placing,
    SideChoice,
    TreeKind,
    Waiting,
)

routes = Routes()


@routes.get("/v1/placement/{tree}/waiting", needs=Permission.SEE_PEOPLE)
async def waiting(uow: Questions, tree: TreeKind, after: str = "") -> list[Waiting]:
    """Who has no place in the tree, a hundred at a time by code.

    Raises:
        TreeUnknown: the plan in force has no such tree.
        PlanMissing: no plan is in force.
    """
    return await service.waiting(uow, tree, after=after)


@routes.post("/v1/people/{code}/place", needs=Permission.EDIT_GENEALOGY)
async def place(uow: UnitOfWork, code: str, placing: Placing) -> PlacedPerson:
    """Give somebody a place or another one, with all who stand below her; a preview changes nothing.

    Raises:
        PersonUnknown: nobody has this code, or that of whoever is to stand above.
        NotInTree: she has left.
        PlanMissing, TreeUnknown: the plan in force has no such tree.
        PlaceUnknown, PlaceTaken, AboveUnplaced, PlaceBelowHerself: the place cannot be hers.
        MovesSpent: her place was changed as often as the plan allows.
    """
    return await service.place(uow, code, placing)


@routes.get("/v1/people/{code}/places", needs=Permission.SEE_PEOPLE)
async def places(uow: Questions, code: str) -> list[PlaceLink]:
    """Every place that the person ever had, with who recorded it and why.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await service.places_of(uow, code)


@routes.get("/v1/placement/{tree}/verify", needs=Permission.SEE_PEOPLE)
async def verify(uow: Questions, tree: TreeKind) -> PlacementCheck:
    """All that is wrong with the tree, at once, each finding with its person; none when it is sound.

    Raises:
        PlanMissing, TreeUnknown: the plan in force has no such tree.
    """
    return await service.verify(uow, tree)


@routes.post("/v1/placement/flush", needs=Permission.EDIT_GENEALOGY)
async def flush(uow: UnitOfWork) -> Flushed:
    """Place whoever is due now and waits still, as the service does by itself; a second time places nobody.

    Raises:
        PlanMissing: no plan is in force.
    """
    return Flushed(
        binary=await service.flush(uow, TreeKind.BINARY, again=True),
        matrix=await service.flush(uow, TreeKind.MATRIX, again=True),
    )


@routes.get("/v1/me/waiting/{tree}", needs=Permission.SEE_LINE)
async def my_waiting(caller: Caller, uow: Questions, tree: TreeKind) -> list[Waiting]:
    """Whom the caller has brought and who has no place in the tree yet.

    Raises:
        ChatNotLinked: the chat is nobody's.
        PlanMissing, TreeUnknown: the plan in force has no such tree.
    """
    return await service.waiting(uow, tree, sponsor=caller.me)


@routes.post("/v1/me/waiting/{code}/place", needs=Permission.PLACE_OWN_PEOPLE)
async def place_mine(caller: Caller, uow: UnitOfWork, code: str, placing: OwnPlacing) -> PlacedPerson:
    """Give somebody whom the caller sponsors a place below the caller; a preview changes nothing.

    Raises:
        ChatNotLinked: the chat is nobody's.
        PersonUnknown, NotInTree, NotYourRecruit: she is not the caller's to place.
        PlanMissing, TreeUnknown: the plan in force has no such tree.
        PlaceUnknown, PlaceTaken, AboveUnplaced, PlaceBelowHerself, OutsideYourTree: the place cannot be hers.
        PlacingOver, MovesSpent: the days are over, or her place was changed as often as the plan allows.
    """
    return await service.place_own(uow, caller.me, code, placing)


@routes.put("/v1/me/side", needs=Permission.PLACE_OWN_PEOPLE)
async def my_side(caller: Caller, uow: UnitOfWork, choice: SideChoice) -> SideChoice:
    """Choose the side that the caller's own volume joins, and the flush places her people on.

    Raises:
        ChatNotLinked: the chat is nobody's.
    """
    await service.choose_side(uow, caller.me, choice.side)
    return choice
