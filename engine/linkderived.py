"""Checks the derived facts of a rule book, and makes their plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wegweiser.engine.linkvalues import check_version
from wegweiser.engine.periods import Period
from wegweiser.engine.plain import bilingual, checked, dated, many
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.linking import Linker
    from wegweiser.engine.loading import Source
    from wegweiser.engine.yamlio import Path

__all__ = ["definitions", "derived_names"]

_KINDS = {"when": "bool", "cases": "cases", "earliest": "earliest", "age_of": "age"}


def derived_names(linker: Linker, taken: set[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Kind and values of every derived fact, told from all its versions."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for source in linker.laws:
        for place, entry in enumerate(source.value.get("derived", [])):
            path: Path = ("derived", place)
            name = entry["name"]
            if name in linker.vocabulary:
                source.report(path, Text(f"{name} ist schon eine Angabe", f"{name} is a fact already"))
                continue
            if name in taken and name not in found:
                source.report((*path, "name"), Text("diesen Namen gibt es schon", "this name is taken"))
            kind, values = _kind(linker, source, entry, path)
            known = found.get(name, (kind, values))
            if known[0] != kind:
                other = Text("hat in einer anderen Fassung eine andere Art", "has another kind elsewhere")
                source.report(path, other)
            found[name] = (known[0], tuple(dict.fromkeys((*known[1], *values))))
    return found


def _kind(linker: Linker, source: Source, entry: dict[str, Any], path: Path) -> tuple[str, tuple[str, ...]]:
    """The kind that an entry tells, and its values (dates: those that exist)."""
    kinds = [key for key in _KINDS if entry.get(key) is not None]
    if len(kinds) != 1:
        one = f"genau eines von {', '.join(_KINDS)}", f"exactly one of {', '.join(_KINDS)}"
        source.report(path, Text(*one))
    key = kinds[0] if kinds else "when"
    if key == "cases":
        values = [case.get("value") or case.get("otherwise") or "" for case in entry["cases"]]
        return ("period" if all(Period.parse(value) for value in values) else "cases"), tuple(values)
    steps: list[Path] = [(number,) for number in range(len(entry[key]))] if key == "earliest" else [()]
    dates = many(entry[key]) if key in ("earliest", "age_of") else []
    known = [
        linker.known_date(source, fact, (*path, key, *step)) for fact, step in zip(dates, steps, strict=False)
    ]
    return _KINDS[key], tuple(fact for fact, there in zip(dates, known, strict=True) if there)


def definitions(linker: Linker) -> dict[str, list[dict[str, Any]]]:
    """Every derived fact in all its versions."""
    found: dict[str, list[dict[str, Any]]] = {}
    for source in linker.laws:
        for place, entry in enumerate(source.value.get("derived", [])):
            name = entry["name"]
            if name not in linker.scope.derived:
                continue
            path: Path = ("derived", place)
            version = {
                **dated(entry.get("in_force")),
                "normen": source.citations(entry["norm"]),
                "label": bilingual(entry.get("label")),
                "kind": linker.scope.derived[name][0],
                "when": linker.condition(source, entry.get("when"), (*path, "when")),
                "earliest": entry.get("earliest"),
                "age": entry.get("age_of"),
                "cases": _cases(linker, source, entry, path),
                "checked": checked(entry),
                "file": source.name,
                "line": source.line(path),
            }
            versions = found.setdefault(name, [])
            versions.append(version)
            if versions[0]["file"] != source.name:
                other = versions[0]["file"]
                twice = Text(f"dieser Name steht schon in {other}", f"this name stands in {other} already")
                source.report((*path, "name"), twice)
            else:
                check_version(source, versions, path)
    return found


def _cases(linker: Linker, source: Source, entry: dict[str, Any], path: Path) -> list[dict[str, Any]] | None:
    if entry.get("cases") is None:
        return None
    period = linker.scope.derived[entry["name"]][0] == "period"
    last = len(entry["cases"]) - 1
    closed = False
    cases = []
    for place, case in enumerate(entry["cases"]):
        here = (*path, "cases", place)
        given = {key for key in ("when", "value", "otherwise") if case.get(key) is not None}
        otherwise = given == {"otherwise"}
        if not otherwise and given != {"when", "value"}:
            shape = Text("`when` mit `value`, oder `otherwise`", "`when` with `value`, or `otherwise`")
            source.report(here, shape)
            closed = True
        elif otherwise != (place == last) and not closed:
            source.report(here, Text("„otherwise“ steht am Ende", "“otherwise” stands at the end"))
            closed = True
        value = case.get("otherwise") if otherwise else case.get("value")
        parsed = Period.parse(value) if period and value else None
        condition = linker.condition(source, case.get("when"), (*here, "when"))
        cases.append({"when": condition, "value": list(parsed) if parsed else value})
    return cases
