"""Days that satisfy conditions on time, found exactly.

Every condition is of one form: a day is at least so late as another one demands. `turn` and `reach` never
decrease, so the least days that satisfy all of them are found by raising days until nothing moves; where a
day passes its latest value there is no solution.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

__all__ = ["Days"]


class _Demand(NamedTuple):
    """The day `later` is at least `least(the day `earlier`)`."""

    later: str
    earlier: str
    least: Callable[[int], int]


class Days:
    """Named days with bounds, and what they demand of each other."""

    def __init__(self) -> None:
        self._low: dict[str, int] = {}
        self._high: dict[str, int] = {}
        self._demands: list[_Demand] = []

    def add(self, name: str, low: int, high: int) -> None:
        """A day within bounds; both belong to them. A day that is there is bounded further."""
        self._low[name] = max(low, self._low.get(name, low))
        self._high[name] = min(high, self._high.get(name, high))

    def demand(self, later: str, earlier: str, least: Callable[[int], int]) -> None:
        """`later` must be at least `least(earlier)`; `least` never decreases."""
        self._demands.append(_Demand(later, earlier, least))

    def earliest(self, not_before: int) -> dict[str, int] | None:
        """The earliest solution with all days on or after `not_before`; None where there is none."""
        days = {name: max(low, not_before) for name, low in self._low.items()}
        moved = True
        while moved:
            moved = False
            for later, earlier, least in self._demands:
                needed = least(days[earlier])
                if needed > days[later]:
                    days[later] = needed
                    moved = True
                    if needed > self._high[later]:
                        return None
        return days if all(day <= self._high[name] for name, day in days.items()) else None
