"""The description of the API as OpenAPI 3.1, made from the same annotations and docstrings that run it."""

import inspect
from collections.abc import Iterable
from http import HTTPStatus
from types import NoneType
from typing import Any, get_args, get_origin

from aiohttp import web
from pydantic import TypeAdapter

from core.access.model import PERSON, Permission
from core.http import idempotency
from core.http.endpoint import Operation
from core.http.model import Created, Finished, Refusal
from core.http.parameters import Parameter
from core.http.problems import MEDIA_TYPE
from core.http.routes import PUBLIC

REFS = "#/components/schemas/{model}"
INTRODUCTION = """\
Services send `Authorization: Bearer <SERVICE_KEY>`, and `X-Chat` with a chat's number where they speak for the person
behind it, or `X-Member` with the messenger's number of a member of staff where they speak for her. Staff send the token
that `python -m core staff add` printed. What changes the world takes an `Idempotency-Key`: the same key with the same
request gives the same answer and changes nothing twice. Lists come in pages; ask for the next one with `cursor`. Every
refusal is `application/problem+json` with a stable `code`, and its `detail` is a sentence in the language of
`Accept-Language`.
"""
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
HEADERS: dict[str, dict[str, Any]] = {
    "X-Chat": {"schema": {"type": "string", "pattern": "^-?[0-9]{1,15}$"}, "description": "The chat that asks."},
    idempotency.HEADER: {
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
        "description": "A word of your own; the request with it is carried out once.",
    },
}


def describe(operations: Iterable[Operation]) -> dict[str, Any]:
    """The whole document."""
    listed = sorted(operations, key=lambda operation: (operation.route.path, operation.route.method))
    adapters = [one for operation in listed for one in _adapters(operation)]
    adapters.append(("refusal", "serialization", TypeAdapter(Refusal)))
    schemas, definitions = TypeAdapter.json_schemas(adapters, ref_template=REFS)
    found: dict[Any, Any] = {key: schema for (key, _mode), schema in schemas.items()}
    paths: dict[str, dict[str, Any]] = {}
    for operation in listed:
        paths.setdefault(operation.route.path, {})[operation.route.method.lower()] = _operation(operation, found)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Upline core", "version": "1", "description": INTRODUCTION},
        "paths": paths,
        "components": {
            "schemas": definitions.get("$defs", {}),
            "securitySchemes": {
                "service": {"type": "http", "scheme": "bearer", "description": "SERVICE_KEY of bot and worker."},
                "staff": {"type": "http", "scheme": "bearer", "description": "A member of staff's own token."},
            },
        },
    }


def room_of(operation: Operation) -> str:
    """The room whose handler it is, by which operations are grouped."""
    return operation.route.handler.__module__.split(".")[:2][-1]


def _adapters(operation: Operation) -> list[tuple[Any, Any, TypeAdapter[Any]]]:
    name = _id(operation)
    arguments = operation.arguments
    adapters: list[tuple[Any, Any, TypeAdapter[Any]]] = [
        ((name, one.place, one.name), "validation", one.adapter) for one in (*arguments.path, *arguments.query)
    ]
    if arguments.body is not None:
        adapters.append(((name, "body"), "validation", TypeAdapter(arguments.body.model)))
    answer = _answer_type(arguments.returns)
    if answer is not None:
        adapters.append(((name, "answer"), "serialization", TypeAdapter(answer)))
    return adapters


def _answer_type(returns: Any) -> Any:
    if get_origin(returns) in (Created, Finished):
        return get_args(returns)[0]
    is_stream = isinstance(returns, type) and issubclass(returns, web.StreamResponse)
    return None if returns in (None, NoneType) or is_stream else returns


def _operation(operation: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    summary, description = _words(operation)
    described: dict[str, Any] = {
        "operationId": _id(operation),
        "tags": [room_of(operation)],
        "summary": summary,
        "description": description,
        "parameters": [*_parameters(operation, schemas), *_headers(operation)],
        "responses": _responses(operation, schemas),
        "security": _security(operation),
    }
    if isinstance(operation.route.needs, Permission):
        described["x-permission"] = operation.route.needs.value
    body = operation.arguments.body
    if body is not None:
        content = {"application/json": {"schema": schemas[_id(operation), "body"]}}
        described["requestBody"] = {"required": body.required, "content": content}
    if operation.route.takes:
        described["requestBody"] = {"required": True, "content": dict.fromkeys(operation.route.takes, FILE)}
    return described


def _id(operation: Operation) -> str:
    return f"{room_of(operation)}_{operation.route.handler.__name__}"


def _words(operation: Operation) -> tuple[str, str]:
    """The docstring's first sentence, and what follows it, `Raises` included: callers want to know."""
    text = inspect.cleandoc(operation.route.handler.__doc__ or operation.route.handler.__name__)
    summary, _, rest = text.partition("\n")
    return summary.rstrip("."), rest.strip()


def _parameters(operation: Operation, schemas: dict[Any, Any]) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "in": one.place, "required": one.required, "schema": _schema(operation, one, schemas)}
        for one in (*operation.arguments.path, *operation.arguments.query)
    ]


def _schema(operation: Operation, parameter: Parameter, schemas: dict[Any, Any]) -> dict[str, Any]:
    schema = schemas[_id(operation), parameter.place, parameter.name]
    return {"type": "array", "items": schema} if parameter.many else schema


def _headers(operation: Operation) -> list[dict[str, Any]]:
    names = []
    if operation.route.needs in PERSON:
        names.append("X-Chat")
    if operation.route.changes:
        names.append(idempotency.HEADER)
    return [{"name": name, "in": "header", "required": False, **HEADERS[name]} for name in names]


def _responses(operation: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    returns = operation.arguments.returns
    refusal = {"description": "A refusal.", "content": {MEDIA_TYPE: {"schema": schemas["refusal"]}}}
    answer = schemas.get((_id(operation), "answer"))
    status = 201 if get_origin(returns) is Created else 200
    if answer is not None:
        done = {"description": HTTPStatus(status).phrase, "content": {"application/json": {"schema": answer}}}
    elif returns in (None, NoneType):
        status, done = 204, {"description": "Done."}
    else:
        done = {"description": "A file.", "content": {"*/*": {}}}
    responses: dict[str, Any] = {str(status): done}
    if operation.route.etag:
        responses["304"] = {"description": "Nothing has changed since the answer with this tag."}
    return {**responses, "default": refusal}


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    if operation.route.needs is PUBLIC:
        return []
    return [{"service": []}, {"staff": []}]
