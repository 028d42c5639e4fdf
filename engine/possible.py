"""People whom what is told of somebody fits: quickly found, one at a time.

Where two of them have different answers the answer is open, whatever else is not known. What no diagram can
come to is ruled out for all of them. Most answers are settled by one or the other; `solve` is exact for all,
but looks at every such person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wegweiser.engine.board import Board
from wegweiser.engine.diagram import FALSE, TRUE
from wegweiser.engine.periods import Period, turn
from wegweiser.engine.situation import KEINE, Situation
from wegweiser.engine.variables import Variable

__all__ = ["People", "Reach"]

_STEPS = 150
"""Branches after which looking for a person is given up."""
_ALL = -1
"""Any leaf."""

Goals = tuple[int, int, "Goals"] | None
"""A diagram, the leaves that it may come to, as a set of bits, and the goals after it."""


def _last(comparison: Variable, day: int) -> int:
    """The last day that the first date of a comparison may have."""
    return turn("after", Period(*comparison["period"]), day) - 1 + int(comparison["shift"])


def _bit(node: int) -> int:
    return 1 << -node - 1  # leaf_value; this is done very often


class Reach:
    """The leaves that diagrams can come to, as sets of bits; relations between facts are left out of account.

    `choices` are the values that facts with single values can have, `now` the variables of known dates.
    With `later` these may also have gone on from there, as they do in time.
    """

    def __init__(
        self, situation: Situation, choices: Sequence[tuple[int, ...]], now: Mapping[int, int], *, later: bool
    ) -> None:
        sizes = situation.compiled.variables.sizes
        self.cells = situation.compiled.flat.cells
        self.allowed: list[Sequence[int]] = list(choices)
        for variable in range(len(choices), len(sizes)):
            value = now.get(variable)
            self.allowed.append(range(value or 0, sizes[variable]) if value is None or later else (value,))
        self._leaves: dict[int, int] = {}

    def leaves(self, node: int) -> int:
        """The leaves below a node."""
        if node < 0:
            return _bit(node)
        known = self._leaves
        found = known.get(node)
        if found is None:
            cells, first, found = self.cells, node + 1, 0
            for value in self.allowed[cells[node]]:
                child = cells[first + value]
                below = _bit(child) if child < 0 else known.get(child)
                found |= self.leaves(child) if below is None else below
            known[node] = found
        return found


class People:
    """People who fit what is told and keep all relations, found so far.

    None of them differ in what the book itself leaves open.
    """

    def __init__(self, situation: Situation, board: Board, choices: Sequence[tuple[int, ...]]) -> None:
        self.situation = situation
        self.board = board
        self.choices = choices
        self.reach = Reach(situation, choices, board.known[0], later=False)
        self.found: list[_Person] = []
        self.relations: Goals = None
        for relation in situation.relations:
            self.relations = (relation, _bit(TRUE), self.relations)
        first = self._find(self.relations)
        if first is not None:
            self.found.append(first)

    def differ(self, node: int) -> bool:
        """Whether two people were found for whom a diagram comes to different leaves."""
        met = 0
        for person in self.found:
            met |= person.leaf(node)
            if met & (met - 1):
                return True
        wanted = self.reach.leaves(node) & ~met
        while wanted:
            leaf = wanted & -wanted
            wanted &= ~leaf
            other = self._find((node, leaf, self.relations))
            if other is not None:
                self.found.append(other)
                met |= leaf
                if met & (met - 1):
                    return True
        return False

    def come_to(self, node: int, leaves: int) -> bool:
        """Whether somebody was found for whom a diagram comes to one of some leaves."""
        if any(person.leaf(node) & leaves for person in self.found):
            return True
        other = self._find((node, self.reach.leaves(node) & leaves, self.relations))
        if other is not None:
            self.found.append(other)
        return other is not None

    def _find(self, goals: Goals) -> _Person | None:
        """Somebody who meets goals, as near to the first one as may be."""
        person = _Person(self, self.found[0].values if self.found else {})
        return person if person.follow(goals) else None


class _Person:
    """One of the people; what no diagram has asked for so far is still open."""

    def __init__(self, people: People, liked: Mapping[int, int]) -> None:
        self.people = people
        self.situation = people.situation
        self.flat = people.situation.compiled.flat
        self.variables = people.situation.compiled.variables
        self.values = dict(people.board.known[0])
        self.days: dict[str, int] = {}
        self.liked = liked
        self.steps = 0

    def leaf(self, node: int) -> int:
        """Where a diagram comes to, as a set of one bit (none where that is not found)."""
        end = self._end(node)
        if end >= 0:
            self.steps = 0
            if not self.follow((end, _ALL, None)):
                return 0
            end = self._end(end)
        return _bit(end)

    def follow(self, goals: Goals) -> bool:
        """Settle what diagrams ask for so that each comes to one of its leaves, and no order is broken."""
        if goals is None:
            return self._in_order()
        node, wanted, rest = goals
        node = self._end(node)
        if node < 0:
            return bool(_bit(node) & wanted) and self.follow(rest)
        self.steps += 1
        if self.steps > _STEPS:
            return False
        variable = self.flat.cells[node]
        if variable >= self.variables.first_date:
            return self._dated(self._date(variable), node, wanted, rest)
        for value in self._tried(variable):
            child = self.flat.cells[node + 1 + value]
            if self.people.reach.leaves(child) & wanted:
                self.values[variable] = value
                if self.follow((child, wanted, rest)):
                    return True
                del self.values[variable]
        return False

    def _end(self, node: int) -> int:
        return self.flat.rest(node, self.values)

    def _tried(self, variable: int) -> Sequence[int]:
        """The values of a fact in the order in which they are tried."""
        choices = self.people.choices[variable]
        if self.variables.entries[variable]["kind"] == "open":
            return choices[:1]
        liked = self.liked.get(variable)
        return choices if liked is None else (liked, *(value for value in choices if value != liked))

    # --- dates ---

    def _date(self, variable: int) -> str:
        """An open date that a variable looks at."""
        entry = self.variables.entries[variable]
        known = self.situation.dates
        name: str = entry["fact"]
        return name if name not in known and name not in self.days else entry["other"]

    def _dated(self, name: str, node: int, wanted: int, rest: Goals) -> bool:
        for day in self._candidates(name):
            new = self._variables(name, day)
            self.values |= new
            self.days[name] = day
            end = self._end(node)
            if self.people.reach.leaves(end) & wanted and self.follow((end, wanted, rest)):
                return True
            for variable in new:
                del self.values[variable]
            del self.days[name]
        return False

    def _candidates(self, name: str) -> Iterator[int]:
        """Days of an open date, of every kind that can be told apart today."""
        for low, high in self.people.board.today(name):
            yield high
            if low != high:
                yield low
        if not self.situation.always(name):
            yield KEINE

    def _variables(self, name: str, day: int) -> dict[int, int]:
        """The variables of a date on a day, with comparisons whose other date is known."""
        found = self.people.board.on(name, day)
        compared = self.variables.compared.get(name)
        if compared is None:
            return found
        found, days = dict(found), {**self.situation.dates, **self.days, name: day}
        for number in compared:
            entry = self.variables.entries[number]
            one, two = days.get(entry["fact"]), days.get(entry["other"])
            if number not in self.values and one is not None and two is not None:
                found[number] = int(KEINE not in (one, two) and one <= _last(entry, two))
        return found

    def _in_order(self) -> bool:
        """Whether the orders of dates are kept, or can be kept by what is open."""
        for x, y, condition in self.situation.orders:
            low, high = self._span(x)[0], self._span(y)[1]
            if KEINE not in (low, high) and low > high and self._end(condition) != FALSE:
                return self.follow((condition, _bit(FALSE), None))
        return True

    def _span(self, name: str) -> tuple[int, int]:
        """The days that a date can have."""
        day = self.situation.dates.get(name, self.days.get(name))
        if day is not None:
            return day, day
        always = self.situation.always(name)
        return (self.situation.earliest(name), self.situation.latest(name)) if always else (KEINE, KEINE)
