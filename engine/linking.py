"""Checks names, types and relations across the files of a rule book and makes its plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from wegweiser.engine.book import FORMAT
from wegweiser.engine.conditions import Reader, Scope
from wegweiser.engine.linkagenda import agenda
from wegweiser.engine.linkcycles import check_cycles, check_orders
from wegweiser.engine.linkderived import definitions, derived_names
from wegweiser.engine.linkduties import duties, papers
from wegweiser.engine.linkrelations import check_timeless, relations
from wegweiser.engine.linkrules import check_rules, rule_version
from wegweiser.engine.linkvalues import check_version, lists_and_parameters
from wegweiser.engine.linkwordings import wordings
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.plain import bilingual, jsonable, plain_value
from wegweiser.engine.text import Text
from wegweiser.engine.values import iso_day
from wegweiser.engine.yamlio import Path

if TYPE_CHECKING:
    from wegweiser.engine.loading import Source
    from wegweiser.engine.vocabulary import Vocabulary

__all__ = ["Linker"]


class Linker:
    """Turns the sources of a rule book into the data of a Book; faults go to the sources."""

    def __init__(self, sources: list[Source], vocabulary: Vocabulary) -> None:
        self.sources = sources
        self.vocabulary = vocabulary
        self.laws = [source for source in sources if source.kind == "law"]
        self.targets_file = next(source for source in sources if source.name == "targets.yaml")
        self.targets: dict[str, Any] = self.targets_file.value["targets"]
        self.groups: dict[str, list[str]] = self.targets_file.value["groups"]
        self.data: dict[str, Any] = {}

    def link(self) -> dict[str, Any]:
        """The data; only meaningful when no source has a fault afterwards."""
        book = next(source for source in self.sources if source.kind == "book").value
        lists, parameters = lists_and_parameters(self.sources, self.vocabulary)
        self.scope = Scope(
            self.vocabulary,
            derived=derived_names(self, {*lists, *parameters}),
            lists={name: entry["typ"] for name, entry in lists.items()},
            parameters={name: entry["typ"] for name, entry in parameters.items()},
            targets=dict.fromkeys(self.targets, True),
        )
        self.data = {
            "format": FORMAT,
            "meta": {
                "name": book["name"],
                "title": bilingual(book["title"]),
                "coverage_from": plain_value(book["coverage"]["from"]),
                "checked_until": plain_value(book["checked_until"]),
                "order": [name for name in book.get("order") or [] if name in self.vocabulary],
                "caseload": self._caseload(),
            },
            "acts": self._acts(),
            "vocabulary": self._plain_vocabulary(),
            "sections": {
                name: bilingual(label) for name, label in self.targets_file.value["sections"].items()
            },
            "targets": self._targets(),
            "lists": lists,
            "parameters": parameters,
            "derived": definitions(self),
            "rules": self._rules(),
            "wordings": wordings(self),
            "review": self._review(),
            "relations": [],
            "duties": duties(self),
            "papers": papers(self),
            "agenda": agenda(self),
            "examples": [example for source in self.laws for example in self._examples(source)],
        }
        check_rules(self)
        check_cycles(self)
        for source in self.sources:
            if source.kind == "relations":
                self.data["relations"] = relations(self, source)
                check_timeless(self, source, self.data["relations"])
                check_orders(source, self.data["relations"])
        return self.data

    def _caseload(self) -> list[str]:
        """The sections of targets that a caseload is screened for."""
        source = next(source for source in self.sources if source.kind == "book")
        names: list[str] = source.value.get("caseload") or []
        sections = self.targets_file.value["sections"]
        for place, name in enumerate(names):
            if name not in sections:
                unknown = Text(f"den Abschnitt {name} gibt es nicht", f"there is no section {name}")
                source.report(("caseload", place), did_you_mean(unknown, name, sections))
        return names

    def _acts(self) -> dict[str, Any]:
        """The acts that citations name; a book may do without the list."""
        return next((source.value["acts"] for source in self.sources if source.kind == "acts"), {})

    def _review(self) -> dict[str, Any]:
        """What a review of the book looks for, and what it leaves alone; a book may do without."""
        source = next((source for source in self.sources if source.kind == "review"), None)
        value = {} if source is None else source.value
        status = value.get("status")
        if source is not None and status is not None:
            chosen = [fact.name for fact in self.vocabulary if fact.typ == "wahl"]
            if status not in chosen:
                unknown = Text(f"{status} hat keine Werte zur Wahl", f"{status} has no values to choose from")
                source.report(("status",), did_you_mean(unknown, status, chosen))
        return {
            "status": status,
            "answered_from": plain_value(value.get("answered_from")),
            "exempt": [
                {
                    "code": one["code"],
                    "entries": one["entries"],
                    "key": one.get("key"),
                    "because": bilingual(one["because"]),
                    "line": source.line(("exempt", place)) if source else 0,
                }
                for place, one in enumerate(value.get("exempt") or [])
            ],
        }

    def _plain_vocabulary(self) -> dict[str, Any]:
        """The vocabulary as JSON can hold it, with `only_if` in plain form."""
        facts = {}
        for source in self.sources:
            if source.kind != "facts":
                continue
            for name, entry in source.value["facts"].items():
                if entry.get("only_if") is not None:
                    condition = self.condition(source, entry["only_if"], ("facts", name, "only_if"))
                    facts[name] = condition
        plain = {name: jsonable(entry) for name, entry in self.vocabulary.data["facts"].items()}
        for name, condition in facts.items():
            plain[name]["only_if"] = condition
        return {**{k: jsonable(v) for k, v in self.vocabulary.data.items() if k != "facts"}, "facts": plain}

    def condition(self, source: Source, raw: Any, path: Path) -> Any:
        """A condition in plain form; None where there is none or it has a fault."""
        return None if raw is None else Reader(self.scope, source.report).condition(raw, path)

    def known_date(self, source: Source, name: str, path: Path) -> bool:
        """Whether a date exists; a fault is noted where not."""
        if name in self.vocabulary and self.vocabulary.fact(name).typ == "datum":
            return True
        dates = [fact.name for fact in self.vocabulary if fact.typ == "datum"]
        unknown = Text(f"{name} ist kein Datum der Angaben", f"{name} is no date of the facts")
        source.report(path, did_you_mean(unknown, name, dates))
        return False

    def _targets(self) -> dict[str, Any]:
        found = {}
        for group, members in self.groups.items():
            for place, member in enumerate(members):
                self.known_target(self.targets_file, member, ("groups", group, place))
        for name, entry in self.targets.items():
            default = entry.get("default")
            if default is not None:
                if default.get("grund") is not None and default["outcome"] != "nein":
                    ground = Text("„grund“ gehört zu „outcome: nein“", "“grund” belongs to “outcome: nein”")
                    self.targets_file.report(("targets", name, "default", "grund"), ground)
                default = {**default, "because": bilingual(default["because"]), "grund": default.get("grund")}
            if name.split(".")[0] not in self.targets_file.value["sections"]:
                section = Text("der Abschnitt fehlt unter `sections`", "the section is missing in `sections`")
                self.targets_file.report(("targets", name), section)
            found[name] = {
                "label": bilingual(entry["label"]),
                "hint": bilingual(entry.get("hint")),
                "ba": bool(entry.get("zustimmung_ba")),
                "from": entry["coverage"]["from"].toordinal() if entry.get("coverage") else None,
                "treated": self.condition(
                    self.targets_file, entry.get("treated"), ("targets", name, "treated")
                ),
                "held": self._held(name, entry.get("held") or {}),
                "default": default,
            }
        return found

    def _held(self, target: str, held: Mapping[str, Any]) -> dict[str, Any]:
        """What is so of whoever holds a target: values of facts and definitions."""
        path: Path = ("targets", target, "held")
        tests = (self.condition(self.targets_file, {name: value}, path) for name, value in held.items())
        return {test[1]: test[3] for test in tests if test is not None}

    def known_target(self, source: Source, name: str, path: Path) -> bool:
        """Whether a target exists; a fault is noted where not."""
        if name in self.targets:
            return True
        unknown = Text(f"das Ziel „{name}“ gibt es nicht", f"there is no target “{name}”")
        source.report(path, did_you_mean(unknown, name, [*self.targets, *self.groups]))
        return False

    def _rules(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for source in self.laws:
            for place, entry in enumerate(source.value.get("rules", [])):
                path: Path = ("rules", place)
                version = rule_version(self, source, entry, path)
                found.setdefault(entry["id"], []).append(version)
                other = found[entry["id"]][0]["file"]
                if other != source.name:
                    twice = Text(f"diese id steht schon in {other}", f"this id stands in {other} already")
                    source.report((*path, "id"), twice)
                else:
                    check_version(source, found[entry["id"]], path)
        return found

    def _examples(self, source: Source) -> Iterable[dict[str, Any]]:
        profiles = source.value.get("profiles", {})
        for place, entry in enumerate(source.value.get("examples", [])):
            path: Path = ("examples", place)
            profile = entry.get("profile")
            if profile is not None and profile not in profiles:
                unknown = Text(f"das Profil „{profile}“ fehlt", f"there is no profile “{profile}”")
                source.report((*path, "profile"), did_you_mean(unknown, profile, profiles))
                continue
            expect = {}
            for day, targets in entry["expect"].items():
                parsed = iso_day(day)
                if isinstance(parsed, Text):
                    source.report((*path, "expect", day), parsed)
                    continue
                for target in targets:
                    self.known_target(source, target, (*path, "expect", day, target))
                expect[day] = {
                    target: jsonable(value if isinstance(value, dict) else {"ergebnis": value})
                    for target, value in targets.items()
                }
            yield {
                "name": entry["name"],
                "given": jsonable({**profiles.get(profile, {}), **entry.get("given", {})}),
                "expect": expect,
                "file": source.name,
                "line": source.line(path),
            }
