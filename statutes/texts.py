"""A section as it was imported: its name, heading and lines."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

__all__ = ["Section", "Snapshot", "section_name", "section_order"]


class Section(NamedTuple):
    """One section, article or annex."""

    name: str
    """As in citations: "§ 61", "Anlage II"."""
    heading: str
    lines: tuple[str, ...]
    """Paragraphs of text and items of enumerations, labels included."""


class Snapshot(NamedTuple):
    """An act as it read on a day."""

    act: str
    day: date
    """Of an official file the day on which it was made; of a folder the day of its state."""
    sections: dict[str, Section]


def section_name(raw: str) -> str | None:
    """The name of a section as citations have it ("§61", "Anlage II (zu § 3)"); None where it is none."""
    text = " ".join(raw.split())
    match = re.match(
        r"(§|Art(?:ikel|\.)?|Anlage|Anhang)\s*([0-9]+[a-z]*|[A-Z][0-9]*[a-z]*|[IVX]+)?(?![^\W_])", text
    )
    if match is None or (
        match[1] == "§" and not (match[2] or "").rstrip("abcdefghijklmnopqrstuvwxyz").isdigit()
    ):
        return None
    unit = {"Artikel": "Art.", "Art": "Art.", "Anhang": "Anlage"}.get(match[1], match[1])
    return f"{unit} {match[2] or ''}".strip()


def section_order(name: str) -> tuple[bool, list[str | int]]:
    """Sorts names of sections as an act has them: § 2, § 10, § 10a, annexes last."""
    parts = re.split(r"([0-9]+)", name)
    return not name.startswith("§"), [int(part) if part.isdecimal() else part for part in parts]
