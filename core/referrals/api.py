"""A person's link, and strangers who come by one."""

from core.access.model import Caller, Permission
from core.db.unit_of_work import UnitOfWork
from core.http.routes import Routes
from core.referrals import service
from core.referrals.model import ByReferral, Invitation, Inviter

routes = Routes()


@routes.get("/v1/me/invitation", needs=Permission.SEE_OWN_FIGURES)
async def my_invitation(uow: UnitOfWork, caller: Caller) -> Invitation:
    """The caller's link, made when she first asks for it, and who came by it.

    Raises:
        AccountClosed: she has left.
    """
    return await service.invitation(uow, caller.me)


@routes.post("/v1/referrals", needs=Permission.LINK_CHAT)
async def came_by(uow: UnitOfWork, caller: Caller, given: ByReferral) -> Inviter:
    """Remember that the calling chat, while it is nobody's, was opened by somebody's link; the first link counts.

    Raises:
        ReferralUnknown: it is no link of ours, or of somebody who has left.
        NotByYourself: it is the caller's own.
    """
    return await service.came_by(uow, caller.own_chat, caller.person, given.start)
