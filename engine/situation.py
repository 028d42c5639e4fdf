"""What is known of a person, in the regions that the diagrams tell apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wegweiser.engine.compiled import Compiled
from wegweiser.engine.diagram import FALSE, TRUE
from wegweiser.engine.periods import FAR
from wegweiser.engine.variables import possible_classes

__all__ = ["KEINE", "Situation"]

KEINE = -1
"""The value of a date whose event has not happened; every real day is greater than zero."""


class Situation:
    """The known facts on a day (plain: days are ordinals, `keine` of a date is KEINE).

    `choices[variable]` are the classes that a fact with single values can have; `dates` are the known
    dates; every other date is unknown, at most `latest(fact)`, and may be KEINE unless `always`.
    `free` are the variables of all facts that are open, as a set of bits; `silent` those of the facts
    whose value is what silence stands for.
    """

    def __init__(
        self,
        compiled: Compiled,
        facts: Mapping[str, Any],
        known: Mapping[str, Any],
        day: int,
        silent: Iterable[str] = (),
        like: Iterable[str] = (),
    ) -> None:
        self.compiled = compiled
        self.like = frozenset(like)
        """The facts that are not told and mean another fact."""
        self.chosen: frozenset[str] = frozenset()
        """The open facts whose value is a choice."""
        self.spans: Mapping[str, tuple[int, int]] = {}
        self.silent = 0
        for name in silent:
            self.silent |= compiled.variables.masks.get(name, 0)
        self.facts = facts
        self.day = day
        self.known = known
        entries = compiled.variables.entries[: compiled.variables.first_date]
        self.choices: list[tuple[int, ...]] = [self._choice(entry) for entry in entries]
        self._look()

    def changed(
        self,
        more: Mapping[str, Any],
        chosen: Iterable[str] = (),
        spans: Mapping[str, tuple[int, int]] | None = None,
    ) -> Situation:
        """The same person with some facts told differently; None makes a fact unknown.

        `chosen` are open facts whose value is a choice: no relation counts as satisfied because they
        could be such that it is. `spans` are unknown dates that have happened, with their earliest and
        latest day.
        """
        other = object.__new__(Situation)
        spans = spans or {}
        told = {name for name, value in more.items() if value is not None}
        other.__dict__ = {
            **self.__dict__,
            "known": {**self.known, **more},
            "choices": list(self.choices),
            "like": self.like - told - spans.keys(),
            "chosen": frozenset(chosen),
            "spans": spans,
        }
        entries = self.compiled.variables.entries
        for name in more:
            mask = self.compiled.variables.masks.get(name, 0)
            for number in range(self.compiled.variables.first_date):
                if mask >> number & 1:
                    other.choices[number] = other._choice(entries[number])
        other._look()
        return other

    def _look(self) -> None:
        """See which dates are known, what is open, and which relations can matter."""
        variables = self.compiled.variables
        self.dates: dict[str, int] = {}
        self.free = 0
        for number, choice in enumerate(self.choices):
            if len(choice) > 1:
                self.free |= 1 << number
        ordered = [name for x, y, _ in self.compiled.orders for name in (x, y)]
        for name in dict.fromkeys((*variables.dates, *ordered)):
            value = self.known.get(name)
            if value is None:
                self.free |= variables.dates.get(name, 0)
            else:
                self.dates[name] = value
        reach = self.compiled.reach
        self.relations = [node for node in self.compiled.relations if reach(node) & (self.free | self.silent)]
        self._low: dict[str, int] = {name: low for name, (low, _) in self.spans.items()}
        self._high: dict[str, int] = {name: high for name, (_, high) in self.spans.items()}
        self.orders = [order for order in self.compiled.orders if self._matters(*order)]

    def _matters(self, x: str, y: str, condition: int) -> bool:
        """Whether an order of two dates can rule anything out."""
        one, two = self.dates.get(x), self.dates.get(y)
        if KEINE in (one, two) or condition == FALSE:
            return False
        if one is not None and two is not None:
            return one > two and bool(self.compiled.reach(condition) & (self.free | self.silent))
        if condition == TRUE and one is not None:
            self._low[y] = max(one, self._low.get(y, 1))
            return False
        if condition == TRUE and two is not None:
            self._high[x] = min(two, self._high.get(x, two))
            return False
        return True

    def _choice(self, entry: dict[str, Any]) -> tuple[int, ...]:
        if entry["kind"] == "told":
            told = entry["fact"] not in self.like
            return (0, 1) if entry["fact"] in self.chosen and not told else (int(told),)
        value = None if entry["kind"] == "open" else self.known.get(entry["fact"])
        if value is None or value == "ungeklaert":
            return tuple(range(entry["size"]))
        parts = self.facts[entry["fact"]].get("parts") or {}
        return tuple(sorted(set(possible_classes(entry, value, parts))))

    def settled(self, told: Mapping[str, Any]) -> dict[int, int]:
        """The variables of open facts with single values that some values of facts settle."""
        found = {}
        for number, entry in enumerate(self.compiled.variables.entries[: self.compiled.variables.first_date]):
            if entry["fact"] in told and len(self.choices[number]) > 1:
                found[number] = possible_classes(entry, told[entry["fact"]], {})[0]
        return found

    def earliest(self, fact: str) -> int:
        """The earliest value that an unknown date can have."""
        return self._low.get(fact, 1)

    def latest(self, fact: str) -> int:
        """The latest value that an unknown date can have."""
        latest = FAR if self.facts[fact].get("future") else self.day
        return min(latest, self._high.get(fact, latest))

    def always(self, fact: str) -> bool:
        """Whether the event of a date has happened for everybody, or is known to for this person."""
        return fact in self.spans or bool(self.facts[fact].get("always"))

    def capped(self, x: str, y: str) -> bool:
        """Whether an order keeps one date from being as late as it could be, whatever the other is."""
        return y not in self.dates and self.always(y) and self.latest(x) > self.latest(y)

    def needed(self, relations: tuple[int, ...], others: Sequence[int]) -> tuple[int, ...]:
        """Relations without those that what is open can always satisfy, where nothing else looks at it."""
        reach, read, fixed = self.compiled.reach, 0, 0
        for name in self.chosen:
            fixed |= self.compiled.variables.masks.get(name, 0)
        for node in others:
            read |= reach(node)
        for relation in relations:
            alone = reach(relation) & self.free & ~read & ~fixed
            for other in relations:
                if other != relation:
                    alone &= ~reach(other)
            if alone and self._can_be_kept(relation, alone):
                return self.needed(tuple([other for other in relations if other != relation]), others)
        return relations

    def _can_be_kept(self, node: int, alone: int) -> bool:
        """Whether the variables in `alone` can make a relation true, whatever the others are.

        Of a date only whether its event has happened counts; a relation that asks for more is not
        known to be kept.
        """
        if node < 0:
            return node == TRUE
        cells, variables = self.compiled.flat.cells, self.compiled.variables
        variable = cells[node]
        entry = variables.entries[variable]
        if variable < variables.first_date:
            children = [cells[node + 1 + choice] for choice in self.choices[variable]]
        elif entry["kind"] == "abs":
            keine = node + 2 + len(entry["cuts"])
            happened = set(cells[node + 1 : keine])
            if len(happened) > 1:
                return False
            children = [*happened, *([] if self.always(entry["fact"]) else [cells[keine]])]
        else:
            return False
        some = any if alone >> variable & 1 else all
        return some(self._can_be_kept(child, alone) for child in children)

    def place(self, variable: int, day: int) -> int:
        """The cell of an `abs` variable that a date falls into."""
        cuts: list[int] = self.compiled.variables.entries[variable]["cuts"]
        return len(cuts) + 1 if day == KEINE else bisect_left(cuts, day)
