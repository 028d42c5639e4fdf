"""Exact answers for one person and one target from the compiled diagrams.

`Query` walks the diagrams once with everything that is known and branches where a fact is open. Facts
with single values come first; what then remains is a function of dates alone (`dated`). There an
unknown date is split into cells so that every period runs out on a known side of every fixed day. Where
the order of two unknown days within one gap could matter, the cells are refined into points that
realise every order (`points`), so the answer stays exact. Which answers are possible, and which facts
decide, is read from the resulting `AnswerSets`.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from wegweiser.engine.answersets import IMPOSSIBLE, AnswerSets
from wegweiser.engine.diagram import FALSE
from wegweiser.engine.periods import Period, reach, turn
from wegweiser.engine.situation import KEINE, Situation
from wegweiser.engine.timeline import UNSETTLED, Cell, Event, Label, Moments

__all__ = ["Label", "Query", "Solution"]

_END = 1 << 30


class Solution(NamedTuple):
    """The set of labels, and the fact behind each rank (None where the book itself is open)."""

    sets: AnswerSets
    root: int
    facts: dict[int, str | None]

    def possible(self) -> list[Label]:
        """Every label that some completion has."""
        return self.sets.possible(self.root)

    def names(self, ranks: list[int]) -> tuple[str, ...]:
        """The facts with these ranks, in their order."""
        return tuple(dict.fromkeys(name for rank in ranks if (name := self.facts[rank]) is not None))


class Query:
    """One question: a target, a person's situation, and the stretches of wording from its day on."""

    def __init__(self, situation: Situation, starts: list[int], target: str, *, approval: bool) -> None:
        compiled = situation.compiled
        self.compiled = compiled
        self.situation = situation
        self.starts = starts
        self.count = len(starts)
        skip = len(compiled.outcomes[target]) - self.count
        roots = compiled.outcomes[target][skip:]
        if approval:
            roots = roots + compiled.approvals[target][skip:]
        self.width = len(roots)
        self.approval = approval
        self.flat = compiled.flat
        self.cells = compiled.flat.cells
        self.first_date = compiled.variables.first_date
        self.entries = compiled.variables.entries
        self.visited = 0
        """The known variables that some completion looked at, as a set of bits."""
        self._gather(roots)

    @cached_property
    def solution(self) -> Solution:
        """All labels, exactly."""
        ambiguous: set[str] = set()
        grid: dict[str, list[Cell]] = dict(self.grid)
        while True:
            self.sets = AnswerSets()
            self._done: dict[tuple[int, ...], int] = {}
            self.moments = Moments(self, grid)
            root = self._explore(self.state)
            new = self.moments.ambiguous - ambiguous
            if not new:
                break
            from wegweiser.engine.points import refined  # rarely needed

            ambiguous |= new
            grid = {**self.grid, **refined(self, ambiguous)}
        facts: dict[int, str | None] = {self.first_date + i: name for i, name in enumerate(self.unknown)}
        for number, entry in enumerate(self.entries[: self.first_date]):
            facts[number] = None if entry["kind"] == "open" else entry["fact"]
        return Solution(self.sets, root, facts)

    def _gather(self, roots: list[int]) -> None:
        """Collect the relations and unknown dates that bear on the question."""
        situation, reach = self.situation, self.compiled.reach
        mask = 0
        for root in roots:
            mask |= reach(root)
        relations: list[int] = []
        forbidden: list[int] = []
        orders: list[tuple[str, str, int]] = []
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
        self.mask = mask
        self.orders = [(x, y) for x, y, _ in orders]
        self.state = (*roots, *relations, *forbidden, *(condition for _, _, condition in orders))
        self.relations_end = self.width + len(relations)
        self.forbidden_end = self.relations_end + len(forbidden)
        self.dates = {name: bits for name, bits in self.compiled.variables.dates.items() if bits & mask}
        self.unknown = [name for name in self.dates if name not in situation.dates]
        self.rank = {name: self.first_date + place for place, name in enumerate(self.unknown)}
        turns = self.compiled.variables.turns
        self.turns = {
            name: [turning for turning in turns[name] if mask >> turning[0] & 1] for name in self.dates
        }
        self.rel_variables = {
            name: tuple(dict.fromkeys(variable for variable, _, _ in found))
            for name, found in self.turns.items()
        }
        self.fixed = self._fixed_days()
        self.grid = {name: self._cells(name) for name in self.unknown}

    def _bears(self, x: str | None, y: str | None, condition: int, mask: int) -> bool:
        """Whether a relation can rule out completions that the question looks at."""
        dates = self.situation.dates
        if x is None or y is None or (x in dates and y in dates):
            return bool(self.compiled.reach(condition) & self.situation.free & mask)
        masks = self.compiled.variables.dates
        return all(name in dates or masks.get(name, 0) & mask for name in (x, y))

    def _fixed_days(self) -> list[int]:
        """The days after the day asked on which a wording begins or a known period runs out."""
        days = set(self.starts[1:])
        for name, turns in self.turns.items():
            value = self.situation.dates.get(name)
            if value is not None and value != KEINE:
                days |= {turn(kind, period, value) for _, kind, period in turns}
        return sorted(day for day in days if day > self.situation.day)

    def _cells(self, name: str) -> list[Cell]:
        """The cells of an unknown date, from the earliest on; KEINE last where it is possible."""
        top = self.situation.latest(name)
        cuts = {top}
        days = {self.situation.day, *self.fixed, *(day - 1 for day in self.fixed)}
        for _, kind, period in self.turns[name]:
            cuts |= {reach(kind, period, day) for day in days}
        known = self.situation.dates
        for entry in self.entries[self.first_date :]:
            if entry["kind"] == "abs" and entry["fact"] == name:
                cuts |= set(entry["cuts"])
            elif entry["kind"] == "pair":
                period, shift = Period(*entry["period"]), entry["shift"]
                if entry["fact"] == name and known.get(entry["other"], KEINE) != KEINE:
                    cuts.add(turn("after", period, known[entry["other"]]) - 1 + shift)
                if entry["other"] == name and known.get(entry["fact"], KEINE) != KEINE:
                    cuts.add(reach("after", period, known[entry["fact"]] - shift))
        for x, y in self.orders:
            if x == name and y in known:
                cuts.add(known[y])
            if y == name and x in known:
                cuts.add(known[x] - 1)
        cells = []
        low = 1
        for cut in sorted(cut for cut in cuts if 1 <= cut <= top):
            cells.append(self.cell(name, low, cut))
            low = cut + 1
        if not self.situation.always(name):
            cells.append(self.cell(name, KEINE, KEINE))
        return cells

    def cell(self, name: str, low: int, high: int) -> Cell:
        """A cell of an unknown date: from its lowest to its highest day, or KEINE for both."""
        events = []
        if high != KEINE:
            events = [
                Event(turn(kind, period, low), turn(kind, period, high), variable, name)
                for variable, kind, period in self.turns[name]
            ]
        fixed = tuple(
            (variable, self.situation.place(variable, high))
            for variable in self.compiled.variables.places.get(name, ())
            if self.mask >> variable & 1
        )
        return Cell(low, high, fixed, tuple(events))

    def ends(self, since: int) -> int | None:
        """The last day of what holds on `since`; None when it stays, or depends on what is open."""
        self.sets = AnswerSets()
        self._done = {}
        self.moments = Moments(self, self.grid, since)
        possible: list[int | None] = self.sets.possible(self._explore(self.state))
        return possible[0] if len(possible) == 1 and possible[0] != UNSETTLED else None

    def _explore(self, state: tuple[int, ...]) -> int:
        """The set of labels for a state of the diagrams: all facts with single values."""
        found = self._done.get(state)
        if found is not None:
            return found
        result = self._done[state] = self._branch(state)
        return result

    def _branch(self, state: tuple[int, ...]) -> int:
        """Follow what is known down to the next open fact, and branch there."""
        cells = self.cells
        while FALSE not in state[self.width : self.relations_end]:
            top = _END
            for node in state:
                if node >= 0 and cells[node] < top:
                    top = cells[node]
            if top >= self.first_date:
                return self.moments.dated(state)
            choices = self.situation.choices[top]
            if len(choices) > 1:
                children = [self._explore(self._step(state, top, choice)) for choice in choices]
                return self.sets.node(top, children)
            self.visited |= 1 << top
            state = self._step(state, top, choices[0])
        return IMPOSSIBLE

    def _step(self, state: tuple[int, ...], variable: int, value: int) -> tuple[int, ...]:
        cells = self.cells
        return tuple(
            cells[node + 1 + value] if node >= 0 and cells[node] == variable else node for node in state
        )
