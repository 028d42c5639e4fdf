"""Checks the agenda and the offices of a rule book, and makes plain data of them."""

from __future__ import annotations

from collections import Counter
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from wegweiser.engine.agendalimits import too_large
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.periods import Period
from wegweiser.engine.plain import bilingual, many
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.linking import Linker
    from wegweiser.engine.loading import Source
    from wegweiser.engine.yamlio import Path

__all__ = ["agenda"]

_DAY = "{tag}"


def agenda(linker: Linker) -> dict[str, Any]:
    """Atoms, rules and offices as plain data."""
    return _Agenda(linker).plain()


class _Agenda:
    """The files of one agenda together."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.files = [source for source in linker.sources if source.kind == "agenda"]
        self.offices = _offices(linker)
        self.atoms: dict[str, Any] = {}
        self.rules: list[dict[str, Any]] = []
        self.places: list[tuple[Source, Path]] = []

    def plain(self) -> dict[str, Any]:
        for source in self.files:
            for name, entry in (source.value.get("atoms") or {}).items():
                self._atom(source, name, entry)
        for source in self.files:
            for place, entry in enumerate(source.value.get("rules") or []):
                self.places.append((source, ("rules", place)))
                self.rules.append(self._rule(source, entry, ("rules", place)))
        self._names()
        self._order()
        for place, text in too_large(self.rules):
            source, path = self.places[place]
            source.report((*path, "all"), text)
        return {"atoms": self.atoms, "rules": self.rules, "offices": self.offices}

    # --- atoms ---

    def _atom(self, source: Source, name: str, entry: dict[str, Any]) -> None:
        path: Path = ("atoms", name)
        if name in self.atoms:
            source.report(
                path, Text("dieses Atom steht schon woanders", "this atom stands elsewhere already")
            )
        if entry.get("when") is None and entry.get("answer") is None:
            missing = Text("„when“ oder „answer“ fehlt", "“when” or “answer” is missing")
            source.report(path, missing)
        self.atoms[name] = {
            "when": self._facts(source, entry, path, "when"),
            "unless": self._facts(source, entry, path, "unless"),
            "answer": self._answer(source, entry.get("answer"), path),
        }

    def _facts(self, source: Source, entry: dict[str, Any], path: Path, key: str) -> Any:
        """A condition on facts alone."""
        found = self.linker.condition(source, entry.get(key), (*path, key))
        if found is not None and _concludes(found):
            exact = Text(
                f"was über ein Ziel entschieden ist, sagt hier „answer“, nicht „{key}“",
                f"what is decided on a target is for “answer” here, not for “{key}”",
            )
            source.report((*path, key), exact)
        return found

    def _answer(self, source: Source, entry: dict[str, Any] | None, path: Path) -> dict[str, Any] | None:
        if entry is None:
            return None
        targets: list[str] = []
        for name in many(entry["target"]):
            if name in self.linker.groups:
                targets += self.linker.groups[name]
            elif self.linker.known_target(source, name, (*path, "answer", "target")):
                targets.append(name)
        within = entry.get("within")
        tests = {key: entry.get(key) or [] for key in ("in", "possible", "then")}
        if within is None and not any(tests.values()):
            empty = Text("hier fehlt, was die Antwort sein soll", "what the answer has to be is missing here")
            source.report((*path, "answer"), empty)
        near = None
        if within is not None:
            near = {
                "day": within["day"],
                "period": self._period(source, within["period"], (*path, "answer", "within")),
            }
        return {"targets": targets, **tests, "within": near, "with": self._change(source, entry, path)}

    def _change(self, source: Source, entry: dict[str, Any], path: Path) -> dict[str, Any]:
        """What is taken to be done: values that the facts can have."""
        change: dict[str, Any] = entry.get("with") or {}
        for name, value in change.items():
            self.linker.condition(source, {name: value}, (*path, "answer", "with"))
        return change

    # --- rules ---

    def _rule(self, source: Source, entry: dict[str, Any], path: Path) -> dict[str, Any]:
        step, alert = entry.get("step"), entry.get("alert")
        if step is None and alert is None and not entry.get("adds"):
            idle = Text(
                "die Regel tut nichts: „adds“, „step“ oder „alert“ fehlt",
                "the rule does nothing: “adds”, “step” or “alert” is missing",
            )
            source.report(path, idle)
        return {
            "id": entry["id"],
            "all": entry["all"],
            "adds": entry.get("adds") or [],
            "step": None if step is None else self._step(source, step, (*path, "step")),
            "alert": None if alert is None else self._alert(source, alert, (*path, "alert")),
            "file": source.name,
            "line": source.line(path),
        }

    def _step(self, source: Source, entry: dict[str, Any], path: Path) -> dict[str, Any]:
        where = entry["wo"]
        if isinstance(where, str) and where not in self.offices:
            unknown = Text(f"die Stelle „{where}“ gibt es nicht", f"there is no office “{where}”")
            source.report((*path, "wo"), did_you_mean(unknown, where, self.offices))
        term = entry.get("frist")
        if term is not None and (term.get("de") is None) != (term.get("en") is None):
            both = Text("hier gehören „de“ und „en“ zusammen", "“de” and “en” belong together here")
            source.report((*path, "frist"), both)
        return {
            "was": bilingual(entry["was"]),
            "wer": bilingual(entry["wer"]),
            "wo": where if isinstance(where, str) else bilingual(where),
            "papier": bilingual(entry.get("papier")),
            "frist": None if term is None else self._term(source, term, (*path, "frist")),
            "normen": self._norms(source, entry, path),
            "nach": entry.get("nach") or [],
            "rank": entry.get("rank", 50),
        }

    def _norms(self, source: Source, entry: dict[str, Any], path: Path) -> list[str]:
        """Citations in full: the files of the agenda belong to no section of an act."""
        norms = many(entry.get("norm"))
        for norm in norms:
            if not norm.startswith(("§", "Art.", "Anlage")):
                full = Text(
                    "hier wird die ganze Fundstelle erwartet", "the citation in full is expected here"
                )
                source.report((*path, "norm"), full)
        return norms

    def _term(self, source: Source, entry: dict[str, Any], path: Path) -> dict[str, Any]:
        text = None if entry.get("de") is None or entry.get("en") is None else [entry["de"], entry["en"]]
        return {
            "text": text,
            "from": self._days(source, entry.get("from"), (*path, "from")),
            "until": self._days(source, entry.get("until"), (*path, "until")),
        }

    def _alert(self, source: Source, entry: dict[str, Any], path: Path) -> dict[str, Any]:
        days = self._days(source, entry.get("day"), (*path, "day"))
        if any((_DAY in entry["text"][lang]) != bool(days) for lang in ("de", "en")):
            together = Text(
                "„day“ und „{tag}“ im Text (in beiden Sprachen) gehören zusammen",
                "“day” and “{tag}” in the text (in both languages) belong together",
            )
            source.report(path, together)
        norms = self._norms(source, entry, path)
        return {
            "text": bilingual(entry["text"]),
            "normen": norms,
            "day": days,
            "rank": entry.get("rank", 50),
        }

    def _days(self, source: Source, entries: Any, path: Path) -> list[dict[str, Any]]:
        found = []
        for place, entry in enumerate(entries or []):
            here = (*path, place)
            answer, fact = entry.get("answer"), entry.get("fact")
            periods = [key for key in ("before", "after") if entry.get(key) is not None]
            fits = (answer is None) != (fact is None) and (answer is None) == (entry.get("day") is None)
            if not fits or len(periods) > (1 if fact is not None else 0):
                form = Text(
                    "erwartet wird „answer“ mit „day“, oder „fact“ mit höchstens einer Dauer",
                    "expected is “answer” with “day”, or “fact” with at most one period",
                )
                source.report(here, form)
                continue
            if answer is not None:
                self.linker.known_target(source, answer, (*here, "answer"))
                found.append({"answer": answer, "day": entry["day"]})
            elif self.linker.known_date(source, fact, (*here, "fact")):
                kind = periods[0] if periods else None
                period = self._period(source, entry[kind], (*here, kind)) if kind else None
                found.append({"fact": fact, "kind": kind, "period": period})
        return found

    @staticmethod
    def _period(source: Source, raw: str, path: Path) -> list[int]:
        period = Period.parse(raw)
        if period is None:
            source.report(path, Text(f"„{raw}“ ist keine Dauer wie P30D", f"“{raw}” is no period like P30D"))
            return [0, 0]
        return list(period)

    # --- what hangs together ---

    def _names(self) -> None:
        """Ids stand once; atoms are defined, or added by a rule, and not both; steps follow known steps."""
        first: dict[str, str] = {}
        times = Counter(rule["id"] for rule in self.rules)
        added = {atom for rule in self.rules for atom in rule["adds"]}
        known = [*self.atoms, *added]
        steps = [rule["id"] for rule in self.rules if rule["step"] is not None]
        for rule, (source, path) in zip(self.rules, self.places, strict=True):
            other = first.setdefault(rule["id"], source.name)
            if times[rule["id"]] > 1:
                twice = Text(f"diese id steht schon in {other}", f"this id stands in {other} already")
                source.report((*path, "id"), twice)
            for place, atom in enumerate(rule["all"]):
                if atom not in self.atoms and atom not in added:
                    unknown = Text(f"das Atom „{atom}“ gibt es nicht", f"there is no atom “{atom}”")
                    source.report((*path, "all", place), did_you_mean(unknown, atom, known))
            for place, atom in enumerate(rule["adds"]):
                if atom in self.atoms:
                    defined = Text(
                        "dieses Atom hat schon eine Bedingung", "this atom has a condition already"
                    )
                    source.report((*path, "adds", place), defined)
            for place, name in enumerate(rule["step"]["nach"] if rule["step"] else ()):
                if name not in steps:
                    unknown = Text(
                        f"„{name}“ ist keine Regel mit einem Schritt", f"“{name}” is no rule with a step"
                    )
                    source.report((*path, "step", "nach", place), did_you_mean(unknown, name, steps))

    def _order(self) -> None:
        """No step may come before itself."""
        steps = {rule["id"]: rule["step"]["nach"] for rule in self.rules if rule["step"] is not None}
        try:
            TopologicalSorter(steps).prepare()
        except CycleError as found:
            circle: list[str] = found.args[1]
            place = next(place for place, rule in enumerate(self.rules) if rule["id"] in circle)
            source, path = self.places[place]
            way = " → ".join(reversed(circle))
            text = Text(f"die Reihenfolge läuft im Kreis: {way}", f"the order runs in a circle: {way}")
            source.report((*path, "step", "nach"), text)


def _concludes(condition: Any) -> bool:
    if not isinstance(condition, list) or condition[0] in ("fact", "derived"):
        return False
    return condition[0] in ("target", "ba") or any(_concludes(part) for part in condition[1:])


def _offices(linker: Linker) -> dict[str, Any]:
    """Every kind of office with its names by place and by Land."""
    places = linker.vocabulary.data.get("places") or {}
    known = places.get("places", {})
    lands = sorted({land for entry in known.values() for land in many(entry)})
    found: dict[str, Any] = {}
    for source in linker.sources:
        if source.kind != "offices":
            continue
        for name, entry in source.value["offices"].items():
            for key, names, what in (("places", known, "Ort"), ("lands", lands, "Land")):
                for place in entry.get(key) or {}:
                    if place not in names:
                        unknown = Text(f"{what} „{place}“ ist nicht bekannt", f"“{place}” is not known")
                        source.report(("offices", name, key, place), did_you_mean(unknown, place, names))
            found[name] = {
                "kind": bilingual(entry["kind"]),
                "places": {place: bilingual(text) for place, text in (entry.get("places") or {}).items()},
                "lands": {land: bilingual(text) for land, text in (entry.get("lands") or {}).items()},
            }
    return found
