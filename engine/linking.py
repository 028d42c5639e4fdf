"""Checks names, types and relations across the files of a rule book and makes its plain data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wegweiser.engine.conditions import Reader, Scope, plain_value
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.norms import SIGN
from wegweiser.engine.periods import KINDS, Period
from wegweiser.engine.text import Text
from wegweiser.engine.values import iso_day

if TYPE_CHECKING:
    from wegweiser.engine.loading import Source
    from wegweiser.engine.vocabulary import Vocabulary

__all__ = ["Linker"]

Path = tuple[str | int, ...]


def _text(entry: dict[str, str] | None) -> list[str] | None:
    return None if entry is None else [entry["de"], entry["en"]]


def _many(entry: Any) -> list[Any]:
    if entry is None:
        return []
    return entry if isinstance(entry, list) else [entry]


def _dated(entry: dict[str, Any] | None) -> dict[str, Any]:
    entry = entry or {}
    return {
        "from": plain_value(entry.get("from")),
        "to": plain_value(entry.get("to")),
        "seen": bool(entry.get("seen")),
    }


def citation(norm: str, source: Source) -> str:
    """A citation in full: relative ones get the section and the act of their file."""
    if norm.startswith((SIGN, "Art.", "Anlage")):
        return norm
    return f"{SIGN} {source.value['section']} {norm} {source.value['act']}".replace("  ", " ")


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
        lists, parameters = self._values()
        self.scope = Scope(
            self.vocabulary,
            derived=self._derived_names(),
            lists={name: entry["typ"] for name, entry in lists.items()},
            parameters={name: entry["typ"] for name, entry in parameters.items()},
            targets=dict.fromkeys(self.targets, True),
        )
        self.data = {
            "format": 1,
            "meta": {
                "name": book["name"],
                "title": _text(book["title"]),
                "coverage_from": plain_value(book["coverage"]["from"]),
                "checked_until": plain_value(book["checked_until"]),
                "order": [name for name in book.get("order") or [] if name in self.vocabulary],
            },
            "vocabulary": self._plain_vocabulary(),
            "sections": {name: _text(label) for name, label in self.targets_file.value["sections"].items()},
            "targets": self._targets(),
            "lists": lists,
            "parameters": parameters,
            "derived": self._derived(),
            "rules": self._rules(),
            "relations": self._relations(),
            "examples": [example for source in self.laws for example in self._examples(source)],
        }
        self._check_relations_of_rules()
        return self.data

    def _plain_vocabulary(self) -> dict[str, Any]:
        """The vocabulary as JSON can hold it, with `only_if` in plain form."""
        facts = {}
        for source in self.sources:
            if source.kind != "facts":
                continue
            for name, entry in source.value["facts"].items():
                if entry.get("only_if") is not None:
                    condition = self._condition(source, entry["only_if"], ("facts", name, "only_if"))
                    facts[name] = condition
        plain = {name: _jsonable(entry) for name, entry in self.vocabulary.data["facts"].items()}
        for name, condition in facts.items():
            plain[name]["only_if"] = condition
        return {**{k: _jsonable(v) for k, v in self.vocabulary.data.items() if k != "facts"}, "facts": plain}

    def _condition(self, source: Source, raw: Any, path: Path) -> Any:
        return None if raw is None else Reader(self.scope, source.report).condition(raw, path)

    def _targets(self) -> dict[str, Any]:
        found = {}
        for group, members in self.groups.items():
            for place, member in enumerate(members):
                self.known_target(self.targets_file, member, ("groups", group, place))
        for name, entry in self.targets.items():
            default = entry.get("default")
            if default is not None:
                default = {**default, "because": _text(default["because"]), "grund": default.get("grund")}
            if name.split(".")[0] not in self.targets_file.value["sections"]:
                section = Text("der Abschnitt fehlt unter `sections`", "the section is missing in `sections`")
                self.targets_file.report(("targets", name), section)
            found[name] = {
                "label": _text(entry["label"]),
                "hint": _text(entry.get("hint")),
                "ba": bool(entry.get("zustimmung_ba")),
                "treated": self._condition(
                    self.targets_file, entry.get("treated"), ("targets", name, "treated")
                ),
                "default": default,
            }
        return found

    def known_target(self, source: Source, name: str, path: Path) -> bool:
        """Whether a target exists; a fault is noted where not."""
        if name in self.targets:
            return True
        unknown = Text(f"das Ziel „{name}“ gibt es nicht", f"there is no target “{name}”")
        source.report(path, did_you_mean(unknown, name, [*self.targets, *self.groups]))
        return False

    def _values(self) -> tuple[dict[str, Any], dict[str, Any]]:
        lists: dict[str, Any] = {}
        parameters: dict[str, Any] = {}
        for source in self.sources:
            if source.kind != "parameters":
                continue
            for kind, found, convert in (
                ("lists", lists, self._list_values),
                ("parameters", parameters, self._parameter_value),
            ):
                for name, entry in source.value.get(kind, {}).items():
                    path: Path = (kind, name)
                    if name in lists or name in parameters:
                        source.report(path, Text("diesen Namen gibt es schon", "this name is taken"))
                    versions = [
                        {**_dated(version), **convert(source, entry, version, (*path, "versions", place))}
                        for place, version in enumerate(entry["versions"])
                    ]
                    self._no_overlap(source, versions, [(*path, "versions", i) for i in range(len(versions))])
                    found[name] = {
                        "typ": entry["typ"],
                        "norm": entry["norm"],
                        "label": _text(entry["label"]),
                        "source": entry.get("source"),
                        "versions": versions,
                        "file": source.name,
                        "line": source.line(path),
                    }
        return lists, parameters

    def _list_values(
        self, source: Source, entry: dict[str, Any], version: dict[str, Any], path: Path
    ) -> dict[str, Any]:
        typ = entry["typ"]
        fact = next(
            (
                fact
                for fact in self.vocabulary
                if typ in (fact.name, fact.typ) and fact.typ in ("land", "norm", "wahl")
            ),
            None,
        )
        values = []
        for place, raw in enumerate(version["values"]):
            value: Any = raw
            if fact is None:
                unfit = Text(
                    "`typ` ist land, norm oder der Name einer Angabe",
                    "`typ` is land, norm or the name of a fact",
                )
                source.report(path, unfit)
            else:
                value = self.vocabulary.parse_value(fact, raw)
            if isinstance(value, Text):
                source.report((*path, "values", place), value)
            elif value in values:
                source.report(
                    (*path, "values", place), Text("steht zweimal in der Liste", "stands in the list twice")
                )
            else:
                values.append(value)
        return {"values": values, "source": version.get("source")}

    def _parameter_value(
        self, source: Source, entry: dict[str, Any], version: dict[str, Any], path: Path
    ) -> dict[str, Any]:
        raw, typ = version["value"], entry["typ"]
        value: Any = None
        if typ == "geld" and isinstance(raw, int | Decimal) and not isinstance(raw, bool):
            value = int(raw * 100)
        elif typ == "zahl" and isinstance(raw, int) and not isinstance(raw, bool):
            value = raw
        elif typ == "datum" and isinstance(raw, date):
            value = raw.toordinal()
        elif typ == "period" and isinstance(raw, str) and (period := Period.parse(raw)):
            value = list(period)
        if value is None:
            source.report(
                (*path, "value"), Text(f"passt nicht zu `typ: {typ}`", f"does not fit `typ: {typ}`")
            )
        return {"value": value, "source": version.get("source") or entry.get("source")}

    def _no_overlap(self, source: Source, versions: list[dict[str, Any]], paths: list[Path]) -> None:
        for place, one in enumerate(versions):
            start, end = one["from"], one["to"]
            if start is not None and end is not None and start > end:
                source.report(paths[place], Text("endet, bevor es beginnt", "ends before it begins"))
            for other in versions[:place]:
                before = end is not None and other["from"] is not None and end < other["from"]
                behind = start is not None and other["to"] is not None and other["to"] < start
                if not before and not behind:
                    overlap = Text(
                        "überschneidet sich mit einer anderen Fassung desselben Namens",
                        "overlaps another version of the same name",
                    )
                    source.report(paths[place], overlap)

    def _derived_names(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Kind and values of every derived fact, told from all its versions."""
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for source in self.laws:
            for place, entry in enumerate(source.value.get("derived", [])):
                path: Path = ("derived", place)
                name = entry["name"]
                kinds = [key for key in ("when", "cases", "earliest", "age_of") if entry.get(key) is not None]
                if len(kinds) != 1:
                    one = Text(
                        "genau eines von when, cases, earliest, age_of",
                        "exactly one of when, cases, earliest, age_of",
                    )
                    source.report(path, one)
                    continue
                if name in self.vocabulary:
                    source.report(path, Text(f"{name} ist schon eine Angabe", f"{name} is a fact already"))
                kind, values = self._derived_kind(entry, kinds[0])
                known = found.get(name, (kind, values))
                if known[0] != kind:
                    source.report(
                        path,
                        Text("hat in einer anderen Fassung eine andere Art", "has another kind elsewhere"),
                    )
                found[name] = (kind, tuple(dict.fromkeys((*known[1], *values))))
        return found

    def _derived_kind(self, entry: dict[str, Any], key: str) -> tuple[str, tuple[str, ...]]:
        if key == "when":
            return "bool", ()
        if key == "age_of":
            return "age", (entry["age_of"],)
        if key == "earliest":
            return "earliest", tuple(entry["earliest"])
        values = [case.get("value") or case.get("otherwise") or "" for case in entry["cases"]]
        return ("period" if all(Period.parse(value) for value in values) else "cases"), tuple(
            dict.fromkeys(values)
        )

    def _derived(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        places: dict[str, list[Path]] = {}
        for source in self.laws:
            for place, entry in enumerate(source.value.get("derived", [])):
                path: Path = ("derived", place)
                name = entry["name"]
                if name not in self.scope.derived:
                    continue
                version = {
                    **_dated(entry.get("in_force")),
                    "normen": [citation(norm, source) for norm in _many(entry["norm"])],
                    "label": _text(entry.get("label")),
                    "kind": self.scope.derived[name][0],
                    "when": self._condition(source, entry.get("when"), (*path, "when")),
                    "earliest": entry.get("earliest"),
                    "age": entry.get("age_of"),
                    "cases": self._cases(source, entry, path),
                    "file": source.name,
                    "line": source.line(path),
                }
                for fact in [*(entry.get("earliest") or []), *_many(entry.get("age_of"))]:
                    if fact not in self.vocabulary or self.vocabulary.fact(fact).typ != "datum":
                        source.report(
                            path,
                            Text(f"{fact} ist kein Datum der Angaben", f"{fact} is no date of the facts"),
                        )
                found.setdefault(name, []).append(version)
                places.setdefault(name, []).append(path)
                self._no_overlap(source, found[name], places[name])
        return found

    def _cases(self, source: Source, entry: dict[str, Any], path: Path) -> list[dict[str, Any]] | None:
        if entry.get("cases") is None:
            return None
        kind = self.scope.derived[entry["name"]][0]
        cases = []
        for place, case in enumerate(entry["cases"]):
            here = (*path, "cases", place)
            last = case.get("otherwise") is not None
            if last == (case.get("when") is not None) or last == (case.get("value") is not None):
                source.report(
                    here, Text("`when` mit `value`, oder `otherwise`", "`when` with `value`, or `otherwise`")
                )
                continue
            if last != (place == len(entry["cases"]) - 1):
                source.report(here, Text("`otherwise` steht am Ende", "`otherwise` stands at the end"))
            value = case["otherwise"] if last else case["value"]
            period = Period.parse(value) if kind == "period" else None
            condition = None if last else self._condition(source, case["when"], (*here, "when"))
            cases.append({"when": condition, "value": list(period) if period else value})
        return cases

    def _rules(self) -> dict[str, list[dict[str, Any]]]:
        from wegweiser.engine.linkrules import rule_version

        found: dict[str, list[dict[str, Any]]] = {}
        places: dict[str, list[tuple[Source, Path]]] = {}
        for source in self.laws:
            for place, entry in enumerate(source.value.get("rules", [])):
                path: Path = ("rules", place)
                version = rule_version(self, source, entry, path)
                found.setdefault(entry["id"], []).append(version)
                places.setdefault(entry["id"], []).append((source, path))
                if len({home.name for home, _ in places[entry["id"]]}) > 1:
                    other = places[entry["id"]][0][0].name
                    source.report(
                        path, Text(f"diese id steht schon in {other}", f"this id stands in {other} already")
                    )
                self._no_overlap(source, found[entry["id"]], [p for _, p in places[entry["id"]]])
        return found

    def _relations(self) -> list[dict[str, Any]]:
        found = []
        for source in self.sources:
            if source.kind != "relations":
                continue
            for place, entry in enumerate(source.value["relations"]):
                path: Path = ("relations", place)
                implies = entry.get("implies") or {}
                if bool(implies) == bool(entry.get("in_order")):
                    source.report(
                        path, Text("genau eines von in_order, implies", "exactly one of in_order, implies")
                    )
                for name in entry.get("in_order") or []:
                    if name not in self.vocabulary or self.vocabulary.fact(name).typ != "datum":
                        source.report(
                            path,
                            Text(f"{name} ist kein Datum der Angaben", f"{name} is no date of the facts"),
                        )
                self._timeless(source, entry, path)
                found.append(
                    {
                        "name": entry["name"],
                        "normen": _many(entry.get("norm")),
                        "because": _text(entry.get("because")),
                        "in_order": entry.get("in_order"),
                        "when": self._condition(source, entry.get("when"), (*path, "when")),
                        "if": self._condition(source, implies.get("if"), (*path, "implies", "if")),
                        "then": self._condition(source, implies.get("then"), (*path, "implies", "then")),
                    }
                )
        return found

    def _timeless(self, source: Source, entry: dict[str, Any], path: Path) -> None:
        """Relations hold on every day, so they cannot look at how much time has passed."""
        conditions = [entry.get("when"), *(entry.get("implies") or {}).values()]
        words = _words(conditions)
        passing = [*KINDS, *(name for name, (kind, _) in self.scope.derived.items() if kind != "bool")]
        for word in passing:
            if word in words:
                text = Text(f"„{word}“ hängt vom Tag ab", f"“{word}” depends on the day")
                source.report(path, text)

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
                    target: _jsonable(value if isinstance(value, dict) else {"ergebnis": value})
                    for target, value in targets.items()
                }
            yield {
                "name": entry["name"],
                "given": _jsonable({**profiles.get(profile, {}), **entry.get("given", {})}),
                "expect": expect,
                "file": source.name,
                "line": source.line(path),
            }

    def _check_relations_of_rules(self) -> None:
        from wegweiser.engine.linkrules import check_rules

        check_rules(self)


def _words(value: Any) -> set[str]:
    """All keys of nested plain values."""
    if isinstance(value, dict):
        return {*value, *(word for entry in value.values() for word in _words(entry))}
    if isinstance(value, list):
        return {word for entry in value for word in _words(entry)}
    return set()


def _jsonable(value: Any) -> Any:
    """Plain values as JSON can hold them: days as text, amounts as numbers."""
    if isinstance(value, dict):
        return {key: _jsonable(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_jsonable(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
