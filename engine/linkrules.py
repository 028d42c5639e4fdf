"""Checks the rules of a book: what each says, and how they name each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wegweiser.engine.conditions import Reader
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.plain import bilingual, checked, dated
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.linking import Linker
    from wegweiser.engine.loading import Source
    from wegweiser.engine.yamlio import Path

__all__ = ["check_rules", "expand", "rule_version"]


def rule_version(linker: Linker, source: Source, entry: dict[str, Any], path: Path) -> dict[str, Any]:
    """One version of a rule as plain data."""
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
            (*path, "grund"), Text("„grund“ gehört zu „outcome: nein“", "“grund” belongs to “outcome: nein”")
        )
    normen = source.citations(entry["norm"])
    unless = condition(entry.get("unless"), "unless")
    return {
        "id": entry["id"],
        "normen": normen,
        **dated(entry.get("in_force")),
        "targets": expand(linker, source, entry["targets"], path),
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
                "text": bilingual(auflage),
                "norm": source.citation(auflage["norm"]) if auflage.get("norm") else normen[0],
                "when": condition(auflage.get("when"), "auflagen", place, "when"),
            }
            for place, auflage in enumerate(entry.get("auflagen", []))
        ],
        "schritte": entry.get("schritte", []),
        "antrag": condition(entry.get("antrag"), "antrag"),
        "because": bilingual(entry["because"]),
        "open_terms": [
            {"term": term["term"], "note": bilingual(term["note"])} for term in entry.get("open_terms", [])
        ],
        "notes": [
            {
                "art": note["art"],
                "text": bilingual(note["text"]),
                "norm": source.citation(note["norm"]) if note.get("norm") else normen[0],
                "andere_lesart": note.get("andere_lesart"),
                "when": condition(note.get("when"), "notes", place, "when"),
            }
            for place, note in enumerate(entry.get("notes", []))
        ],
        "checked": checked(entry),
        "file": source.name,
        "line": source.line(path),
    }


def _until(linker: Linker, source: Source, fact: str | None, unless: Any, path: Path) -> Any:
    """`bis: date` ends a rule after the last day that the fact names; a day not told ends nothing."""
    if fact is None:
        return unless
    if not linker.known_date(source, fact, (*path, "bis")):
        return unless
    ended = ["fact", fact, "ended", None]
    return ended if unless is None else ["any", unless, ended]


def expand(linker: Linker, source: Source, names: list[str], path: Path) -> list[str]:
    """The targets that an entry names, groups spelled out; faults are noted."""
    for place, name in enumerate(names):
        if name not in linker.groups:
            linker.known_target(source, name, (*path, "targets", place))
    return _members(linker, names)


def _members(linker: Linker, names: list[str]) -> list[str]:
    """The targets that names and groups stand for, as far as they exist."""
    members = [member for name in names for member in linker.groups.get(name, [name])]
    return [member for member in dict.fromkeys(members) if member in linker.targets]


def check_rules(linker: Linker) -> None:
    """Every named rule exists, and every target can have what its rules conclude."""
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
