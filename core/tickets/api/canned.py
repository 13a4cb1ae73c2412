"""Texts that staff send often."""

from typing import Annotated

from pydantic import Field

from core.access.model import Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.routes import Routes
from core.tickets import service
from core.tickets.model import CannedAnswer, CannedText
from core.tickets.model.wishes import Code, Language

routes = Routes()

CannedCode = Annotated[Code, Field(pattern=r"^[\w.-]+$")]


@routes.get("/v1/canned-answers", needs=Permission.SEE_TICKETS)
async def canned_answers(uow: Questions, language: Language | None = None) -> list[CannedAnswer]:
    """Canned answers by code, of one language or of all."""
    return await service.canned_answers(uow, language)


@routes.put("/v1/canned-answers/{code}/{language}", needs=Permission.ANSWER_TICKETS)
async def keep_canned_answer(uow: UnitOfWork, code: CannedCode, language: Language, canned: CannedText) -> CannedAnswer:
    """Add one, or write over the one of this code and language."""
    return await service.keep_canned(uow, CannedAnswer(code=code, language=language, text=canned.text))


@routes.delete("/v1/canned-answers/{code}/{language}", needs=Permission.ANSWER_TICKETS)
async def drop_canned_answer(uow: UnitOfWork, code: CannedCode, language: Language) -> None:
    """Forget one.

    Raises:
        CannedAnswerUnknown: there is none of this code in this language.
    """
    await service.drop_canned(uow, code, language)
