"""The part of a question that depends on dates: what holds today, and what the coming days bring.

Days on which something is known to change are `fixed` (a wording begins, a period of a known date
runs out). Between two of them only periods of unknown dates can run out. `Moments` looks at every
combination of cells of the unknown dates: on the fixed days all is settled; in the gaps it looks at
every order in which the open periods can run out. Where all orders agree the label is certain, where
not the facts concerned are noted in `ambiguous` and the query is asked again with finer cells.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.answersets import IMPOSSIBLE
from wegweiser.engine.book import APPROVALS, OUTCOMES, PERMISSIONS
from wegweiser.engine.diagram import FALSE, TRUE, leaf_value
from wegweiser.engine.periods import Period, turn
from wegweiser.engine.situation import KEINE

if TYPE_CHECKING:
    from wegweiser.engine.solve import Query

__all__ = ["UNSETTLED", "Cell", "Event", "Label", "Moments"]

_NEIN = OUTCOMES.index("nein")
_OPEN = frozenset(OUTCOMES.index(name) for name in PERMISSIONS)
_UNDECIDED = 1 << 29
UNSETTLED = 0
"""Stands for a last day that depends on what is not known."""


class Label(NamedTuple):
    """What holds for one completion of the unknown facts.

    `ab` is an ordinal, the latest within the cells of the unknown dates; `moving` are the unknown
    dates that shift it within their cell.
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


class Cell(NamedTuple):
    """A stretch of values of an unknown date: its fixed variables and its events in order."""

    low: int
    high: int
    fixed: tuple[tuple[int, int], ...]
    events: tuple[Event, ...]


class Problem(NamedTuple):
    """A state in which only dates are open: what it looks at, and which unknown dates those are."""

    state: tuple[int, ...]
    mask: int
    orders: list[tuple[str, str, int]]
    names: list[str]


Now = dict[int, int]


class Moments:
    """Labels for the states of a query in which only dates are open."""

    def __init__(self, query: Query, grid: dict[str, list[Cell]], since: int | None = None) -> None:
        self.query = query
        self.since = since
        """Ask for the end of what holds on this day, not for labels."""
        self.grid = grid
        self.ambiguous: set[str] = set()
        self.days = [query.situation.day, *query.fixed]
        self.stretch = [bisect_right(query.starts, day) - 1 for day in self.days]
        self._known = [self._known_on(day) for day in self.days]

    def dated(self, state: tuple[int, ...]) -> int:
        """The set of labels for a state in which every fact with single values is settled."""
        query = self.query
        orders = [
            (x, y, node)
            for (x, y), node in zip(query.orders, state[query.forbidden_end :], strict=True)
            if node != FALSE
        ]
        mask = 0
        for node in (*state[: query.forbidden_end], *(node for _, _, node in orders)):
            mask |= query.flat.support(node)
        query.visited |= mask
        names = [name for name in query.unknown if query.dates[name] & mask]
        problem = Problem(state, mask, orders, names)
        if not names:
            return (
                IMPOSSIBLE
                if self._ruled_out(problem, {}, self._known[0])
                else self._label(state, self._known, ())
            )
        return self._assign(problem, 0, {})

    def _assign(self, problem: Problem, done: int, chosen: dict[str, Cell]) -> int:
        """Branch over the cells of one unknown date after the other."""
        if done:
            result = self._settled(problem, chosen)
            if result is not None:
                return result
        name = problem.names[done]
        linked = any(name in (x, y) for x, y, _ in problem.orders)
        children: list[int] = []
        seen: dict[object, int] = {}
        for cell in self.grid[name]:
            key = self._signature(cell, problem.mask, exact=linked)
            if key not in seen:
                seen[key] = self._assign(problem, done + 1, {**chosen, name: cell})
            children.append(seen[key])
        return self.query.sets.node(self.query.rank[name], children)

    def _signature(self, cell: Cell, mask: int, *, exact: bool) -> object:
        """Cells with equal signatures have equal labels in states that look at `mask` only."""
        day = self.days[0]
        fixed = tuple(item for item in cell.fixed if mask >> item[0] & 1)
        events = tuple(
            (event.variable, event.low, event.high) if event.high > day else event.variable
            for event in cell.events
            if mask >> event.variable & 1
        )
        linked = exact or mask & self.query.compiled.variables.pairs
        return (fixed, events, cell.low == KEINE, (cell.low, cell.high) if linked else None)

    def _ruled_out(self, problem: Problem, chosen: dict[str, Cell], now: Now) -> bool | None:
        """Whether relations forbid the cells chosen so far; None where that is not settled yet."""
        query, state = self.query, problem.state
        ends = [self._walk(node, now) for node in state[query.width : query.relations_end]]
        bars = [self._walk(node, now) for node in state[query.relations_end : query.forbidden_end]]
        if FALSE in ends or TRUE in bars:
            return True
        open_orders = False
        for x, y, node in problem.orders:
            one, two = self._span(x, chosen), self._span(y, chosen)
            if KEINE not in (one[0], two[0]) and one[0] > two[1]:
                end = self._walk(node, now)
                if end == TRUE:
                    return True
                open_orders = open_orders or end == _UNDECIDED
        return None if open_orders or _UNDECIDED in (*ends, *bars) else False

    def _span(self, name: str, chosen: dict[str, Cell]) -> tuple[int, int]:
        """The days that a date can have as far as it is settled."""
        situation = self.query.situation
        if name in chosen:
            return chosen[name].low, chosen[name].high
        value = situation.dates.get(name)
        return (value, value) if value is not None else (1, situation.latest(name))

    def _settled(self, problem: Problem, chosen: dict[str, Cell]) -> int | None:
        """The label of the cells chosen so far, or None where further facts are looked at."""
        query = self.query
        nows = [dict(known) for known in self._known]
        for name, cell in chosen.items():
            for now, day in zip(nows, self.days, strict=True):
                now.update(cell.fixed)
                for variable in query.rel_variables[name]:
                    now[variable] = 0
                for event in cell.events:
                    now[event.variable] += event.high <= day
        if problem.mask & query.compiled.variables.pairs:
            self._compare(problem.mask, chosen, nows)
        ruled_out = self._ruled_out(problem, chosen, nows[0])
        if ruled_out is not False:
            return IMPOSSIBLE if ruled_out else None
        active = [(x, y) for x, y, node in problem.orders if self._walk(node, nows[0]) == TRUE]
        events = tuple(
            event
            for cell in self._tightened(chosen, active).values()
            for event in cell.events
            if event.high > self.days[0] and problem.mask >> event.variable & 1
        )
        result = self._label(problem.state, nows, events)
        return None if result == _UNDECIDED else result

    def _tightened(self, chosen: dict[str, Cell], active: list[tuple[str, str]]) -> dict[str, Cell]:
        """The cells with the latest values that the orders of dates leave."""
        cells = dict(chosen)
        for _ in active:
            for x, y in active:
                if x in cells and y in cells and KEINE not in (cells[x].low, cells[y].low):
                    if cells[x].high > cells[y].high:
                        cells[x] = self.query.cell(x, cells[x].low, cells[y].high)
                    if cells[y].low < cells[x].low:
                        cells[y] = self.query.cell(y, cells[x].low, cells[y].high)
        return cells

    def _compare(self, mask: int, chosen: dict[str, Cell], nows: list[Now]) -> None:
        """Set the variables that compare two dates, as far as both are settled."""
        known = self.query.situation.dates
        for number, entry in enumerate(self.query.entries):
            if entry["kind"] != "pair" or not mask >> number & 1:
                continue
            ends = []
            for name in (entry["fact"], entry["other"]):
                if name in chosen:
                    ends.append((chosen[name].low, chosen[name].high))
                elif name in known:
                    ends.append((known[name], known[name]))
            match ends:
                case [(x_low, x_high), (y_low, y_high)]:
                    pass
                case _:
                    continue
            value = 0
            if KEINE not in (x_low, y_low):
                period, shift = Period(*entry["period"]), entry["shift"]
                earliest, latest = (turn("after", period, y) - 1 + shift for y in (y_low, y_high))
                value = int(x_high <= earliest)
                if x_low <= latest and x_high > earliest:
                    self.ambiguous |= {name for name in (entry["fact"], entry["other"]) if name in chosen}
            for now in nows:
                now[number] = value

    def _label(self, state: tuple[int, ...], nows: list[Now], events: tuple[Event, ...]) -> int:
        """Follow time from the day asked on until there is a permission."""
        query = self.query
        if self.since is not None:
            return self._end(state, nows, events, self.since)
        code, approval = self._value(state, self.stretch[0], nows[0])
        if _UNDECIDED in (code, approval):
            return _UNDECIDED
        if code != _NEIN:
            return query.sets.label(Label(OUTCOMES[code], None, None, APPROVALS[approval], ()))
        for index, day in enumerate(self.days):
            if index:
                code, approval = self._value(state, self.stretch[index], nows[index])
                if _UNDECIDED in (code, approval):
                    return _UNDECIDED
                if code in _OPEN:
                    return self._later(code, approval, day, ())
            limit = self.days[index + 1] if index + 1 < len(self.days) else None
            gap = [event for event in events if event.high > day and (limit is None or event.high < limit)]
            if gap:
                result = self._gap(state, self.stretch[index], nows[index], gap)
                if result is not None:
                    return result
        return query.sets.label(Label("nein", None, None, None, ()))

    def _end(self, state: tuple[int, ...], nows: list[Now], events: tuple[Event, ...], since: int) -> int:
        """The last day of what holds on `since`, as a label; UNSETTLED where unknown dates bear on it."""
        label = self.query.sets.label
        first = bisect_right(self.days, since) - 1
        held = self._walk(state[self.stretch[first]], nows[first])
        for index in range(first + 1, len(self.days)):
            if held == _UNDECIDED:
                return _UNDECIDED
            if any(self.days[first] < event.high and event.low < self.days[index] for event in events):
                return label(UNSETTLED)
            outcome = self._walk(state[self.stretch[index]], nows[index])
            if outcome == _UNDECIDED:
                return _UNDECIDED
            if outcome != held:
                return label(self.days[index] - 1)
        return label(UNSETTLED if any(event.high > since for event in events) else None)

    def _later(self, code: int, approval: int, day: int, moving: tuple[str, ...]) -> int:
        label = Label("noch_nicht", OUTCOMES[code], day, APPROVALS[approval], moving)
        return self.query.sets.label(label)

    def _gap(self, state: tuple[int, ...], stretch: int, now: Now, gap: list[Event]) -> int | None:
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
                value = self._value(state, stretch, moved)
                if _UNDECIDED in value:
                    return _UNDECIDED
                if value[0] in _OPEN:
                    hits[steps] = value
        if not hits:
            return None
        exact = all(event.low == event.high for event in gap)
        end = tuple(chains.values())
        if not exact and not (end in hits and len(set(hits.values())) == 1 and self._grows(hits, end)):
            self.ambiguous |= {event.fact for event in gap}
        reached = dict.fromkeys(variables, 0)
        for position, event in enumerate(gap):
            reached[event.variable] += 1
            if position + 1 < len(gap) and gap[position + 1].high == event.high:
                continue
            steps = tuple(reached.values())
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

    def _value(self, state: tuple[int, ...], stretch: int, now: Now) -> tuple[int, int]:
        """Outcome and approval of one stretch of wording at one moment."""
        query = self.query
        end = self._walk(state[stretch], now)
        if end == _UNDECIDED:
            return _UNDECIDED, 0
        code = leaf_value(end)
        if not query.approval or code not in _OPEN:
            return code, 0
        end = self._walk(state[query.count + stretch], now)
        return code, end if end == _UNDECIDED else leaf_value(end)

    def _walk(self, node: int, now: Now) -> int:
        """Follow a diagram down to its leaf, or to a variable that is not settled yet."""
        cells = self.query.cells
        while node >= 0:
            value = now.get(cells[node])
            if value is None:
                return _UNDECIDED
            node = cells[node + 1 + value]
        return node

    def _known_on(self, day: int) -> Now:
        """The variables of all known dates on a day."""
        query, now = self.query, Now()
        for name in query.dates:
            value = query.situation.dates.get(name)
            if value is None:
                continue
            for number in query.compiled.variables.places.get(name, ()):
                now[number] = query.situation.place(number, value)
            for variable in query.rel_variables[name]:
                now[variable] = 0
            if value != KEINE:
                for variable, kind, period in query.turns[name]:
                    now[variable] += turn(kind, period, value) <= day
        if self.query.mask & self.query.compiled.variables.pairs:
            self._compare(self.query.mask, {}, [now])
        return now
