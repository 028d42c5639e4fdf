"""Exact answers for one person and one target from the compiled diagrams.

`Query` walks the diagrams once with everything that is known and branches where a fact is open: facts
with single values first; what then remains is a function of dates alone (`timeline`). Which answers are
possible, and which facts decide, is read from the resulting `AnswerSets`.

Orders between two unknown dates (the stay begins before the toleration) are costly and seldom change
an answer. `told` therefore leaves them out at first: that can only add answers, so a single answer is
certain, and of several those count for which `witness` finds a person. Only where it does not come to
an end the orders are taken in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.engine.answersets import IMPOSSIBLE, AnswerSets
from wegweiser.engine.board import Board
from wegweiser.engine.book import APPROVALS, OUTCOMES, PERMISSIONS
from wegweiser.engine.diagram import FALSE, TRUE, leaf_value
from wegweiser.engine.gaps import ROUGH, UNSETTLED, Contest, Label
from wegweiser.engine.periods import FAR, turn
from wegweiser.engine.situation import KEINE, Situation
from wegweiser.engine.timeline import Moments, Order, State

if TYPE_CHECKING:
    from wegweiser.engine.witness import Witnesses

__all__ = ["Query", "Solution", "Table", "Walk"]

_END = 1 << 30
SEVERAL = 2
"""Open dates from which on a question has a board of its own: fewer events, but nothing shared."""
FINEST = 20_000
"""Combinations of days up to which every one is looked at; beyond that orders of days are."""

Key = Callable[[Any], Hashable]

_HORIZON = FAR - 100_000
"""From here on days stand for 'however late': unknown dates that may lie in the future reach up to FAR."""


def _day(label: Label) -> int | None:
    return label.ab


class Solution(NamedTuple):
    """The set of labels, and the fact behind each rank (None where the book itself is open)."""

    moments: Moments
    start: State
    root: int
    facts: dict[int, str | None]

    @property
    def sets(self) -> AnswerSets:
        """Where the set is kept."""
        return self.moments.sets

    def possible(self) -> list[Label]:
        """Every label that some completion has."""
        return self.sets.possible(self.root)

    def names(self, ranks: list[int]) -> tuple[str, ...]:
        """The facts with these ranks, in their order."""
        races = self.moments.races
        found = [name for rank in ranks for name in races.get(rank) or (self.facts[rank],)]
        return tuple(dict.fromkeys(name for name in found if name is not None))


class Walk(NamedTuple):
    """What came of walking the diagrams from a state on.

    `silent` are the steps over facts whose silence stands for a value: before, variable, after.
    """

    result: int
    visited: int
    branches: Sequence[State]
    silent: Sequence[tuple[State, int, State]]


class Table:
    """The dates of one situation on one board, shared by all its questions."""

    def __init__(self, situation: Situation, starts: list[int], silent: Iterable[str] = ()) -> None:
        self.situation = situation
        self.starts = starts
        singles = situation.compiled.variables.singles
        self.silent = {number: name for name in silent for number in singles.get(name, ())}
        """The variables of facts with single values whose silence stands for a value."""

    @cached_property
    def moments(self) -> Moments:
        """The shared board: every date, in the coarsest cells."""
        variables = self.situation.compiled.variables
        everything = (1 << len(variables.entries)) - (1 << variables.first_date)
        return Moments(Board(self.situation, self.starts, everything))


class Query:
    """One question: a target, and with `approval` what is concluded on the BA's approval too."""

    def __init__(self, table: Table, target: str, *, approval: bool) -> None:
        self.table = table
        self.target = target
        self.situation = table.situation
        self.compiled = table.situation.compiled
        self.flat = self.compiled.flat
        self.cells = self.flat.cells
        self.first_date = self.compiled.variables.first_date
        self.visited = 0
        """The known variables that some completion looked at, as a set of bits."""
        self.delicate: frozenset[Contest] = frozenset()
        """The periods of unknown dates of which it made a difference so far which one runs out first."""
        self.silent = table.silent
        skip = len(self.compiled.outcomes[target]) - len(table.starts)
        outcomes = self.compiled.outcomes[target][skip:]
        approvals = self.compiled.approvals[target][skip:] if approval else []
        self._gather(outcomes, approvals)

    # --- what is asked ---

    def _gather(self, outcomes: list[int], approvals: list[int]) -> None:
        """Collect the relations that bear on the question."""
        situation, reach = self.situation, self.compiled.reach
        roots = [*outcomes, *approvals]
        mask = 0
        for root in roots:
            mask |= reach(root)
        relations: list[int] = []
        forbidden: list[int] = []
        orders: list[Order] = []
        waiting = [*((None, None, relation) for relation in situation.relations), *situation.orders]
        while taken := [entry for entry in waiting if self._bears(*entry, mask)]:
            waiting = [entry for entry in waiting if entry not in taken]
            for x, y, condition in taken:
                mask |= reach(condition)
                if x is None or y is None:
                    relations.append(condition)
                elif x in situation.dates and y in situation.dates:
                    forbidden.append(condition)
                else:
                    orders.append((x, y, condition))
        conditions = [*forbidden, *(condition for _, _, condition in orders)]
        needed = situation.needed(tuple(relations), [*roots, *conditions])
        self.mask = 0
        for node in (*roots, *conditions, *needed):
            self.mask |= reach(node)
        orders = [order for order in orders if self._bears(*order, self.mask)]
        self.state = State(tuple(outcomes), tuple(approvals), needed, tuple(forbidden), tuple(orders))
        known = situation.dates
        unary = tuple(order for order in orders if order[0] in known or order[1] in known)
        self.free_state = self.state._replace(orders=unary)
        """Without orders between two unknown dates."""

    def _bears(self, x: str | None, y: str | None, condition: int, mask: int) -> bool:
        """Whether a relation can rule out completions that the question looks at."""
        situation, masks = self.situation, self.compiled.variables.dates
        dates = situation.dates
        if x is None or y is None or (x in dates and y in dates):
            return bool(self.compiled.reach(condition) & (situation.free | situation.silent) & mask)
        if situation.capped(x, y):
            return bool(masks.get(x, 0) & mask)
        return all(name in dates or masks.get(name, 0) & mask for name in (x, y))

    # --- what is answered ---

    def told(self, key: Key) -> tuple[list[Any], tuple[str, ...]]:
        """What the labels can say under `key`, and which facts decide it; exact."""
        return self._read(self._free, key)

    def expected(self, usual: Mapping[str, Any], key: Key) -> list[Any]:
        """What the labels can say under `key` where some facts with single values are as usual."""
        return self._read(self._free, key, self.branches(usual))[0]

    def roughly(self, usual: Mapping[str, Any], key: Key) -> tuple[list[Any], bool] | None:
        """What some labels certainly say under `key`, and whether that is all; None where it is not found.

        Open facts with single values are as usual, as in `expected`. What the order of open days decides is
        left out: that makes it quick.
        """
        solution, fixed = self._rough, self.branches(usual)
        labels = solution.sets.possible(solution.root, fixed)
        kinds: list[Any] = list(dict.fromkeys(key(label) for label in labels))
        if len(kinds) > 1 and self.state.orders:
            from wegweiser.engine.witness import GaveUpError, Witnesses

            try:
                kinds = list(Witnesses(self, solution, key, fixed).kinds())
            except GaveUpError:
                return None
        certain = [kind for kind in kinds if kind != key(ROUGH)]
        return certain, certain == kinds

    @cached_property
    def _rough(self) -> Solution:
        moments = Moments(self._board(), rough=True)
        return self._solution(moments, self.free_state, self._explore(moments, self.free_state))

    @property
    def undecided(self) -> bool:
        """Whether the question looks at something that the book itself leaves open."""
        entries = enumerate(self.compiled.variables.entries[: self.first_date])
        return any(entry["kind"] == "open" and self.mask >> number & 1 for number, entry in entries)

    def branches(self, told: Mapping[str, Any]) -> dict[int, int]:
        """The branches that values of open facts with single values take."""
        settled = self.situation.settled(told)
        return {number: self.situation.choices[number].index(value) for number, value in settled.items()}

    @property
    def solution(self) -> Solution:
        """The set of labels, orders between two unknown dates left out."""
        return self._free

    def take(self, solution: Solution, delicate: frozenset[Contest]) -> None:
        """Answer from a set that is known to be the one of this question.

        Only for what is told: assumptions follow from the walk itself.
        """
        self.__dict__["_free"] = solution
        self.delicate = delicate

    def projected(self, key: Key) -> tuple[AnswerSets, int, dict[int, str | None]]:
        """What the labels say under `key`, as a set of its own, and the fact behind each rank.

        Orders between two unknown dates are left out: it can hold combinations that no person has.
        """
        solution = self._free
        sets, root = solution.sets.projected(solution.root, key)
        return sets, root, solution.facts

    def witnesses(self, key: Key, fixed: Mapping[int, int], *, ordered: bool) -> Witnesses:
        """The people behind the labels under some branches of facts with single values.

        With `ordered` the orders of dates are taken in beforehand: dear, but no search gives up.
        """
        from wegweiser.engine.witness import Witnesses

        if ordered:
            return Witnesses(self, self._ordered, key, fixed, ())
        return Witnesses(self, self._free, key, fixed)

    @cached_property
    def _ordered(self) -> Solution:
        return self._solve(self.state)

    def approvals(self, *, later: bool) -> set[str]:
        """What can be concluded on the BA's approval where there is a permission, today or also `later`.

        Unknown dates and relations are left out of account: one value is certain, two may be too many.
        What is free of permission counts only where nothing else is possible.
        """
        skip = len(self.compiled.outcomes[self.target]) - len(self.table.starts)
        roots = self.compiled.outcomes[self.target][skip], self.compiled.approvals[self.target][skip]
        now = {} if later else self.table.moments.board.known[0]
        free = False
        found: set[str] = set()
        seen: set[tuple[int, int]] = set()
        stack = [roots]
        while stack:
            pair = stack.pop()
            if pair in seen:
                continue
            seen.add(pair)
            top = min((self.cells[node] for node in pair if node >= 0), default=_END)
            if top == _END:
                outcome, value = OUTCOMES[leaf_value(pair[0])], APPROVALS[leaf_value(pair[1])]
                free = free or outcome == "frei"
                if outcome in PERMISSIONS and outcome != "frei" and value is not None:
                    found.add(value)
                continue
            choices: Iterable[int] = self.situation.choices[top] if top < self.first_date else ()
            if top >= self.first_date:
                choices = [now[top]] if top in now else range(self.flat.sizes[top])
            one, other = pair
            after = self.flat.after
            stack += [(after(one, top, choice), after(other, top, choice)) for choice in choices]
        return found or ({"nicht_erforderlich"} if free else set())

    def first_day(self) -> tuple[int | None, tuple[str, ...]]:
        """The day from which there is a permission for certain, and the facts that could make it earlier.

        Only for a question whose labels all say `noch_nicht` and the same `dann`.
        """
        days, deciding = self.told(_day)
        if None not in days:
            return max(days), deciding
        latest = self.latest()
        found: dict[str, None] = {}
        for day in sorted(self._turning(), reverse=True):
            if latest is None or day < latest:
                come, names = self._come(day)
                if True not in come:
                    break
                found.update(dict.fromkeys(names))
        return latest, tuple(name for name in self.situation.facts if name in found)

    def assumptions(self, key: Key) -> list[str]:
        """Facts whose silence stands for a value where another value would change `key`.

        Orders between two unknown dates are left out of account here, so that with several unknown
        dates a fact can be named that only an impossible person would need.
        """
        solution = self._free
        while True:
            found = self._assumed(solution, key)
            moments = solution.moments
            coarse = moments.ambiguous & self._dates - moments.finer.keys()
            if not coarse:
                return [name for name in self.silent.values() if name in found]
            solution = self._solve(solution.start, finer=coarse | moments.finer.keys())

    def _assumed(self, solution: Solution, key: Key) -> set[str]:
        moments = solution.moments
        found: set[str] = set()
        stack = [solution.start]
        seen: set[State] = set()
        while stack:
            state = stack.pop()
            if state in seen:
                continue
            seen.add(state)
            walk = moments.walks[state]
            stack.extend(walk.branches)
            for at, variable, following in walk.silent:
                name = self.silent[variable]
                if name not in found:
                    result = self._explore(moments, following)
                    others = (self._step(at, variable, other) for other in range(self.flat.sizes[variable]))
                    results = (self._explore(moments, other) for other in others if other is not None)
                    if any(moments.sets.differ(result, other, key) for other in results):
                        found.add(name)
        return found

    def looking_at(self, bits: int) -> list[State]:
        """The states in which only dates are open and some of these are looked at."""
        solution = self._free
        walks, seen, stack = solution.moments.walks, set[State](), [solution.start]
        while stack:
            state = stack.pop()
            if state not in seen and walks[state].visited & bits:
                seen.add(state)
                stack.extend(walks[state].branches)
        return [state for state in seen if not walks[state].branches]

    def decides(self, name: str, states: Iterable[State], key: Key) -> bool:
        """Whether a date alone can change `key`, where all other facts are as in one of the states.

        Labels of coarse cells are those of their last days: where two differ, two persons do.
        """
        states = list(states)
        moments = Moments(self._board())
        coarse = [self._solution(moments, state, self._explore(moments, state)) for state in states]
        return any(name in self._read(solution, key)[1] for solution in coarse) or any(
            name in self._read(self._solve(state), key)[1] for state in states
        )

    def ends(self, since: int) -> int | None:
        """The last day of what holds on `since`; None when it stays, or depends on what is open."""
        moments = Moments(self._board(), since=since)
        possible: list[int | None] = moments.sets.possible(self._explore(moments, self.state))
        if len(possible) == 1 and moments.ambiguous & self._dates:
            solution = self._solve(self.state, since=since, finer=moments.ambiguous)
            possible = solution.sets.possible(solution.root)
        return possible[0] if len(possible) == 1 and possible[0] != UNSETTLED else None

    # --- sets of labels ---

    @cached_property
    def _free(self) -> Solution:
        """The labels without orders between two unknown dates: all that there are, perhaps more."""
        open_dates = self._dates - self.situation.dates.keys()
        moments = self.table.moments if len(open_dates) < SEVERAL else Moments(self._board())
        root = self._explore(moments, self.free_state)
        if moments.ambiguous & self._dates:
            return self._solve(self.free_state)
        return self._solution(moments, self.free_state, root)

    def _board(self, mark: int | None = None) -> Board:
        """A board of this question alone: periods and days that it does not tell apart are left out."""
        outcomes, approvals, relations, forbidden, orders = self.state
        roots = [*outcomes, *approvals, *relations, *forbidden, *(order[2] for order in orders)]
        steps = self.compiled.steps(roots)
        return Board(self.situation, self.table.starts, self.mask, mark, steps)

    @property
    def _dates(self) -> set[str]:
        """The dates that the question looks at."""
        return {name for name, bits in self.compiled.variables.dates.items() if bits & self.mask}

    def _read(
        self, solution: Solution, key: Key, fixed: Mapping[int, int] | None = None
    ) -> tuple[list[Any], tuple[str, ...]]:
        """The kinds of labels of a set under `key`, and which facts decide between them."""
        sets, root = solution.sets, solution.root
        kinds: list[Any] = list(dict.fromkeys(key(label) for label in sets.possible(root, fixed)))
        if len(kinds) <= 1:
            return kinds, ()
        if self.state.orders:
            from wegweiser.engine.witness import GaveUpError, Witnesses

            witnesses = Witnesses(self, solution, key, fixed)
            try:
                kinds = list(witnesses.kinds())
                return kinds, () if fixed else solution.names(witnesses.deciding())
            except GaveUpError:
                if solution.start != self.state:
                    return self._read(self._solve(self.state, solution.moments.by), key, fixed)
        return kinds, () if fixed else solution.names(sets.deciding(root, key))

    def _solve(
        self, start: State, by: int | None = None, finer: Iterable[str] = (), since: int | None = None
    ) -> Solution:
        """The labels from a state on, in cells so fine that no order of open days is left out."""
        board = self._board(None if by is None else by + 1)
        ambiguous = set(finer)
        while True:
            moments = Moments(board, since=since, by=by)
            if ambiguous:
                from wegweiser.engine.points import refined  # rarely needed

                cells = refined(board, ambiguous, most=FINEST)
                racing = cells is None
                if cells is None:
                    cells = refined(board, ambiguous & board.paired, races=False)
                moments = Moments(board, since=since, by=by, finer=cells, racing=racing)
            root = self._explore(moments, start)
            self.delicate |= moments.contests
            if moments.ambiguous <= ambiguous:
                return self._solution(moments, start, root)
            ambiguous |= moments.ambiguous

    def _solution(self, moments: Moments, start: State, root: int) -> Solution:
        facts: dict[int, str | None] = {rank: name for name, rank in moments.board.rank.items()}
        for number, entry in enumerate(self.compiled.variables.entries[: self.first_date]):
            facts[number] = None if entry["kind"] == "open" else entry["fact"]
        return Solution(moments, start, root, facts)

    # --- days that unknown dates shift ---

    def _come(self, day: int) -> tuple[list[bool], tuple[str, ...]]:
        """Whether there can be a permission, or none, by a day, and which facts decide it."""
        return self._read(self._solve(self.free_state, day), bool)

    def latest(self) -> int | None:
        """The first day by which there is a permission for certain; None where there is none."""
        low, high = self.situation.day, _HORIZON
        if self._come(high)[0] != [True]:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            if self._come(middle)[0] == [True]:
                high = middle
            else:
                low = middle
        return high

    def _turning(self) -> set[int]:
        """Days by which persons who differ in one date can differ in having a permission.

        Combinations of dates for which a permission comes by a day with one value of a date and not
        with another are closed under taking the earlier of each, so there is an earliest one, in which
        every date is the first of its cell or of a cell of a date that it is ordered with.
        """
        moments = self._free.moments
        board = moments.board
        found = set(board.fixed)
        linked = {name: {name} for name in self._dates & set(board.unknown)}
        for x, y, _ in self.state.orders:
            if x in linked and y in linked:
                linked[x].add(y)
                linked[y].add(x)
        for name, others in linked.items():
            days = {cell.low for other in others for cell in moments.grid(other) if cell.low != KEINE}
            turned = {turn(kind, period, day) for _, kind, period in board.turns[name] for day in days}
            found |= turned | {day - 1 for day in turned}
        return {day for day in found if self.situation.day < day < _HORIZON}

    # --- the walk ---

    def _explore(self, moments: Moments, state: State) -> int:
        """The set of labels for a state of the diagrams: facts with single values first."""
        walk = moments.walks.get(state)
        if walk is None:
            walk = moments.walks[state] = self._branch(moments, state)
        self.visited |= walk.visited
        return walk.result

    def _branch(self, moments: Moments, state: State) -> Walk:
        """Follow what is known down to the next open fact, and branch there."""
        visited = 0
        silent: list[tuple[State, int, State]] = []
        while True:
            top = self._top(state)
            choices = self.situation.choices[top] if top < self.first_date else ()
            if len(choices) != 1:
                break
            visited |= 1 << top
            following = self._step(state, top, choices[0])
            if following is None:
                return Walk(IMPOSSIBLE, visited, (), silent)
            if top in self.silent:
                silent.append((state, top, following))
            state = following
        lean = self._lean(state)
        if lean is not state:
            result = self._explore(moments, lean)
            return Walk(result, visited | moments.walks[lean].visited, (lean,), silent)
        if not choices:
            result, looked_at = moments.dated(state)
            return Walk(result, visited | looked_at, (), silent)
        steps = [self._step(state, top, choice) for choice in choices]
        children = [IMPOSSIBLE if step is None else self._explore(moments, step) for step in steps]
        branches = [step for step in steps if step is not None]
        for step in branches:
            visited |= moments.walks[step].visited
        return Walk(moments.sets.node(top, children), visited, branches, silent)

    def _top(self, state: State) -> int:
        """The first variable that a state looks at."""
        cells = self.cells
        outcomes, approvals, relations, forbidden, orders = state
        nodes = (*outcomes, *approvals, *relations, *forbidden, *[order[2] for order in orders])
        return min([cells[node] for node in nodes if node >= 0], default=_END)

    def _step(self, state: State, variable: int, value: int) -> State | None:
        """The state after one fact is told; None where a relation rules it out."""
        outcomes, approvals, relations, forbidden, orders = state
        after = self.flat.after
        if relations:
            relations = tuple([end for node in relations if (end := after(node, variable, value)) != TRUE])
        if forbidden:
            forbidden = tuple([end for node in forbidden if (end := after(node, variable, value)) != FALSE])
        if FALSE in relations or TRUE in forbidden:
            return None
        outcomes = tuple([after(node, variable, value) for node in outcomes])
        if approvals:
            approvals = tuple([after(node, variable, value) for node in approvals])
        if orders:
            ends = [(x, y, after(node, variable, value)) for x, y, node in orders]
            orders = tuple([order for order in ends if order[2] != FALSE])
        return State(outcomes, approvals, relations, forbidden, orders)

    def _lean(self, state: State) -> State:
        """The state without relations that what is open can always satisfy."""
        if not state.relations:
            return state
        others = [*state.outcomes, *state.approvals, *state.forbidden, *[order[2] for order in state.orders]]
        relations = self.situation.needed(state.relations, others)
        return state if relations is state.relations else state._replace(relations=relations)
