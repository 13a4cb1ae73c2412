"""Checks a call's parameters against the specification and brings them into their declared types."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.sandbox.model import Json, Upload
from bot.sandbox.refusals import Refusal, refuse
from bot.sandbox.spec import Field, Method, Spec

_SCALARS = {"Integer", "Float", "String", "Boolean", "InputFile"}
_ARRAY = "Array of "
_WORDS: dict[str, object] = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}
_NUMBERS: dict[str, tuple[str, Callable[[str], int | float]]] = {
    "Integer": (r"-?\d{1,19}", int),
    "Float": (r"-?\d+(\.\d+)?", float),
}
_NO = object()
_MISSING = {
    "text": "text_empty", "chat_id": "chat_id_empty",
    "photo": "photo_missing", "document": "document_missing", "voice": "voice_missing",
}  # fmt: skip


class Checker:
    """One call's check; `unknown` collects fields that the specification does not name."""

    def __init__(self, spec: Spec, method: Method, uploads: Mapping[str, Upload]) -> None:
        self._spec = spec
        self._method = method
        self._uploads = uploads
        self.unknown: list[str] = []

    def parameters(self, raw: Json) -> Json:
        """The parameters in their types.

        Raises:
            Refusal: one is missing or of a wrong type.
        """
        fields = self._method.fields or ()
        sent = {name: value for name, value in raw.items() if value is not None}
        for upload in self._uploads:  # a file part of the parameter's own name is the parameter
            if any(field.name == upload for field in fields):
                sent.setdefault(upload, f"attach://{upload}")
        checked: Json = {}
        for field in fields:
            where = f"methods.{self._method.name}.{field.name}"
            if field.name not in sent:
                if field.required:
                    raise refuse(_MISSING.get(field.name, "parameter_missing"), field=field.name, where=where)
                continue
            checked[field.name] = self._value(field.kinds, _loosen(sent[field.name], field.kinds), where, loose=True)
        self._note_unknown(f"methods.{self._method.name}", fields, sent)
        return checked

    def _note_unknown(self, where: str, fields: Iterable[Field], sent: Mapping[str, Any]) -> None:
        known = {field.name for field in fields}
        self.unknown += [f"{where}.{name}" for name in sent if name not in known]

    def _value(self, kinds: tuple[str, ...], value: Any, where: str, *, loose: bool = False) -> Any:
        for kind in kinds:
            if kind in _SCALARS and (got := _scalar(kind, value, loose=loose)) is not _NO:
                return got
            if kind.startswith(_ARRAY) and isinstance(value, list):
                return [self._value((kind.removeprefix(_ARRAY),), item, where) for item in value]
        objects = [kind for kind in kinds if kind not in _SCALARS and not kind.startswith(_ARRAY)]
        if objects and isinstance(value, dict):
            return self._object(self._concrete(objects), value, where)
        if isinstance(value, str) and "KeyboardButton" in kinds:
            return {"text": value}  # documented: a simple text button may be a String
        raise refuse("field_wrong_type", field=where.rpartition(".")[2], kinds=" or ".join(kinds), where=where)

    def _concrete(self, kinds: Iterable[str]) -> list[str]:
        return [leaf for kind in kinds for leaf in self._spec.subtypes.get(kind, (kind,))]

    def _object(self, kinds: list[str], value: Json, where: str) -> Json:
        """The object as the first of `kinds` that it satisfies; else the complaint of the nearest one."""
        complaint: Refusal | None = None
        for kind in sorted(kinds, key=lambda kind: -len(value.keys() & {f.name for f in self._fields(kind)})):
            noted = len(self.unknown)
            try:
                return self._members(kind, value)
            except Refusal as refusal:
                del self.unknown[noted:]
                complaint = complaint or refusal
        assert complaint is not None, "a union without members must not reach the check"
        raise complaint

    def _fields(self, kind: str) -> tuple[Field, ...]:
        return self._spec.types.get(kind, ())

    def _members(self, kind: str, value: Json) -> Json:
        checked: Json = {}
        for field in self._fields(kind):
            where = f"types.{kind}.{field.name}"
            if value.get(field.name) is not None:
                checked[field.name] = self._value(field.kinds, value[field.name], where)
            elif field.required:
                raise refuse("field_missing", owner=kind, field=field.name, where=where)
        self._note_unknown(f"types.{kind}", self._fields(kind), value)
        return checked


def _loosen(value: Any, kinds: tuple[str, ...]) -> Any:
    """Arrays and objects arrive as JSON text in form parameters."""
    if not isinstance(value, str) or all(kind in _SCALARS for kind in kinds):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _scalar(kind: str, value: Any, *, loose: bool) -> Any:
    if kind in ("String", "InputFile"):
        return value if isinstance(value, str) else _NO
    if kind == "Boolean":
        spoken = _WORDS.get(value.lower(), _NO) if loose and isinstance(value, str) else _NO
        return value if isinstance(value, bool) else spoken
    pattern, make = _NUMBERS[kind]
    if isinstance(value, str) and re.fullmatch(pattern, value):
        return make(value)
    right = isinstance(value, int if kind == "Integer" else int | float) and not isinstance(value, bool)
    return value if right else _NO
