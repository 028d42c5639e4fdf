"""Counting a caseload: people by target and outcome, faults by kind, and the people to look at first.

Whatever the length of the table, only counts and as many people as are shown are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from wegweiser.cli.caseload_work import Done
from wegweiser.engine.batch import Line
from wegweiser.engine.book import PERMISSIONS
from wegweiser.engine.nearest import Change

__all__ = ["OUTCOMES", "RIGHT", "SECTIONS", "Entry", "Kind", "Tally", "hidden"]

RIGHT: Final = ("frei", "anspruch", "soll")
"""Outcomes that leave the authority no choice, or hardly any."""
OUTCOMES: Final = (*RIGHT, "ermessen", "noch_nicht", "nein", "unklar")
SECTIONS: Final = ("recht", "ermessen", "ab", "voraussichtlich", "naechstes")
"""Lists of people, in the order in which they are shown."""
_DATED: Final = ("ab", "naechstes")
"""Lists of the next by date."""
_KINDS: Final = 1000
"""So many kinds of faults are told apart."""
_QUOTED: Final = re.compile(
    r"„[^“]*“|“[^”]*”|(?<![\w+.,-])(?<!zum Beispiel )(?<!for example )[0-9]+(?:[.,-][0-9]+)*(?!\w)"
)
"""What differs from row to row; not examples, nor numbers that are part of a name (U+001B)."""


class Entry(NamedTuple):
    """One person and one target on a list."""

    number: int
    fall: str | None
    line: Line
    near: Change | None = None


class Kind(NamedTuple):
    """A kind of fault: the column, and the message without what the cell holds."""

    head: str | None
    german: str
    english: str


class Tally:
    """What is kept of the people checked so far."""

    def __init__(self, targets: Sequence[str], shown: int) -> None:
        self.shown = shown
        self.people = 0
        self.faulty = 0
        self.counts = {target: dict.fromkeys(OUTCOMES, 0) for target in targets}
        self.kinds: Counter[Kind] = Counter()
        self.lists: dict[str, list[Entry]] = {section: [] for section in SECTIONS}
        self.lengths: Counter[str] = Counter()
        self.days: set[date] = set()

    def add(self, done: Done) -> None:
        """Count one row."""
        if done.faults:
            self.faulty += 1
            for fault in done.faults:
                kind = Kind(fault.head, _QUOTED.sub("…", fault.text.de), _QUOTED.sub("…", fault.text.en))
                if kind in self.kinds or len(self.kinds) < _KINDS:
                    self.kinds[kind] += 1
            return
        self.people += 1
        if len(self.days) < 2:  # noqa: PLR2004 (whether there is more than one)
            self.days.add(done.day)
        for line in done.lines:
            self.counts[line.ziel][line.ergebnis] += 1
            section = _section(line)
            if section is not None:
                self._list(section, Entry(done.number, done.fall, line))
        lines = {line.ziel: line for line in done.lines}
        for near in done.near:
            self._list("naechstes", Entry(done.number, done.fall, lines[near.ziel], near))

    def _list(self, section: str, entry: Entry) -> None:
        self.lengths[section] += 1
        entries = self.lists[section]
        if section in _DATED:  # the next by date, whatever comes later in the table
            entries.append(entry)
            if len(entries) > 2 * self.shown + 100:
                entries.sort(key=_by_day)
                del entries[self.shown :]
        elif len(entries) < self.shown:
            entries.append(entry)

    def entries(self, section: str) -> list[Entry]:
        """The people of a section that are shown, the next by date first."""
        entries = self.lists[section]
        return (sorted(entries, key=_by_day) if section in _DATED else entries)[: self.shown]


def _section(line: Line) -> str | None:
    if line.ergebnis in RIGHT:
        return "recht"
    if line.ergebnis == "ermessen":
        return "ermessen"
    if line.ergebnis == "noch_nicht":
        return "ab"
    return "voraussichtlich" if line.voraussichtlich in PERMISSIONS else None


def _by_day(entry: Entry) -> tuple[date, int]:
    if entry.near is not None:
        return entry.near.ab or date.min, entry.number
    return entry.line.ab or date.max, entry.number


def hidden(counts: Sequence[int], least: int) -> list[int | None]:
    """The counts with None in place of those below `least`, and of more where one could be worked out.

    The sum of all counts is taken to be known. A zero is no small cell. Hidden counts can be worked out
    where there is only one, or where their sum leaves nothing but one each; then the smallest of the
    others is hidden too. Of very few people nothing is told but how many they are.
    """
    if least > 1 and 0 < sum(counts) < max(2 * least, len(counts) + 1):
        return [None] * len(counts)
    away = {place for place, count in enumerate(counts) if 0 < count < least}
    while away and (len(away) == 1 or sum(counts[place] for place in away) == len(away)):
        rest = [place for place in range(len(counts)) if place not in away]
        away.add(min(rest, key=lambda place: (counts[place] == 0, counts[place])))
    return [None if place in away else count for place, count in enumerate(counts)]
