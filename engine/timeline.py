"""The part of a question that depends on dates: which unknown dates matter, and how they can lie.

`Moments` looks at every combination of cells of the unknown dates that the rules still look at, and
lets `gaps` follow time from the day asked on. What is left to ask once some cells are chosen (the
residue) is asked only once. Where the order of two open days decides, the facts concerned are noted in
`ambiguous`, and the question is asked again with finer cells.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.answersets import IMPOSSIBLE, AnswerSets
from wegweiser.engine.board import Board, Cell
from wegweiser.engine.diagram import FALSE, TRUE
from wegweiser.engine.gaps import UNDECIDED, Course, Event, Now
from wegweiser.engine.periods import Period, turn
from wegweiser.engine.situation import KEINE

if TYPE_CHECKING:
    from wegweiser.engine.solve import Walk

__all__ = ["Moments", "Order", "Problem", "State"]

Order = tuple[str, str, int]
"""The first date is not later than the second where the condition holds."""


class State(NamedTuple):
    """Where the diagrams stand: one outcome (and approval) for each wording, relations, orders.

    `relations` must come true, `forbidden` must not.
    """

    outcomes: tuple[int, ...]
    approvals: tuple[int, ...]
    relations: tuple[int, ...]
    forbidden: tuple[int, ...]
    orders: tuple[Order, ...]


class Problem(NamedTuple):
    """A state in which only dates are open, with the days on which its labels can change."""

    state: State
    mask: int
    orders: list[Order]
    places: tuple[int, ...]
    """Places in `Board.days`."""
    days: tuple[int, ...]


class Residue(NamedTuple):
    """What is left to ask: where each diagram stands, and what open days and orders leave."""

    nodes: tuple[int, ...]
    approval: bool
    places: tuple[int, ...]
    relations: frozenset[int]
    forbidden: frozenset[int]
    pending: tuple[tuple[int, int, int], ...]
    rooms: tuple[object, ...]


class Moments:
    """Labels for the states of a question in which only dates are open.

    Instead of labels, `since` asks for the end of what holds on a day, and `by` whether there is a
    permission on a day or before it. `finer` are cells that replace those of the board.
    """

    def __init__(
        self,
        board: Board,
        *,
        since: int | None = None,
        by: int | None = None,
        finer: dict[str, list[Cell]] | None = None,
    ) -> None:
        self.board = board
        self.since = since
        self.by = by
        self.finer = finer or {}
        self.sets = AnswerSets()
        self.ambiguous: set[str] = set()
        self.walks: dict[State, Walk] = {}
        """What the walks over facts with single values came to, by state."""
        self.flat = board.compiled.flat
        self.cells = board.compiled.flat.cells
        self.pairs = board.compiled.variables.pairs
        self._done: dict[object, int] = {}
        self._known_dates = 0
        for name, bits in board.dates.items():
            if name in board.situation.dates:
                self._known_dates |= bits
        self._groups: dict[tuple[str, tuple[int, ...], int], list[int]] = {}

    def grid(self, name: str) -> list[Cell]:
        """The cells of an unknown date."""
        return self.finer.get(name) or self.board.grid(name)

    def dated(self, state: State) -> tuple[int, int]:
        """The set of labels for a state in which only dates are open, and the variables it looks at."""
        support = self.flat.support
        state = self._needed(state)
        mask = 0
        for node in (*state.outcomes, *state.approvals, *state.relations, *state.forbidden):
            mask |= support(node)
        orders: list[Order] = []
        waiting = list(state.orders)
        while taken := [order for order in waiting if self._looked_at(order, mask)]:
            waiting = [order for order in waiting if order not in taken]
            orders += taken
            for _, _, node in taken:
                mask |= support(node)
        places = self._places(state, mask)
        days = tuple(self.board.days[place] for place in places)
        return self._assign(Problem(state, mask, orders, places, days), {}), mask

    def _needed(self, state: State) -> State:
        """Leave out relations between dates that nothing else looks at: they can be made true."""
        compiled = self.board.compiled
        reach = compiled.reach
        relations = list(state.relations)
        others = [*state.outcomes, *state.approvals, *state.forbidden]
        for node in state.relations:
            read = 0
            for other in (*others, *relations):
                if other != node:
                    read |= reach(other)
            alone = reach(node) & ~read & ~self._known_dates
            if alone and compiled.can_be_kept(node, alone):
                relations.remove(node)
        return state._replace(relations=tuple(relations)) if len(relations) < len(state.relations) else state

    def _looked_at(self, order: Order, mask: int) -> bool:
        """Whether both dates of an order are known or looked at; others follow by other orders."""
        dates, situation = self.board.dates, self.board.situation
        if situation.capped(*order[:2]):
            return bool(dates.get(order[0], 0) & mask)
        return all(name in situation.dates or dates.get(name, 0) & mask for name in order[:2])

    def _places(self, state: State, mask: int) -> tuple[int, ...]:
        """The days on which something that the state looks at changes."""
        board = self.board
        places, since = [0], 0
        for place in range(1, len(board.days)):
            one, two = board.stretch[places[-1]], board.stretch[place]
            changed = state.outcomes[one] != state.outcomes[two]
            if state.approvals:
                changed = changed or state.approvals[one] != state.approvals[two]
            since |= board.turning[place]
            if changed or since & mask or board.days[place] == board.mark:
                places.append(place)
                since = 0
        return tuple(places)

    def _assign(self, problem: Problem, chosen: dict[str, Cell]) -> int:
        """The labels for the cells chosen so far."""
        board = self.board
        nows = [board.known[place] for place in problem.places]
        if chosen:
            days = problem.days
            nows = [self.moment(dict(now), day, chosen) for now, day in zip(nows, days, strict=True)]
        if problem.mask & self.pairs:
            nows = [dict(now) for now in nows]
            self.ambiguous |= self.compare(problem.mask, chosen, nows)
            return self._branch(problem, chosen, nows)
        residue = self._residue(problem, chosen, nows)
        found = self._done.get(residue)
        if found is None:
            today = residue.nodes[0] >= 0 and FALSE not in residue.relations and TRUE not in residue.forbidden
            found = self._done[residue] = self._branch(problem, chosen, nows, settled=not today)
        return found

    def _branch(
        self, problem: Problem, chosen: dict[str, Cell], nows: list[Now], *, settled: bool = True
    ) -> int:
        """Settle what may be settled, or branch over the cells of the next date that is looked at."""
        result = self._settled(problem, chosen, nows) if settled else None
        if result is not None:
            return result
        names, looked_at = self._open(problem, nows[0], nows[-1], chosen)
        name = names[0]
        if not self.grid(name):
            return IMPOSSIBLE
        children: list[int] = []
        seen: dict[object, int] = {}
        groups = self._grouped(name, problem, looked_at)
        for cell, group in zip(self.grid(name), groups, strict=True):
            key = (group, self._room(name, cell, problem, names, chosen)) if problem.orders else group
            if key not in seen:
                seen[key] = self._assign(problem, {**chosen, name: cell})
            children.append(seen[key])
        return self.sets.node(self.board.rank[name], children)

    def _residue(self, problem: Problem, chosen: dict[str, Cell], nows: list[Now]) -> Residue:
        """What is left to ask once the cells are chosen; equal residues have equal labels."""
        state, residual, stretch = problem.state, self._residual, self.board.stretch
        days = problem.days
        pending = [
            event for cell in chosen.values() for event in cell.open if problem.mask >> event.variable & 1
        ]
        variables = list(dict.fromkeys([event.variable for event in pending]))
        final = {v: nows[0][v] + sum(event.variable == v for event in pending) for v in variables}
        nodes: list[int] = []
        for place, now in zip(problem.places, nows, strict=True):
            roots = [state.outcomes[stretch[place]]]
            if state.approvals:
                roots.append(state.approvals[stretch[place]])
            if not variables:
                nodes += [residual(root, now) for root in roots]
                continue
            for counts in product(*(range(now[v], final[v] + 1) for v in variables)):
                moved = {**now, **dict(zip(variables, counts, strict=True))}
                nodes += [residual(root, moved) for root in roots]
        left = {residual(node, nows[0]) for node in state.relations} - {TRUE}
        barred = {residual(node, nows[0]) for node in state.forbidden} - {FALSE}
        return Residue(
            tuple(nodes),
            bool(state.approvals),
            problem.places,
            frozenset(left),
            frozenset(barred),
            self._pending(pending, days),
            self._rooms(problem, chosen, nows),
        )

    def _rooms(self, problem: Problem, chosen: dict[str, Cell], nows: list[Now]) -> tuple[object, ...]:
        """What the orders of dates leave of the dates that no cell is chosen for."""
        if not problem.orders:
            return ()
        names = set(self._open(problem, nows[0], nows[-1], chosen)[0])
        known = self.board.situation.dates
        rooms: list[object] = []
        for x, y, node in problem.orders:
            condition = self._residual(node, nows[0])
            if condition == FALSE:
                continue
            for name, other in ((x, y), (y, x)):
                cell = chosen.get(name)
                if cell is None or cell.low == KEINE:
                    if name in names and other in known:
                        rooms.append((x, y, condition))
                    continue
                if other in names:
                    cells = self.grid(other)
                    fitting = [c.high >= cell.low if name == x else c.low <= cell.high for c in cells]
                    rooms.append((x, y, condition, sum(fitting)))
                elif self._broken(x, y, chosen):
                    rooms.append((x, y, condition, 0))
        return tuple(rooms)

    def _residual(self, node: int, now: Now) -> int:
        """Where a diagram arrives with what is settled."""
        cells = self.cells
        while node >= 0:
            value = now.get(cells[node])
            if value is None:
                return node
            node = cells[node + 1 + value]
        return node

    def _pending(self, events: Iterable[Event], days: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
        """When open events come, as exactly as labels can depend on it."""
        return tuple(
            (event.variable, event.low, event.high)
            if event.fact in self.finer
            else (event.variable, bisect_left(days, event.high), bisect_right(days, event.high))
            for event in events
        )

    def _grouped(self, name: str, problem: Problem, looked_at: int) -> list[int]:
        """The cells of a date by number, equal for cells that the problem does not tell apart."""
        mask = looked_at & (self.board.dates[name] | self.pairs)
        key = (name, problem.places, mask)
        found = self._groups.get(key)
        if found is None:
            numbers: dict[object, int] = {}
            found = self._groups[key] = [
                numbers.setdefault(self._signature(cell, problem, mask), len(numbers))
                for cell in self.grid(name)
            ]
        return found

    def _signature(self, cell: Cell, problem: Problem, mask: int) -> object:
        """Cells with equal signatures have equal labels in states that look at `mask` only."""
        days = problem.days
        fixed = tuple(item for item in cell.fixed if mask >> item[0] & 1)
        looked_at = [event for event in cell.events if mask >> event.variable & 1]
        passed = tuple(event.variable for event in looked_at if event.high <= days[0])
        events = self._pending([event for event in looked_at if event.high > days[0]], days)
        exact = mask & self.pairs
        return (fixed, passed, events, cell.low == KEINE, (cell.low, cell.high) if exact else None)

    def _room(
        self, name: str, cell: Cell, problem: Problem, names: list[str], chosen: dict[str, Cell]
    ) -> tuple[int, ...]:
        """How many cells of each other unknown date the orders of dates leave beside a cell."""
        room = []
        for x, y, _ in problem.orders:
            other = y if x == name else x
            if name not in (x, y) or cell.low == KEINE:
                continue
            if other in names:
                spans = [(one.low, one.high) for one in self.grid(other)]
            else:
                spans = [self._span(other, chosen)]
            if x == name:
                room.append(sum(high >= cell.low for _, high in spans))
            else:
                room.append(sum(low <= cell.high for low, _ in spans))
        return tuple(room)

    def _settled(self, problem: Problem, chosen: dict[str, Cell], nows: list[Now]) -> int | None:
        """The label of the cells chosen so far, or None where further dates are looked at."""
        course = Course(self, problem, nows)
        ruled_out = self._ruled_out(problem, chosen, course)
        if ruled_out:
            return IMPOSSIBLE
        if ruled_out is None:
            return None
        events = [
            event for cell in chosen.values() for event in cell.open if problem.mask >> event.variable & 1
        ]
        result = course.label(events)
        return None if result == UNDECIDED else result

    def moment(self, now: Now, day: int, chosen: Mapping[str, Cell]) -> Now:
        """The variables of the chosen cells on a fixed day, beside those of known dates."""
        first = self.board.days[0]
        for cell in chosen.values():
            now.update(cell.start)
            if day > first:
                for event in cell.open:
                    now[event.variable] += event.high <= day
        return now

    def _open(
        self, problem: Problem, first: Now, last: Now, chosen: dict[str, Cell]
    ) -> tuple[list[str], int]:
        """The unknown dates that some diagram can still come to look at, in their order."""
        cells, sizes, board = self.cells, self.flat.sizes, self.board
        final = dict(last)
        for cell in chosen.values():
            final.update({event.variable: first[event.variable] for event in cell.events})
            for event in cell.events:
                final[event.variable] += event.high > self.board.days[0]
        found, seen = 0, set()
        stack = [
            *problem.state.outcomes,
            *problem.state.approvals,
            *problem.state.relations,
            *problem.state.forbidden,
            *(node for _, _, node in problem.orders),
        ]
        while stack:
            node = stack.pop()
            if node < 0 or node in seen:
                continue
            seen.add(node)
            variable = cells[node]
            low = first.get(variable)
            if low is None:
                found |= 1 << variable
                stack.extend(cells[node + 1 : node + 1 + sizes[variable]])
            else:
                stack.extend(cells[node + 1 + low : node + 2 + max(low, final[variable])])
        if problem.mask & self.pairs:
            found = problem.mask  # comparisons come last in the diagrams: take their dates in order
        return [name for name in board.unknown if board.dates[name] & found and name not in chosen], found

    def _ruled_out(self, problem: Problem, chosen: dict[str, Cell], course: Course) -> bool | None:
        """Whether relations forbid the cells chosen so far; None where that is not settled yet."""
        now = course.nows[0]
        ends = [course.walk(node, now) for node in problem.state.relations]
        bars = [course.walk(node, now) for node in problem.state.forbidden]
        if FALSE in ends or TRUE in bars:
            return True
        open_orders = False
        for x, y, node in problem.orders:
            if self._broken(x, y, chosen):
                end = course.walk(node, now)
                if end == TRUE:
                    return True
                open_orders = open_orders or end == UNDECIDED
        return None if open_orders or UNDECIDED in (*ends, *bars) else False

    def _broken(self, x: str, y: str, chosen: dict[str, Cell]) -> bool:
        """Whether one date lies after another for certain, whatever is not settled yet."""
        (low, _), (_, high) = self._span(x, chosen), self._span(y, chosen)
        return (
            KEINE not in (low, high) and low > high and all(self._happened(name, chosen) for name in (x, y))
        )

    def _happened(self, name: str, chosen: dict[str, Cell]) -> bool:
        """Whether a date is certainly not, or no longer, open to be `keine`."""
        situation = self.board.situation
        return name in chosen or name in situation.dates or situation.always(name)

    def _span(self, name: str, chosen: dict[str, Cell]) -> tuple[int, int]:
        """The days that a date can have as far as it is settled."""
        situation = self.board.situation
        if name in chosen:
            return chosen[name].low, chosen[name].high
        value = situation.dates.get(name)
        return (value, value) if value is not None else (situation.earliest(name), situation.latest(name))

    def compare(self, mask: int, chosen: Mapping[str, Cell], nows: list[Now]) -> set[str]:
        """Set the variables that compare two dates, as far as both are settled.

        Gives the dates whose cells are too coarse to be compared.
        """
        known, coarse = self.board.situation.dates, set()
        for number, entry in enumerate(self.board.compiled.variables.entries):
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
                    coarse |= {name for name in (entry["fact"], entry["other"]) if name in chosen}
            for now in nows:
                now[number] = value
        return coarse
