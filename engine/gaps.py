"""Follows time from the day asked on until there is a permission.

On fixed days all is settled. In the gaps between them only periods of unknown dates run out; every
order in which they can do so is looked at. Where all orders agree the label is certain.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.book import APPROVALS, OUTCOMES, PERMISSIONS
from wegweiser.engine.diagram import TRUE, leaf_value
from wegweiser.engine.meetings import Meeting, Steps, Value, meeting
from wegweiser.engine.periods import Period

if TYPE_CHECKING:
    from wegweiser.engine.timeline import Moments, Problem

__all__ = ["ROUGH", "UNDECIDED", "UNSETTLED", "Contest", "Course", "Event", "Label", "Now"]

_NEIN = OUTCOMES.index("nein")
_OPEN = frozenset(OUTCOMES.index(name) for name in PERMISSIONS)

UNDECIDED = 1 << 29
"""Stands for what depends on dates that no cell is chosen for yet."""
UNSETTLED = 0
"""Stands for a last day that depends on what is not known."""

Now = dict[int, int]
"""The values of the variables of dates at one moment."""


class Label(NamedTuple):
    """What holds for one completion of the unknown facts; `ab` is None where unknown dates shift it."""

    ergebnis: str
    dann: str | None
    ab: int | None
    zustimmung: str | None


ROUGH = Label("", None, None, None)
"""Stands for labels between which the order of open days decides."""


class Event(NamedTuple):
    """A period of an unknown date runs out, between two days, depending on the date in its cell."""

    low: int
    high: int
    variable: int
    fact: str
    kind: str
    period: Period
    first: int
    """The first day of the cell of the date."""
    last: int
    """The last day of the cell."""


Turn = tuple[str, str, Period]
"""A period of a date runs out: the fact, from which day on, and how long."""
Contest = tuple[Turn, Turn]
"""Two periods of unknown dates of which it counts which one runs out first."""


def contests(events: Iterable[Event]) -> Iterator[Contest]:
    """All contests between events of different dates, both ways round."""
    turns = [(event.fact, event.kind, event.period) for event in events]
    return ((one, two) for one, two in permutations(turns, 2) if one[0] != two[0])


class Course:
    """The course of time for one problem and the cells chosen in it."""

    def __init__(self, moments: Moments, problem: Problem, nows: list[Now]) -> None:
        self.moments = moments
        self.sets = moments.sets
        self.rest = moments.flat.rest
        self.nows = nows
        self.days = problem.days
        self.outcomes = problem.state.outcomes
        self.approvals = problem.state.approvals
        self.pending = problem.pending
        self.rough = False
        """Whether something was met that is not looked at closely."""
        self.racing: set[str] = set()
        """The dates whose order decides between labels."""

    def label(self) -> int:
        """Follow time from the day asked on until there is a permission."""
        if self.moments.since is not None:
            return self._end(self.moments.since)
        if self.moments.by is not None:
            return self._come(self.moments.by)
        code, approval = self._value(0, self.nows[0])
        if UNDECIDED in (code, approval):
            return UNDECIDED
        if code != _NEIN:
            return self.sets.label(Label(OUTCOMES[code], None, None, APPROVALS[approval]))
        return self._later_on()

    def _later_on(self) -> int:
        """What follows a no of today."""
        labels: list[int] = []
        for index, day in enumerate(self.days):
            if index:
                code, approval = self._value(index, self.nows[index])
                if UNDECIDED in (code, approval):
                    return UNDECIDED
                if code in _OPEN:
                    return self._one_of([*labels, self._later(code, approval, day)])
            values = self._gap(index)
            if self.rough:
                return self.sets.label(ROUGH)
            if any(value is not None and UNDECIDED in value for value in values):
                return UNDECIDED
            labels += [self._later(*value, None) for value in values if value is not None]
            if values and None not in values:
                return self._one_of(labels)
        return self._one_of([*labels, self.sets.label(Label("nein", None, None, None))])

    def _one_of(self, labels: list[int]) -> int:
        """One label, or several between which the order of open days decides."""
        return labels[0] if len(set(labels)) == 1 else self.moments.race(self.racing, labels)

    def _come(self, by: int) -> int:
        """Whether there is a permission on a day or before it, as a label; the next day is a fixed one."""
        labels: list[int] = []
        for index in range(bisect_right(self.days, by)):
            values: list[Value | None] = [self._value(index, self.nows[index])]
            if values[0] is not None and values[0][0] not in (UNDECIDED, *_OPEN):
                values = self._gap(index)
            if any(value is not None and UNDECIDED in value for value in values):
                return UNDECIDED
            labels += [self.sets.label(value=True) for value in values if value is not None]
            if values and None not in values:
                return self._one_of(labels)
        return self._one_of([*labels, self.sets.label(value=False)])

    def _end(self, since: int) -> int:
        """The last day of what holds on `since`, as a label; UNSETTLED where unknown dates bear on it."""
        label = self.sets.label
        first = bisect_right(self.days, since) - 1
        held = self.rest(self.outcomes[first], self.nows[first])
        for index in range(first, len(self.days)):
            outcome = self.rest(self.outcomes[index], self.nows[index])
            if outcome >= 0:
                return UNDECIDED
            if outcome != held:
                return label(self.days[index] - 1)
            reached = self._reached(index)
            if any(end >= 0 for end in reached):
                return UNDECIDED
            if reached != {held}:
                return label(UNSETTLED)
        return label(None)

    def _reached(self, index: int) -> set[int]:
        """What there can be from a fixed day on up to the next one, whichever events come when."""
        day, now = self.days[index], self.nows[index]
        limit = self.days[index + 1] if index + 1 < len(self.days) else None
        most: dict[int, int] = {}
        for event in self.pending:
            if event.high > day and (limit is None or event.low < limit):
                value = most.get(event.variable, now[event.variable])
                most[event.variable] = self.moments.board.above(event.variable, value)[1]
        settled = {variable: value for variable, value in now.items() if variable not in most}
        found: set[int] = set()
        stack, cells = [self.outcomes[index]], self.moments.flat.cells
        while stack:
            node = self.rest(stack.pop(), settled)
            if node < 0 or cells[node] not in most:
                found.add(node)
            else:
                variable = cells[node]
                stack += cells[node + 1 + now[variable] : node + 2 + most[variable]]
        return found

    def _later(self, code: int, approval: int, day: int | None) -> int:
        return self.sets.label(Label("noch_nicht", OUTCOMES[code], day, APPROVALS[approval]))

    def _gap(self, index: int) -> list[Value | None]:
        """The first permission between two fixed days, for every order in which events can come there.

        Several only where the moments follow races; None stands for an order without a permission.
        """
        day, now = self.days[index], self.nows[index]
        limit = self.days[index + 1] if index + 1 < len(self.days) else None
        chains: dict[int, list[Event]] = {}
        for event in sorted(self.pending, key=lambda event: event.high):
            if event.high > day and (limit is None or event.high < limit):
                chains.setdefault(event.variable, []).append(event)
        met = self._meeting(index, now, {variable: len(chain) for variable, chain in chains.items()})
        if met is None:
            return [(UNDECIDED, 0)]
        if not met.hits:
            return []
        told = zip(chains.values(), met.kept, strict=True)
        left = [[chain[place] for place in kept] for chain, kept in told]
        facts = {event.fact for chain in left for event in chain}
        apart = facts <= self.moments.exact
        if not met.steady and sum(map(len, left)) > 1 and (self.moments.racing or not apart):
            self.moments.contests.update(contests(event for chain in left for event in chain))
            if self.moments.rough:
                self.rough = True
                return []
            if apart:
                return self._race(left, met.hits)
            self.moments.ambiguous |= facts
        return self._in_order(left, met.hits)

    def _meeting(self, index: int, now: Now, ends: Mapping[int, int]) -> Meeting | None:
        """What is met while so many events of some variables come; None where other dates decide that."""
        outcome = self.outcomes[index]
        approval = self.approvals[index] if self.approvals else TRUE
        members = self.moments.flat.members
        before = tuple([now.get(v) for node in (outcome, approval) for v in members(node)])
        key = (outcome, approval, before, *ends.items())
        meetings = self.moments.meetings
        if key not in meetings:
            above = {variable: self.moments.board.above(variable, now[variable]) for variable in ends}

            def met(steps: Steps) -> Value | None:
                moved = {v: values[step] for (v, values), step in zip(above.items(), steps, strict=True)}
                value = self._value(index, {**now, **moved})
                return value if value[0] in _OPEN or UNDECIDED in value else None

            found = meeting(tuple(ends.values()), met)
            meetings[key] = None if any(UNDECIDED in value for value in found.hits.values()) else found
        return meetings[key]

    @staticmethod
    def _in_order(chains: list[list[Event]], hits: Mapping[Steps, Value]) -> list[Value | None]:
        """What is met first where all events come on their last days."""
        days = sorted({event.high for chain in chains for event in chain})
        for day in days:
            steps = tuple([sum(event.high <= day for event in chain) for chain in chains])
            if steps in hits:
                return [hits[steps]]
        return []

    def _race(self, chains: list[list[Event]], hits: Mapping[Steps, Value]) -> list[Value | None]:
        """The first permission in every order that somebody's dates can have."""
        from wegweiser.engine.races import outcomes  # rarely needed

        orders = [(x, y) for x, y, node in self.moments.board.situation.orders if node == TRUE]
        found = outcomes(chains, hits, orders)
        if len(found) > 1:
            self.racing |= {event.fact for chain in chains for event in chain}
        return found

    def _value(self, index: int, now: Now) -> Value:
        """Outcome and approval of the wording of a fixed day at one moment from then on."""
        end = self.rest(self.outcomes[index], now)
        if end >= 0:
            return UNDECIDED, 0
        code = leaf_value(end)
        if not self.approvals or code not in _OPEN:
            return code, 0
        end = self.rest(self.approvals[index], now)
        return code, UNDECIDED if end >= 0 else leaf_value(end)
