"""What differs between two states of the law, and which entries of a rule book cite it."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from wegweiser.engine.text import Text
from wegweiser.statutes.checks import piece_at
from wegweiser.statutes.citations import Citation
from wegweiser.statutes.entries import Entry
from wegweiser.statutes.fingerprints import fingerprint, normal
from wegweiser.statutes.store import Texts
from wegweiser.statutes.texts import Section, section_order

__all__ = ["Change", "Cited", "changes"]


class Cited(NamedTuple):
    """An entry that cites a section, with the norms whose piece differs and those whose piece does not."""

    entry: Entry
    changed: tuple[str, ...]
    same: tuple[str, ...]


class Change(NamedTuple):
    """A section that differs."""

    act: str
    section: str
    kind: Literal["geaendert", "neu", "weg"]
    heading: str
    cited: tuple[Cited, ...]


def changes(old: Texts, old_day: date, new: Texts, new_day: date, entries: list[Entry]) -> list[Change]:
    """The sections that differ, by act and in the order of the act.

    Acts that only one side holds are left out: nothing is known of what became of them. Entries are those in
    force on `old_day`.
    """
    found = []
    standing = [entry for entry in entries if entry.in_force(old_day)]
    for act in [name for name in old.acts() if name in new.acts()]:
        before, after = old.at(act, old_day), new.at(act, new_day)
        if before is None or after is None:
            continue
        for name in sorted({*before, *after}, key=section_order):
            kind = _kind(before.get(name), after.get(name))
            if kind is not None:
                cited = tuple(_cited(act, name, old, old_day, new, new_day, standing))
                heading = (after.get(name) or before[name]).heading
                found.append(Change(act, name, kind, heading, cited))
    return found


def _kind(before: Section | None, after: Section | None) -> Literal["geaendert", "neu", "weg"] | None:
    one = [] if before is None else [normal(line) for line in before.lines]
    other = [] if after is None else [normal(line) for line in after.lines]
    if "".join(one) == "".join(other):
        return None
    return "neu" if not one else "weg" if not other else "geaendert"


def _cited(
    act: str, section: str, old: Texts, old_day: date, new: Texts, new_day: date, entries: list[Entry]
) -> list[Cited]:
    found = []
    for entry in entries:
        changed: list[str] = []
        same: list[str] = []
        for norm, citation in zip(entry.norms, entry.citations, strict=True):
            if isinstance(citation, Text) or (citation.act, citation.section) != (act, section):
                continue
            differs = _print(old, citation, old_day) != _print(new, citation, new_day)
            (changed if differs else same).append(norm)
        if changed or same:
            found.append(Cited(entry, tuple(changed), tuple(same)))
    return found


def _print(texts: Texts, citation: Citation, day: date) -> str | None:
    found = piece_at(texts, citation, day)
    return fingerprint(found) if found else None
