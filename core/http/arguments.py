"""What a handler takes, read from its annotations once and filled for every call."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_type_hints

from aiohttp import web
from multidict import MultiMapping
from pydantic import BaseModel, ValidationError

from core.access.model import Caller
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import BodyMalformed, Fault, MediaTypeWrong, RequestInvalid
from core.http.parameters import Parameter, faults_of, parameter, without_none
from core.http.problems import language_of
from core.http.routes import Route
from i18n.translator import Translator, translator

NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""The character as JSON writes it; after an escaped backslash the same letters are just what somebody typed."""


@dataclass(slots=True)
class Call:
    """One request on its way to a handler."""

    request: web.Request
    caller: Caller
    body: bytes
    uow: UnitOfWork | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The one argument that is the request's body."""

    name: str
    model: type[BaseModel]
    required: bool

    def fill(self, call: Call, values: dict[str, Any], faults: list[Fault]) -> None:
        """Put the model into `values`, or what is wrong with it into `faults`."""
        if not call.body and not self.required:
            values[self.name] = None
            return
        _require_json(call.request)
        _require_utf8(call.body)
        try:
            values[self.name] = self.model.model_validate_json(call.body, strict=True)
        except ValidationError as error:
            if any(fault["type"] == "json_invalid" for fault in error.errors(include_url=False, include_input=False)):
                raise BodyMalformed from error
            faults.extend(faults_of(error, "body"))


@dataclass(frozen=True, slots=True)
class Arguments:
    """All that one handler takes."""

    given: tuple[tuple[str, Callable[[Call], Any]], ...]
    path: tuple[Parameter, ...]
    query: tuple[Parameter, ...]
    body: Body | None
    unit: type[UnitOfWork] | None
    returns: Any

    def give(self, call: Call) -> dict[str, Any]:
        """The arguments that come from us: the caller, the unit of work, parts of the application."""
        return {name: give(call) for name, give in self.given}

    def parse(self, call: Call) -> dict[str, Any]:
        """The arguments that come with the request, read before any transaction begins.

        Raises:
            RequestInvalid: with every fault in path, query and body.
        """
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for one in self.path:
            one.fill(call.request.match_info, values, faults)
        query = call.request.query
        for one in self.query:
            one.fill(query, values, faults)
        if query:
            self._refuse_strangers(query, faults)
        if self.body is not None:
            self.body.fill(call, values, faults)
        if faults:
            raise RequestInvalid(faults)
        return values

    def _refuse_strangers(self, query: MultiMapping[str], faults: list[Fault]) -> None:
        known = [one.name for one in self.query]
        strangers = sorted(set(query) - set(known))
        repeated = [one.name for one in self.query if not one.many and len(query.getall(one.name, ())) > 1]
        faults += [Fault(place=f"query.{name}", code="unknown", expected=_one_of(known)) for name in strangers]
        faults += [Fault(place=f"query.{name}", code="repeated", expected="one value") for name in repeated]


def compile_arguments(route: Route, provided: Mapping[type, Any]) -> Arguments:
    """Read a handler's signature.

    Args:
        provided: what the application gives by type, besides what belongs to a call.
    """
    declared = _declared(route.handler)
    in_path = set(re.findall(r"{(\w+)}", route.path))
    given: list[tuple[str, Callable[[Call], Any]]] = []
    parameters: dict[str, list[Parameter]] = {"path": [], "query": []}
    body: Body | None = None
    unit: type[UnitOfWork] | None = None
    for name, default in declared.defaults.items():
        annotation = declared.hints[name]
        model = _model(annotation)
        if annotation in CALL:
            given.append((name, CALL[annotation]))
            unit = annotation if annotation in (UnitOfWork, Questions) else unit
        elif isinstance(annotation, type) and annotation in provided:
            given.append((name, _constant(provided[annotation])))
        elif model is not None:
            assert body is None and route.changes, f"{route.path}: one body, and not with GET"
            body = Body(name, model, required=default is inspect.Parameter.empty)
        else:
            place = "path" if name in in_path else "query"
            parameters[place].append(_parameter(route.handler, name, place))
    assert {one.name for one in parameters["path"]} == in_path, f"{route.path}: the path names {in_path}"
    return Arguments(tuple(given), tuple(parameters["path"]), tuple(parameters["query"]), body, unit, declared.returns)


@dataclass(frozen=True, slots=True)
class _Declared:
    """What a handler's signature says, by argument."""

    hints: Mapping[str, Any]
    defaults: Mapping[str, Any]
    returns: Any


@cache
def _declared(handler: Callable[..., Any]) -> _Declared:
    """Read once a process, so that a second application with the same handlers is made at once."""
    hints = get_type_hints(handler, include_extras=True)
    returns = hints.pop("return")
    defaults = {name: one.default for name, one in inspect.signature(handler).parameters.items()}
    return _Declared(hints, defaults, returns)


@cache
def _parameter(handler: Callable[..., Any], name: str, place: str) -> Parameter:
    declared = _declared(handler)
    return parameter(name, place, declared.hints[name], declared.defaults[name])


def _unit(call: Call) -> UnitOfWork:
    assert call.uow is not None, "the unit of work is opened before the arguments are filled"
    return call.uow


CALL: dict[Any, Callable[[Call], Any]] = {
    Caller: lambda call: call.caller,
    web.Request: lambda call: call.request,
    bytes: lambda call: call.body,
    UnitOfWork: _unit,
    Questions: _unit,
    Translator: lambda call: translator(language_of(call.request.headers.get("Accept-Language", ""))),
}
"""What belongs to a call, by type; the translator is that of the language the reader likes best."""


def _constant(value: Any) -> Callable[[Call], Any]:
    return lambda _call: value


def _model(annotation: Any) -> type[BaseModel] | None:
    bare = without_none(annotation)
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _one_of(names: list[str]) -> str:
    return f"one of {', '.join(sorted(names))}" if names else "no parameters"


def _require_json(request: web.Request) -> None:
    if request.content_type != "application/json" or (request.charset or "utf-8").lower() not in ("utf-8", "utf8"):
        raise MediaTypeWrong


def _require_utf8(body: bytes) -> None:
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise BodyMalformed from error
    if NUL.search(body):
        raise RequestInvalid([Fault(place="body", code="nul", expected="text without the character NUL")])
