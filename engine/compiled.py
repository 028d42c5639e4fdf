"""The compiled form of a rule book, as `compile` makes it and the cache keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from wegweiser.engine.diagram import Flat
from wegweiser.engine.variables import Variables

__all__ = ["Compiled"]


class Compiled:
    """The diagrams of a book for its wordings from one epoch on.

    `outcomes[target]` and `approvals[target]` hold one root for each of these epochs; `relations`
    are truths that every person satisfies; `orders` are dates of which the first is not later
    than the second where a condition holds.
    """

    def __init__(
        self,
        variables: Variables,
        flat: Flat,
        epoch: int,
        outcomes: dict[str, list[int]],
        approvals: dict[str, list[int]],
        relations: list[int],
        orders: list[tuple[str, str, int]],
    ) -> None:
        self.variables = variables
        self.flat = flat
        self.epoch = epoch
        self.outcomes = outcomes
        self.approvals = approvals
        self.relations = relations
        self.orders = orders
        self._reach: dict[int, int] = {}
        self._steps: dict[int, dict[int, int]] = {}

    def reach(self, node: int) -> int:
        """The variables that a diagram looks at, with all others of the same dates, as a set of bits."""
        found = self._reach.get(node)
        if found is None:
            found = self.flat.support(node)
            for variables in self.variables.dates.values():
                if variables & found:
                    found |= variables
            self._reach[node] = found
        return found

    def steps(self, roots: Iterable[int]) -> dict[int, int]:
        """Which neighbouring values of the variables of dates some diagrams tell apart.

        For each variable a set of bits: bit i stands for the step from value i to the next.
        """
        found: dict[int, int] = {}
        for root in set(roots):
            for variable, told in self._told(root).items():
                found[variable] = found.get(variable, 0) | told
        return found

    def _told(self, root: int) -> dict[int, int]:
        """The steps that one diagram tells apart."""
        found = self._steps.get(root)
        if found is None:
            found = self._steps[root] = {}
            cells, sizes, first = self.flat.cells, self.flat.sizes, self.variables.first_date
            seen: set[int] = set()
            stack = [root]
            while stack:
                node = stack.pop()
                if node < 0 or node in seen:
                    continue
                seen.add(node)
                variable = cells[node]
                children = cells[node + 1 : node + 1 + sizes[variable]]
                stack.extend(children)
                if variable >= first:
                    told = sum(1 << i for i, (a, b) in enumerate(pairwise(children)) if a != b)
                    found[variable] = found.get(variable, 0) | told
        return found

    def supports(self) -> list[tuple[int, int]]:
        """The variables that each root looks at, which are worth keeping."""
        roots = {*self.relations, *(condition for _, _, condition in self.orders)}
        for found in (self.outcomes, self.approvals):
            roots |= {root for stretches in found.values() for root in stretches}
        return [(root, self.flat.support(root)) for root in sorted(roots) if root >= 0]
