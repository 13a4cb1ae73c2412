"""Values from path and query: from text to the type that the handler names, or to what is wrong with it."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin

from pydantic import Field, TypeAdapter, ValidationError

from core.http.model import Fault

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
BOOLEANS = {"true": True, "false": False}
NO_NUL = r"^[^\x00]*$"
INT_MAX = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value, or with `many` a list of values, from the path or the query."""

    name: str
    place: str
    required: bool
    default: Any
    many: bool
    adapter: TypeAdapter[Any]
    read: Callable[[str], Any]

    def fill(self, found: Mapping[str, str], values: dict[str, Any], faults: list[Fault]) -> None:
        """Put the value into `values`, or what is wrong with it into `faults`."""
        if self.name not in found:
            if self.required:
                faults.append(Fault(place=f"{self.place}.{self.name}", code="missing", expected="a value"))
            else:
                values[self.name] = self.default
            return
        try:
            values[self.name] = self._value(found)
        except ValueError as error:  # pydantic's ValidationError is one
            faults.extend(faults_of(error, f"{self.place}.{self.name}"))

    def _value(self, found: Mapping[str, str]) -> Any:
        if not self.many:
            return self.read(found[self.name])
        return [self.read(value) for value in found.getall(self.name)]  # type: ignore[attr-defined]  # a MultiDict


def parameter(name: str, place: str, annotation: Any, default: Any) -> Parameter:
    """How a handler's argument is read; `default` is `inspect.Parameter.empty` where there must be a value."""
    bare = without_none(annotation)
    many = get_origin(bare) is list
    kind = bounded(get_args(bare)[0] if many else bare)
    required = default is inspect.Parameter.empty
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    return Parameter(
        name=name,
        place=place,
        required=required,
        default=None if required else default,
        many=many,
        adapter=adapter,
        read=_reader(plain(kind), adapter),
    )


def faults_of(error: ValueError, place: str) -> list[Fault]:
    """What pydantic found, one fault per place, without the values, which may be personal."""
    if not isinstance(error, ValidationError):
        return [Fault(place=place, code="invalid", expected=str(error))]
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return [
        Fault(place=".".join([place, *map(str, one["loc"])]), code=one["type"], expected=one["msg"]) for one in found
    ]


def without_none(annotation: Any) -> Any:
    """`X` of `X | None`; anything else as it is."""
    if get_origin(annotation) in (Union, UnionType):
        others = [one for one in get_args(annotation) if one is not NoneType]
        return others[0] if len(others) == 1 else annotation
    return annotation


def plain(annotation: Any) -> Any:
    """The type under `Annotated` and `NewType`."""
    if get_origin(annotation) is Annotated:
        return plain(get_args(annotation)[0])
    return plain(annotation.__supertype__) if isinstance(annotation, NewType) else annotation


def bounded(annotation: Any) -> Any:
    """Numbers and texts without bounds of their own get those that every database column has."""
    if get_origin(annotation) is Annotated:
        return annotation
    bare = plain(annotation)
    if bare is int:
        return Annotated[int, Field(ge=-INT_MAX, le=INT_MAX)]
    return Annotated[str, Field(pattern=NO_NUL)] if bare is str else annotation


def _reader(kind: Any, adapter: TypeAdapter[Any]) -> Callable[[str], Any]:
    if kind is int:
        return lambda text: adapter.validate_python(_integer(text))
    if kind is bool:
        return _boolean
    if kind is date:
        return _day
    return adapter.validate_python if kind is str else partial(adapter.validate_strings, strict=True)


def _integer(text: str) -> int:
    if not INTEGER.fullmatch(text) or len(text) > 20:
        raise ValueError("a whole number")
    return int(text)


def _day(text: str) -> date:
    """Only what the description promises: pydantic would read a bare number as a moment of 1970."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError("a day such as 2026-11-22")


def _boolean(text: str) -> bool:
    if text not in BOOLEANS:
        raise ValueError("true or false")
    return BOOLEANS[text]
