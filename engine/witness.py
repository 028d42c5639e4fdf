"""Finds a person for each answer that a set of answers claims.

A set that was made without the orders between unknown dates can claim too much. It claims nothing
too much when every answer, and every pair of answers by which a fact decides, has combinations of cells
that the orders allow. (Orders are closed under following from each other, so cells that fit in pairs
fit together.)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from wegweiser.engine.answersets import IMPOSSIBLE
from wegweiser.engine.diagram import FALSE
from wegweiser.engine.gaps import Label
from wegweiser.engine.situation import KEINE

if TYPE_CHECKING:
    from wegweiser.engine.solve import Query, Solution

__all__ = ["confirmed", "several"]

_STEPS = 20_000
"""Steps after which the search gives up; the orders are then taken in, which costs but never errs."""

Key = Callable[[Label], Hashable]
Path = dict[int, int]


def several(query: Query, solution: Solution, key: Key, fixed: Path) -> bool:
    """Whether two kinds of answers at least have a person that the orders allow, under certain branches."""
    search = _Search(query, solution, key, fixed)
    try:
        return search.several_answers()
    except _GaveUpError:
        return False


class _GaveUpError(Exception):
    """The search took too many steps."""


def confirmed(query: Query, solution: Solution, key: Key) -> bool:
    """Whether every answer and every deciding fact of a set has a person that the orders allow."""
    search = _Search(query, solution, key)
    try:
        return search.every_answer() and search.every_decision()
    except _GaveUpError:
        return False


class _Search:
    """A depth-first search that follows only what can still lead to its goal."""

    def __init__(self, query: Query, solution: Solution, key: Key, fixed: Path | None = None) -> None:
        self.query = query
        self.fixed = fixed or {}
        self.sets = solution.sets
        self.root = solution.root
        self.key = key
        self.board = query.table.moments.board
        self.names = {rank: name for name, rank in self.board.rank.items()}
        known = query.situation.dates
        self.orders = [
            order for order in query.state.orders if order[0] not in known and order[1] not in known
        ]
        self.steps = 0

    def every_answer(self) -> bool:
        """Whether each kind of label has a path that the orders allow."""
        return all(self._path(self.root, kind, {}) for kind in self.sets.kinds(self.root, self.key))

    def several_answers(self) -> bool:
        """Whether two kinds of labels have a path that the orders allow."""
        found = 0
        for kind in self.sets.kinds(self.root, self.key):
            found += self._path(self.root, kind, {})
            if found > 1:
                return True
        return False

    def every_decision(self) -> bool:
        """Whether each deciding fact has two labels that differ by nothing else."""
        return all(self._decision(self.root, rank, {}) for rank in self.sets.deciding(self.root, self.key))

    def _branches(self, node: int) -> list[tuple[int, int]]:
        children = list(enumerate(self.sets.children(node)))
        place = self.fixed.get(self.sets.rank(node))
        return children if place is None else [children[place]]

    def _path(self, node: int, kind: Hashable, path: Path) -> bool:
        self._count()
        if node < 0:
            return node != IMPOSSIBLE
        rank = self.sets.rank(node)
        for place, child in self._branches(node):
            if kind in self.sets.kinds(child, self.key):
                longer = {**path, rank: place}
                if self._fits(rank, longer) and self._path(child, kind, longer):
                    return True
        return False

    def _decision(self, node: int, rank: int, path: Path) -> bool:
        self._count()
        if not self._leads(node, rank):
            return False
        here = self.sets.rank(node)
        children = self.sets.children(node)
        if here == rank:
            for one, left in enumerate(children):
                for two in range(one):
                    paths = ({**path, rank: one}, {**path, rank: two})
                    differ = self.sets.differ(left, children[two], self.key)
                    if (
                        differ
                        and all(self._fits(rank, each) for each in paths)
                        and self._pair(left, children[two], *paths)
                    ):
                        return True
            return False
        for place, child in enumerate(children):
            longer = {**path, here: place}
            if self._fits(here, longer) and self._decision(child, rank, longer):
                return True
        return False

    def _leads(self, node: int, rank: int) -> bool:
        """Whether the fact with this rank decides somewhere below a node, orders left aside."""
        return bool(self.sets.deciders(node, self.key) >> rank & 1)

    def _pair(self, left: int, right: int, one: Path, two: Path) -> bool:
        self._count()
        if left < 0 and right < 0:
            return True
        ranks = [self.sets.rank(node) for node in (left, right) if node >= 0]
        top = min(ranks)
        sides = []
        for node in (left, right):
            looks = node >= 0 and self.sets.rank(node) == top
            sides.append(self.sets.children(node) if looks else None)
        count = len(next(side for side in sides if side is not None))
        lefts, rights = (side or (node,) * count for side, node in zip(sides, (left, right), strict=True))
        for place, (a, b) in enumerate(zip(lefts, rights, strict=True)):
            if self.sets.differ(a, b, self.key):
                paths = ({**one, top: place}, {**two, top: place})
                if all(self._fits(top, path) for path in paths) and self._pair(a, b, *paths):
                    return True
        return False

    def _count(self) -> None:
        self.steps += 1
        if self.steps > _STEPS:
            raise _GaveUpError

    def _fits(self, rank: int, path: Path) -> bool:
        """Whether the orders allow the cell that a path has just chosen for a date."""
        name = self.names.get(rank)
        if name is None:
            return True
        ranks = self.board.rank
        for x, y, condition in self.orders:
            if name in (x, y) and ranks[x] in path and ranks[y] in path:
                low = self.board.grid(x)[path[ranks[x]]].low
                high = self.board.grid(y)[path[ranks[y]]].high
                if KEINE not in (low, high) and low > high and not self._off(condition, path):
                    return False
        return True

    def _off(self, condition: int, path: Path) -> bool:
        """Whether what a path has chosen makes the condition of an order false."""
        cells, choices = self.query.cells, self.query.situation.choices
        now = dict(self.board.known[0])
        for name, rank in self.board.rank.items():
            if rank in path:
                now.update(self.board.grid(name)[path[rank]].fixed)
        node = condition
        while node >= 0:
            variable = cells[node]
            if variable < self.query.first_date:
                options = choices[variable]
                place = 0 if len(options) == 1 else path.get(variable)
                value = None if place is None else options[place]
            else:
                value = now.get(variable)
            if value is None:
                return False
            node = cells[node + 1 + value]
        return node == FALSE
