"""Which answers of a set some person can have, with the orders of dates taken in.

A set that was made without these orders can claim too much. Here a person is looked for, for every
answer and for every pair of answers by which a fact decides: cells of the unknown dates that the orders
allow. (Orders are closed under following from each other, so cells that fit in pairs fit together.)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wegweiser.engine.answersets import IMPOSSIBLE
from wegweiser.engine.diagram import FALSE, TRUE
from wegweiser.engine.gaps import Label
from wegweiser.engine.situation import KEINE

if TYPE_CHECKING:
    from wegweiser.engine.solve import Query, Solution
    from wegweiser.engine.timeline import Order

__all__ = ["GaveUpError", "Witnesses"]

_STEPS = 20_000
"""Steps after which the search gives up; the orders are then taken in, which costs but never errs."""

Key = Callable[[Label], Hashable]
Path = dict[int, int]
"""A branch for each rank on the way through a set."""


class GaveUpError(Exception):
    """The search took too many steps."""


class Witnesses:
    """A depth-first search that follows only what can still lead to its goal."""

    def __init__(
        self,
        query: Query,
        solution: Solution,
        key: Key,
        fixed: Mapping[int, int] | None = None,
        orders: Sequence[Order] | None = None,
    ) -> None:
        self.query = query
        self.fixed = fixed or {}
        self.sets = solution.sets
        self.root = solution.root
        self.key = key
        self.moments = solution.moments
        self.ranks = solution.moments.board.rank
        self.names = {rank: name for name, rank in self.ranks.items()}
        self.orders = query.state.orders if orders is None else orders
        self.steps = 0
        self._concerned: dict[int, list[Order]] = {}
        self._spans: dict[str, tuple[int, tuple[int, int], list[tuple[int, int]]]] = {}
        self._keys: dict[int, dict[Hashable, None]] = {}

    def kinds(self) -> list[Hashable]:
        """The kinds of labels that some person has."""
        below = sorted(self._below(self.root), key=repr)
        return [kind for kind in below if self.person(kind) is not None]

    def person(self, kind: Hashable) -> Path | None:
        """The branches that lead to a label of this kind, for one person who can exist; None for nobody."""
        return self._path(self.root, kind, {}) if kind in self._below(self.root) else None

    def deciding(self) -> list[int]:
        """Ranks of the facts by which alone two persons differ whose labels are of two kinds."""
        found = self.sets.deciding(self.root, self.key)
        return [rank for rank in found if self._decision(self.root, rank, {})]

    def _below(self, node: int) -> Collection[Hashable]:
        """The kinds of labels below a node."""
        if not self.fixed:
            return self.sets.kinds(node, self.key)
        found = self._keys.get(node)
        if found is None:
            found = {}
            if node < 0 and node != IMPOSSIBLE:
                found[self.key(self.sets.label_of(node))] = None
            elif node >= 0:
                for _, child in self._branches(node):
                    found.update(dict.fromkeys(self._below(child)))
            self._keys[node] = found
        return found

    def _branches(self, node: int) -> list[tuple[int, int]]:
        children = list(enumerate(self.sets.children(node)))
        place = self.fixed.get(self.sets.rank(node))
        return children if place is None else [children[place]]

    def _path(self, node: int, kind: Hashable, path: Path) -> Path | None:
        """A person below a node with a label of this kind."""
        self._count()
        if node < 0:
            return path if self._possible((path,)) else None
        rank = self.sets.rank(node)
        for place, child in self._branches(node):
            if kind in self._below(child):
                longer = {**path, rank: place}
                found = self._path(child, kind, longer) if self._fits(rank, longer) else None
                if found is not None:
                    return found
        return None

    def _decision(self, node: int, rank: int, path: Path) -> bool:
        """Whether two persons below a node differ by the fact with this rank alone."""
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
        """Whether two persons differ below two nodes, with the same further facts."""
        self._count()
        if left < 0 and right < 0:
            return self._possible((one, two))
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
        if self.orders and self.steps > _STEPS:  # without orders every step leads on
            raise GaveUpError

    # --- orders ---

    def _fits(self, rank: int, path: Path) -> bool:
        """Whether no order certainly forbids the branch that a path has just taken for a fact."""
        return all(self._end(condition, path) != TRUE for condition in self._broken(self._orders(rank), path))

    def _orders(self, rank: int) -> list[Order]:
        """The orders that a branch for a fact can break: of the date itself, or with conditions on it."""
        found = self._concerned.get(rank)
        if found is None:
            compiled = self.query.compiled
            name = self.names.get(rank)
            bits = 1 << rank if name is None else compiled.variables.dates[name]
            found = self._concerned[rank] = [
                order for order in self.orders if name in order[:2] or compiled.flat.support(order[2]) & bits
            ]
        return found

    def _possible(self, paths: Sequence[Path]) -> bool:
        """Whether facts that the paths leave open can be so that no order is broken on any of them."""
        self._count()
        for path in paths:
            for condition in self._broken(self.orders, path):
                end = self._end(condition, path)
                if end == TRUE:
                    return False
                if end != FALSE:
                    return any(self._possible(longer) for longer in self._told(end, paths))
        return True

    def _told(self, node: int, paths: Sequence[Path]) -> Iterator[list[Path]]:
        """The paths with every branch of the fact that a condition looks at next."""
        variable = self.query.cells[node]
        if variable < self.query.first_date:
            rank, count = variable, len(self.query.situation.choices[variable])
        else:
            entry = self.query.compiled.variables.entries[variable]
            names = [entry["fact"], entry.get("other", entry["fact"])]
            name = next(name for name in names if self.ranks.get(name, -1) not in (-1, *paths[0]))
            rank, count = self.ranks[name], len(self.moments.grid(name))
        for place in [self.fixed[rank]] if rank in self.fixed else range(count):
            longer = [{**path, rank: place} for path in paths]
            if all(self._fits(rank, path) for path in longer):
                yield longer

    def _broken(self, orders: Sequence[Order], path: Path) -> Iterator[int]:
        """The conditions of those orders that the cells of a path do not keep."""
        for x, y, condition in orders:
            low, high = self._span(x, path)[0], self._span(y, path)[1]
            if KEINE not in (low, high) and low > high:
                yield condition

    def _span(self, name: str, path: Path) -> tuple[int, int]:
        """The days of a date on a path; where it has no cell, of all that it can be."""
        found = self._spans.get(name)
        if found is None:
            situation, rank = self.query.situation, self.ranks.get(name, -1)
            low, high = situation.earliest(name), situation.latest(name)
            whole = (low, high) if situation.always(name) else (KEINE, KEINE)
            if name in situation.dates:
                whole = (situation.dates[name], situation.dates[name])
            cells = [] if rank < 0 else [(cell.low, cell.high) for cell in self.moments.grid(name)]
            found = self._spans[name] = (rank, whole, cells)
        rank, whole, cells = found
        place = path.get(rank)
        return whole if place is None else cells[place]

    def _end(self, condition: int, path: Path) -> int:
        """Where a condition arrives with what a path says."""
        cells, choices, variables = (
            self.query.cells,
            self.query.situation.choices,
            self.query.compiled.variables,
        )
        chosen = {
            name: self.moments.grid(name)[path[rank]] for name, rank in self.ranks.items() if rank in path
        }
        now = self.moments.moment(chosen.values())
        pairs = self.query.compiled.reach(condition) & variables.pairs
        if pairs and self.moments.compare(pairs, chosen, [now]):
            raise GaveUpError
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
                return node
            node = cells[node + 1 + value]
        return node
