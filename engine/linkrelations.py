"""Checks how the facts of a rule book hang together, and makes the plain data of these relations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wegweiser.engine.periods import KINDS
from wegweiser.engine.plain import bilingual, many
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.linking import Linker
    from wegweiser.engine.loading import Source
    from wegweiser.engine.yamlio import Path

__all__ = ["check_timeless", "relations"]


def relations(linker: Linker, source: Source) -> list[dict[str, Any]]:
    """The relations of one file."""
    found = []
    for place, entry in enumerate(source.value["relations"]):
        path: Path = ("relations", place)
        implies = entry.get("implies") or {}
        if bool(implies) == bool(entry.get("in_order")):
            one = Text("genau eines von in_order, implies", "exactly one of in_order, implies")
            source.report(path, one)
        if entry.get("norm") is None and entry.get("because") is None:
            source.report(path, Text("hier fehlt norm oder because", "norm or because is missing here"))
        for number, name in enumerate(entry.get("in_order") or []):
            linker.known_date(source, name, (*path, "in_order", number))
        found.append(
            {
                "name": entry["name"],
                "normen": many(entry.get("norm")),
                "because": bilingual(entry.get("because")),
                "in_order": entry.get("in_order"),
                "when": linker.condition(source, entry.get("when"), (*path, "when")),
                "if": linker.condition(source, implies.get("if"), (*path, "implies", "if")),
                "then": linker.condition(source, implies.get("then"), (*path, "implies", "then")),
            }
        )
    return found


def check_timeless(linker: Linker, source: Source, found: list[dict[str, Any]]) -> None:
    """Relations hold on every day and for every wording, and are no conclusions of law."""
    for place, relation in enumerate(found):
        path: Path = ("relations", place)
        conditions = [relation[key] for key in ("when", "if", "then") if relation[key] is not None]
        for text in dict.fromkeys(text for each in conditions for text in _passing(linker, each, set())):
            source.report(path, text)


def _passing(linker: Linker, condition: Any, seen: set[str]) -> Iterator[Text]:
    """What a condition looks at that passes with time, or is a conclusion."""
    kind = condition[0]
    if kind in ("all", "any", "not", "unless"):
        for part in condition[1:]:
            yield from _passing(linker, part, seen)
    elif kind in ("ba", "target"):
        yield Text(
            "eine Beziehung zwischen Angaben liest keine Folge des Rechts",
            "a relation of facts reads no conclusion",
        )
    else:
        _, name, operator, argument = condition
        if operator in KINDS:
            yield _depends(operator)
        elif isinstance(argument, dict):
            for key, kept in (("list", "lists"), ("param", "parameters")):
                if key in argument and _changes(linker.data[kept][argument[key]]["versions"]):
                    yield _depends(argument[key])
        if kind == "derived" and name not in seen:
            seen.add(name)
            yield from _definition(linker, name, seen)


def _definition(linker: Linker, name: str, seen: set[str]) -> Iterator[Text]:
    versions = linker.data["derived"].get(name, [])
    if _changes(versions) or any(version["age"] for version in versions):
        yield _depends(name)
    for version in versions:
        inner = [version["when"], *(case["when"] for case in version["cases"] or [])]
        for each in inner:
            if each is not None:
                yield from _passing(linker, each, seen)


def _changes(versions: list[dict[str, Any]]) -> bool:
    return len(versions) > 1 or any(one["from"] is not None or one["to"] is not None for one in versions)


def _depends(name: str) -> Text:
    return Text(f"„{name}“ hängt vom Tag ab", f"“{name}” depends on the day")
