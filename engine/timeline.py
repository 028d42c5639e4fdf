"""The part of a question that depends on dates: which unknown dates matter, and how they can lie.

`Moments` looks at every combination of cells of the unknown dates that the rules still look at, and
lets `gaps` follow time from the day asked on. What is left to ask once some cells are chosen (the
residue) is asked only once. Where the order of two open days decides, the facts concerned are noted in
`ambiguous`, and the question is asked again with finer cells.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from wegweiser.engine.answersets import IMPOSSIBLE, AnswerSets
from wegweiser.engine.board import Board, Cell
from wegweiser.engine.diagram import FALSE, TRUE
from wegweiser.engine.gaps import ROUGH, UNDECIDED, Contest, Course, Event, Now
from wegweiser.engine.meetings import Meeting
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
    """A state in which only dates are open, with the days on which its labels can change.

    One outcome (and approval) for each day. `pending` are the events of chosen cells that are still
    to come.
    """

    state: State
    places: tuple[int, ...]
    """Places in `Board.days`."""
    days: tuple[int, ...]
    mask: int
    """The variables that are looked at."""
    pending: tuple[Event, ...] = ()


class Moments:
    """Labels for the states of a question in which only dates are open.

    Instead of labels, `since` asks for the end of what holds on a day, and `by` whether there is a
    permission on a day or before it. `finer` are cells that replace those of the board. With `racing`
    every order of open days is looked at in coarse cells; what depends on it is a node of its own. With
    `rough` it is not looked at any closer: the label is ROUGH.
    """

    def __init__(
        self,
        board: Board,
        *,
        since: int | None = None,
        by: int | None = None,
        finer: dict[str, list[Cell]] | None = None,
        racing: bool = False,
        rough: bool = False,
    ) -> None:
        self.board = board
        self.since = since
        self.by = by
        self.finer = finer or {}
        self.racing = racing
        self.rough = rough
        self.races: dict[int, tuple[str, ...]] = {}
        """The dates whose order decides, by the rank of such a node."""
        self._race_ranks: dict[object, int] = {}
        self.sets = AnswerSets()
        self.ambiguous: set[str] = set()
        self.meetings: dict[object, Meeting | None] = {}
        """What is met between fixed days, as far as it was asked for."""
        self.contests: set[Contest] = set()
        """What it counted in coarse cells which of two periods runs out first."""
        self.walks: dict[State, Walk] = {}
        """What the walks over facts with single values came to, by state."""
        self.flat = board.compiled.flat
        self.cells = board.compiled.flat.cells
        self.pairs = board.compiled.variables.pairs & ~sum(1 << number for number in board.compared)
        self.exact: frozenset[str] = frozenset()
        """Dates whose cells are told apart in the problem at hand: finer ones, or all where races count."""
        self._done: dict[object, int] = {}
        self._groups: dict[tuple[object, ...], list[int]] = {}

    def race(self, names: set[str], labels: Iterable[int]) -> int:
        """The set of labels between which the order of some open days decides."""
        children = tuple(sorted(set(labels)))
        key = (frozenset(names), children)
        first = len(self.board.compiled.variables.entries) + len(self.board.rank)
        rank = self._race_ranks.setdefault(key, first + len(self._race_ranks))
        self.races[rank] = tuple(name for name in self.board.unknown if name in names)
        return self.sets.node(rank, children)

    def grid(self, name: str) -> list[Cell]:
        """The cells of an unknown date."""
        return self.finer.get(name) or self.board.grid(name)

    def dated(self, state: State) -> tuple[int, int]:
        """The set of labels for a state in which only dates are open, and the variables it looks at."""
        board, support = self.board, self.flat.support
        mask = self._mask(state._replace(orders=()))
        orders: list[Order] = []
        waiting = list(state.orders)
        while taken := [order for order in waiting if self._looked_at(order, mask)]:
            waiting = [order for order in waiting if order not in taken]
            orders += taken
            for _, _, node in taken:
                mask |= support(node)
        places = self._places(state, mask)
        stretches = [board.stretch[place] for place in places]
        state = State(
            tuple([state.outcomes[stretch] for stretch in stretches]),
            tuple([state.approvals[stretch] for stretch in stretches]) if state.approvals else (),
            state.relations,
            state.forbidden,
            tuple(orders),
        )
        problem = Problem(state, places, tuple([board.days[place] for place in places]), mask)
        return self._exactly(problem), mask

    def _exactly(self, problem: Problem) -> int:
        """The labels, with the order of days only for those dates where this problem needs it."""
        before, self.exact = self.ambiguous, frozenset()
        while True:
            self.ambiguous = set()
            found = self._assign(problem, {}, [dict(self.board.known[place]) for place in problem.places])
            new = self.ambiguous - self.exact
            if not new or not (self.racing or new <= self.finer.keys()):
                self.ambiguous |= before
                return found
            self.exact |= new

    def _mask(self, state: State) -> int:
        """The variables that the diagrams of a state look at."""
        support, mask = self.flat.support, 0
        outcomes, approvals, relations, forbidden, orders = state
        for node in (*outcomes, *approvals, *relations, *forbidden, *[order[2] for order in orders]):
            mask |= support(node)
        return mask

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

    def _assign(self, problem: Problem, chosen: dict[str, Cell], nows: list[Now]) -> int:
        """The labels for the cells chosen so far."""
        if problem.mask & self.pairs:
            coarse = self.compare(problem.mask, chosen, nows)
            if coarse and self.rough:
                return self.sets.label(ROUGH)
            self.ambiguous |= coarse
            return self._branch(problem, chosen, nows)
        state = self._advanced(problem, nows)
        residue: object = (state, problem.places, self.exact)
        if problem.pending or state.orders:
            problem = self._narrowed(problem, state)
            residue = self._residue(problem, chosen, nows)
        found = self._done.get(residue)
        if found is None:
            found = self._done[residue] = self._branch(self._narrowed(problem, state), chosen, nows)
        return found

    def _branch(self, problem: Problem, chosen: dict[str, Cell], nows: list[Now]) -> int:
        """Settle what may be settled, or branch over the cells of the next date that is looked at."""
        result = self._settled(problem, chosen, nows)
        if result is not None:
            return result
        names, looked_at = self._open(problem, nows[0], nows[-1], chosen)
        name = names[0]
        if not self.grid(name):
            return IMPOSSIBLE
        children: list[int] = []
        seen: dict[object, int] = {}
        groups = self._grouped(name, problem, looked_at)
        mask, orders = problem.mask, problem.state.orders
        for cell, group in zip(self.grid(name), groups, strict=True):
            key = (group, self._room(name, cell, problem, names, chosen)) if orders else group
            if key not in seen:
                pending = tuple([event for event in cell.open if mask >> event.variable & 1])
                longer = problem._replace(pending=problem.pending + pending) if pending else problem
                later = [self._then(now, day, cell) for now, day in zip(nows, problem.days, strict=True)]
                seen[key] = self._assign(longer, {**chosen, name: cell}, later)
            children.append(seen[key])
        return self.sets.node(self.board.rank[name], children)

    def _advanced(self, problem: Problem, nows: list[Now]) -> State:
        """Each diagram where it arrives with what is settled once and for all."""
        rest = self.flat.rest
        outcomes, approvals, relations, forbidden, orders = problem.state
        if problem.pending:
            moving = {event.variable for event in problem.pending}
            nows = [{v: value for v, value in now.items() if v not in moving} for now in nows]
        today = nows[0]
        outcomes = tuple([rest(node, now) for node, now in zip(outcomes, nows, strict=True)])
        if approvals:
            approvals = tuple([rest(node, now) for node, now in zip(approvals, nows, strict=True)])
        if relations:
            relations = tuple([end for node in relations if (end := rest(node, today)) != TRUE])
        if forbidden:
            forbidden = tuple([end for node in forbidden if (end := rest(node, today)) != FALSE])
        if orders:
            orders = tuple([(x, y, end) for x, y, node in orders if (end := rest(node, today)) != FALSE])
        return State(outcomes, approvals, relations, forbidden, orders)

    def _narrowed(self, problem: Problem, state: State) -> Problem:
        """The problem with what is left of its state, and of the events that it looks at."""
        mask = self._mask(state)
        pending = tuple([event for event in problem.pending if mask >> event.variable & 1])
        return Problem(state, problem.places, problem.days, mask, pending)

    def _residue(self, problem: Problem, chosen: dict[str, Cell], nows: list[Now]) -> tuple[object, ...]:
        """What is left to ask once the cells are chosen; equal residues have equal labels."""
        mask, rooms = problem.mask, self._rooms(problem, chosen, nows)
        reached = tuple([(v, value) for now in nows for v, value in now.items() if mask >> v & 1])
        events = self._pending(problem.pending, problem.days)
        return (problem.state, problem.places, self.exact, reached, events, rooms)

    def _rooms(self, problem: Problem, chosen: dict[str, Cell], nows: list[Now]) -> tuple[object, ...]:
        """What the orders of dates leave of the dates that no cell is chosen for."""
        if not problem.state.orders:
            return ()
        names = set(self._open(problem, nows[0], nows[-1], chosen)[0])
        known = self.board.situation.dates
        rooms: list[object] = []
        for x, y, node in problem.state.orders:
            condition = self.flat.rest(node, nows[0])
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

    def _pending(self, events: Iterable[Event], days: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
        """When open events come, as exactly as labels can depend on it."""
        return tuple(
            (event.variable, event.first, event.last)
            if event.fact in self.exact
            else (event.variable, bisect_left(days, event.high), bisect_right(days, event.high))
            for event in events
        )

    def _grouped(self, name: str, problem: Problem, looked_at: int) -> list[int]:
        """The cells of a date by number, equal for cells that the problem does not tell apart."""
        mask = looked_at & (self.board.dates[name] | self.pairs)
        key = (name, problem.places, mask, self.exact)
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
        for x, y, _ in problem.state.orders:
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
        ruled_out = self._ruled_out(problem, chosen, nows[0])
        if ruled_out:
            return IMPOSSIBLE
        if ruled_out is None:
            return None
        result = Course(self, problem, nows).label()
        return None if result == UNDECIDED else result

    def moment(self, chosen: Iterable[Cell]) -> Now:
        """The variables of dates on the day asked, with the chosen cells."""
        now = dict(self.board.known[0])
        for cell in chosen:
            now.update(cell.start)
        return now

    def _then(self, now: Now, day: int, cell: Cell) -> Now:
        """The variables on a fixed day, with one more cell."""
        now = {**now, **cell.start}
        for event in cell.open:
            if event.high <= day:
                now[event.variable] = self.board.above(event.variable, now[event.variable])[1]
        return now

    def _open(
        self, problem: Problem, first: Now, last: Now, chosen: dict[str, Cell]
    ) -> tuple[list[str], int]:
        """The unknown dates that some diagram can still come to look at, in their order."""
        board, found = self.board, problem.mask
        if problem.pending and not found & self.pairs:
            found = self._looked_at_later(problem, first, last)
        return [name for name in board.unknown if board.dates[name] & found and name not in chosen], found

    def _looked_at_later(self, problem: Problem, first: Now, last: Now) -> int:
        """The variables without a value that diagrams can come to look at while pending events come."""
        cells, sizes = self.cells, self.flat.sizes
        final = dict(last)
        for event in problem.pending:
            final[event.variable] = first[event.variable]
        for event in problem.pending:
            final[event.variable] = self.board.above(event.variable, final[event.variable])[1]
        found, seen = 0, set()
        outcomes, approvals, relations, forbidden, orders = problem.state
        stack = [*outcomes, *approvals, *relations, *forbidden, *[order[2] for order in orders]]
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
        return found

    def _ruled_out(self, problem: Problem, chosen: dict[str, Cell], now: Now) -> bool | None:
        """Whether relations forbid the cells chosen so far; None where that is not settled yet."""
        rest = self.flat.rest
        ends = [rest(node, now) for node in problem.state.relations]
        bars = [rest(node, now) for node in problem.state.forbidden]
        if FALSE in ends or TRUE in bars:
            return True
        open_orders = False
        for x, y, node in problem.state.orders:
            if self._broken(x, y, chosen):
                end = rest(node, now)
                if end == TRUE:
                    return True
                open_orders = open_orders or end >= 0
        return None if open_orders or any(end >= 0 for end in (*ends, *bars)) else False

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
        entries, looked_at = self.board.compiled.variables.entries, mask & self.pairs
        while looked_at:
            number = looked_at.bit_length() - 1
            looked_at ^= 1 << number
            entry, ends = entries[number], []
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
