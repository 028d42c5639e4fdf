"""What is known of a person, in the regions that the diagrams tell apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from wegweiser.engine.periods import FAR, Period
from wegweiser.engine.variables import Variables, possible_classes

__all__ = ["KEINE", "Situation"]

KEINE = -1
"""The value of a date whose event has not happened; every real day is greater than zero."""


class Situation:
    """The known facts on a day (plain: days are ordinals, `keine` of a date is KEINE).

    `choices[variable]` are the classes that a fact with single values can have; `dates` are the known
    dates; every other date is unknown, at most `latest(fact)`, and may be KEINE unless `always`.
    """

    def __init__(
        self, variables: Variables, facts: Mapping[str, Any], known: Mapping[str, Any], day: int
    ) -> None:
        self.variables = variables
        self.facts = facts
        self.day = day
        self.known = known
        self.choices: list[tuple[int, ...]] = [self._choice(entry) for entry in variables.entries]
        self.dates: dict[str, int] = {}
        self.fact_masks: dict[str, int] = {}
        self.static: dict[str, list[int]] = {}
        self.turns: dict[str, list[tuple[int, str, Period]]] = {}
        self.pair_mask = 0
        self.free = 0
        self._scan()

    def _scan(self) -> None:
        """Sort the variables by the dates that they belong to, and mark what is open."""
        entries = self.variables.entries
        for number, entry in enumerate(entries):
            if number < self.variables.first_date:
                self.free |= (len(self.choices[number]) > 1) << number
                continue
            for name in (entry["fact"], entry.get("other")):
                if name is None:
                    continue
                self.fact_masks[name] = self.fact_masks.get(name, 0) | 1 << number
                value = self.known.get(name)
                if value is None:
                    self.free |= 1 << number
                else:
                    self.dates[name] = value
            if entry["kind"] == "abs":
                self.static.setdefault(entry["fact"], []).append(number)
            elif entry["kind"] == "pair":
                self.pair_mask |= 1 << number
            else:
                self.turns.setdefault(entry["fact"], []).extend(
                    (number, kind, Period(months, days)) for kind, months, days in entry["turns"]
                )
        for name in self.fact_masks:
            self.turns.setdefault(name, [])

    def _choice(self, entry: dict[str, Any]) -> tuple[int, ...]:
        kind = entry["kind"]
        everything = tuple(range(entry["size"]))
        if kind not in ("set", "num"):
            return everything
        value = self.known.get(entry["fact"])
        if value is None or value == "ungeklaert":
            return everything
        parts = self.facts[entry["fact"]].get("parts") or {}
        return tuple(sorted(set(possible_classes(entry, value, parts))))

    def latest(self, fact: str) -> int:
        """The latest value that an unknown date can have."""
        return FAR if self.facts[fact].get("future") else self.day

    def always(self, fact: str) -> bool:
        """Whether the event of a date has happened for everybody."""
        return bool(self.facts[fact].get("always"))

    def place(self, variable: int, day: int) -> int:
        """The cell of an `abs` variable that a date falls into."""
        cuts: list[int] = self.variables.entries[variable]["cuts"]
        return len(cuts) + 1 if day == KEINE else bisect_left(cuts, day)
