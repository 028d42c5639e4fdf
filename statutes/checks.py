"""Compares what a rule book was checked against with imported texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from wegweiser.engine.text import Text
from wegweiser.statutes.citations import Citation, Part
from wegweiser.statutes.entries import Entry
from wegweiser.statutes.fingerprints import fingerprint
from wegweiser.statutes.pieces import Fragment, piece, places
from wegweiser.statutes.store import Texts

__all__ = ["FINDINGS", "Finding", "Status", "check", "day_of", "piece_at"]

Status = Literal["gleich", "geaendert", "weg", "verschoben", "nie_geprueft", "unlesbar", "kein_text"]
FINDINGS: tuple[Status, ...] = ("geaendert", "verschoben", "weg", "nie_geprueft", "unlesbar")
"""What asks for somebody's attention."""


class Finding(NamedTuple):
    """What became of one norm of an entry."""

    entry: Entry
    norm: str
    status: Status
    day: date | None
    """The day of the text that it was compared with."""
    moved_to: str | None = None
    """Where the text stands now."""
    before: tuple[str, ...] = ()
    """The text that the entry was checked against, where the store still holds it."""
    after: tuple[str, ...] = ()
    """The text now."""
    fault: Text | None = None


def piece_at(texts: Texts, citation: Citation, day: date) -> list[Fragment] | None:
    """The piece that a citation names, on a day; empty: it is gone; None: there is no text of the act."""
    sections = texts.at(citation.act or "", day)
    if sections is None:
        return None
    names = [citation.section] if citation.until is None else _range(sections, citation)
    return [one for name in names if name in sections for one in piece(sections[name].lines, citation)]


def _range(sections: Iterable[str], citation: Citation) -> list[str]:
    """The sections of an act from one to another, in the order of their numbers."""

    def rank(name: str) -> tuple[int, str]:
        number = name.partition(" ")[2]
        digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
        return (int(digits) if digits.isdigit() else 0, number.removeprefix(digits))

    first, last = rank(citation.section), rank(f"{citation.unit} {citation.until}")
    inside = [name for name in sections if name.startswith(citation.unit) and first <= rank(name) <= last]
    return sorted(inside, key=rank)


def day_of(entry: Entry, newest: date) -> date:
    """The day whose text an entry stands for: its last one, or the newest there is."""
    return newest if entry.end is None else min(entry.end, newest)


def check(entries: list[Entry], texts: Texts, day: date, in_force: date | None = None) -> Iterator[Finding]:
    """Compare entries with the texts of `day`.

    An entry whose time is over is compared with the text of its last day, one that begins later is left out.
    With `in_force` it is the entries of that day and no others that are compared, with the texts of `day`: so
    is seen what a change of the law does to rules that were right before it.
    """
    moves = _Moves(texts)
    for entry in entries:
        if in_force is None and entry.start is not None and entry.start > day:
            continue
        if in_force is not None and not entry.in_force(in_force):
            continue
        wanted = day_of(entry, day) if in_force is None else day
        for place, (norm, citation) in enumerate(zip(entry.norms, entry.citations, strict=True)):
            against = entry.against[place] if len(entry.against) == len(entry.norms) else None
            yield _finding(entry, norm, citation, against, wanted, texts, moves)


def _finding(
    entry: Entry,
    norm: str,
    citation: Citation | Text,
    against: str | None,
    day: date,
    texts: Texts,
    moves: _Moves,
) -> Finding:
    if isinstance(citation, Text):
        return Finding(entry, norm, "unlesbar", None, fault=citation)
    found = piece_at(texts, citation, day)
    if found is None:
        return Finding(entry, norm, "kein_text", None)
    after = _shown(found)
    seen = max(one for one in texts.days(citation.act or "") if one <= day)
    if against is None:
        return Finding(entry, norm, "nie_geprueft" if found else "weg", seen, after=after)
    if found and fingerprint(found) == against:
        return Finding(entry, norm, "gleich", seen)
    moved = moves.find(citation, seen, against)
    status: Status = "verschoben" if moved else "geaendert" if found else "weg"
    before = () if moved else _before(texts, citation, against)
    return Finding(entry, norm, status, seen, moved, before, after)


def _before(texts: Texts, citation: Citation, against: str) -> tuple[str, ...]:
    """The text with a fingerprint, from the newest state that has it in this place."""
    for day in reversed(texts.days(citation.act or "")):
        found = piece_at(texts, citation, day)
        if found and fingerprint(found) == against:
            return _shown(found)
    return ()


def _shown(found: list[Fragment]) -> tuple[str, ...]:
    return tuple(f"{one.label} {one.text}".strip() for one in found)


class _Moves:
    """Where in an act a piece with some fingerprint stands."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.known: dict[tuple[str, date], dict[str, list[Citation]]] = {}

    def find(self, citation: Citation, day: date, wanted: str) -> str | None:
        """The place of the same kind that has the wanted fingerprint; the nearest one of several."""
        act = citation.act or ""
        if (act, day) not in self.known:
            self.known[act, day] = self._index(act, day)
        shape = _shape(citation.parts)
        found = [one for one in self.known[act, day].get(wanted, ()) if _shape(one.parts) == shape]
        found.sort(key=lambda one: (one.number != citation.number, str(one)))
        return str(found[0]) if found else None

    def _index(self, act: str, day: date) -> dict[str, list[Citation]]:
        found: dict[str, list[Citation]] = {}
        for section in (self.texts.at(act, day) or {}).values():
            unit, _, number = section.name.partition(" ")
            for parts in places(section.lines):
                citation = Citation(act, unit, number, parts)
                there = piece(section.lines, citation)
                if there:
                    found.setdefault(fingerprint(there), []).append(citation)
        return found


def _shape(parts: tuple[Part, ...]) -> tuple[str, ...]:
    return tuple(part.kind for part in parts)
