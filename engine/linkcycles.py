"""Rules, definitions and conclusions must not run in a circle, and no date comes before itself."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.linking import Linker
    from wegweiser.engine.loading import Source
    from wegweiser.engine.yamlio import Path

__all__ = ["check_cycles", "check_orders"]

_SHOWN = 10
"""Names of a circle in a message."""

Edges = dict[str, set[str]]


def check_cycles(linker: Linker) -> None:
    """Nothing hangs on itself, and no rule goes before itself."""
    circle = _circle(_needs(linker)) or _circle(_names(linker))
    if circle:
        source, path = _home(linker, circle)
        shown = _shown([step.split(" ", 1)[1] for step in circle])
        source.report(path, Text(f"hängt von sich selbst ab: {shown}", f"depends on itself: {shown}"))


def check_orders(source: Source, found: list[dict[str, Any]]) -> None:
    """No date comes before itself by the orders of a file of relations, whatever their conditions."""
    edges: Edges = {}
    for relation in found:
        for one, two in pairwise(relation["in_order"] or []):
            edges.setdefault(one, set()).add(two)
    circle = _circle(edges)
    if circle:
        ordered = [relation["in_order"] or [] for relation in found]
        place = next(
            place for place, names in enumerate(ordered) if (circle[0], circle[1]) in pairwise(names)
        )
        shown = _shown(circle)
        text = Text(f"ordnet ein Datum vor sich selbst: {shown}", f"puts a date before itself: {shown}")
        source.report(("relations", place, "in_order"), text)


def _shown(names: list[str]) -> str:
    return " → ".join(names if len(names) <= _SHOWN else [*names[: _SHOWN - 2], "…", names[-1]])


def _needs(linker: Linker) -> Edges:
    """What has to be known before each rule, definition and conclusion."""
    edges: Edges = {}
    for name, versions in linker.data["rules"].items():
        for version in versions:
            near = edges.setdefault(f"rule {name}", set())
            near |= {f"rule {other}" for other in version["exception_to"]}
            for other in version["lifts"]:
                edges.setdefault(f"rule {other}", set()).add(f"rule {name}")
            for key in ("when", "unless"):
                near |= _reads(version[key], version["targets"])
            for target in version["targets"]:
                if version["outcome"]:
                    edges.setdefault(f"target {target}", set()).add(f"rule {name}")
                if version["ba"]:
                    edges.setdefault(f"approval {target}", set()).add(f"rule {name}")
    for name, entry in linker.data["targets"].items():
        edges.setdefault(f"target {name}", set()).update(_reads(entry["treated"], [name]))
    for name, versions in linker.data["derived"].items():
        for version in versions:
            near = edges.setdefault(f"derived {name}", set())
            near |= _reads(version["when"], [])
            for case in version["cases"] or []:
                near |= _reads(case["when"], [])
    return edges


def _names(linker: Linker) -> Edges:
    """Which rules a rule names: of two that named each other, neither would stand."""
    edges: Edges = {}
    for name, versions in linker.data["rules"].items():
        for version in versions:
            named = {*version["exception_to"], *version["lifts"], *version["prevails_over"]} - {"all"}
            edges.setdefault(f"rule {name}", set()).update(f"rule {other}" for other in named)
    return edges


def _reads(condition: Any, targets: list[str]) -> set[str]:
    """What a condition reads beside facts."""
    if condition is None:
        return set()
    kind = condition[0]
    if kind in ("all", "any", "not", "unless"):
        return set().union(*(_reads(part, targets) for part in condition[1:]))
    if kind == "derived":
        found = {f"derived {condition[1]}"}
    elif kind == "target":
        return {f"target {condition[1]}"}
    elif kind == "ba":
        return {f"approval {target}" for target in targets}
    else:
        found = set()
    argument = condition[3]
    if isinstance(argument, dict) and "derived" in argument:
        found.add(f"derived {argument['derived']}")
    return found


def _circle(edges: Edges) -> list[str]:
    """A circle in a graph, or nothing; it begins with the first of its names."""
    done: set[str] = set()
    for start in sorted(edges):
        path: list[str] = []
        place: dict[str, int] = {}
        waiting = [iter((start,))]
        while waiting:
            node = next(waiting[-1], None)
            if node is None:
                waiting.pop()
                if path:
                    done.add(path[-1])
                    del place[path.pop()]
            elif node in place:
                circle = path[place[node] :]
                first = circle.index(min(circle))
                return [*circle[first:], *circle[:first], circle[first]]
            elif node not in done:
                place[node] = len(path)
                path.append(node)
                waiting.append(iter(sorted(edges.get(node, ()))))
    return []


def _home(linker: Linker, circle: list[str]) -> tuple[Source, Path]:
    """The entry to blame: a rule or definition of the circle, else a target."""
    for step in circle:
        kind, name = step.split(" ", 1)
        for key, field, word in (("rules", "id", "rule"), ("derived", "name", "derived")):
            for source in linker.laws:
                for place, entry in enumerate(source.value.get(key, [])):
                    if kind == word and entry[field] == name:
                        return source, (key, place)
    return linker.targets_file, ("targets", circle[0].split(" ", 1)[1])
