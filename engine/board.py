"""The dates of a question: which are unknown, how their values fall into cells, when known ones turn."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from wegweiser.engine.gaps import Event, Now
from wegweiser.engine.periods import Period, reach, turn
from wegweiser.engine.situation import KEINE, Situation

__all__ = ["Board", "Cell"]


class Cell(NamedTuple):
    """A stretch of values of an unknown date: its fixed variables and its events in order.

    `start` are all its variables on the day asked, `open` its events after that day.
    """

    low: int
    high: int
    fixed: tuple[tuple[int, int], ...] = ()
    events: tuple[Event, ...] = ()
    start: Now = {}  # noqa: RUF012
    open: tuple[Event, ...] = ()


class Board:
    """The dates whose variables are in `mask`, for one situation and the wordings from its day on.

    `days` are the day asked and every later day on which a wording begins or a period of a known date
    runs out, and a `mark`; `stretch` tells which wording holds on each, `known` the variables of known
    dates.
    """

    def __init__(self, situation: Situation, starts: list[int], mask: int, mark: int | None = None) -> None:
        self.situation = situation
        self.starts = starts
        self.mask = mask
        self.mark = mark
        self.compiled = situation.compiled
        variables = self.compiled.variables
        self.first_date = variables.first_date
        self.dates = {name: bits for name, bits in variables.dates.items() if bits & mask}
        self.unknown = [name for name in self.dates if name not in situation.dates]
        self.rank = {name: self.first_date + place for place, name in enumerate(self.unknown)}
        self.turns = {
            name: [turning for turning in variables.turns[name] if mask >> turning[0] & 1]
            for name in self.dates
        }
        self.rel_variables = {
            name: tuple(dict.fromkeys(variable for variable, _, _ in found))
            for name, found in self.turns.items()
        }
        self.fixed = self._fixed_days()
        self.days = [situation.day, *self.fixed]
        self.stretch = [bisect_right(starts, day) - 1 for day in self.days]
        self.known = [self._known_on(day) for day in self.days]
        self.turning = [0, *(self._turned(one, two) for one, two in pairwise(self.known))]
        """For each day the variables of known dates that turn on it, as a set of bits."""
        self._grid: dict[str, list[Cell]] = {}

    def _fixed_days(self) -> list[int]:
        days = {*self.starts[1:], *(() if self.mark is None else (self.mark,))}
        for name, turns in self.turns.items():
            value = self.situation.dates.get(name)
            if value is not None and value != KEINE:
                days |= {turn(kind, period, value) for _, kind, period in turns}
        return sorted(day for day in days if day > self.situation.day)

    def _known_on(self, day: int) -> Now:
        now = Now()
        for name in self.dates:
            value = self.situation.dates.get(name)
            if value is None:
                continue
            for number in self.compiled.variables.places.get(name, ()):
                now[number] = self.situation.place(number, value)
            for variable in self.rel_variables[name]:
                now[variable] = 0
            if value != KEINE:
                for variable, kind, period in self.turns[name]:
                    now[variable] += turn(kind, period, value) <= day
        return now

    @staticmethod
    def _turned(before: Now, after: Now) -> int:
        return sum(1 << variable for variable, value in after.items() if before[variable] != value)

    def grid(self, name: str) -> list[Cell]:
        """The cells of an unknown date, from the earliest on; KEINE last where it is possible."""
        found = self._grid.get(name)
        if found is None:
            found = self._grid[name] = self._cells(name)
        return found

    def today(self, name: str) -> list[tuple[int, int]]:
        """The stretches of days of an unknown date that can be told apart on the day asked."""
        return self._stretches(name, {self.situation.day})

    def _cells(self, name: str) -> list[Cell]:
        days = {self.situation.day, *self.fixed, *(day - 1 for day in self.fixed)}
        cells = [self.cell(name, low, high) for low, high in self._stretches(name, days)]
        if not self.situation.always(name):
            cells.append(self.cell(name, KEINE, KEINE))
        return cells

    def _stretches(self, name: str, days: set[int]) -> list[tuple[int, int]]:
        """An unknown date cut where something that is looked at on one of the days turns."""
        low, top = self.situation.earliest(name), self.situation.latest(name)
        cuts = {top, *self._cuts(name)}
        for _, kind, period in self.turns[name]:
            cuts |= {reach(kind, period, day) for day in days}
        highs = sorted(cut for cut in cuts if low <= cut <= top)
        return list(zip([low, *(high + 1 for high in highs)], highs, strict=False))

    def _cuts(self, name: str) -> set[int]:
        """Fixed days that rules or known dates compare an unknown date with."""
        known, cuts = self.situation.dates, set()
        for entry in self.compiled.variables.entries[self.first_date :]:
            if entry["kind"] == "abs" and entry["fact"] == name:
                cuts |= set(entry["cuts"])
            elif entry["kind"] == "pair":
                period, shift = Period(*entry["period"]), entry["shift"]
                if entry["fact"] == name and known.get(entry["other"], KEINE) != KEINE:
                    cuts.add(turn("after", period, known[entry["other"]]) - 1 + shift)
                if entry["other"] == name and known.get(entry["fact"], KEINE) != KEINE:
                    cuts.add(reach("after", period, known[entry["fact"]] - shift))
        for x, y, _ in self.situation.orders:
            if x == name and y in known:
                cuts.add(known[y])
            if x == name and self.situation.capped(x, y):
                cuts.add(self.situation.latest(y))
            if y == name and x in known:
                cuts.add(known[x] - 1)
        return cuts

    def cell(self, name: str, low: int, high: int) -> Cell:
        """A cell of an unknown date: from its lowest to its highest day, or KEINE for both."""
        events = []
        if high != KEINE:
            events = [
                Event(turn(kind, period, low), turn(kind, period, high), variable, name)
                for variable, kind, period in self.turns[name]
            ]
        fixed = tuple(
            (variable, self.situation.place(variable, high))
            for variable in self.compiled.variables.places.get(name, ())
            if self.mask >> variable & 1
        )
        day = self.situation.day
        start = dict(fixed) | dict.fromkeys(self.rel_variables[name], 0)
        for event in events:
            start[event.variable] += event.high <= day
        later = tuple(event for event in events if event.high > day)
        return Cell(low, high, fixed, tuple(events), start, later)
