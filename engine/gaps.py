"""Follows time from the day asked on until there is a permission.

On fixed days all is settled. In the gaps between them only periods of unknown dates run out; every
order in which they can do so is looked at. Where all orders agree the label is certain.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.book import APPROVALS, OUTCOMES, PERMISSIONS
from wegweiser.engine.diagram import leaf_value

if TYPE_CHECKING:
    from wegweiser.engine.timeline import Moments, Problem

__all__ = ["UNDECIDED", "UNSETTLED", "Course", "Event", "Label", "Now"]

_NEIN = OUTCOMES.index("nein")
_OPEN = frozenset(OUTCOMES.index(name) for name in PERMISSIONS)

UNDECIDED = 1 << 29
"""Stands for what depends on dates that no cell is chosen for yet."""
UNSETTLED = 0
"""Stands for a last day that depends on what is not known."""

Now = dict[int, int]
"""The values of the variables of dates at one moment."""


class Label(NamedTuple):
    """What holds for one completion of the unknown facts.

    `ab` is an ordinal, the latest within the cells of the unknown dates, and None where only the
    days of unknown dates give it and nobody asked; `moving` are the unknown dates that shift it within
    their cell.
    """

    ergebnis: str
    dann: str | None
    ab: int | None
    zustimmung: str | None
    moving: tuple[str, ...]


class Event(NamedTuple):
    """A period of an unknown date runs out, between two days, depending on the date in its cell."""

    low: int
    high: int
    variable: int
    fact: str


class Course:
    """The course of time for one problem and the cells chosen in it."""

    def __init__(self, moments: Moments, problem: Problem, nows: list[Now]) -> None:
        self.moments = moments
        self.sets = moments.sets
        self.cells = moments.cells
        self.nows = nows
        self.days = problem.days
        stretches = [moments.board.stretch[place] for place in problem.places]
        self.outcomes = [problem.state.outcomes[stretch] for stretch in stretches]
        approvals = problem.state.approvals
        self.approvals = [approvals[stretch] for stretch in stretches] if approvals else None

    def label(self, events: list[Event]) -> int:
        """Follow time from the day asked on until there is a permission."""
        if self.moments.since is not None:
            return self._end(events, self.moments.since)
        code, approval = self._value(0, self.nows[0])
        if UNDECIDED in (code, approval):
            return UNDECIDED
        if code != _NEIN:
            return self.sets.label(Label(OUTCOMES[code], None, None, APPROVALS[approval], ()))
        for index, day in enumerate(self.days):
            if index:
                code, approval = self._value(index, self.nows[index])
                if UNDECIDED in (code, approval):
                    return UNDECIDED
                if code in _OPEN:
                    return self._later(code, approval, day, ())
            limit = self.days[index + 1] if index + 1 < len(self.days) else None
            gap = [event for event in events if event.high > day and (limit is None or event.high < limit)]
            if gap:
                result = self._gap(index, self.nows[index], gap)
                if result is not None:
                    return result
        return self.sets.label(Label("nein", None, None, None, ()))

    def _end(self, events: list[Event], since: int) -> int:
        """The last day of what holds on `since`, as a label; UNSETTLED where unknown dates bear on it."""
        label = self.sets.label
        first = bisect_right(self.days, since) - 1
        held = self.walk(self.outcomes[first], self.nows[first])
        for index in range(first + 1, len(self.days)):
            if held == UNDECIDED:
                return UNDECIDED
            if any(self.days[first] < event.high and event.low < self.days[index] for event in events):
                return label(UNSETTLED)
            outcome = self.walk(self.outcomes[index], self.nows[index])
            if outcome == UNDECIDED:
                return UNDECIDED
            if outcome != held:
                return label(self.days[index] - 1)
        return label(UNSETTLED if any(event.high > since for event in events) else None)

    def _later(self, code: int, approval: int, day: int | None, moving: tuple[str, ...]) -> int:
        label = Label("noch_nicht", OUTCOMES[code], day, APPROVALS[approval], moving)
        return self.sets.label(label)

    def _gap(self, index: int, now: Now, gap: list[Event]) -> int | None:
        """Every order in which the events of a gap can come; None where none brings a permission."""
        gap = sorted(gap, key=lambda event: event.high)
        chains: dict[int, int] = {}
        for event in gap:
            chains[event.variable] = chains.get(event.variable, 0) + 1
        variables = list(chains)
        hits: dict[tuple[int, ...], tuple[int, int]] = {}
        for steps in product(*(range(chains[variable] + 1) for variable in variables)):
            if any(steps):
                moved = {**now, **{v: now[v] + step for v, step in zip(variables, steps, strict=True)}}
                value = self._value(index, moved)
                if UNDECIDED in value:
                    return UNDECIDED
                if value[0] in _OPEN:
                    hits[steps] = value
        if not hits:
            return None
        exact = all(event.low == event.high for event in gap)
        end = tuple(chains.values())
        if not exact and not (end in hits and len(set(hits.values())) == 1 and self._grows(hits, end)):
            self.moments.ambiguous |= {event.fact for event in gap}
        reached = dict.fromkeys(variables, 0)
        for position, event in enumerate(gap):
            reached[event.variable] += 1
            if position + 1 < len(gap) and gap[position + 1].high == event.high:
                continue
            steps = tuple(reached.values())
            if steps in hits and not self.moments.fine:
                return self._later(*hits[steps], None, ())
            if steps in hits:
                return self._later(*hits[steps], event.high, self._moving(gap, variables, chains, hits))
        return None

    def _grows(self, hits: dict[tuple[int, ...], tuple[int, int]], end: tuple[int, ...]) -> bool:
        """Whether a permission, once there, stays while further events come."""
        for steps in hits:
            for place, step in enumerate(steps):
                if step < end[place] and (*steps[:place], step + 1, *steps[place + 1 :]) not in hits:
                    return False
        return True

    def _moving(
        self,
        gap: list[Event],
        variables: list[int],
        chains: dict[int, int],
        hits: dict[tuple[int, ...], tuple[int, int]],
    ) -> tuple[str, ...]:
        """The unknown dates in this gap that shift the day of the permission."""
        found = []
        for event in gap:
            if event.low == event.high or event.fact in found:
                continue
            place = variables.index(event.variable)
            for steps in product(*(range(chains[variable] + 1) for variable in variables)):
                if steps in hits or steps[place] == chains[event.variable]:
                    continue
                if (*steps[:place], steps[place] + 1, *steps[place + 1 :]) in hits:
                    found.append(event.fact)
                    break
        return tuple(found)

    def _value(self, index: int, now: Now) -> tuple[int, int]:
        """Outcome and approval of the wording of a fixed day at one moment from then on."""
        end = self.walk(self.outcomes[index], now)
        if end == UNDECIDED:
            return UNDECIDED, 0
        code = leaf_value(end)
        if self.approvals is None or code not in _OPEN:
            return code, 0
        end = self.walk(self.approvals[index], now)
        return code, end if end == UNDECIDED else leaf_value(end)

    def walk(self, node: int, now: Now) -> int:
        """Follow a diagram down to its leaf, or to a variable that is not settled yet."""
        cells = self.cells
        while node >= 0:
            value = now.get(cells[node])
            if value is None:
                return UNDECIDED
            node = cells[node + 1 + value]
        return node
