"""The days on which unknown dates can change an answer.

What has happened can have happened up to the day of the check, so with each day one more value is
possible, and a value that was less than three months ago is so no longer. The classes of values that
rules tell apart are intervals. Their ends are either fixed (a day that a rule names, a known date, the
latest value whose period runs out by a fixed day) or move with the day (the day itself, the latest
value whose period has run out). While no moving end passes a fixed one, each class that is possible on
one day is possible on the next, and the answer is made of the same classes. A moving end passes a fixed
end `e` on `e + 1`, on `turn(e)` or on `turn(e + 1)`; these are the days given.

- Fixed ends of one date bound other dates, through relations and comparisons (`_spread`), and, where
  it counts which of two periods runs out first, through the days on which they do (`_order`).
- What is fixed by a day of change matters only up to that day.
- Moving ends of one date keep their order among each other, except where two periods are nearly equal
  and months of different length bring them together (`_uneven`, for ten years).
- What still moves is a first day that is counted from an unknown date: see `schedules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, permutations, product
from typing import Any

from wegweiser.engine.book import Book
from wegweiser.engine.facts import Facts
from wegweiser.engine.periods import NEVER, Period, reach, turn
from wegweiser.engine.situation import KEINE

__all__ = ["OpenDates", "Test"]

Test = tuple[Any, ...]
"""A test on a fact, in the form of `core`."""

_UNEVEN_DAYS = 3653
"""So many days ahead nearly equal periods of one unknown date are compared."""
_SLACK = 6.0
"""Periods that differ by more days than this never fall together, whatever the lengths of the months."""


def _both(ends: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The last day of each interval and the first of the next, with the last day on which they matter."""
    for end, last in ends.items():
        yield end, last
        yield end + 1, last


def _note(ends: dict[int, int], end: int, last: int) -> None:
    """Take an end that matters up to a day."""
    ends[end] = max(last, ends.get(end, 0))


class OpenDates:
    """The unknown dates of an answer that makes these tests, on the days from `start` to `end`."""

    def __init__(self, book: Book, facts: Facts, tests: Iterable[Test], stretch: tuple[int, int]) -> None:
        self.facts = facts
        self.start, self.end = stretch
        self.turns: dict[str, set[tuple[str, Period]]] = {}
        self.ends: dict[str, dict[int, int]] = {}
        """Fixed ends of intervals (each the last day of one), with the last day on which they matter."""
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
                self.ends[name][test[2]] = NEVER
        self.orders = self._ordered(book) if self.ends else []

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

    def days(self, fixed: set[int], *, delicate: bool) -> set[tuple[int, str]]:
        """Days and the date behind each; on the days of `fixed` something else can change.

        `delicate`: it counts in which order periods of different unknown dates run out.
        """
        if not self.ends:
            return set()
        for name, ends in self.ends.items():
            for one in self.turns[name]:
                for due in fixed:
                    for day in (due, due - 1):
                        _note(ends, reach(*one, day), due)
            self._compared(name)
        for _ in range(len(self.ends) - 1):
            if not self._spread(delicate=delicate):
                break
        found: set[tuple[int, str]] = set()
        for name, ends in self.ends.items():
            if self.turns[name]:
                found |= {(day - 1, name) for day in fixed}  # nothing runs out between two days
            for end, last in ends.items():
                days = {end + 1, *(turn(*one, day) for one in self.turns[name] for day in (end, end + 1))}
                found |= {(day, name) for day in days if day <= last}
            found |= {(day, name) for day in self._uneven(name)}
        return found

    def _compared(self, name: str) -> None:
        """Ends that known dates set, directly or through relations."""
        values, ends = self.facts.values, self.ends[name]
        low, high, _ = self.facts.bound(name)
        for end in (low - 1, high):
            if 0 < end < self.start:
                _note(ends, end, NEVER)
        for x, y in self.orders:
            if x == name and values.get(y, KEINE) != KEINE:
                _note(ends, values[y], NEVER)
            if y == name and values.get(x, KEINE) != KEINE:
                _note(ends, values[x] - 1, NEVER)
        for x, y, period, shift in self.pairs:
            if x == name and values.get(y, KEINE) != KEINE:
                _note(ends, turn("after", period, values[y]) - 1 + shift, NEVER)
            if y == name and values.get(x, KEINE) != KEINE:
                _note(ends, reach("after", period, values[x] - shift), NEVER)

    def _spread(self, *, delicate: bool) -> bool:
        """Take ends of one date over to those that it is compared with; whether there were new ones."""
        before = {name: dict(ends) for name, ends in self.ends.items()}
        for x, y in self.orders:
            if x in before and y in before:
                for one, other in ((x, y), (y, x)):
                    for end, last in before[other].items():
                        _note(self.ends[one], end, last)
        for x, y, period, shift in self.pairs:
            if x in before and y in before:
                for end, last in _both(before[y]):
                    _note(self.ends[x], turn("after", period, end) - 1 + shift, last)
                for end, last in _both(before[x]):
                    _note(self.ends[y], reach("after", period, end - shift), last)
        if delicate:
            self._order(before)
        return before != self.ends

    def _order(self, before: Mapping[str, Mapping[int, int]]) -> None:
        """Take over the days on which periods of other dates run out that begin on a fixed end."""
        for name, other in permutations(before, 2):
            for (end, last), turning in product(before[other].items(), self.turns[other]):
                due = turn(*turning, end)
                if self.start < due < NEVER:
                    for one in self.turns[name]:
                        _note(self.ends[name], reach(*one, due), min(due, last))
                        _note(self.ends[name], reach(*one, due - 1), min(due, last))

    def _uneven(self, name: str) -> set[int]:
        """Days on which two nearly equal periods of a date fall together, or no longer do."""
        found: set[int] = set()
        last = min(self.end, self.start + _UNEVEN_DAYS)
        for one, other in combinations(sorted(self.turns[name]), 2):
            near = abs(_length(*one) - _length(*other)) < _SLACK
            if near and (one[1].months or other[1].months):
                gaps = [reach(*one, day) - reach(*other, day) for day in range(self.start, last + 1)]
                signs = [(gap > 0) - (gap < 0) for gap in gaps]
                found |= {
                    self.start + place for place in range(1, len(signs)) if signs[place] != signs[place - 1]
                }
        return found


def _length(kind: str, period: Period) -> float:
    """About how many days lie between a date and its turn."""
    days = period.months * 30.436875 + period.days
    return -days if kind == "before" else days
