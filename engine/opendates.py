"""The days on which unknown dates can change an answer.

What has happened can have happened up to the day of the check, so with each day one more value is
possible, and a value that was less than three months ago is so no longer. The classes of values that
rules tell apart are intervals. Their ends are either fixed (a day that a rule names, a known date, the
latest value whose period runs out by a fixed day) or move with the day (the day itself, the latest
value whose period has run out). While no moving end passes a fixed one, each class that is possible on
one day is possible on the next, and the answer is made of the same classes. Of dates up to `e` the
last one has run out on `turn(e)`; a date after `e` is first possible on `e + 1` and has first run out
on `turn(e + 1)`; these are the days given.

- Fixed ends of one date bound other dates, through relations and comparisons (`_spread`), and, where
  it counts which of two periods runs out first, through the days on which they do (`_order`).
- What is fixed by a day of change matters only up to that day.
- Moving ends of one date keep their order among each other, except where two periods are nearly equal
  and months of different length bring them together (`_uneven`, for ten years).
- What still moves is a first day that is counted from an unknown date: see `schedules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from wegweiser.engine.book import Book
from wegweiser.engine.facts import Facts
from wegweiser.engine.gaps import Contest
from wegweiser.engine.periods import NEVER, Period, near, reach, turn
from wegweiser.engine.situation import KEINE

__all__ = ["LIMIT_DAYS", "CrowdedError", "OpenDates", "Test"]

Test = tuple[Any, ...]
"""A test on a fact, in the form of `core`."""

Ends = dict[tuple[int, int], int]
"""Fixed ends of intervals: side and day, with the last day on which they matter."""

UPPER, LOWER = 0, 1
"""A date can be at most the day; a date can be later than the day."""

LIMIT_DAYS = 3653
"""So many days ahead it is looked at what no single period decides."""
_MOST_ENDS = 1000
"""Ends of intervals at which no list of days is made any more."""


def _note(ends: Ends, sides: Iterable[int], end: int, last: int = NEVER) -> None:
    """Take an end that matters up to a day."""
    for side in sides:
        ends[side, end] = max(last, ends.get((side, end), 0))


class CrowdedError(Exception):
    """So many periods of unknown dates can run out in so many orders that no list of days is made."""


class OpenDates:
    """The unknown dates of an answer that makes these tests, on the days from `start` to `end`."""

    def __init__(self, book: Book, facts: Facts, tests: Iterable[Test], stretch: tuple[int, int]) -> None:
        self.facts = facts
        self.start, self.end = stretch
        self.turns: dict[str, set[tuple[str, Period]]] = {}
        self.ends: dict[str, Ends] = {}
        self.pairs: list[tuple[str, str, Period, int]] = []
        for test in tests:
            kind, name = test[:2]
            if kind == "pair":
                self.pairs.append((name, *test[2:5]))
                self._add(test[2])
            if kind in ("turn", "le", "keine", "pair"):
                self._add(name)
            if kind == "turn" and name in self.ends:
                self.turns[name].add((test[2], test[3]))
            elif kind == "le" and name in self.ends:
                _note(self.ends[name], (UPPER, LOWER), test[2])
        self.orders = self._ordered(book) if self.ends else []

    @property
    def crowded(self) -> bool:
        """Whether two dates have periods, and one of them is known to lie after some day.

        Then it can begin to count which of their periods runs out first while no end is passed, as
        long as the periods of that day have not all run out.
        """
        names = [name for name, turns in self.turns.items() if turns]
        lowest = [(name, end + 1) for name in names for side, end in self.ends[name] if side == LOWER]
        later = (turn(*one, day) > self.start for name, day in lowest for one in self.turns[name])
        return len(names) > 1 and any(later)

    def _add(self, name: str) -> None:
        if name not in self.facts.values:
            self.turns.setdefault(name, set())
            self.ends.setdefault(name, {})

    def _ordered(self, book: Book) -> list[tuple[str, str]]:
        """Pairs of dates of which the first may have to lie before the second; one at least is unknown."""
        found: list[tuple[str, str]] = []
        for relation in book.data["relations"]:
            names = relation["in_order"] or []
            found += [(x, y) for place, y in enumerate(names) for x in names[:place]]
        return [pair for pair in found if any(name in self.ends for name in pair)]

    def days(self, fixed: set[int], delicate: frozenset[Contest]) -> set[tuple[int, str]]:
        """Days and the date behind each; on the days of `fixed` something else can change.

        `delicate`: the periods of unknown dates of which it counts which one runs out first. Raises
        CrowdedError where that makes too many days.
        """
        if not self.ends:
            return set()
        for name, ends in self.ends.items():
            for one in self.turns[name]:
                for due in fixed:
                    for day in (due, due - 1):
                        _note(ends, (UPPER, LOWER), reach(*one, day), due)
            self._compared(name)
        for _ in range(len(self.ends) - 1):
            if not self._spread(delicate):
                break
            if delicate and sum(map(len, self.ends.values())) > _MOST_ENDS:
                raise CrowdedError
        found: set[tuple[int, str]] = set()
        for name, ends in self.ends.items():
            if self.turns[name]:
                found |= {(day - 1, name) for day in fixed}  # nothing runs out between two days
            for (side, end), last in ends.items():
                days = {turn(*one, end if side == UPPER else end + 1) for one in self.turns[name]}
                days |= set() if side == UPPER else {end + 1}
                found |= {(day, name) for day in days if day <= last}
            found |= {(day, name) for day in self._uneven(name)}
        return found

    def _compared(self, name: str) -> None:
        """Ends that known dates set, directly or through relations."""
        values, ends = self.facts.values, self.ends[name]
        low, high, _ = self.facts.bound(name)
        if low > 1:
            _note(ends, (LOWER,), low - 1)
        if high < self.start:
            _note(ends, (UPPER,), high)
        for x, y in self.orders:
            if x == name and values.get(y, KEINE) != KEINE:
                _note(ends, (UPPER,), values[y])
            if y == name and values.get(x, KEINE) != KEINE:
                _note(ends, (LOWER,), values[x] - 1)
        for x, y, period, shift in self.pairs:
            if x == name and values.get(y, KEINE) != KEINE:
                _note(ends, (UPPER, LOWER), turn("after", period, values[y]) - 1 + shift)
            if y == name and values.get(x, KEINE) != KEINE:
                _note(ends, (UPPER, LOWER), reach("after", period, values[x] - shift))

    def _spread(self, delicate: frozenset[Contest]) -> bool:
        """Take ends of one date over to those that it is compared with; whether there were new ones."""
        before = {name: dict(ends) for name, ends in self.ends.items()}
        for x, y in self.orders:
            if x in before and y in before:
                for (side, end), last in before[y].items():
                    if side == UPPER:
                        _note(self.ends[x], (UPPER,), end, last)
                for (side, end), last in before[x].items():
                    if side == LOWER:
                        _note(self.ends[y], (LOWER,), end, last)
        self._compare(before)
        self._order(before, delicate)
        return before != self.ends

    def _compare(self, before: Mapping[str, Ends]) -> None:
        """Take over what comparisons of two unknown dates make of their ends."""
        for x, y, period, shift in self.pairs:
            if x in before and y in before:
                for (side, end), last in before[y].items():
                    for day in (end, end + 1):
                        _note(self.ends[x], (side,), turn("after", period, day) - 1 + shift, last)
                for (side, end), last in before[x].items():
                    for day in (end, end + 1):
                        _note(self.ends[y], (side,), reach("after", period, day - shift), last)

    def _order(self, before: Mapping[str, Ends], delicate: Iterable[Contest]) -> None:
        """Take over the days on which periods of other dates run out that begin on a fixed end."""
        for (name, *one), (other, *turning) in delicate:
            for (side, end), last in before.get(other, {}).items():
                due = turn(*turning, end if side == UPPER else end + 1)
                if self.start < due < NEVER and name in before:
                    _note(self.ends[name], (UPPER, LOWER), reach(*one, due), min(due, last))
                    _note(self.ends[name], (UPPER, LOWER), reach(*one, due - 1), min(due, last))

    def _uneven(self, name: str) -> set[int]:
        """Days on which two nearly equal periods of a date fall together, or no longer do."""
        found: set[int] = set()
        last = min(self.end, self.start + LIMIT_DAYS)
        for one, other in combinations(sorted(self.turns[name]), 2):
            if near(one, other) and (one[1].months or other[1].months):
                gaps = [reach(*one, day) - reach(*other, day) for day in range(self.start, last + 1)]
                signs = [(gap > 0) - (gap < 0) for gap in gaps]
                found |= {
                    self.start + place for place in range(1, len(signs)) if signs[place] != signs[place - 1]
                }
        return found
