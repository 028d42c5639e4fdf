"""JSON Schema for the files of a rule book, so that editors complete names and mark faults.

The form of the files comes from `schema`; what conditions may say is drawn from the names of one
rule book: its facts with their values, its definitions, lists and parameters.
"""

from __future__ import annotations

import json
from typing import Any

from wegweiser.engine import agendaschema, netschema
from wegweiser.engine.book import APPROVALS, OUTCOMES, Book
from wegweiser.engine.conditions import COMBINING, ORDERING
from wegweiser.engine.periods import KINDS
from wegweiser.engine.schema import MODELS

__all__ = ["editor_schemas"]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PERIOD = {"type": "string", "pattern": r"^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$"}
_DAY = {"type": "string", "format": "date"}

Schema = dict[str, Any]


def editor_schemas(book: Book) -> dict[str, Schema]:
    """One schema for each kind of file of a rule book, its agenda included, and of a network."""
    shared = {"Condition": _condition(book), **_matchers(book)}
    found = {}
    for kind, model in (MODELS | agendaschema.MODELS | netschema.MODELS).items():
        body = _with_conditions(model.model_json_schema(by_alias=True))
        if _REFERENCE["$ref"] in json.dumps(body):
            body.setdefault("$defs", {}).update(shared)
        found[kind] = {"$schema": _DRAFT, **body}
    return found


def _with_conditions(body: Any) -> Any:
    """Point every entry that holds a condition to the definition of conditions."""
    if isinstance(body, list):
        return [_with_conditions(entry) for entry in body]
    if not isinstance(body, dict):
        return body
    found = {}
    for key, value in body.items():
        if key == "properties":
            found[key] = {
                name: _pointing(entry) if name in _HOLDING else _with_conditions(entry)
                for name, entry in value.items()
            }
        else:
            found[key] = _with_conditions(value)
    return found


_HOLDING = ("when", "unless", "if", "then", "treated", "only_if", "zielgruppe", "bedingung")
_REFERENCE = {"$ref": "#/$defs/Condition"}


def _pointing(entry: Schema) -> Schema:
    if "anyOf" in entry:
        words = [one for one in entry["anyOf"] if one.get("type") == "string"]  # `zielgruppe: netz`
        return {"anyOf": [*words, _REFERENCE, {"type": "null"}], "default": None}
    return _REFERENCE


def _condition(book: Book) -> Schema:
    """A condition: facts and definitions by name, conclusions, and what combines them."""
    properties: dict[str, Schema] = {}
    for fact in book.vocabulary:
        if fact.typ != "liste":
            shared = {"$ref": f"#/$defs/Match_{fact.typ}"}
            own = _matcher(book, fact.name) if fact.typ in ("wahl", "norm", "land") else shared
            properties[fact.name] = {"description": fact.question.de, **own}
    for name in book.data["derived"]:
        properties.setdefault(name, _derived(book, name))
    several = {"type": "array", "items": _REFERENCE, "minItems": 1}
    for word in COMBINING:
        properties[word] = several if word in ("all", "any") else _REFERENCE
    approvals = list(APPROVALS[1:])
    properties["self.zustimmung_ba"] = _one_or_several(approvals)
    outcomes = [outcome for outcome in OUTCOMES if outcome != "offen"]
    for target in book.targets:
        properties[target] = _one_or_several(outcomes)
    return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}


def _matchers(book: Book) -> dict[str, Schema]:
    """What facts of the types with equal values for all can be compared with."""
    found = {}
    for typ in ("bool", "datum", "zahl", "geld", "ort"):
        name = next((fact.name for fact in book.vocabulary if fact.typ == typ), None)
        if name is not None:
            found[f"Match_{typ}"] = _matcher(book, name)
    return found


def _one_or_several(values: list[Any]) -> Schema:
    one: Schema = {"enum": values}
    inside: Schema = {"type": "object", "properties": {"in": {"type": "array", "items": one}}}
    return {"anyOf": [one, {**inside, "required": ["in"], "additionalProperties": False}]}


def _matcher(book: Book, name: str) -> Schema:
    fact = book.vocabulary.fact(name)
    literals: dict[str, Schema] = {
        "bool": {"type": "boolean"},
        "datum": {"anyOf": [_DAY, {"const": "keine"}]},
        "zahl": {"type": "integer"},
        "geld": {"type": "number"},
        "wahl": {"enum": list(fact.werte)},
    }
    literal = literals.get(fact.typ, {"type": "string"})
    lists = [entry for entry, data in book.data["lists"].items() if data["typ"] in (fact.typ, name)]
    operators: dict[str, Schema] = {
        "in": {"anyOf": [{"type": "array", "items": literal, "minItems": 1}, {"enum": lists}]}
        if lists
        else {"type": "array", "items": literal, "minItems": 1}
    }
    if fact.typ in ("datum", "zahl", "geld") or fact.geordnet:
        operators |= {word: _bound(book, name, literal) for word in ORDERING}
    if fact.typ == "datum":
        operators |= {word: {"anyOf": [_PERIOD, {"enum": _periods(book)}]} for word in KINDS}
    inside: Schema = {
        "type": "object",
        "properties": operators,
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {"anyOf": [literal, inside]}


def _bound(book: Book, name: str, literal: Schema) -> Schema:
    fact = book.vocabulary.fact(name)
    choices: list[Schema] = [literal]
    parameters = [entry for entry, data in book.data["parameters"].items() if data["typ"] == fact.typ]
    if parameters:
        choices.append({"enum": parameters})
    if fact.typ == "datum":
        dates = [other.name for other in book.vocabulary if other.typ == "datum"]
        properties = {"fact": {"enum": dates}, "plus": _PERIOD}
        choices.append(
            {"type": "object", "properties": properties, "required": ["fact"], "additionalProperties": False}
        )
    return {"anyOf": choices}


def _periods(book: Book) -> list[str]:
    derived = [name for name, versions in book.data["derived"].items() if versions[0]["kind"] == "period"]
    return [*derived, *(name for name, data in book.data["parameters"].items() if data["typ"] == "period")]


def _derived(book: Book, name: str) -> Schema:
    definition = book.data["derived"][name][0]
    kind = definition["kind"]
    if kind == "bool":
        return {"type": "boolean"}
    if kind == "cases":
        return _one_or_several(list(dict.fromkeys(case["value"] for case in definition["cases"])))
    if kind == "earliest":
        return _matcher(book, definition["earliest"][0])
    if kind == "age":
        age = {"type": "integer", "minimum": 0}
        properties = dict.fromkeys(ORDERING, age)
        inside = {"type": "object", "properties": properties, "additionalProperties": False}
        return {"anyOf": [age, inside]}
    return {"not": {}}
