"""Checks the dated lists and parameters of a rule book, and versions of all kinds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wegweiser.engine.periods import Period
from wegweiser.engine.plain import bilingual, checked, dated
from wegweiser.engine.text import Text
from wegweiser.engine.values import is_no_value

if TYPE_CHECKING:
    from wegweiser.engine.loading import Source
    from wegweiser.engine.vocabulary import Fact, Vocabulary
    from wegweiser.engine.yamlio import Path

__all__ = ["check_version", "lists_and_parameters"]


def check_version(source: Source, versions: list[dict[str, Any]], path: Path) -> None:
    """Whether the last of some versions is a period, and one that no earlier one shares."""
    one = versions[-1]
    start, end = one["from"], one["to"]
    if start is not None and end is not None and start > end:
        source.report(path, Text("endet, bevor es beginnt", "ends before it begins"))
    for other in versions[:-1]:
        before = end is not None and other["from"] is not None and end < other["from"]
        behind = start is not None and other["to"] is not None and other["to"] < start
        if not before and not behind:
            overlap = Text(
                "überschneidet sich mit einer anderen Fassung desselben Namens",
                "overlaps another version of the same name",
            )
            source.report(path, overlap)
            return


def lists_and_parameters(
    sources: list[Source], vocabulary: Vocabulary
) -> tuple[dict[str, Any], dict[str, Any]]:
    """All lists and all parameters by name, as plain data."""
    lists: dict[str, Any] = {}
    parameters: dict[str, Any] = {}
    for source in sources:
        if source.kind != "parameters":
            continue
        for kind, found in (("lists", lists), ("parameters", parameters)):
            for name, entry in source.value.get(kind, {}).items():
                if name in lists or name in parameters:
                    source.report((kind, name), Text("diesen Namen gibt es schon", "this name is taken"))
                found[name] = _entry(source, kind, name, entry, vocabulary)
    return lists, parameters


def _entry(
    source: Source, kind: str, name: str, entry: dict[str, Any], vocabulary: Vocabulary
) -> dict[str, Any]:
    fact = _fact_of(source, name, entry["typ"], vocabulary) if kind == "lists" else None
    versions: list[dict[str, Any]] = []
    for place, version in enumerate(entry["versions"]):
        path: Path = (kind, name, "versions", place)
        told = {"source": version.get("source") or (entry.get("source") if kind == "parameters" else None)}
        if kind == "lists":
            told["values"] = [] if fact is None else _list_values(source, version, path, fact, vocabulary)
        else:
            told["value"] = _parameter_value(source, entry["typ"], version["value"], (*path, "value"))
        versions.append({**dated(version), **told, "checked": checked(version)})
        check_version(source, versions, path)
    return {
        "typ": entry["typ"],
        "norm": entry["norm"],
        "label": bilingual(entry["label"]),
        "source": entry.get("source"),
        "versions": versions,
        "file": source.name,
        "line": source.line((kind, name)),
    }


def _fact_of(source: Source, name: str, typ: str, vocabulary: Vocabulary) -> Fact | None:
    """A fact that can have the entries of a list."""
    for fact in vocabulary:
        if fact.typ == typ in ("land", "norm") or (fact.name == typ and fact.typ == "wahl"):
            return fact
    unfit = Text(
        "`typ` ist land, norm oder der Name einer Angabe mit Werten",
        "`typ` is land, norm or the name of a fact with values",
    )
    source.report(("lists", name, "typ"), unfit)
    return None


def _list_values(
    source: Source, version: dict[str, Any], path: Path, fact: Fact, vocabulary: Vocabulary
) -> list[Any]:
    values: list[Any] = []
    for place, raw in enumerate(version["values"]):
        value = vocabulary.parse_value(fact, raw)
        here = (*path, "values", place)
        if isinstance(value, Text):
            source.report(here, value)
        elif is_no_value(value):
            source.report(here, Text("das ist kein Wert einer Liste", "that is no value of a list"))
        elif value in values:
            source.report(here, Text("steht zweimal in der Liste", "stands in the list twice"))
        else:
            values.append(value)
    return values


def _parameter_value(source: Source, typ: str, raw: Any, path: Path) -> Any:
    value: Any = None
    if typ == "geld" and isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        value = int(raw * 100) if raw >= 0 and raw * 100 == int(raw * 100) else None
    elif typ == "zahl" and isinstance(raw, int) and not isinstance(raw, bool):
        value = raw
    elif typ == "datum" and isinstance(raw, date):
        value = raw.toordinal()
    elif typ == "period" and isinstance(raw, str) and (period := Period.parse(raw)):
        value = list(period)
    if value is None:
        source.report(path, Text(f"passt nicht zu „typ: {typ}“", f"does not fit “typ: {typ}”"))
    return value
