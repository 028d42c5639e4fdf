"""What the entries of a rule book show by themselves: citations, versions, texts, what nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from wegweiser.engine.book import Book, in_force
from wegweiser.engine.compile import LIMIT, Stretch
from wegweiser.engine.diagram import FALSE, Diagrams
from wegweiser.engine.norms import SIGN, covers
from wegweiser.engine.review.findings import Finding, Place
from wegweiser.engine.review.slices import strings
from wegweiser.engine.variables import OTHER, Variable, find_variables, possible_classes

__all__ = ["lint"]

_CITATION = re.compile(
    rf"(?:{SIGN}|Art\.|Anlage) ?(?:[0-9]+[a-z]*|[IVX]+[a-z]?)"
    r"(?: (?:Abs\.|UAbs\.|Satz|Hs\.|Nr\.|Buchst\.|Alt\.|und|bis|[0-9]+[a-z]*,?|[a-z]{1,3},?))*"
    r" (?P<act>[A-ZÄÖÜ]\S*(?: \S+)*)"
)
_KINDS = ("rules", "derived", "lists", "parameters")
_CITING = (*_KINDS, "targets", "duties", "relations")
_TEXTS = (
    "because",
    "label",
    "hint",
    "question",
    "evidence",
    "text",
    "note",
    "was",
    "falls",
    "frist",
    "form",
    "case",
)
_SAME = 4
"""From so many words on the same text in both languages is no name but a translation left out."""


def lint(data: dict[str, Any], on: date | None = None) -> Iterator[Finding]:
    """Every finding that needs no proof about a target; with a day also what was not checked for a year."""
    yield from _citations(data)
    yield from _unread(data)
    yield from _versions(data)
    yield from _orphans(data)
    yield from _texts(data)
    if on is not None:
        yield from _unchecked(data, on)
    yield from _coarse(data)


def _versions_of(data: dict[str, Any], kind: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, entry in data[kind].items():
        yield name, entry if isinstance(entry, list) else entry["versions"]


# --- citations and sources ---


def _citations(data: dict[str, Any]) -> Iterator[Finding]:
    acts = data.get("acts") or {}
    spellings = {*acts, *(one for act in acts.values() for one in act.get("names") or ())}
    for kind in _CITING:
        for name, number, entry in _entries(data, kind):
            place = Place(kind, name, number)
            norms = list(_norms(entry))
            silent = entry["because"] if kind == "relations" else kind == "targets" and not entry["default"]
            if not norms and not silent:
                yield Finding("W101", place, detail=("–",))
            for norm in norms:
                found = _CITATION.fullmatch(norm)
                if found is None:
                    yield Finding("W101", place, detail=(norm,), key=norm)
                elif spellings and found["act"] not in spellings:
                    yield Finding("W102", place, detail=(found["act"],), key=found["act"])
    for name, versions in _versions_of(data, "parameters"):
        entry = data["parameters"][name]
        if (
            entry["typ"] == "geld"
            and not entry.get("source")
            and not all(one.get("source") for one in versions)
        ):
            yield Finding("W108", Place("parameters", name))


def _entries(data: dict[str, Any], kind: str) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """The entries of a kind, each version of rules and definitions by itself."""
    if kind in ("rules", "derived"):
        for name, versions in data[kind].items():
            yield from ((name, number, version) for number, version in enumerate(versions))
    elif isinstance(data[kind], Mapping):
        yield from ((name, 0, entry) for name, entry in data[kind].items())
    else:
        yield from ((entry.get("id") or entry["name"], 0, entry) for entry in data[kind])


def _norms(value: Any) -> Iterator[str]:
    """The citations in an entry, wherever they stand."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "normen":
                yield from inner or ()
            elif key == "norm" and isinstance(inner, str):
                yield inner
            else:
                yield from _norms(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _norms(inner)


# --- what nobody reads ---


def _unread(data: dict[str, Any]) -> Iterator[Finding]:
    facts = data["vocabulary"]["facts"]
    rest = {
        kind: value
        for kind, value in data.items()
        if kind not in ("vocabulary", "meta", "examples", "review")
    }
    others = {kind: value for kind, value in data["vocabulary"].items() if kind not in ("facts", "topics")}
    hanging = [[entry.get("only_if"), entry.get("ohne_angabe")] for entry in facts.values()]
    read = set(strings([list(_values(rest)), others, hanging]))
    for name, entry in facts.items():
        if name not in read and entry["typ"] != "liste" and not entry.get("expires"):
            yield Finding("W106", Place("facts", name))
    for kind in ("derived", "lists", "parameters"):
        for name in data[kind]:
            if name not in read:
                yield Finding("W107", Place(kind, name))


def _values(rest: dict[str, Any]) -> Iterator[Any]:
    """What entries say, without the names under which they stand."""
    for kind, value in rest.items():
        yield from value.values() if kind in _KINDS and isinstance(value, Mapping) else [value]


# --- versions ---


def _versions(data: dict[str, Any]) -> Iterator[Finding]:
    first = data["meta"]["coverage_from"]
    for kind in _KINDS:
        for name, versions in _versions_of(data, kind):
            ordered = sorted(versions, key=lambda one: one["from"] or 0)
            for one, two in pairwise(ordered):
                if one["to"] is not None and two["from"] is not None and one["to"] + 1 < two["from"] > first:
                    days = f"{_iso(one['to'] + 1)}–{_iso(two['from'] - 1)}"
                    yield Finding("W109", Place(kind, name, versions.index(two)), detail=(days,))


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _orphans(data: dict[str, Any]) -> Iterator[Finding]:
    """Exceptions that are in force where none of the rules is that they depart from."""
    book = Book(data)
    for name, versions in book.rules.items():
        for number, rule in enumerate(versions):
            if not rule.parents:
                continue
            days = [day for day in book.boundaries if in_force(rule.data, day)]
            parents = [parent for one in rule.parents for parent in book.rules[one]]
            for target in rule.targets:
                if not any(
                    in_force(parent.data, day)
                    for parent in parents
                    if target in parent.targets
                    for day in days
                ):
                    yield Finding(
                        "P204", Place("rules", name, number), target, (", ".join(rule.parents),), target
                    )
            lonely = [
                day
                for day in days
                if not any(
                    in_force(one.data, day) and set(one.targets) & set(rule.targets) for one in parents
                )
            ]
            if lonely and len(lonely) < len(days):
                said = f"{', '.join(rule.parents)} ({_iso(lonely[0])})"
                yield Finding("P204", Place("rules", name, number), None, (said,), _iso(lonely[0]))


def _unchecked(data: dict[str, Any], on: date) -> Iterator[Finding]:
    year = on.replace(year=on.year - 1) if (on.month, on.day) != (2, 29) else date(on.year - 1, 2, 28)
    for name, versions in data["rules"].items():
        for number, version in enumerate(versions):
            if not in_force(version, on.toordinal()):
                continue
            checked = version["checked"]
            if checked is None:
                yield Finding("W111", Place("rules", name, number))
            elif checked["on"] < year.toordinal():
                yield Finding("W110", Place("rules", name, number), detail=(_iso(checked["on"]),))


# --- texts ---


def _texts(data: dict[str, Any]) -> Iterator[Finding]:
    for kind in (*_CITING, "facts"):
        entries = data["vocabulary"]["facts"] if kind == "facts" else None
        found = ((name, 0, one) for name, one in entries.items()) if entries else _entries(data, kind)
        for name, number, entry in found:
            for german, english in _bilingual(entry):
                missing = [
                    lang for lang, text in (("Deutsch", german), ("Englisch", english)) if not _says(text)
                ]
                if german == english and not german.startswith(SIGN) and len(german.split()) >= _SAME:
                    missing.append("Englisch")
                if missing:
                    english_name = {"Deutsch": "German", "Englisch": "English"}[missing[0]]
                    yield Finding("W112", Place(kind, name, number), None, (missing[0], english_name), german)


def _says(text: str) -> bool:
    """Whether there is anything to read."""
    return any(sign.isalpha() for sign in text)


def _bilingual(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The texts of an entry in both languages."""
    if isinstance(value, Mapping):
        if value.keys() == {"de", "en"}:
            yield value["de"], value["en"]
        else:
            for name, inner in value.items():
                yield from _bilingual(inner, name)
    elif isinstance(value, list):
        if key in _TEXTS and len(value) == 2 and all(isinstance(one, str) for one in value):  # noqa: PLR2004
            yield value[0], value[1]
        else:
            for inner in value:
                yield from _bilingual(inner)


# --- what is told more exactly, and what silence means ---


def _coarse(data: dict[str, Any]) -> Iterator[Finding]:
    book = Book(data)
    variables = find_variables(book)
    facts = data["vocabulary"]["facts"]
    for variable in variables.entries:
        if variable["kind"] == "set" and variable["norms"]:
            for coarse, fine in _widening(variable, facts[variable["fact"]].get("parts") or {}):
                said = f"{coarse} → {fine}"
                yield Finding("P205", Place("facts", variable["fact"]), None, (said,), said)
    stretch = Stretch(book, variables, Diagrams(variables.sizes, LIMIT), book.boundaries[-1])
    for number, relation in enumerate(data["relations"]):
        if relation["in_order"]:
            continue
        for name in sorted(set(strings([relation["then"]])) & facts.keys()):
            silence = facts[name].get("ohne_angabe")
            if silence is not None and not isinstance(silence, dict) and _clashes(stretch, relation, name):
                yield Finding(
                    "P206", Place("facts", name, number), None, (relation["name"],), relation["name"]
                )


def _widening(variable: Variable, parts: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Citations of which the finer one leaves open what the coarser one rules out."""
    members = [one for each in variable["classes"] for one in each if one != OTHER]
    known = [*dict.fromkeys([*members, *parts, *(one for each in parts.values() for one in each)])]
    for coarse in known:
        for fine in known:
            if fine != coarse and covers(coarse, fine):
                left = set(possible_classes(variable, fine, parts))
                if not left <= set(possible_classes(variable, coarse, parts)):
                    yield coarse, fine


def _clashes(stretch: Stretch, relation: dict[str, Any], fact: str) -> bool:
    """Whether a relation breaks wherever somebody says nothing of a fact."""
    store, book = stretch.store, stretch.book
    parts: Iterable[Any] = [relation["when"], relation["if"], ["fact", fact, "is", book.silence(fact)]]
    asked = store.all_of([stretch.condition(part, None) for part in parts])
    return asked != FALSE and store.both(asked, stretch.condition(relation["then"], None)) == FALSE
