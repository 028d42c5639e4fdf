"""From a folder of YAML files to the plain data of a rule book.

Every file is read strictly and checked against its schema; then every name, type and relation is
checked across files. All faults of a folder are reported at once, as one BookError.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel

from wegweiser.engine import agendaschema, schema
from wegweiser.engine.errors import BookError, Fault
from wegweiser.engine.linking import Linker
from wegweiser.engine.norms import SIGN
from wegweiser.engine.periods import Period
from wegweiser.engine.plain import many
from wegweiser.engine.shapes import misshapen
from wegweiser.engine.text import Text
from wegweiser.engine.values import is_no_value, parse_value
from wegweiser.engine.vocabulary import Vocabulary
from wegweiser.engine.yamlio import Document, read

__all__ = ["Source", "load_data", "load_sources", "validate"]

_SINGLE = {
    "acts.yaml": "acts",
    "book.yaml": "book",
    "targets.yaml": "targets",
    "relations.yaml": "relations",
    "places.yaml": "places",
    "papers.yaml": "papers",
    "residence.yaml": "residence",
    "review.yaml": "review",
    "wordings.yaml": "wordings",
    "offices.yaml": "offices",
}
_FOLDERS = {"facts": "facts", "parameters": "parameters", "laws": "law", "agenda": "agenda"}
_MODELS = {**schema.MODELS, **agendaschema.MODELS}
_NETWORKS = "networks"
_NEEDED = ("book.yaml", "targets.yaml")


class Source:
    """One file of a rule book: its kind, its text with places, and its checked content."""

    def __init__(self, name: str, kind: str, document: Document) -> None:
        self.name = name
        self.kind = kind
        self.document = document
        self.faults: list[Fault] = []

    @property
    def value(self) -> dict[str, Any]:
        """The content as plain Python values."""
        value = self.document.value
        return value if isinstance(value, dict) else {}

    def report(self, path: tuple[str | int, ...], text: Text) -> None:
        """Note a fault at an entry."""
        self.faults.append(self.document.fault(path, text))

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of an entry."""
        return self.document.place(path)[0]

    def citation(self, norm: str) -> str:
        """A citation in full: relative ones get the section and the act of the file."""
        if norm.startswith((SIGN, "Art.", "Anlage")):
            return norm
        return f"{SIGN} {self.value['section']} {norm} {self.value['act']}".replace("  ", " ")

    def citations(self, norms: Any) -> list[str]:
        """One citation or several, in full."""
        return [self.citation(norm) for norm in many(norms)]


def load_data(folder: Path) -> dict[str, Any]:
    """The plain data of the rule book in `folder`; raises BookError with every fault."""
    sources, faults = load_sources(folder)
    if not faults:
        vocabulary = _vocabulary(sources)
        faults = [fault for source in sources for fault in source.faults]
        if not faults:  # the rules are read with a vocabulary that is sound
            linker = Linker(sources, vocabulary)
            data = linker.link()
            faults = [fault for source in sources for fault in source.faults]
            if not faults:
                from wegweiser.engine.netfiles import load_networks  # it reads files as this module does

                data["networks"], faults = load_networks(folder / _NETWORKS, _NETWORKS, linker.scope)
            if not faults:
                return data
    raise BookError(faults)


def load_sources(folder: Path) -> tuple[list[Source], list[Fault]]:
    """Read every file of a rule book and check it against its schema."""
    faults: list[Fault] = []
    sources: list[Source] = []
    if not folder.is_dir():
        missing = Text("dieser Ordner mit Regeln fehlt", "this folder of rules does not exist")
        return [], [Fault(str(folder), None, None, None, missing)]
    for path in sorted(folder.rglob("*.y*ml")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(f"{_NETWORKS}/"):
            continue
        kind = _kind(name)
        if kind is None:
            stray = Text(
                "gehört zu keinem Teil des Regelwerks (facts/, parameters/, laws/<gesetz>/, agenda/, …)",
                "belongs to no part of a rule book (facts/, parameters/, laws/<act>/, agenda/, …)",
            )
            faults.append(Fault(name, None, None, None, stray))
            continue
        try:
            raw = path.read_bytes()
        except OSError as problem:
            unread = Text(f"nicht lesbar: {problem.strerror}", f"cannot be read: {problem.strerror}")
            faults.append(Fault(name, None, None, None, unread))
            continue
        document, found = read(raw, name)
        faults += found
        if document is not None and not found:
            source = Source(name, kind, document)
            model = _MODELS.get(kind)
            if model is not None:
                validate(source, model)
            faults += source.faults
            source.faults = []
            sources.append(source)
    present = {source.name for source in sources} | {fault.file for fault in faults}
    for name in _NEEDED:
        if name not in present:
            faults.append(Fault(name, None, None, None, Text("diese Datei fehlt", "this file is missing")))
    return sources, faults


def _kind(name: str) -> str | None:
    if name in _SINGLE:
        return _SINGLE[name]
    parts = name.split("/")
    kind = _FOLDERS.get(parts[0])
    depth = 3 if kind == "law" else 2
    return kind if len(parts) == depth else None


def validate(source: Source, model: type[BaseModel]) -> None:
    """Check a file against its shape; faults are noted with the nearest known key."""
    source.faults += misshapen(source.document, model)


def _vocabulary(sources: list[Source]) -> Vocabulary:
    """Merge the fact files; a fact told twice and a default that does not fit are faults."""
    facts: dict[str, Any] = {}
    topics: dict[str, Any] = {}
    data: dict[str, Any] = {"facts": facts, "topics": topics}
    homes: dict[str, Source] = {}
    order = next(source.value for source in sources if source.kind == "book").get("topics") or []
    files = [source for source in sources if source.kind == "facts"]
    for source in sorted(files, key=lambda each: (_position(order, each.value["topic"]), each.name)):
        topics[source.value["topic"]] = source.value["label"]
        for name, entry in source.value["facts"].items():
            if name in facts:
                twice = Text(f"steht schon in {homes[name].name}", f"stands in {homes[name].name} already")
                source.report(("facts", name), twice)
                continue
            facts[name] = {**entry, "topic": source.value["topic"]}
            homes[name] = source
    for source in sources:
        if source.kind in ("places", "residence"):
            data[source.kind] = source.value
    vocabulary = Vocabulary.from_data(data)
    for name, source in homes.items():
        _check_fact(vocabulary, name, source)
    return vocabulary


def _position(order: list[str], topic: str) -> int:
    return order.index(topic) if topic in order else len(order)


def _check_fact(vocabulary: Vocabulary, name: str, source: Source) -> None:
    entry = vocabulary.data["facts"][name]
    path = ("facts", name)
    if (entry["typ"] == "wahl") != bool(entry.get("werte")):
        belongs = Text("„werte“ gehört zu „typ: wahl“", "“werte” belongs to “typ: wahl”")
        source.report(path, belongs)
        return
    bare = Vocabulary.from_data(
        {**vocabulary.data, "facts": {name: {**entry, "ueblich": None, "ohne_angabe": None}}}
    )
    for key in ("ueblich", "ohne_angabe"):
        raw = entry.get(key)
        if raw is None:
            continue
        text = _same(vocabulary, name, raw["wie"]) if isinstance(raw, dict) else None
        if not isinstance(raw, dict):
            value = parse_value(bare.fact(name), raw, bare)
            text = value if isinstance(value, Text) else _NO_VALUE if is_no_value(value) else None
        if key == "ueblich" and entry["typ"] == "datum":
            text = Text("kein Tag ist der übliche", "no day is the usual one")
        if text is not None:
            source.report((*path, key), text)
    text = _unsaid(bare, name, entry)
    if text is not None:
        source.report((*path, "unsaid"), text)


def _unsaid(vocabulary: Vocabulary, name: str, entry: dict[str, Any]) -> Text | None:
    """What is wrong with what a paper says where it says nothing special."""
    raw = entry.get("unsaid")
    if raw is None:
        return None
    if entry.get("employer") != "paper":
        return Text("„unsaid“ gehört zu „employer: paper“", "“unsaid” belongs to “employer: paper”")
    if entry["typ"] == "datum":
        known = isinstance(raw, str) and Period.parse(raw) is not None
        return None if known else Text("erwartet wird eine Dauer wie P18Y", "expected is a period like P18Y")
    value = parse_value(vocabulary.fact(name), raw, vocabulary)
    return value if isinstance(value, Text) else _NO_VALUE if is_no_value(value) else None


_NO_VALUE = Text("hier wird ein bekannter Wert erwartet", "a known value is expected here")


def _same(vocabulary: Vocabulary, name: str, other: str) -> Text | None:
    """What is wrong where silence means the same as another fact."""
    if other == name:
        return Text("verweist auf sich selbst", "refers to itself")
    if other not in vocabulary:
        return vocabulary.unknown_name(other)
    facts = vocabulary.data["facts"]
    if facts[other]["typ"] != facts[name]["typ"] or facts[other].get("werte") != facts[name].get("werte"):
        return Text(f"{other} ist von anderer Art", f"{other} is of another type")
    if isinstance(facts[other].get("ohne_angabe"), dict):
        return Text(f"{other} verweist selbst weiter", f"{other} refers to a further fact itself")
    return None
