"""How close am I?"""

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions
from core.http.model import Finished
from core.http.routes import Routes
from core.live.answers import Answers
from core.live.service import Live
from core.progress import service
from core.progress.model import Progress, WhatIf

routes = Routes()


@routes.get("/v1/me/progress", needs=Permission.SEE_OWN_FIGURES)
async def my_progress(caller: Caller, answers: Answers, rank: str | None = None) -> Finished[Progress]:
    """How close the caller is to `rank`, or to the next one, in the open cycle.

    Raises:
        RankUnknown: the plan in force has no such rank; the answer names those it has.
    """
    me = caller.me
    return await answers.finished(
        ("progress", me, rank), lambda uow, state: service.progress(uow, state, me, towards=rank), of=me
    )


@routes.post("/v1/me/what-if", needs=Permission.SEE_OWN_FIGURES)
async def what_if(caller: Caller, live: Live, uow: Questions, given: WhatIf) -> Progress:
    """How close the caller would be if she, or people of her line, placed these orders now. Nothing is stored.

    Raises:
        PersonUnknown: somebody is not in her line.
        RankUnknown: the plan in force has no such rank.
        VolumeInvalid: a volume is no number above zero.
    """
    return await service.what_if(uow, await live.fresh(), caller.me, given)


@routes.get("/v1/people/{code}/progress", needs=Permission.SEE_FIGURES)
async def progress_of(code: str, live: Live, uow: Questions, rank: str | None = None) -> Progress:
    """How close a person is to `rank`, or to the next one, as she sees it herself.

    Raises:
        PersonUnknown: nobody has this code.
        NotInTree: she was terminated.
        RankUnknown: the plan in force has no such rank.
    """
    return await service.progress_of(uow, await live.fresh(), code, towards=rank)
