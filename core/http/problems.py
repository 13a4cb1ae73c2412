"""Refusals as RFC 9457 problem+json, with a sentence in the reader's language."""

from http import HTTPStatus

from aiohttp import web
from aiohttp.web_exceptions import HTTPException

from core.db.errors import RETRY_AFTER_S
from core.http.model import (
    BodyTooLarge,
    InternalFault,
    MethodNotAllowed,
    PathUnknown,
    Refusal,
    RequestInvalid,
)
from core.kernel.errors import DomainError
from i18n.errors import sentence
from i18n.languages import SOURCE
from i18n.negotiation import spoken
from i18n.translator import translator

MEDIA_TYPE = "application/problem+json"
LONGEST_HEADER = 500


def problem(request: web.Request, error: DomainError, request_id: str) -> web.Response:
    """The response that tells of `error`."""
    language = language_of(request.headers.get("Accept-Language", ""))
    refusal = Refusal(
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        code=error.code,
        detail=sentence(error.code, error.facts, translator(language)),
        facts=dict(error.facts),
        errors=tuple(error.faults) if isinstance(error, RequestInvalid) else (),
        request_id=request_id,
    )
    headers = {"Content-Language": language} | _headers(error)
    return web.Response(
        status=error.status, body=refusal.model_dump_json().encode(), content_type=MEDIA_TYPE, headers=headers
    )


def in_our_words(error: HTTPException) -> DomainError:
    """What aiohttp itself refuses, as a refusal of ours."""
    match error:
        case web.HTTPMethodNotAllowed():
            return MethodNotAllowed(allowed=sorted(error.allowed_methods))
        case web.HTTPRequestEntityTooLarge():
            return BodyTooLarge()
        case web.HTTPNotFound():
            return PathUnknown()
        case _:
            return InternalFault()


def language_of(header: str) -> str:
    """The language of ours that the reader likes best; English where we speak none of hers.

    | Accept-Language          | language |
    | ------------------------ | -------- |
    | fr-CA,fr;q=0.9,en;q=0.8  | fr       |
    | tlh, de;q=0.5            | de       |
    |                          | en       |
    """
    wishes = [_wish(part) for part in header[:LONGEST_HEADER].split(",")]
    for tag, quality in sorted(wishes, key=lambda wish: -wish[1]):
        language = spoken(tag)
        if language and quality > 0:
            return language
    return SOURCE


def _wish(part: str) -> tuple[str, float]:
    tag, _, quality = part.partition(";q=")
    try:
        return tag.strip(), float(quality or 1)
    except ValueError:
        return tag.strip(), 0.0


def _headers(error: DomainError) -> dict[str, str]:
    if isinstance(error, MethodNotAllowed):
        allowed = error.facts["allowed"]
        assert isinstance(allowed, list)
        return {"Allow": ", ".join(allowed)}
    if error.status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if error.status == 429:
        minutes = error.facts.get("minutes")
        return {"Retry-After": str(60 * minutes if isinstance(minutes, int) else RETRY_AFTER_S)}
    return {"Retry-After": str(RETRY_AFTER_S)} if error.status == 503 else {}
