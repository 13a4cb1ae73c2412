"""Canned answers: texts that staff send often, by code and language."""

from core.db.unit_of_work import UnitOfWork
from core.tickets.model import CannedAnswer, CannedAnswerChanged, CannedAnswerUnknown
from core.tickets.store import drafts as store

ENGLISH = "en"


async def canned_answers(uow: UnitOfWork, language: str | None = None) -> list[CannedAnswer]:
    """All of them, or those in one language, by code."""
    return [CannedAnswer(**row) for row in await store.canned(uow, language=language)]


async def keep_canned(uow: UnitOfWork, answer: CannedAnswer) -> CannedAnswer:
    """Add one, or write over the one of this code and language."""
    await store.keep_canned(uow, answer.code, answer.language, answer.text)
    await uow.emit(CannedAnswerChanged(code=answer.code, language=answer.language, is_kept=True))
    return answer


async def drop_canned(uow: UnitOfWork, code: str, language: str) -> None:
    """Forget one.

    Raises:
        CannedAnswerUnknown: there is none of this code in this language.
    """
    if not await store.drop_canned(uow, code, language):
        raise CannedAnswerUnknown(canned=code)
    await uow.emit(CannedAnswerChanged(code=code, language=language, is_kept=False))


async def canned_text(uow: UnitOfWork, code: str, language: str) -> str:
    """The text of a code in a language: that one's, its base's, English, else whatever there is.

    Raises:
        CannedAnswerUnknown: there is none of this code.
    """
    texts = {row["language"]: row["text"] for row in await store.canned(uow, code)}
    if not texts:
        raise CannedAnswerUnknown(canned=code)
    wanted = (language, language.split("-", maxsplit=1)[0], ENGLISH)
    return str(next((texts[one] for one in wanted if one in texts), next(iter(texts.values()))))
