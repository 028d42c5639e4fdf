"""A person for whom a condition of the rules holds, found exactly.

The condition is a diagram over the regions of the facts. A branch through it is a person only where the
relations of the vocabulary hold, facts exist for whom they are told of, and days can be named that pass
every test of time on one day of the stretch. The search goes through all branches and remembers where it
has failed, so that "there is nobody" is a proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.engine.diagram import FALSE, TRUE
from wegweiser.engine.errors import EvaluationError
from wegweiser.engine.periods import Period, reach, turn
from wegweiser.engine.review.days import Days
from wegweiser.engine.review.values import told_value
from wegweiser.engine.situation import KEINE
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.compile import Stretch
    from wegweiser.engine.variables import Variable

__all__ = ["STEPS", "Person", "Persons"]

STEPS = 300_000
"""Steps after which a search counts as outgrown; it then fails and never guesses."""

_DAY = "#"
"""The day of the check, beside the dates of the person."""
_FIRST = [date(1990, 1, 1).toordinal(), date(1900, 1, 1).toordinal(), 1]
"""No date before, if it can be: the first that works makes the most ordinary person."""
_SPAN = 100 * 366
"""So many days are looked at of a stretch without end, and beyond the day for dates to come."""

Path = dict[int, int]
"""A region for each variable on the way through a diagram."""


class Person(NamedTuple):
    """Facts as a profile tells them, and the day of the check."""

    day: date
    facts: dict[str, Any]


class Persons:
    """The persons of one stretch of days, which ends with `last` (None: never)."""

    def __init__(self, stretch: Stretch, last: int | None) -> None:
        self.stretch = stretch
        self.store = stretch.store
        self.entries: list[Variable] = stretch.variables.entries
        self.facts: Mapping[str, Any] = stretch.book.data["vocabulary"]["facts"]
        self.last = stretch.day + _SPAN if last is None else last
        self.truths, self.orders = stretch.relations()
        self._reads = {truth: self.store.support(truth) for truth in self.truths}
        self._needs = {
            name: stretch.condition(entry["only_if"], None)
            for name, entry in self.facts.items()
            if entry.get("only_if") is not None and name in stretch.variables.masks
        }
        """For facts that not everybody has the truth of: the person has it."""
        later = [*(condition for _, _, condition in self.orders), *self._needs.values()]
        self._deciding = {variable for node in later for variable in self.store.support(node)}
        self._found: dict[int, Person | None] = {}
        self._failed: set[tuple[Any, ...]] = set()
        self._steps = 0

    def find(self, condition: int) -> Person | None:
        """A person for whom a condition holds; None where there is nobody.

        Raises EvaluationError where the search outgrows `STEPS`.
        """
        if condition not in self._found:
            self._failed, self._steps = set(), 0
            path = self._walk((condition,), self._concerned(condition), {}, frozenset())
            self._found[condition] = None if path is None else self._person(condition, path)
        return self._found[condition]

    def _concerned(self, condition: int) -> tuple[int, ...]:
        """The relations that a condition can collide with, directly or through others."""
        read = self.store.support(condition)
        found: list[int] = []
        rest = list(self.truths)
        while near := [truth for truth in rest if self._reads[truth] & read]:
            found += near
            rest = [truth for truth in rest if truth not in near]
            for truth in near:
                read |= self._reads[truth]
        return tuple(found)

    def _walk(
        self, asked: tuple[int, ...], truths: tuple[int, ...], path: Path, exist: frozenset[str]
    ) -> tuple[Path, dict[str, int]] | None:
        """A way on which all conditions that are asked and all truths hold."""
        self._steps += 1
        if self._steps > STEPS:
            raise EvaluationError(
                Text(
                    f"Die Suche nach einer Person ist zu groß geworden (mehr als {STEPS} Schritte).",
                    f"The search for a person has outgrown its limit of {STEPS} steps.",
                )
            )
        rest = self.store.rest
        asked = tuple([node for node in (rest(one, path) for one in asked) if node != TRUE])
        truths = tuple([node for node in (rest(one, path) for one in truths) if node != TRUE])
        if FALSE in asked or FALSE in truths:
            return None
        if not asked and not truths:
            return self._settle(path)
        key = (asked, truths, exist, *((v, path[v]) for v in sorted(path) if self._timely(v)))
        if key in self._failed:
            return None
        nodes = self.store.nodes
        variable = min(nodes[node][0] for node in (*asked, *truths))
        further, longer = asked, exist
        if any(nodes[node][0] == variable for node in asked):
            further, longer = self._existing(variable, asked, exist)
        for value in range(self.store.sizes[variable]):
            way = {**path, variable: value}
            if variable >= self.stretch.variables.first_date and self._days(way, []) is None:
                continue
            found = self._walk(further, truths, way, longer)
            if found is not None:
                return found
        self._failed.add(key)
        return None

    def _timely(self, variable: int) -> bool:
        """Whether a variable can still matter once it is passed: for days, or for which facts there are."""
        return variable >= self.stretch.variables.first_date or variable in self._deciding

    def _existing(
        self, variable: int, asked: tuple[int, ...], exist: frozenset[str]
    ) -> tuple[tuple[int, ...], frozenset[str]]:
        """A fact that is asked for must exist: what is asked then, and the facts that are seen to."""
        entry = self.entries[variable]
        names = {entry["fact"], entry.get("other", entry["fact"])} & self._needs.keys()
        needs = [self._needs[name] for name in sorted(names - exist)]
        return (*asked, *needs), exist | names

    # --- days ---

    def _settle(self, path: Path) -> tuple[Path, dict[str, int]] | None:
        """Days for a finished way; orders of dates whose condition is open are tried both ways."""
        happened, never = self._happened(path)
        if happened & never:
            return None
        kept, open_node = [], None
        for x, y, condition in self.orders:
            if x in happened and y in happened:
                node = self.store.rest(condition, path)
                if node == TRUE:
                    kept.append((x, y))
                elif node != FALSE:
                    open_node = node
        days = self._days(path, kept)
        if days is None or open_node is None:
            return None if days is None else (path, days)
        variable = self.store.nodes[open_node][0]
        ways = ({**path, variable: value} for value in range(self.store.sizes[variable]))
        return next((found for way in ways if (found := self._settle(way)) is not None), None)

    def _happened(self, path: Path) -> tuple[set[str], set[str]]:
        """The dates on a way that have come, and those that have not (`keine`).

        A date of which neither is said has not come: that forbids least.
        """
        happened: set[str] = set()
        never: set[str] = set()
        for number, value in path.items():
            entry = self.entries[number]
            if entry["kind"] == "abs":
                (never if value == len(entry["cuts"]) + 1 else happened).add(entry["fact"])
            elif entry["kind"] == "rel" and (value or self.facts[entry["fact"]].get("always")):
                happened.add(entry["fact"])
            elif entry["kind"] == "pair":
                names = {entry["fact"], entry["other"]}
                happened |= names if value else {one for one in names if self.facts[one].get("always")}
        return happened, never

    def _days(self, path: Path, orders: list[tuple[str, str]]) -> dict[str, int] | None:
        """The day and the dates that have come, so that every test of time on a way comes out."""
        happened, never = self._happened(path)
        if happened & never:
            return None
        days = Days()
        days.add(_DAY, self.stretch.day, self.last)
        for name in happened:
            days.add(name, 1, self.last + (_SPAN if self.facts[name].get("future") else 0))
            if not self.facts[name].get("future"):
                days.demand(_DAY, name, _same)
        for number, value in path.items():
            self._bound(days, self.entries[number], value, happened)
        for x, y in orders:
            days.demand(y, x, _same)
        for first in _FIRST:
            found = days.earliest(first)
            if found is not None:
                return {**found, **dict.fromkeys(never, KEINE)}
        return None

    @staticmethod
    def _bound(days: Days, entry: Variable, value: int, happened: set[str]) -> None:
        """What one region says of days."""
        name, kind = entry["fact"], entry["kind"]
        if name not in happened:
            return
        if kind == "abs":
            cuts = entry["cuts"]
            low = cuts[value - 1] + 1 if value else 1
            high = cuts[value] if value < len(cuts) else date.max.toordinal()
            days.add(name, low, high)
        elif kind == "rel":
            turns = [(word, Period(months, extra)) for word, months, extra in entry["turns"]]
            if value:
                days.demand(_DAY, name, partial(turn, *turns[value - 1]))
            if value < len(turns):
                days.demand(name, _DAY, partial(_past, *turns[value]))
        elif kind == "pair" and entry["other"] in happened:
            period, shift = Period(*entry["period"]), entry["shift"]
            if value:
                days.demand(entry["other"], name, partial(_reaching, period, shift))
            else:
                days.demand(name, entry["other"], partial(_beyond, period, shift))

    # --- what the person tells ---

    def _person(self, condition: int, found: tuple[Path, dict[str, int]]) -> Person:
        """The facts that the condition and the existence of its facts look at, as a profile tells them."""
        path, days = found
        told: dict[str, Any] = {}
        silent = {
            self.entries[v]["fact"]
            for v, value in path.items()
            if self.entries[v]["kind"] == "told" and not value
        }
        for name in self._looked_at(condition):
            if name in silent:
                continue
            for number in self._numbers(name):
                if number in path and self.entries[number]["kind"] in ("set", "num"):
                    told[name] = told_value(self.stretch.book, self.entries[number], path[number])
            touched = any(v in path and name in self._names(v) for v in self._dates(name))
            if touched:
                told[name] = _said(days.get(name, KEINE))
        order = [name for name in self.facts if name in told]
        return Person(date.fromordinal(days[_DAY]), {name: told[name] for name in order})

    def _looked_at(self, condition: int) -> Iterator[str]:
        """The facts that a condition looks at, and those that make them exist."""
        names: dict[str, None] = {}
        stack = [condition]
        while stack:
            for variable in self.store.support(stack.pop()):
                for name in self._names(variable) - names.keys():
                    names[name] = None
                    if name in self._needs:
                        stack.append(self._needs[name])
        yield from names

    def _names(self, variable: int) -> set[str]:
        entry = self.entries[variable]
        return {entry["fact"], entry.get("other", entry["fact"])}

    def _numbers(self, name: str) -> list[int]:
        return self.stretch.variables.singles.get(name, [])

    def _dates(self, name: str) -> list[int]:
        first = self.stretch.variables.first_date
        bits = self.stretch.variables.dates.get(name, 0)
        return [v for v in range(first, len(self.entries)) if bits >> v & 1]


def _said(day: int) -> Any:
    return "keine" if day == KEINE else date.fromordinal(day)


def _same(day: int) -> int:
    return day


def _past(kind: str, period: Period, day: int) -> int:
    """The earliest date whose period has not run out on a day."""
    return reach(kind, period, day) + 1


def _reaching(period: Period, shift: int, day: int) -> int:
    """The earliest other date whose period reaches a date."""
    return reach("after", period, day - shift) + 1


def _beyond(period: Period, shift: int, other: int) -> int:
    """The earliest date that another date with its period does not reach."""
    return turn("after", period, other) + shift
