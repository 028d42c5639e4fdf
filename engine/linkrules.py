"""Checks the rules of a book: what each says, and how they name each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wegweiser.engine.conditions import Reader, plain_value
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.periods import Period
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.linking import Linker, Path
    from wegweiser.engine.loading import Source

__all__ = ["check_rules", "rule_version"]


def rule_version(linker: Linker, source: Source, entry: dict[str, Any], path: Path) -> dict[str, Any]:
    """One version of a rule as plain data."""
    from wegweiser.engine.linking import _dated, _many, _text, citation

    reader = Reader(linker.scope, source.report)

    def condition(raw: Any, *steps: str | int) -> Any:
        return None if raw is None else reader.condition(raw, (*path, *steps))

    if entry.get("outcome") is None and entry.get("zustimmung_ba") is None and not entry.get("lifts"):
        nothing = Text(
            "eine Regel braucht outcome, zustimmung_ba oder lifts",
            "a rule needs outcome, zustimmung_ba or lifts",
        )
        source.report(path, nothing)
    if entry.get("grund") is not None and entry.get("outcome") != "nein":
        source.report(
            (*path, "grund"), Text("`grund` gehört zu `outcome: nein`", "`grund` belongs to `outcome: nein`")
        )
    normen = [citation(norm, source) for norm in _many(entry["norm"])]
    unless = condition(entry.get("unless"), "unless")
    return {
        "id": entry["id"],
        "normen": normen,
        **_dated(entry.get("in_force")),
        "targets": _expand(linker, source, entry["targets"], path),
        "exception_to": entry.get("exception_to", []),
        "lifts": entry.get("lifts", []),
        "prevails_over": entry.get("prevails_over", []),
        "when": condition(entry.get("when"), "when"),
        "unless": _until(linker, source, entry.get("bis"), unless, path),
        "outcome": entry.get("outcome"),
        "grund": entry.get("grund") or ("verbot" if entry.get("outcome") == "nein" else None),
        "ba": entry.get("zustimmung_ba"),
        "atypical": bool(entry.get("atypical")),
        "auflagen": [
            {
                "text": _text(auflage),
                "norm": citation(auflage["norm"], source) if auflage.get("norm") else normen[0],
                "when": condition(auflage.get("when"), "auflagen", place, "when"),
            }
            for place, auflage in enumerate(entry.get("auflagen", []))
        ],
        "schritte": entry.get("schritte", []),
        "because": _text(entry["because"]),
        "open_terms": [
            {"term": term["term"], "note": _text(term["note"])} for term in entry.get("open_terms", [])
        ],
        "notes": [
            {
                "art": note["art"],
                "text": _text(note["text"]),
                "norm": citation(note["norm"], source) if note.get("norm") else normen[0],
                "andere_lesart": note.get("andere_lesart"),
                "when": condition(note.get("when"), "notes", place, "when"),
            }
            for place, note in enumerate(entry.get("notes", []))
        ],
        "checked": None
        if entry.get("checked") is None
        else {"against": entry["checked"]["against"], "on": plain_value(entry["checked"]["on"])},
        "file": source.name,
        "line": source.line(path),
    }


def _until(linker: Linker, source: Source, fact: str | None, unless: Any, path: Path) -> Any:
    """`bis: date` ends a rule after the last day that the fact names."""
    if fact is None:
        return unless
    if fact not in linker.vocabulary or linker.vocabulary.fact(fact).typ != "datum":
        source.report(
            (*path, "bis"), Text(f"{fact} ist kein Datum der Angaben", f"{fact} is no date of the facts")
        )
        return unless
    ended = ["fact", fact, "after", {"period": list(Period(0, 0))}]
    return ended if unless is None else ["any", unless, ended]


def _expand(linker: Linker, source: Source, names: list[str], path: Path) -> list[str]:
    for place, name in enumerate(names):
        if name not in linker.groups:
            linker.known_target(source, name, (*path, "targets", place))
    return _members(linker, names)


def _members(linker: Linker, names: list[str]) -> list[str]:
    """The targets that names and groups stand for, as far as they exist."""
    members = [member for name in names for member in linker.groups.get(name, [name])]
    return [member for member in dict.fromkeys(members) if member in linker.targets]


def check_rules(linker: Linker) -> None:
    """Every named rule exists, and nothing hangs on itself."""
    rules = linker.data["rules"]
    for source in linker.laws:
        for place, entry in enumerate(source.value.get("rules", [])):
            for key in ("exception_to", "lifts", "prevails_over"):
                for position, name in enumerate(entry.get(key, [])):
                    if name not in rules and not (key == "prevails_over" and name == "all"):
                        unknown = Text(f"die Regel „{name}“ gibt es nicht", f"there is no rule “{name}”")
                        source.report(("rules", place, key, position), did_you_mean(unknown, name, rules))
            for target in _members(linker, entry["targets"]):
                if entry.get("zustimmung_ba") and not linker.data["targets"][target]["ba"]:
                    without = Text(
                        f"{target} kennt keine Zustimmung der BA", f"{target} has no approval by the BA"
                    )
                    source.report(("rules", place, "zustimmung_ba"), without)
                if linker.data["targets"][target]["default"] is None:
                    missing = Text(f"{target} hat kein `default`", f"{target} has no `default`")
                    source.report(("rules", place, "targets"), missing)
    _check_cycles(linker)


def _check_cycles(linker: Linker) -> None:
    """Relations of rules, derived facts and conclusions together must not run in a circle."""
    edges: dict[str, set[str]] = {}
    for name, versions in linker.data["rules"].items():
        for version in versions:
            near = edges.setdefault(f"rule {name}", set())
            near |= {f"rule {other}" for other in (*version["exception_to"],)}
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
    cycle = _cycle(edges)
    if cycle:
        name = next((step.split(" ", 1)[1] for step in cycle if step.startswith(("rule", "derived"))), "")
        shown = " → ".join(step.split(" ", 1)[1] for step in cycle)
        home = linker.data["rules"].get(name) or linker.data["derived"].get(name)
        source = next(source for source in linker.laws if not home or source.name == home[0]["file"])
        source.report((), Text(f"hängt von sich selbst ab: {shown}", f"depends on itself: {shown}"))


def _reads(condition: Any, targets: list[str]) -> set[str]:
    """What a condition reads beside facts."""
    if condition is None:
        return set()
    kind = condition[0]
    if kind in ("all", "any", "not", "unless"):
        return set().union(*(_reads(part, targets) for part in condition[1:]))
    if kind == "derived":
        return {f"derived {condition[1]}"}
    if kind == "target":
        return {f"target {condition[1]}"}
    if kind == "ba":
        return {f"approval {target}" for target in targets}
    argument = condition[3]
    return (
        {f"derived {argument['derived']}"} if isinstance(argument, dict) and "derived" in argument else set()
    )


def _cycle(edges: dict[str, set[str]]) -> list[str]:
    """A circle in a graph, or nothing."""
    done: set[str] = set()

    def visit(node: str, path: list[str]) -> list[str]:
        if node in path:
            return [*path[path.index(node) :], node]
        if node in done:
            return []
        for following in sorted(edges.get(node, ())):
            found = visit(following, [*path, node])
            if found:
                return found
        done.add(node)
        return []

    for node in sorted(edges):
        found = visit(node, [])
        if found:
            return found
    return []
