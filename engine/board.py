"""The dates of a question: which are unknown, how their values fall into cells, when known ones turn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
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

    With `steps` (see `Compiled.steps`) only those periods and days count that the question tells apart.
    `days` are the day asked and every later day on which a wording begins or a period of a known date
    runs out, and a `mark`; `stretch` tells which wording holds on each, `known` the variables of known
    dates.
    """

    def __init__(
        self,
        situation: Situation,
        starts: list[int],
        mask: int,
        mark: int | None = None,
        steps: Mapping[int, int] | None = None,
    ) -> None:
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
        self._steps = steps
        self.ladder: dict[int, tuple[int, ...]] = {}
        """The values that a variable of periods takes one after the other as these run out."""
        self.turns = {name: self._turns(name) for name in self.dates}
        self.rel_variables = {
            name: tuple(dict.fromkeys(variable for variable, _, _ in found))
            for name, found in self.turns.items()
        }
        self.fixed = self._fixed_days()
        self.days = [situation.day, *self.fixed]
        self.stretch = [bisect_right(starts, day) - 1 for day in self.days]
        self.compared = self._compared()
        """The comparisons of dates that are settled, with what they come to."""
        self.known = [{**self._known_on(day), **self.compared} for day in self.days]
        self.turning = [0, *(self._turned(one, two) for one, two in pairwise(self.known))]
        """For each day the variables of known dates that turn on it, as a set of bits."""
        self._grid: dict[str, list[Cell]] = {}
        self._today: dict[str, list[tuple[int, int]]] = {}
        self._values: dict[tuple[str, int], Now] = {}

    def _turns(self, name: str) -> list[tuple[int, str, Period]]:
        """The periods of a date that count, with their variable."""
        places: dict[int, int] = {}
        found = []
        for turning in self.compiled.variables.turns[name]:
            variable = turning[0]
            if self.mask >> variable & 1:
                place = places[variable] = places.get(variable, -1) + 1
                ladder = self.ladder.setdefault(variable, (0,))
                if self._told(variable, place):
                    self.ladder[variable] = (*ladder, place + 1)
                    found.append(turning)
        return found

    def _told(self, variable: int, place: int) -> bool:
        """Whether the question tells the values on both sides of a step apart."""
        return self._steps is None or bool(self._steps.get(variable, 0) >> place & 1)

    @property
    def paired(self) -> set[str]:
        """The unknown dates that the question compares with another date."""
        entries = self.compiled.variables.entries
        pairs = [
            one for number, one in enumerate(entries) if one["kind"] == "pair" and self.mask >> number & 1
        ]
        return {name for one in pairs for name in (one["fact"], one["other"]) if name in self.rank}

    def above(self, variable: int, value: int) -> tuple[int, ...]:
        """A value of a variable of periods, and those that follow it."""
        ladder = self.ladder[variable]
        return ladder[ladder.index(value) :]

    def _fixed_days(self) -> list[int]:
        days = {*self.starts[1:], *(() if self.mark is None else (self.mark,))}
        for name, turns in self.turns.items():
            value = self.situation.dates.get(name)
            if value is not None and value != KEINE:
                days |= {turn(kind, period, value) for _, kind, period in turns}
        return sorted(day for day in days if day > self.situation.day)

    def _compared(self) -> Now:
        dates, found = self.situation.dates, Now()
        for number, entry in enumerate(self.compiled.variables.entries):
            if entry["kind"] != "pair" or not self.mask >> number & 1:
                continue
            one, two = dates.get(entry["fact"]), dates.get(entry["other"])
            if KEINE in (one, two):
                found[number] = 0
            elif one is not None and two is not None:
                last = turn("after", Period(*entry["period"]), two) - 1 + entry["shift"]
                found[number] = int(one <= last)
        return found

    def _known_on(self, day: int) -> Now:
        now = Now()
        for name in self.dates:
            value = self.situation.dates.get(name)
            if value is not None:
                now |= self._now(name, value, day)
        return now

    def _now(self, name: str, value: int, day: int) -> Now:
        """The variables of a date with a value on a day, comparisons left aside."""
        now = Now()
        for number in self.compiled.variables.places.get(name, ()):
            now[number] = self.situation.place(number, value)
        for variable in self.rel_variables[name]:
            now[variable] = 0
        if value != KEINE:
            for variable, kind, period in self.turns[name]:
                if turn(kind, period, value) <= day:
                    now[variable] = self.above(variable, now[variable])[1]
        return now

    def on(self, name: str, value: int) -> Now:
        """The variables of a date with a value on the day asked, comparisons left aside."""
        key = (name, value)
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = self._now(name, value, self.situation.day)
        return found

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
        found = self._today.get(name)
        if found is None:
            found = self._today[name] = self._stretches(name, {self.situation.day})
        return found

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
        for number, entry in enumerate(self.compiled.variables.entries):
            if number < self.first_date or not self.mask >> number & 1:
                continue
            if entry["kind"] == "abs" and entry["fact"] == name:
                cuts |= {cut for place, cut in enumerate(entry["cuts"]) if self._told(number, place)}
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
                Event(
                    turn(kind, period, low),
                    turn(kind, period, high),
                    variable,
                    name,
                    kind,
                    period,
                    low,
                    high,
                )
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
            if event.high <= day:
                start[event.variable] = self.above(event.variable, start[event.variable])[1]
        later = tuple(event for event in events if event.high > day)
        return Cell(low, high, fixed, tuple(events), start, later)
