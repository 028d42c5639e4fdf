"""What a rule book says of the law, entry by entry: its norms, its days, and what it was checked against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from wegweiser.engine.errors import BookError
from wegweiser.engine.loading import Source, load_sources
from wegweiser.engine.plain import many
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import Path as Place
from wegweiser.statutes.acts import Acts
from wegweiser.statutes.citations import Citation, parse

__all__ = ["Entry", "Rules", "read_rules"]


class Entry(NamedTuple):
    """One version of a rule, definition, duty, list or parameter."""

    id: str
    file: str
    place: Place
    """The way to it inside its file."""
    line: int
    norms: tuple[str, ...]
    """Its citations in full."""
    citations: tuple[Citation | Text, ...]
    """The same, read; a Text says why one cannot be read."""
    start: date | None
    end: date | None
    against: tuple[str, ...]
    """The fingerprints that it was checked against, one for each norm; none where it never was."""
    checked_on: date | None

    def in_force(self, day: date) -> bool:
        """Whether the version holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Rules(NamedTuple):
    """The entries of a rule book, and the acts that it knows."""

    folder: Path
    acts: Acts
    entries: list[Entry]
    checked_until: date
    """The newest text that the book was checked against, as it says itself."""


def read_rules(folder: Path) -> Rules:
    """Read the entries of a rule book; raises BookError where a file has a fault."""
    sources, faults = load_sources(folder)
    if faults:
        raise BookError(faults)
    listed: dict[str, Any] = next((source.value["acts"] for source in sources if source.kind == "acts"), {})
    acts = Acts(listed)
    book = next(source.value for source in sources if source.kind == "book")
    entries = [entry for source in sources for entry in _entries(source, acts)]
    return Rules(folder, acts, entries, book["checked_until"])


def _entries(source: Source, acts: Acts) -> Iterator[Entry]:
    if source.kind == "law":
        for kind, name in (("derived", "name"), ("rules", "id"), ("duties", "id")):
            for at, entry in enumerate(source.value.get(kind) or []):
                days = entry.get("in_force") or {}
                yield _entry(source, acts, entry[name], (kind, at), entry["norm"], {**entry, **days})
    elif source.kind == "parameters":
        for kind in ("lists", "parameters"):
            for name, entry in (source.value.get(kind) or {}).items():
                for at, version in enumerate(entry["versions"]):
                    yield _entry(source, acts, name, (kind, name, "versions", at), entry["norm"], version)


def _entry(source: Source, acts: Acts, name: str, place: Place, norms: Any, dated: dict[str, Any]) -> Entry:
    full = [source.citation(norm) if source.kind == "law" else norm for norm in many(norms)]
    checked = dated.get("checked") or {}
    return Entry(
        name,
        source.name,
        place,
        source.line(place),
        tuple(full),
        tuple(parse(norm, acts) for norm in full),
        dated.get("from"),
        dated.get("to"),
        tuple(many(checked.get("against"))),
        checked.get("on"),
    )
