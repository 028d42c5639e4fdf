"""Whether a file has the form that a pydantic model describes, in words for whoever wrote it."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from wegweiser.engine.errors import Fault
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import Document

__all__ = ["misshapen"]

_WORDS: dict[str, tuple[str, str]] = {
    "missing": ("dieser Eintrag fehlt", "this entry is missing"),
    "string_type": ("hier wird Text erwartet", "text is expected here"),
    "bool_type": ("hier wird true oder false erwartet", "true or false is expected here"),
    "date_type": ("hier wird ein Tag als JJJJ-MM-TT erwartet", "a day as YYYY-MM-DD is expected here"),
    "list_type": ("hier wird eine Liste erwartet", "a list is expected here"),
    "dict_type": ("hier wird eine Zuordnung erwartet", "a mapping is expected here"),
    "model_type": ("hier wird eine Zuordnung erwartet", "a mapping is expected here"),
    "string_too_short": ("der Text fehlt", "the text is missing"),
    "too_short": ("hier fehlen Einträge", "entries are missing here"),
    "string_pattern_mismatch": ("die Schreibweise stimmt nicht", "the spelling is not right"),
}


_TYPES: dict[str, tuple[str, str]] = {
    "string_type": ("Text", "text"),
    "bool_type": ("true oder false", "true or false"),
    "int_type": ("eine Zahl", "a number"),
    "is_instance_of": ("eine Zahl", "a number"),
    "date_type": ("ein Tag", "a day"),
    "list_type": ("eine Liste", "a list"),
    "dict_type": ("eine Zuordnung", "a mapping"),
}
"""The types that an entry with several possible types can have."""


def misshapen(document: Document, model: type[BaseModel]) -> list[Fault]:
    """What is wrong with the form of a file, each with its place and the nearest known key."""
    if not isinstance(document.value, dict):
        empty = Text("die Datei ist leer oder keine Zuordnung", "the file is empty or no mapping")
        return [document.fault((), empty)]
    try:
        model.model_validate(document.value)
    except ValidationError as problem:
        found: dict[tuple[str | int, ...], list[Any]] = {}
        for error in problem.errors(include_url=False):
            found.setdefault(_real_path(document.value, error["loc"]), []).append(error)
        return [document.fault(path, _told(model, errors)) for path, errors in found.items()]
    return []


def _real_path(value: Any, location: tuple[Any, ...]) -> tuple[str | int, ...]:
    """The part of pydantic's location that is a path in the file (unions add names of types)."""
    path: list[str | int] = []
    if location[-1:] == ("[key]",):
        location = location[:-1]
    for step in location:
        inside = isinstance(value, dict) and step in value
        if inside or (isinstance(value, list) and isinstance(step, int) and step < len(value)):
            value = value[step]
        elif isinstance(value, dict) and step == location[-1]:
            path.append(step)
            break
        else:
            continue
        path.append(step)
    return tuple(path)


def _told(model: type[BaseModel], errors: list[Any]) -> Text:
    """What is wrong with one entry; where one of several types fits, what is wrong with its value."""
    fitting = errors if len(errors) == 1 else [one for one in errors if one["type"] not in _TYPES]
    return _explain(model, fitting[0]) if fitting else _several(errors)


def _several(errors: list[Any]) -> Text:
    """What is expected where several types are possible and none fits."""
    words = [_TYPES[error["type"]] for error in errors if error["type"] in _TYPES]
    german, english = (", ".join(dict.fromkeys(word[place] for word in words)) for place in (0, 1))
    return Text(f"passt nicht: erwartet wird {german}", f"does not fit: expected is {english}")


def _explain(model: Any, error: Any) -> Text:
    kind = error["type"]
    if kind == "extra_forbidden":
        known = [field.alias or name for name, field in _fields(model, error["loc"])]
        unknown = Text("dieser Schlüssel gehört nicht hierher", "this key does not belong here")
        return did_you_mean(unknown, str(error["loc"][-1]), known)
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return Text(f"erwartet wird eines von: {expected}", f"expected is one of: {expected}")
    if kind in _WORDS:
        return Text(*_WORDS[kind])
    return Text("der Wert passt nicht hierher", f"the value does not fit here ({error['msg']})")


def _fields(model: Any, location: tuple[Any, ...]) -> list[tuple[str, Any]]:
    """The fields of the model that a location lies in, as far as they can be told."""
    current = model
    for step in location[:-1]:
        if isinstance(step, int) or not (isinstance(current, type) and issubclass(current, BaseModel)):
            continue
        field = next((f for n, f in current.model_fields.items() if step in (n, f.alias)), None)
        inner = None if field is None else _inner(field.annotation)
        current = inner or current
    return list(current.model_fields.items())


def _inner(annotation: Any) -> Any:
    """The model inside `list[M]`, `dict[str, M]` or `M | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part))), None)
